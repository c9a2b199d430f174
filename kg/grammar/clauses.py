"""Clauses: each predicate of a sentence with its arguments, as the text orders them to be understood.

A clause is found at every verb that is no auxiliary, and at every noun, adjective or adverb that a copula makes a
predicate. Subjects that the words leave out are found where grammar puts them: a coordinated verb shares its first
verb's, an infinitive takes its governor's subject or object, a participle the noun or the clause that it modifies,
a relative pronoun stands for its antecedent. The passive is left as it is written; ``agents`` are its doers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.grammar.predicates import is_speech, signature, signature_of
from kg.grammar.rules import Registry, Rule
from kg.grammar.tree import Tree, tree_of
from kg.grammar.words import is_event_noun, is_word

NOMINAL_SUBJECTS = ("nsubj", "nsubj:pass")
SUBJECT_CONTROL = frozenset({"commitment", "threat"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
RELATIVE_PRONOUNS = frozenset({"who", "whom", "whose", "which", "that"})
OBJECT_PREPOSITIONS = frozenset({"of", "for", "about", "against", "over", "from"})
ADDRESSING = frozenset({"on", "upon", "to", "with"})
ADVERBIAL_NOUNS = frozenset({"way", "time", "moment", "day", "week", "month", "year", "reason", "place"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
NOBODY = frozenset({"nobody", "none", "nothing", "no-one", "noone"})

STAGE = "clauses"


def _rule(name: str, what: str, why: str = "", *, example: str, gives: str) -> Rule:
    return Rule(name, STAGE, what, why, example, gives)


AS_DONE_BY = _rule(
    "as done by",
    'Give a passive participle behind "as" or "than" no subject.',
    'What "as outlined by the G7" outlines is not whoever the sentence is about.',
    example="Kenya and Uganda signed a plan, as drafted by France.",
    gives="not France | draft | Kenya",
)
CHARGED = _rule(
    "charged",
    'Take "of …-ing" or "for …-ing" below an accusation for what the accused did, in the passive too.',
    example="Kenyan soldiers were accused of burning three villages.",
    gives="Kenyan soldiers | burn | three villages | possible",
)
NOBODY_BUT = _rule(
    "nobody but",
    'Take X for the subject of "no one but X" or "nobody except X".',
    example="Nobody except Russia recognised Abkhazia.",
    gives="Russia | recognise | Abkhazia | positive asserted",
)
SHARED_AGENT = _rule(
    "shared agent",
    "Give coordinated passives the agent that stands behind the last of them.",
    example="The mayor was detained and beaten by Eritrean soldiers.",
    gives="Eritrean soldiers | detain | mayor",
)
HEADLINE_PARTICIPLE = _rule(
    "headline participle",
    'Take a participle without an object for a passive where its verb always has one: "Chen arrested in Laos".',
    "Headlines leave out the auxiliary.",
    example="Opposition leader Chen arrested in Cambodia",
    gives="* | be arrested in | Cambodia",
)
OF_WHOSE = _rule(
    "whose plan",
    'Take the noun behind "of" or "by" for who is to do what a plan or decision is: "the decision of X to leave".',
    example="The Council welcomed the decision of France to leave Niger.",
    gives="France | leave | Niger | future",
)
CLAUSES: Registry[Callable[..., None]] = Registry(
    STAGE,
    "Find each clause's subject, agent, objects and further arguments.",
    declared=(AS_DONE_BY, CHARGED, NOBODY_BUT, SHARED_AGENT, HEADLINE_PARTICIPLE, OF_WHOSE),
)


@dataclass(frozen=True, slots=True)
class Oblique:
    """A further argument: its head, and the words that introduce it ("to", "according to"; "" for a bare "Tuesday")."""

    preposition: str
    head: Token


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its arguments, each given by its head token, coordinated ones each on their own.

    ``inherited`` says that the subject is not the predicate's own but was found by the grammar of a larger clause.
    """

    predicate: Token
    passive: bool
    copula: Token | None
    particle: Token | None
    subjects: tuple[Token, ...]
    agents: tuple[Token, ...]
    objects: tuple[Token, ...]
    recipients: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    inherited: bool

    @property
    def doers(self) -> tuple[Token, ...]:
        """Who acts: the subject of an active clause, the agent of a passive one."""
        return self.agents if self.passive else self.subjects

    @property
    def undergoers(self) -> tuple[Token, ...]:
        """Whom it is done to: the object of an active clause, the subject of a passive one."""
        return self.subjects if self.passive else self.objects


