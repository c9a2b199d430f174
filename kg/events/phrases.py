"""Words as the coder sees them: a verb, noun or adjective with its objects, prepositional phrases and complement.

A :class:`Phrase` is read from the neutral tree of a sentence, or built by hand; it knows nothing of spaCy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from kg.language.tree import Tree, matches

Pos = Literal["verb", "noun", "adjective"]
# An amount stands where its noun would ("gave $2 million to").
POS: dict[str, Pos] = {
    "VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "NUM": "noun", "SYM": "noun", "ADJ": "adjective",
}  # fmt: skip
FUTURE = frozenset({"will", "shall", "would", "'ll", "’ll", "wo", "ll"})
# What may be done is announced as what will be; what may not be done is only doubted.
POSSIBLE = frozenset({"may", "might", "could"})
PERFECT = frozenset({"have", "'ve", "’ve"})
NECESSITY = frozenset({"must", "should", "ought", "need", "needs", "has", "have"})
FIRST_PERSON = frozenset({"i", "we"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
PARTICLES = frozenset(
    {"off", "out", "up", "down", "over", "back", "away", "in", "on", "aside", "apart", "through", "under", "forward"}
)
ADVERBIAL = frozenset({"aside", "away", "back", "down", "off", "out", "up"})
RESULTS = frozenset(
    "ablaze afire alight captive dead free guilty hostage jointly liable prisoner responsible unwelcome well".split()
)
OBJECTS = ("obj", "iobj", "nsubj:pass")
# A clause below these cannot change what the words above it mean.
COMPLEMENTS = ("xcomp", "ccomp", "acl", "advcl")
CLAUSAL_PREPOSITIONS = frozenset({"of", "for", "from", "against", "with", "in", "to", "into", "about", "on", "that"})
DEPTH = 3
SHORTEST_PAST = 4
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday".split()
)
# Verbs whose subject is what moves or is moved: "peacekeepers arrived" is of peacekeepers as "sent peacekeepers" is.
MOVEMENT = frozenset({"arrive", "assemble", "converge", "deploy", "gather", "land", "mass", "muster"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word and what hangs below it, as far as event types depend on it.

    ``names`` are the keys to look it up by, from the most to the least specific ("military aid", "aid"; "state of
    siege", "state").
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

    @property
    def lemma(self) -> str:
        """The lemma of the word itself."""
        return self.names[-1]

    def below(self, preposition: str) -> list[Phrase]:
        """The phrases that a preposition introduces, the object's too: which of the two they hang below is a guess."""
        below = [phrase for name, phrase in self.prepositions if name == preposition]
        return below if below or preposition == "of" else [p for obj in self.objects for p in obj.below(preposition)]


def phrase_at(token: Token, tree: Tree, *, depth: int = DEPTH) -> Phrase | None:
    """The phrase whose head is ``token``; None for a word that is no verb, noun or adjective."""
    pos = POS.get(token.pos_)
    if pos is None:
        return None
    children = tree.children(token)
    negated = _negated(children, tree)
    return Phrase(
        names=_names(token, children, tree, pos),
        pos=pos,
        particles=_particles(token, children, tree, pos),
        objects=_objects(token, children, tree, pos, depth),
        prepositions=_prepositions(token, children, tree, depth),
        complement=_complement(token, children, tree, depth),
        purpose=_purpose(children, tree, depth),
        negated=negated,
        future=_future(children, tree, negated=negated),
        necessary=_necessary(token, children, tree),
        proper=token.pos_ == "PROPN",
        kind=kind_of(token) if pos == "noun" else "",
        infinitive=any(t.lower_ == "to" for t in children if tree.label(t) == "mark"),
        subject=_subject(children, tree) if pos == "verb" and depth == DEPTH else None,
    )


def kind_of(token: Token) -> str:
    """The kind of entity that a word names or refers to, where mentions were found; else nothing."""
    doc = token.doc
    mention = doc._.mention_heads.get(token.i) if doc.has_extension("mention_heads") else None
    entity = doc._.entities.get(mention.entity) if mention is not None else None
    return entity.kind if entity is not None else ""


def _labelled(children: list[Token], tree: Tree, *labels: str) -> list[Token]:
    return [token for token in children if matches(tree.labels[token.i], labels)]


def _names(token: Token, children: list[Token], tree: Tree, pos: Pos) -> tuple[str, ...]:
    if pos == "verb":
        return verb_names(token)
    lemma = token.lemma_.lower() or token.lower_
    if pos == "adjective":
        return (lemma,)
    modifiers = [
        (t.lemma_.lower() or t.lower_, "-" if t.i + 2 == token.i and token.nbor(-1).text == "-" else " ")
        for t in _labelled(children, tree, "amod", "compound")
    ]
    names = [f"{modifier}{joint}{lemma}" for modifier, joint in modifiers]
    for child in _labelled(children, tree, "nmod"):
        if any(t.lower_ == "of" for t in tree.children(child, "case")):
            names.append(f"{lemma} of {child.lemma_.lower() or child.lower_}")
    return (*names, lemma)


