"""Claims of a sentence as propositions in the sentence's own words, from which each benchmark's tuples are drawn.

A claim says who acts on whom; a proposition says it as the sentence does. A passive keeps its subject and adds its doer
with "by"; what a preposition introduces is an oblique; claims that one verb makes of one subject are one proposition;
verbs that only lead over to another stand in its relation ("began to sing"); what is said is an oblique too. Words are
given by their numbers in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.corpora.detokenised import Sentence
from kg.grammar.clauses import first_conjunct, preposition
from kg.grammar.tree import Tree, tree_of
from kg.language.spans import tokens_of
from kg.model import Claim, Span

IMPLICIT = {"be": "is", "have": "has", "number": "number"}
LOOSE = ("acl", "acl:relcl", "appos", "conj", "cc", "parataxis", "advcl", "nsubj", "cop", "case", "mark", "aux")
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})

Words = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A sentence with its parse and its claims, as far as its words name subject and object."""

    sentence: Sentence
    doc: Doc
    claims: tuple[Claim, ...]

    def numbers(self, tokens: Iterable[Token]) -> Words:
        """The words that some tokens touch, each once."""
        spans = (Span(t.idx, t.idx + len(t)) for t in tokens)
        return tuple(dict.fromkeys(i for span in spans for i in self.sentence.words_in(span)))

    def show(self, words: Words) -> str:
        """Words by their numbers."""
        return " ".join(self.sentence.words[i] for i in words)

    def tokens(self, span: Span) -> list[Token]:
        """The tokens of a span."""
        return list(tokens_of(self.doc, span) or ())


@dataclass(frozen=True, slots=True)
class Part:
    """A subject, object or oblique: its head, its words, and those before it that end the relation ("to").

    ``whole`` says that no words of its phrase are to be added or divided off.
    """

    head: Token
    words: Words
    before: Words = ()
    whole: bool = False


@dataclass(slots=True)
class Proposition:
    """A relation with its parts. ``unsaid`` stands for a relation without words ("is" of "X, a Y")."""

    subject: Part
    predicate: Token
    relation: Words
    confidence: float
    nominal: bool
    unsaid: str
    objects: dict[int, Part] = field(default_factory=dict[int, Part])
    obliques: dict[int, Part] = field(default_factory=dict[int, Part])

    def add(self, part: Part, *, is_object: bool) -> None:
        """Add a part, unless another with its head is there."""
        if part.head.i not in self.objects and part.head.i not in self.obliques:
            place = self.objects if is_object and not part.before else self.obliques
            place[part.head.i] = part


def propositions(extracted: Extracted, *, adjuncts: bool) -> list[Proposition]:
    """The propositions of a sentence, in the order of its claims.

    :param adjuncts: with adverbs and adverbial clauses.
    """
    found: dict[tuple[int, int, str], Proposition] = {}
    for claim in extracted.claims:
        if "reciprocal" in claim.rules:
            continue  # no word of the sentence says "with"
        made = _proposition(extracted, claim, adjuncts=adjuncts)
        key = (made.predicate.i, made.subject.head.i, claim.id if made.nominal else "")
        known = found.setdefault(key, made)
        known.relation = max(known.relation, made.relation, key=len)
        for part in made.objects.values():
            known.add(part, is_object=True)
        for part in made.obliques.values():
            known.add(part, is_object=False)
    for made in found.values():
        _add_clauses(extracted, made, ("ccomp", "advcl") if adjuncts else ("ccomp",))
        _drop_what_objects_hold(made)
        _divide_copula(extracted, made)
    return list(found.values())


def _proposition(extracted: Extracted, claim: Claim, *, adjuncts: bool) -> Proposition:
    unsaid = _unsaid(claim)
    object_span = claim.object.span if claim.object else None
    first, second, doer = claim.subject.span, object_span, list[Span]()
    if "passive" in claim.rules and second is not None:
        first, second, doer = second, None, [claim.subject.span]
    others = [a.span for a in claim.arguments if a.span and (adjuncts or a.role != "manner")]
    make = _bare_part if unsaid else _part
    made = Proposition(
        subject=make(extracted, first, ()),
        predicate=_predicate(extracted, claim),
        relation=() if unsaid else _relation_words(extracted, claim),
        confidence=claim.confidence,
        nominal=_is_nominal(claim),
        unsaid=unsaid,
    )
    if second is not None:
        made.add(make(extracted, second, made.subject.words), is_object=True)
    for span in doer + [span for span in others if span not in (claim.subject.span, object_span)]:
        made.add(_part(extracted, span, ()), is_object=False)
    return made