def clauses(doc: Doc) -> dict[int, Clause]:
    """The clauses of a parsed Doc by the index of their predicate; found once and kept with it.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["Iran", "rejected", "talks"], heads=[1, 1, 1],
    ...           deps=["nsubj", "ROOT", "obj"], pos=["PROPN", "VERB", "NOUN"], tags=["NNP", "VBD", "NNS"])
    >>> [(c.subjects, c.objects) for c in clauses(doc).values()]
    [((Iran,), (talks,))]
    """
    found = doc.user_data.get("kg_clauses")
    if found is None:
        tree = tree_of(doc)
        found = {token.i: _clause(tree, token) for token in doc if is_predicate(tree, token)}
        doc.user_data["kg_clauses"] = found
    return found


def is_predicate(tree: Tree, token: Token) -> bool:
    """Whether a token heads a clause."""
    label = tree.label(token)
    if token.is_space or token.is_punct:
        return False
    if tree.child(token, "cop"):
        return True
    if label.startswith(("aux", "cop", "amod", "case", "mark", "compound", "fixed", "flat", "det")):
        return False
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.tag_ != "MD") or _is_mistagged_verb(tree, token)


def _is_mistagged_verb(tree: Tree, token: Token) -> bool:
    """Whether a supposed plural noun is a verb: it has a subject and no copula ("the theatre also performs abroad")."""
    subject = tree.child(token, "nsubj", "nsubj:pass")
    return token.tag_ == "NNS" and subject is not None and subject.i < token.i and not tree.child(token, "det", "cop")


def is_passive(tree: Tree, verb: Token) -> bool:
    """Whether a verb stands in the passive: by its auxiliary, its subject, or as a bare participle after a noun."""
    bare = tree.label(verb) in ("acl", "advcl", "xcomp", "conj")
    if tree.child(verb, "aux:pass") or (tree.child(verb, "nsubj:pass") and (bare or tree.child(verb, "aux"))):
        return True
    if _is_headline_participle(tree, verb):
        return True
    if tree.child(verb, "nsubj:pass") and verb.tag_ == "VBN" and not tree.child(verb, "obj"):
        return True  # as headlines have it: "31 killed in attack"
    if tree.child(verb, "aux", "cop") or verb.tag_ != "VBN":
        return False
    if tree.label(verb) == "conj":
        return is_passive(tree, tree.head(verb)) and not tree.child(verb, "nsubj")
    return tree.label(verb) in ("acl", "advcl", "xcomp") and not tree.child(verb, "obj")


def _is_headline_participle(tree: Tree, verb: Token) -> bool:
    """Whether a supposed past tense is the passive of a headline: a verb that always has an object has none."""
    if not HEADLINE_PARTICIPLE.on or verb.tag_ not in ("VBD", "VBN") or not is_word(verb, "undergone"):
        return False
    if tree.label(verb) not in ("ROOT", "parataxis", "conj") or tree.child(
        verb, "aux", "obj", "iobj", "ccomp", "xcomp"
    ):
        return False
    subject = tree.child(verb, "nsubj")
    relative = subject is not None and subject.tag_ in RELATIVE_TAGS
    full_stop = any(t.text in (".", "!") for t in verb.sent[-2:])
    return subject is not None and not relative and not full_stop and HEADLINE_PARTICIPLE.fires(verb)


def is_finite(tree: Tree, predicate: Token) -> bool:
    """Whether a clause is finite: its verb or first auxiliary carries tense, or is a modal; a conjunct may share it."""
    if shares_auxiliaries(tree, predicate):
        return is_finite(tree, tree.head(predicate))
    verbs = [predicate, *tree.children(predicate, "aux", "aux:pass", "cop")]
    return any(t.tag_ in ("VBD", "VBP", "VBZ", "MD") for t in verbs)


def shares_auxiliaries(tree: Tree, predicate: Token) -> bool:
    """Whether a bare conjunct goes with the auxiliaries of the verb before it ("have burned and dragged")."""
    if tree.label(predicate) != "conj" or tree.child(predicate, "aux", "nsubj", "cop", "mark"):
        return False
    head = tree.head(predicate)
    return (
        predicate.tag_ in ("VB", "VBG", "VBN")
        and head.pos_ in ("VERB", "AUX")
        and bool(tree.child(head, "aux", "aux:pass") or tree.label(head) == "conj")
    )


def governor(tree: Tree, predicate: Token) -> Token | None:
    """The predicate, noun or adjective that a complement clause hangs on; conjuncts share that of the first."""
    first = first_conjunct(tree, predicate)
    label = tree.label(first)
    head = tree.head(first)
    if label in ("ccomp", "xcomp", "csubj", "csubj:pass"):
        return head
    if label == "parataxis":
        return head if is_speech(head) else None
    return head if label in ("acl", "advcl") and _is_complement(tree, first) else None


