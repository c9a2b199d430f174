"""Phrases: a verb, noun or adjective with its objects, prepositional phrases and complement, as event types ask for.

A :class:`Phrase` is read once from the neutral tree of a sentence, or built by hand; it knows nothing of spaCy. What
denies it or puts it off is what :mod:`kg.grammar.standing` reads, and a pronoun counts as whom it refers to.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from kg.grammar.certainty import Standing
from kg.grammar.clauses import clauses, preposition
from kg.grammar.standing import own_standing
from kg.grammar.tree import Tree, matches, tree_of
from kg.grammar.words import is_word
from kg.language.spans import tokens_of
from kg.model import Span

Pos = Literal["verb", "noun", "adjective"]
# The words right below another, with their labels.
Below = list[tuple[str, Token]]
# The names of the words that a clause below them changes the meaning of.
Governing = frozenset[str] | None
# An amount stands where its noun would ("gave $2 million to").
POS: dict[str, Pos] = {
    "VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "PRON": "noun", "NUM": "noun", "SYM": "noun",
    "ADJ": "adjective",
}  # fmt: skip
# What may be done is announced as what will be; what would have been done is neither.
ANNOUNCED = frozenset({"will", "would", "may", "might", "could"})
NECESSITY = frozenset({"must", "should", "ought", "need", "needs", "has", "have"})
FIRST_PERSON = frozenset({"i", "we"})
PARTICLES = frozenset(
    {"off", "out", "up", "down", "over", "back", "away", "in", "on", "aside", "apart", "through", "under", "forward"}
)
ADVERBIAL = frozenset({"aside", "away", "back", "down", "off", "out", "up"})
RESULTS = frozenset(
    "ablaze afire alight captive dead free guilty hostage jointly liable prisoner responsible unwelcome well".split()
)
MODIFIERS = ("amod", "compound")
NOMINAL = ("nmod",)
OBJECTS = ("obj", "iobj", "nsubj:pass")
# A clause below these cannot change what the words above it mean.
COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl")
CLAUSAL_PREPOSITIONS = frozenset({"of", "for", "from", "against", "with", "in", "to", "into", "about", "on", "that"})
# The labels of words that head no relation.
FUNCTION = frozenset({"aux", "aux:pass", "cop", "case", "mark", "det", "punct"})
# The labels of clauses with "to" that complete the word above them.
TOLD = frozenset({"xcomp", "advcl", "acl", "ccomp"})
# In these, what a noun tells of takes place at the time of its clause.
MEANWHILE = frozenset({"in", "during", "at"})
DEPTH = 3
SHORTEST_PAST = 4
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday".split()
)
# Verbs whose subject is what moves or is moved: "peacekeepers arrived" is of peacekeepers as "sent peacekeepers" is.
MOVEMENT = frozenset({"arrive", "assemble", "converge", "deploy", "gather", "land", "mass", "muster"})


class Phrase(NamedTuple):
    """A word and what hangs below it, as far as event types depend on it.

    ``names`` are the keys to look it up by, from the most to the least specific ("military aid", "aid"; "state of
    siege", "state"). ``at`` is the index of its token, -1 for one that was built by hand.
    """

    names: tuple[str, ...]
    pos: Pos
    particles: frozenset[str] = frozenset()
    objects: tuple[Phrase, ...] = ()
    prepositions: tuple[tuple[str, Phrase], ...] = ()
    complement: Phrase | None = None
    purpose: Phrase | None = None
    negated: bool = False
    future: bool = False
    necessary: bool = False
    proper: bool = False
    infinitive: bool = False
    kind: str = ""
    subject: Phrase | None = None
    at: int = -1

    @property
    def lemma(self) -> str:
        """The lemma of the word itself."""
        return self.names[-1]

    def below(self, preposition: str) -> list[Phrase]:
        """The phrases that a preposition introduces, the object's too: which of the two they hang below is a guess."""
        below = [phrase for name, phrase in self.prepositions if name == preposition]
        return below if below or preposition == "of" else [p for obj in self.objects for p in obj.below(preposition)]


def phrase_at(token: Token, governing: Governing = None) -> Phrase | None:
    """The phrase whose head is ``token``; None for a word that is no verb, noun or adjective.

    :param governing: the names of the words whose complement and purpose are read; all, if None.
    """
    return _phrase(token, tree_of(token.doc), governing, DEPTH)


def _phrase(token: Token, tree: Tree, governing: Governing, depth: int) -> Phrase | None:
    pos = POS.get(token.pos_)
    if pos is None:
        return None
    below = tree.labelled(token)
    names = _names(token, below, tree, pos)
    governs = depth > 0 and (governing is None or not governing.isdisjoint(names))
    # A noun that is denied or still to come names the same event.
    own = Standing() if pos == "noun" else own_standing(tree, token)
    return Phrase(
        names=names,
        pos=pos,
        particles=_particles(token, below, pos),
        objects=_objects(token, below, tree, pos, governing, depth),
        prepositions=_prepositions(below, tree, governing, depth),
        complement=_complement(below, tree, governing, depth) if governs else None,
        purpose=_purpose(below, tree, governing, depth) if governs else None,
        negated=own.polarity == "negative",
        future=_is_announced(own),
        necessary=_necessary(token, below),
        proper=token.pos_ == "PROPN" or (token.pos_ == "PRON" and bool(kind_of(token))),
        kind=kind_of(token) if pos == "noun" else "",
        infinitive=any(label == "mark" and t.lower_ == "to" for label, t in below),
        subject=_subject(token, below, tree) if pos == "verb" else None,
        at=token.i,
    )


def predicate_of(doc: Doc, span: Span) -> Token | None:
    """The token of some words that the rest of them hangs below, function words aside; None if they meet no token."""
    found = tokens_of(doc, span)
    if found is None:
        return None
    tree = tree_of(doc)
    inside = range(found.start, found.end)
    words = (i for i in inside if tree.labels[i] not in FUNCTION)
    return next((doc[i] for i in words if tree.heads[i] not in inside or tree.heads[i] == i), None)


def undergoes(doc: Doc, predicate: Token, span: Span) -> bool:
    """Whether something is done to whom some words name: the subject of a passive ("were arrested")."""
    clause = clauses(doc).get(predicate.i)
    return clause is not None and clause.passive and any(span.start <= t.idx < span.end for t in clause.subjects)


def told_with(token: Token) -> Token | None:
    """The predicate in one breath with which something is told, so that it is of the same time; None if there is none.

    A verb shares the time of the one that it is coordinated with or completes, a participle that of its clause, and a
    noun that of a verb which only says that it took place, or during which it did.
    """
    tree = tree_of(token.doc)
    label, head = tree.label(token), tree.head(token)
    if head.i == token.i or head.i not in clauses(token.doc):
        return None
    if POS.get(token.pos_) == "noun":
        meanwhile = label.startswith("obl") and preposition(tree, token) in MEANWHILE
        return head if meanwhile or is_word(head, "light") or is_word(head, "scheduling") else None
    free = label == "advcl" and token.tag_ == "VBG" and not tree.child(token, "mark", "case")
    return head if label in ("conj", "xcomp") or free else None


def infinitive_governors(token: Token) -> list[Token]:
    """The words that an infinitive with "to" completes: "agreed" in "agreed to go", "gave" and "pledge" in "gave a
    pledge to go"; none for other words.
    """
    tree = tree_of(token.doc)
    if tree.label(token) not in TOLD or not any(t.lower_ == "to" for t in tree.children(token, "mark")):
        return []
    above = tree.head(token)
    return [above] if POS.get(above.pos_) == "verb" else [above, tree.head(above)]


def kind_of(token: Token) -> str:
    """The kind of entity that a word names or refers to, where mentions were found; else nothing."""
    if not token.doc.has_extension("mention_heads"):
        return ""
    known = token.doc._
    mention = known.mention_heads.get(token.i)
    entity = known.entities.get(mention.entity) if mention is not None else None
    return entity.kind if entity is not None else ""


def _labelled(below: Below, *labels: str) -> list[Token]:
    return [token for label, token in below if matches(label, labels)]


def _names(token: Token, below: Below, tree: Tree, pos: Pos) -> tuple[str, ...]:
    if pos == "verb":
        return verb_names(token)
    lemma = token.lemma_.lower() or token.lower_
    if pos == "adjective":
        return (lemma,)
    modified, parts = list[str](), list[str]()
    for label, t in below:
        if matches(label, MODIFIERS):
            joint = "-" if t.i + 2 == token.i and token.nbor(-1).text == "-" else " "
            modified.append(f"{t.lemma_.lower() or t.lower_}{joint}{lemma}")
        elif matches(label, NOMINAL) and any(c.lower_ == "of" for c in tree.children(t, "case")):
            parts.append(f"{lemma} of {t.lemma_.lower() or t.lower_}")
    return (*modified, *parts, lemma)


def verb_names(token: Token) -> tuple[str, ...]:
    """A verb's lemma, and what it should have been where it still has its ending: "freed" is of "free".

    One that a hyphen ties to a word before it is first of all the two together: "test-fire".
    """
    lemma = token.lemma_.lower() or token.lower_
    prefixed = (f"{token.nbor(-2).lower_}-{lemma}",) if token.i > 1 and token.nbor(-1).text == "-" else ()
    if not lemma.endswith("ed") or len(lemma) <= SHORTEST_PAST:
        return (*prefixed, lemma)
    return (*prefixed, lemma, lemma[:-1], lemma[:-2])


def _particles(token: Token, below: Below, pos: Pos) -> frozenset[str]:
    found = {
        t.lower_
        for label, t in below
        if label == "compound:prt"
        or (label == "advmod" and t.lower_ in PARTICLES)
        or (label in ("xcomp", "obl", "advmod") and t.lower_ in RESULTS)
    }
    # Right after a verb these are its own, even where the parse gives them to a noun ("called off arms sales").
    if pos == "verb" and token.i + 1 < len(token.doc) and token.nbor().lower_ in ADVERBIAL:
        found.add(token.nbor().lower_)
    return frozenset(found)


def _objects(token: Token, below: Below, tree: Tree, pos: Pos, governing: Governing, depth: int) -> tuple[Phrase, ...]:
    if depth == 0 or pos == "noun":
        return ()
    heads = [c for t in _labelled(below, *OBJECTS) for c in tree.conjuncts(t)]
    if not heads and token.lemma_.lower() in MOVEMENT:
        heads = _labelled(below, "nsubj")
    if tree.label(token) in ("acl", "amod") and token.tag_ in ("VBN", "VBD"):
        heads.append(tree.head(token))
    if tree.label(token) == "acl:relcl" and tree.head(token).lower_ == "what":
        heads.append(tree.head(token))
    found = (_phrase(t, tree, governing, depth - 1) for t in heads)
    return tuple(phrase for phrase in found if phrase is not None)


def _prepositions(
    below: Below, tree: Tree, governing: Governing, depth: int, *, only: str = ""
) -> tuple[tuple[str, Phrase], ...]:
    if depth == 0:
        return ()
    found: list[tuple[str, Phrase]] = []
    for label, child in below:
        if not label.startswith(("obl", "nmod", "advcl", "acl")):
            continue
        if child.lower_ in DAYS_AND_MONTHS or child.text.isdigit():
            continue
        case = next((t for t in tree.children(child, "case", "mark") if t.lower_ != "to" or child.pos_ != "VERB"), None)
        if case is None or only not in ("", case.lower_):
            continue
        phrases = (_phrase(head, tree, governing, depth - 1) for head in tree.conjuncts(child))
        found.extend((case.lower_, phrase) for phrase in phrases if phrase is not None)
    return tuple(found)


def _complement(below: Below, tree: Tree, governing: Governing, depth: int) -> Phrase | None:
    for wanted in COMPLEMENTS:
        for label, child in below:
            if label == wanted and (label in ("xcomp", "ccomp") or _governed(child, tree)):
                phrase = _phrase(child, tree, governing, depth - 1)
                if phrase is not None:
                    return phrase
    return None


def _purpose(below: Below, tree: Tree, governing: Governing, depth: int) -> Phrase | None:
    """What something is done for: "called him to congratulate him"."""
    for label, child in below:
        if label == "advcl" and any(t.lower_ == "to" for t in tree.children(child, "mark")):
            return _phrase(child, tree, governing, depth - 1)
    return None


def _governed(clause: Token, tree: Tree) -> bool:
    """Whether an adverbial or adnominal clause is what its head is about: "accused of V-ing", "a threat to V"."""
    marks = {t.lower_ for t in tree.children(clause, "mark", "case")}
    if tree.label(clause) == "advcl":
        return bool(marks & (CLAUSAL_PREPOSITIONS - {"to", "that"}))
    return bool(marks & CLAUSAL_PREPOSITIONS)


def _is_announced(own: Standing) -> bool:
    """Whether a clause by its own words tells of what will or may be done."""
    if own.kind not in ANNOUNCED:
        return False
    return own.modality == "future" or own.kind == "would" or own.polarity == "positive"


def _subject(verb: Token, below: Below, tree: Tree) -> Phrase | None:
    """Who or what acts, by name alone, and what it is a number of ("hundreds of students")."""
    subject = next(iter(_labelled(below, "nsubj")), None)
    if subject is None or tree.label(subject) == "nsubj:pass":
        return None
    return noun_phrase(subject)


def noun_phrase(noun: Token) -> Phrase | None:
    """A noun with its modifiers and what it is a part or number of."""
    tree, pos = tree_of(noun.doc), POS.get(noun.pos_)
    if pos is None:
        return None
    below = tree.labelled(noun)
    return Phrase(
        names=_names(noun, below, tree, pos),
        pos=pos,
        prepositions=_prepositions(below, tree, None, 1, only="of"),
        proper=noun.pos_ == "PROPN",
        kind=kind_of(noun),
        at=noun.i,
    )


def _necessary(token: Token, below: Below) -> bool:
    """Whether something is said to have to be done by others: "must", "should", "has to"."""
    subjects = [t for label, t in below if label.startswith("nsubj")]
    if not subjects or any(t.lower_ in FIRST_PERSON for t in subjects):
        return False
    if any(label == "aux" and t.lower_ in ("must", "should") for label, t in below):
        return True
    return token.lower_ in NECESSITY and any(label == "xcomp" for label, _ in below)