def _is_nominal(claim: Claim) -> bool:
    """Whether a relation has no verb; "is a member of" is named by its noun, and has one."""
    return claim.relation.nominal and "copula" not in claim.rules


def _unsaid(claim: Claim) -> str:
    """The verb that a noun phrase leaves unsaid: "X, a Y" is, "X's Y" has."""
    first, _, rest = claim.relation.lemma.partition(" ")
    return f"{IMPLICIT[first]} {rest}".strip() if _is_nominal(claim) and first in IMPLICIT else ""


def _predicate(extracted: Extracted, claim: Claim) -> Token:
    """The last verb of a relation, else its last auxiliary, else its first word."""
    tokens = extracted.tokens(claim.relation.span)
    verbs = [t for t in tokens if t.pos_ == "VERB"] or [t for t in tokens if t.pos_ == "AUX"]
    return verbs[-1] if verbs and not _is_nominal(claim) else tokens[0]


def _relation_words(extracted: Extracted, claim: Claim) -> Words:
    """The words of a relation and of the verbs that lead over to it, without those that subject and object show."""
    parts = [part.span for part in (claim.subject, claim.object) if part]
    shown = {i for span in parts for i in extracted.sentence.words_in(span)}
    tokens = extracted.tokens(claim.relation.span)
    if not _is_nominal(claim):
        tokens = [*_leading_over(tree_of(extracted.doc), _predicate(extracted, claim)), *tokens]
    words = sorted(extracted.numbers(tokens))
    return tuple([i for i in words if i not in shown] or words)


def _leading_over(tree: Tree, verb: Token) -> list[Token]:
    """The words from the first verb or adjective that only leads over to a verb ("was able to", "began to")."""
    upper = tree.head(verb)
    leads = tree.label(verb) == "xcomp" and upper.pos_ in ("VERB", "ADJ") and upper.i < verb.i
    if not leads or tree.child(upper, "obj", "iobj"):
        return []
    first = min(t.i for t in (upper, *tree.children(upper, "aux", "aux:pass", "cop")))
    return [*_leading_over(tree, upper), *tree.doc[first : verb.i]]


def _part(extracted: Extracted, span: Span, _: Words) -> Part:
    """A part with the prepositions before it; a later conjunct shares those of the first."""
    doc, tree = extracted.doc, tree_of(extracted.doc)
    tokens = extracted.tokens(span)
    head = doc[tokens[0].i : tokens[-1].i + 1].root
    start = first = tokens[0].i
    while start < tokens[-1].i and doc[start].pos_ == "ADP":
        start += 1
    while first > 0 and doc[first - 1].pos_ == "ADP":
        first -= 1
    before = list(doc[first:start])
    if not before and tree.label(head) == "conj" and preposition(tree, first_conjunct(tree, head)):
        before = [t for t in tree.children(first_conjunct(tree, head), "case") if t.tag_ != "POS"]
    return Part(head, extracted.numbers(doc[start : tokens[-1].i + 1]), extracted.numbers(before))


def _bare_part(extracted: Extracted, span: Span, taken: Words) -> Part:
    """A part of a noun phrase without the words of its owner, an ending "'s" and what stands before it."""
    tokens = extracted.tokens(span)
    head = extracted.doc[tokens[0].i : tokens[-1].i + 1].root
    words = extracted.numbers(t for t in tokens if t.tag_ != "POS")
    return Part(head, tuple(i for i in words if i not in taken) or words, whole=True)


def _add_clauses(extracted: Extracted, made: Proposition, labels: tuple[str, ...]) -> None:
    """Add the clauses below a predicate: what is said, and with adjuncts when, why and to what end."""
    if made.nominal:
        return
    tree = tree_of(extracted.doc)
    predicate = tree.head(made.predicate) if made.predicate.pos_ == "AUX" else made.predicate
    held = {*made.objects, *made.obliques}
    for clause in tree.children(predicate, *labels):
        tokens = tree.subtree(clause)
        marks = [t for t in tree.children(clause, "mark") if t.i == tokens[0].i]
        words = extracted.numbers(t for t in tokens if t not in marks)
        follows = clause.i > predicate.i or tree.label(clause) == "ccomp"
        if follows and clause.i not in held and not set(words) & set(made.relation):
            made.add(Part(clause, words, extracted.numbers(marks), whole=True), is_object=False)


def _drop_what_objects_hold(made: Proposition) -> None:
    """A phrase inside an object is no oblique of its own ("of NATO" beside "a member of NATO")."""
    for oblique in list(made.obliques.values()):
        if any(set(oblique.words) < set(part.words) for part in made.objects.values()):
            del made.obliques[oblique.head.i]