def first_conjunct(tree: Tree, token: Token) -> Token:
    """The first of the words that a token is coordinated with."""
    while tree.label(token) == "conj" and tree.head(token) is not token:
        token = tree.head(token)
    return token


def marker(tree: Tree, predicate: Token) -> str:
    """The words that introduce a clause ("if", "after", "that"), lower-cased, or ""."""
    heads = [t for t in tree.children(first_conjunct(tree, predicate), "mark", "case") if t.i < predicate.i]
    words = {t.i: t for head in heads for t in (head, *tree.children(head, "fixed"))}
    return " ".join(words[i].lower_ for i in sorted(words))


def nobody_but(tree: Tree, noun: Token) -> Token | None:
    """Who is left out of "no one but X", "nobody except X": X does what nobody else does."""
    if noun.lower_ not in NOBODY and not any(t.lower_ == "no" for t in tree.children(noun, "det")):
        return None
    return next((t for t in tree.children(noun, "nmod", "obl", "conj") if _excepts(tree, t)), None)


def _excepts(tree: Tree, noun: Token) -> bool:
    return any(t.lower_ in ("but", "except", "save") for t in tree.children(noun, "case", "cc"))


def preposition(tree: Tree, head: Token) -> str:
    """The words that introduce a noun phrase ("to", "because of"), lower-cased, or ""."""
    cases = [t for t in tree.children(head, "case") if t.tag_ != "POS"]
    words = sorted((t for case in cases for t in (case, *tree.children(case, "fixed"))), key=lambda t: t.i)
    return " ".join(t.lower_ for t in words)


def is_object_like(tree: Tree, noun: Token) -> bool:
    """Whether a noun is what a verb is about: its object, or after a preposition that only leads to it ("warn of")."""
    label = tree.label(noun)
    if label in ("obj", "nsubj:pass"):
        return True
    follows = noun.i > tree.head(noun).i
    return label == "obl" and follows and preposition(tree, noun) in OBJECT_PREPOSITIONS