def verb_names(token: Token) -> tuple[str, ...]:
    """A verb's lemma, and what it should have been where it still has its ending: "freed" is of "free".

    One that a hyphen ties to a word before it is first of all the two together: "test-fire".
    """
    lemma = token.lemma_.lower() or token.lower_
    prefixed = (f"{token.nbor(-2).lower_}-{lemma}",) if token.i > 1 and token.nbor(-1).text == "-" else ()
    if not lemma.endswith("ed") or len(lemma) <= SHORTEST_PAST:
        return (*prefixed, lemma)
    return (*prefixed, lemma, lemma[:-1], lemma[:-2])


def _particles(token: Token, children: list[Token], tree: Tree, pos: Pos) -> frozenset[str]:
    # Right after a verb these are its own, even where the parse gives them to a noun ("called off arms sales").
    following = [token.nbor().lower_] if pos == "verb" and token.i + 1 < len(token.doc) else []
    return (ADVERBIAL & frozenset(following)) | frozenset(
        t.lower_
        for t in children
        if tree.label(t) == "compound:prt"
        or (tree.label(t) == "advmod" and t.lower_ in PARTICLES)
        or (tree.label(t) in ("xcomp", "obl", "advmod") and t.lower_ in RESULTS)
    )


def _objects(token: Token, children: list[Token], tree: Tree, pos: Pos, depth: int) -> tuple[Phrase, ...]:
    if depth == 0 or pos == "noun":
        return ()
    heads = [c for t in _labelled(children, tree, *OBJECTS) for c in tree.conjuncts(t)]
    if not heads and token.lemma_.lower() in MOVEMENT:
        heads = _labelled(children, tree, "nsubj")
    if tree.label(token) in ("acl", "amod") and token.tag_ in ("VBN", "VBD"):
        heads.append(tree.head(token))
    found = (phrase_at(t, tree, depth=depth - 1) for t in heads)
    return tuple(phrase for phrase in found if phrase is not None)


def _prepositions(token: Token, children: list[Token], tree: Tree, depth: int) -> tuple[tuple[str, Phrase], ...]:
    if depth == 0:
        return ()
    found: list[tuple[str, Phrase]] = []
    for child in children:
        if not tree.label(child).startswith(("obl", "nmod", "advcl", "acl")):
            continue
        if child.lower_ in DAYS_AND_MONTHS or child.text.isdigit():
            continue
        case = next((t for t in tree.children(child, "case", "mark") if t.lower_ != "to" or child.pos_ != "VERB"), None)
        for head in tree.conjuncts(child) if case is not None else ():
            phrase = phrase_at(head, tree, depth=depth - 1)
            if phrase is not None and case is not None:
                found.append((case.lower_, phrase))
    return tuple(found)


def _complement(token: Token, children: list[Token], tree: Tree, depth: int) -> Phrase | None:
    if depth == 0:
        return None
    for label in COMPLEMENTS:
        for child in children:
            if tree.label(child) == label and (label in ("xcomp", "ccomp") or _governed(child, tree)):
                phrase = phrase_at(child, tree, depth=depth - 1)
                if phrase is not None:
                    return phrase
    return None


def _purpose(children: list[Token], tree: Tree, depth: int) -> Phrase | None:
    """What something is done for: "called him to congratulate him"."""
    for child in children if depth else ():
        if tree.label(child) == "advcl" and any(t.lower_ == "to" for t in tree.children(child, "mark")):
            return phrase_at(child, tree, depth=depth - 1)
    return None


def _governed(clause: Token, tree: Tree) -> bool:
    """Whether an adverbial or adnominal clause is what its head is about: "accused of V-ing", "a threat to V"."""
    marks = {t.lower_ for t in tree.children(clause, "mark", "case")}
    if tree.label(clause) == "advcl":
        return bool(marks & (CLAUSAL_PREPOSITIONS - {"to", "that"}))
    return bool(marks & CLAUSAL_PREPOSITIONS)


def _negated(children: list[Token], tree: Tree) -> bool:
    if any(t.lower_ in NEGATIONS for t in children if tree.label(t) in ("advmod", "det", "neg")):
        return True
    return any(t.lower_ == "no" for obj in _labelled(children, tree, "obj") for t in tree.children(obj, "det"))


def _future(children: list[Token], tree: Tree, *, negated: bool) -> bool:
    auxiliaries = {t.lower_ for t in children if tree.label(t).startswith("aux")}
    if auxiliaries & FUTURE:
        return True
    # "May have attacked" is of the past.
    return bool(auxiliaries & POSSIBLE) and not negated and not auxiliaries & PERFECT


def _subject(children: list[Token], tree: Tree) -> Phrase | None:
    """Who or what acts, with what hangs right below it ("hundreds of students")."""
    subject = next(iter(_labelled(children, tree, "nsubj")), None)
    return None if subject is None else phrase_at(subject, tree, depth=1)


def _necessary(token: Token, children: list[Token], tree: Tree) -> bool:
    """Whether something is said to have to be done by others: "must", "should", "has to"."""
    subjects = [t for t in children if tree.label(t).startswith("nsubj")]
    if not subjects or any(t.lower_ in FIRST_PERSON for t in subjects):
        return False
    if any(t.lower_ in ("must", "should") for t in children if tree.label(t) == "aux"):
        return True
    return token.lower_ in NECESSITY and any(tree.label(t) == "xcomp" for t in children)