def _divide_copula(extracted: Extracted, made: Proposition) -> None:
    """ "was dead" is divided into "was" and "dead" where nothing else follows."""
    tree = tree_of(extracted.doc)
    if tree.label(made.predicate) != "cop" or made.objects or made.obliques or made.nominal:
        return
    head = tree.head(made.predicate)
    tokens = [t for t in (*tree.children(head, "advmod"), head) if t.i > made.predicate.i]
    words = extracted.numbers(t for t in tokens if t.lower_ not in NEGATIONS)
    relation = tuple(i for i in made.relation if i not in words)
    if words and relation:
        made.relation = relation
        made.objects[head.i] = Part(head, words, whole=True)


def binary_triples(extracted: Extracted) -> Iterator[tuple[str, str, str]]:
    """(subject, relation, object), and for each oblique (subject, relation and object, oblique).

    An object or oblique with a prepositional phrase inside is divided there too: "launched attacks" and "on Kyiv". Only
    what a verb says is shown, and without adverbs.
    """
    for made in propositions(extracted, adjuncts=False):
        if made.nominal:
            continue
        subject = extracted.show(made.subject.words)
        for part in made.objects.values():
            yield from _divided(extracted, subject, made.relation, part)
        stems = [(*made.relation, *part.words) for part in made.objects.values()] or [made.relation]
        for stem in stems:
            for part in made.obliques.values():
                before = tuple(i for i in part.before if i not in stem)
                yield from _divided(extracted, subject, (*stem, *before), part)


def _divided(extracted: Extracted, subject: str, stem: Words, part: Part) -> Iterator[tuple[str, str, str]]:
    yield subject, extracted.show(stem), extracted.show(part.words)
    inner = None if part.whole else _inner_phrase(extracted, part)
    if inner is not None:
        outer = tuple(i for i in part.words if i < inner.before[0])
        yield from _divided(extracted, subject, (*stem, *outer, *inner.before), inner)


def _inner_phrase(extracted: Extracted, part: Part) -> Part | None:
    """The first prepositional phrase inside a part, to its end."""
    tree = tree_of(extracted.doc)
    for child in tree.children(part.head, "nmod"):
        case = extracted.numbers(t for t in tree.children(child, "case") if t.tag_ != "POS")
        if case and case[0] in part.words[1:] and child.i > part.head.i:
            words = tuple(i for i in part.words if i > case[-1])
            return Part(child, words, case) if words else None
    return None


def nary_tuples(extracted: Extracted) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """Relation, arguments and confidence; the preposition of the first argument after the subject ends the relation.

    A relation needs two arguments at least; each of several objects has a tuple of its own.
    """
    for made in propositions(extracted, adjuncts=True):
        obliques = list(made.obliques.values())
        for part in made.objects.values():
            yield _tuple(extracted, made, part, obliques)
        if obliques and not made.objects:
            first = next((part for part in obliques if part.before), obliques[0])
            yield _tuple(extracted, made, first, [part for part in obliques if part is not first])


def _tuple(
    extracted: Extracted, made: Proposition, first: Part, others: list[Part]
) -> tuple[str, tuple[str, ...], float]:
    ending = tuple(i for i in first.before if i not in made.relation)
    relation = extracted.show((*made.relation, *ending)) or made.unsaid
    shown = [_full(extracted, replace(part, before=())) for part in (made.subject, first)]
    return relation, (*shown, *(_full(extracted, part) for part in others)), made.confidence


def _full(extracted: Extracted, part: Part) -> str:
    """A part in full, with prepositional and other phrases below its head, but without clauses and conjuncts."""
    words = part.words
    if not part.whole:
        first, last = _run(tree_of(extracted.doc), part.head)
        numbers = {*words, *extracted.numbers(extracted.doc[first : last + 1])} - {*part.before}
        words = tuple(range(min(numbers), max(numbers) + 1))
    return extracted.show((*part.before, *words))


def _run(tree: Tree, head: Token) -> tuple[int, int]:
    """The first and last index of the unbroken run of a phrase around its head; commas and quotation marks join it."""
    cut = {t.i for child in tree.children(head, *LOOSE) for t in tree.subtree(child)}
    inside = {t.i for t in tree.subtree(head)} - cut
    doc, first, last = tree.doc, head.i, head.i
    while first - 1 in inside or (first - 2 in inside and doc[first - 1].is_punct):
        first -= 1
    while last + 1 in inside or (last + 2 in inside and doc[last + 1].is_punct):
        last += 1
    while first < head.i and doc[first].is_punct and not doc[first].is_quote:
        first += 1
    while last > head.i and doc[last].is_punct and not doc[last].is_quote:
        last -= 1
    return first, last