def antecedent(tree: Tree, token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token stands for itself."""
    if token.lower_ not in RELATIVE_PRONOUNS:
        return token
    for verb in tree.ancestors(token):
        first = first_conjunct(tree, verb)
        if tree.label(first) == "acl:relcl" and tree.head(first).i < token.i:
            return tree.head(first)
    return token


def _is_complement(tree: Tree, predicate: Token) -> bool:
    """Whether a clause below a noun or verb completes its meaning ("decision to go", "forced them to go")."""
    head = tree.head(predicate)
    found = signature_of(head)
    if found is None:
        return False
    if tree.label(predicate) == "acl":
        done_by = marker(tree, predicate) in ("as", "than") and is_passive(tree, predicate)
        return head.pos_ == "NOUN" and bool(tree.child(predicate, "mark")) and not (done_by and AS_DONE_BY.on)
    if CHARGED.on and is_passive(tree, head) and found.kind in ("speech", "belief"):
        return _is_charge(tree, predicate) and CHARGED.fires(predicate)
    if not _direct_objects(tree, head):
        return False
    to = any(t.lower_ == "to" for t in tree.children(predicate, "mark"))
    return (to and found.kind in ("causation", "request", "permission")) or _is_charge(tree, predicate)


def _is_charge(tree: Tree, predicate: Token) -> bool:
    """Whether a gerund says what the object of its verb does: "accused them of lying", "kept them from leaving"."""
    return predicate.tag_ == "VBG" and marker(tree, predicate) in ("of", "for", "from", "into")


def _clause(tree: Tree, predicate: Token) -> Clause:
    passive = is_passive(tree, predicate)
    subjects, inherited = _subjects(tree, predicate)
    return Clause(
        predicate=predicate,
        passive=passive,
        copula=None if tree.child(predicate, "nsubj:outer") else tree.child(predicate, "cop"),
        particle=tree.child(predicate, "compound:prt"),
        subjects=_each(tree, [_named(tree, subject) for subject in subjects]),
        agents=_each(tree, _agents(tree, predicate) or _shared_agents(tree, predicate)) if passive else (),
        objects=_each(tree, _objects(tree, predicate)),
        recipients=_each(tree, [t for t in tree.children(predicate, "iobj") if not tree.child(t, "case")]),
        obliques=tuple(_obliques(tree, predicate)),
        inherited=inherited,
    )


def _each(tree: Tree, heads: list[Token]) -> tuple[Token, ...]:
    """Coordinated heads each on their own, relative pronouns replaced by what they stand for."""
    found = {t.i: t for head in heads for t in tree.conjuncts(antecedent(tree, head))}
    return tuple(found.values())


def _named(tree: Tree, subject: Token) -> Token:
    named = nobody_but(tree, subject) if NOBODY_BUT.on else None
    return named if named is not None and NOBODY_BUT.fires(tree.head(subject)) else subject


def _shared_agents(tree: Tree, verb: Token) -> list[Token]:
    """The agent behind the last of several coordinated passives ("detained and beaten by troops")."""
    if not SHARED_AGENT.on:
        return []
    later = [
        t for t in tree.children(verb, "conj") if t.tag_ == "VBN" and not tree.child(t, *NOMINAL_SUBJECTS, "aux:pass")
    ]
    agents = _agents(tree, later[-1]) if later else []
    return agents if agents and SHARED_AGENT.fires(verb) else []


def _agents(tree: Tree, verb: Token) -> list[Token]:
    marked = tree.children(verb, "obl:agent")
    beside = [t for t in tree.children(verb, "obl") if preposition(tree, t) == "by" and t.ent_type_ != "DATE"]
    return marked or beside or _agents_behind_an_act(tree, verb)


def _agents_behind_an_act(tree: Tree, verb: Token) -> list[Token]:
    """Who does the act that a passive verb deals out: "was hit with sanctions by X", "was handed an ultimatum by X"."""
    if not tree.child(verb, "nsubj:pass"):
        return []
    acts = [t for t in tree.children(verb, "obj", "obl") if is_event_noun(t) and t.i > verb.i]
    return [t for act in acts for t in tree.children(act, "nmod") if preposition(tree, t) == "by"]


def _direct_objects(tree: Tree, verb: Token) -> list[Token]:
    return [t for t in tree.children(verb, "obj") if t.pos_ in NOMINAL or t.pos_ in ("DET", "ADJ", "SYM", "X")]


def _objects(tree: Tree, verb: Token) -> list[Token]:
    objects = _direct_objects(tree, verb)
    if not objects and tree.label(verb) == "conj" and not is_passive(tree, verb):
        objects = _shared_objects(tree, verb)
    if not objects and tree.label(verb) == "acl:relcl" and _has_object_gap(tree, verb):
        objects = [tree.head(verb)]
    return objects


def _shared_objects(tree: Tree, verb: Token) -> list[Token]:
    """The object to the right of the last of several coordinated verbs belongs to all ("seized and sold the ships")."""
    first = tree.head(verb)
    later = [t for t in _direct_objects(tree, first) if t.i > verb.i]
    return later if first.pos_ == "VERB" else []


def _has_object_gap(tree: Tree, verb: Token) -> bool:
    """Whether a relative clause lacks the object that its antecedent is ("the sanctions [that] the US wants")."""
    subjects = tree.children(verb, *NOMINAL_SUBJECTS)
    relative_subject = any(t.tag_ in RELATIVE_TAGS or t.lower_ == "that" for t in subjects)
    complement = tree.child(verb, "ccomp", "xcomp")
    adverb = tree.head(verb).lemma_ in ADVERBIAL_NOUNS or any(t.tag_ == "WRB" for t in tree.children(verb, "advmod"))
    return (
        bool(subjects) and not relative_subject and not complement and not adverb and not is_passive(tree, verb)
        and stranded_preposition(tree, verb) is None
    )  # fmt: skip


def stranded_preposition(tree: Tree, verb: Token) -> Token | None:
    """The preposition that a relative clause ends in ("the sanctions the US is talking about"), if it does."""
    if tree.label(verb) != "acl:relcl":
        return None
    loose = [t for t in tree.children(verb) if t.pos_ == "ADP" and t.i > verb.i]
    adverb_below = [
        t for c in tree.children(verb, "obl", "advmod") for t in tree.children(c, "case") if c.pos_ == "ADV"
    ]
    relative = [
        t for c in tree.children(verb, "obl") if c.tag_ in RELATIVE_TAGS for t in tree.children(c, "case") if t.i > c.i
    ]
    return next(iter([t for t in (*loose, *adverb_below, *relative) if t.i > verb.i]), None)


def _obliques(tree: Tree, predicate: Token) -> Iterator[Oblique]:
    stranded = stranded_preposition(tree, predicate)
    if stranded is not None:
        yield Oblique(stranded.lower_, tree.head(predicate))
    for head in tree.children(predicate, "obl", "nmod", "obl:tmod", "obl:npmod", "obl:unmarked", "iobj"):
        if tree.label(head) == "iobj" and not tree.child(head, "case"):
            continue
        if tree.label(head) == "obl:agent" or head.tag_ in RELATIVE_TAGS or tree.label(head) == "nmod:poss":
            continue
        if tree.label(head).startswith("nmod") and not tree.child(predicate, "cop"):
            continue
        if tree.child(head, "case") and tree.child(head, "case") == stranded:
            continue
        words = preposition(tree, head)
        for conjunct in tree.conjuncts(head):
            yield Oblique(preposition(tree, conjunct) or words, conjunct)


def _subjects(tree: Tree, predicate: Token) -> tuple[list[Token], bool]:
    own = [t for t in tree.children(predicate, *NOMINAL_SUBJECTS) if t.pos_ != "SCONJ"]
    own = [t for t in own if not tree.label(t).endswith("outer")]
    if own:
        return own[-1:], False  # of two, the first stands apart ("Both teams unbeaten, the hosts won")
    return _inherited_subjects(tree, predicate), True


def _inherited_subjects(tree: Tree, predicate: Token) -> list[Token]:
    head, label = tree.head(predicate), tree.label(predicate)
    if label == "conj":
        return _surface_subjects(tree, head)
    if label == "acl:relcl":
        return [] if tree.child(predicate, "nsubj") else _relative_subject(tree, predicate)
    if label == "xcomp" or (label == "advcl" and (_is_complement(tree, predicate) or _is_charge(tree, predicate))):
        return _controller(tree, head, predicate)
    if label == "advcl" and not is_finite(tree, predicate):
        return _surface_subjects(tree, head) if not _compares(tree, predicate) else []
    if label == "acl":
        return _subject_of_modifier(tree, head, predicate)
    return []


def _compares(tree: Tree, predicate: Token) -> bool:
    """Whether a clause behind "as" or "than" is about something else than the subject."""
    if marker(tree, predicate) not in ("as", "than"):
        return False
    degree = tree.head(predicate).pos_ == "ADJ"  # "as imminent as feared by X": what is imminent is feared
    if is_passive(tree, predicate):
        return not degree and AS_DONE_BY.on and AS_DONE_BY.fires(predicate)
    return degree


def _relative_subject(tree: Tree, verb: Token) -> list[Token]:
    return [tree.head(verb)] if verb.tag_ in ("VBG", "VBN") else []


def _surface_subjects(tree: Tree, verb: Token) -> list[Token]:
    """The subject of a verb as it is written, found further up where it is shared."""
    return _subjects(tree, verb)[0] if verb.pos_ in ("VERB", "AUX") or tree.child(verb, "cop") else []


def _controller(tree: Tree, head: Token, predicate: Token) -> list[Token]:
    """Whose act an infinitive is: the object's ("forced X to go") or the subject's ("X tried to go")."""
    found = signature_of(head)
    kind = found.kind if found is not None else None
    objects = tree.children(head, "obj", "iobj")
    if objects and objects[0].i < predicate.i and kind not in SUBJECT_CONTROL:
        return objects
    asked = [t for t in tree.children(head, "obl") if preposition(tree, t) in ADDRESSING and head.i < t.i < predicate.i]
    if kind == "request" and asked:  # "called on X to go"
        return asked[-1:]
    return _surface_subjects(tree, head)


def _subject_of_modifier(tree: Tree, noun: Token, predicate: Token) -> list[Token]:
    """Whose act a clause below a noun is.

    A participle's is the noun itself ("troops massing"). A complement's is the owner of the noun ("Iran's bid to …"),
    else the subject of the clause of which the noun is an object ("Iran made an offer to …").
    """
    if predicate.tag_ in ("VBG", "VBN") and not tree.child(predicate, "mark", "case"):
        return [noun]
    if _compares(tree, predicate):
        return []
    if signature(noun.lemma_.lower(), "noun") is None:
        return []
    owners = tree.children(noun, "nmod:poss")
    if owners:
        return owners
    of_whom = [t for t in tree.children(noun, "nmod") if preposition(tree, t) in ("of", "by") and t.i < predicate.i]
    if of_whom and OF_WHOSE.on and OF_WHOSE.fires(predicate):
        return of_whom[:1]
    verb = tree.head(noun)
    if tree.label(noun) in ("obj", "obl", "xcomp") and verb.pos_ == "VERB":
        clause_subjects = _surface_subjects(tree, verb)
        return clause_subjects if not is_passive(tree, verb) else _agents(tree, verb) or clause_subjects
    return []
