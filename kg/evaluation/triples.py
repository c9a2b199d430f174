"""Score claims as open information extraction: ``benchie`` (short binary triples) and ``carb`` (n-ary tuples).

Both renderings show the same claims, each with every argument that its sentence gives it, whether or not an actor takes
part. Inferred targets, which no words of the sentence name, are left out. A sentence is extracted from as ordinary text
(:mod:`kg.evaluation.words`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.claims import claims_of
from kg.evaluation import benchie, carb
from kg.evaluation.scoring import Counts, Scores, write_lines
from kg.evaluation.words import Sentence, detokenise
from kg.model import Claim, Span


def score(gold: Path, *, nlp: Language, format: str = "benchie", predictions: Path | None = None) -> Scores:
    """Precision, recall and F1 of the triples of a file in the format ``benchie`` or ``carb``; n counts sentences.

    :raises EvaluationError: if the file is not in that format.
    """
    return _score_carb(gold, nlp, predictions) if format == "carb" else _score_benchie(gold, nlp, predictions)


def _score_benchie(gold: Path, nlp: Language, predictions: Path | None) -> Scores:
    sheets = benchie.read(gold)
    total, lines = Counts(), list[str]()
    for sheet, extracted in zip(sheets, extract([sheet.words for sheet in sheets], nlp), strict=True):
        triples = binary_triples(extracted)
        total += benchie.score_sentence(sheet.facts, triples)
        lines.extend("\t".join((sheet.id, *triple)) for triple in triples)
    write_lines(predictions, lines)
    return {"n": len(sheets), **total.scores()}


def _score_carb(gold: Path, nlp: Language, predictions: Path | None) -> Scores:
    facts = carb.read(gold)
    extracted = extract([text.split() for text in facts], nlp)
    found = {text: tuples(sentence) for text, sentence in zip(facts, extracted, strict=True)}
    write_lines(
        predictions,
        (
            "\t".join((text, f"{e.confidence:.4f}", e.relation, *e.arguments))
            for text, extractions in found.items()
            for e in extractions
        ),
    )
    return {"n": len(facts), **carb.score_extractions(facts, found)}


@dataclass(frozen=True, slots=True)
class Extracted:
    """A sentence with its parse and its claims, as far as its words name subject and object."""

    sentence: Sentence
    doc: Doc
    claims: tuple[Claim, ...]


def extract(sentences: list[list[str]], nlp: Language) -> Iterator[Extracted]:
    """Extract from tokenised sentences, in order."""
    shown = [detokenise(words) for words in sentences]
    for sentence, doc in zip(shown, nlp.pipe(sentence.text for sentence in shown), strict=True):
        claims, _ = claims_of(doc, open=True)
        stated = (c for c in claims if not (c.subject.inferred or (c.object and c.object.inferred)))
        yield Extracted(sentence, doc, tuple(stated))


def binary_triples(extracted: Extracted) -> list[benchie.Triple]:
    """The claims of a sentence as triples in its own words, each once: one for the object, one for each argument."""
    found: dict[benchie.Triple, None] = {}
    for claim in extracted.claims:
        found.update(dict.fromkeys(render_triples(extracted, claim)))
    return list(found)


def render_triples(extracted: Extracted, claim: Claim) -> Iterator[benchie.Triple]:
    """(subject, relation, object), and for each argument (subject, relation and object, argument).

    A preposition before the object or argument ends the relation: "handcuffed him to" and "the bars".
    """
    show = extracted.sentence.render
    subject, relation = show(claim.subject.span), relation_words(extracted, claim)
    if claim.object:
        joined = " ".join([*relation, *prepositions(extracted, claim.object.span, claim)])
        yield subject, joined, show(claim.object.span)
        relation = [joined, show(claim.object.span)]
    for span in argument_spans(claim):
        yield subject, " ".join([*relation, *prepositions(extracted, span, claim)]), show(span)


def tuples(extracted: Extracted) -> list[carb.Extraction]:
    """The claims of a sentence as tuples in its own words, each once; a relation needs two arguments at least."""
    found: dict[tuple[str, ...], carb.Extraction] = {}
    for claim in extracted.claims:
        extraction = render_tuple(extracted, claim)
        if len(extraction.arguments) > 1:
            found.setdefault((extraction.relation, *extraction.arguments), extraction)
    return list(found.values())


def render_tuple(extracted: Extracted, claim: Claim) -> carb.Extraction:
    """The relation with the preposition of its object, and as arguments the subject, the object and all others."""
    show = extracted.sentence.render
    relation, arguments = relation_words(extracted, claim), [show(claim.subject.span)]
    if claim.object:
        relation += prepositions(extracted, claim.object.span, claim)
        arguments.append(show(claim.object.span))
    for span in argument_spans(claim):
        arguments.append(" ".join([*prepositions(extracted, span, claim), show(span)]))
    return carb.Extraction(" ".join(relation), tuple(arguments), claim.confidence)


def relation_words(extracted: Extracted, claim: Claim) -> list[str]:
    """The words of a relation, without those that its subject and object show already ("is" of "is a member")."""
    sentence = extracted.sentence
    shown = {i for part in (claim.subject, claim.object) if part for i in sentence.words_in(part.span)}
    words = sentence.words_in(claim.relation.span)
    return [sentence.words[i] for i in words if i not in shown] or [sentence.words[i] for i in words]


def argument_spans(claim: Claim) -> list[Span]:
    """The spans of a claim's arguments, each once, in order of the text; the object is none of them."""
    object_span = claim.object.span if claim.object else None
    return sorted({a.span for a in claim.arguments if a.span and a.span not in (object_span, claim.subject.span)})


def prepositions(extracted: Extracted, span: Span, claim: Claim) -> list[str]:
    """The prepositions right before a span ("because of"), unless the relation holds them already."""
    sentence, doc = extracted.sentence, extracted.doc
    first = doc.char_span(span.start, span.end, alignment_mode="expand")
    start = first.start if first is not None else 0
    end = start
    while start > 0 and doc[start - 1].pos_ == "ADP":
        start -= 1
    if start == end:
        return []
    found = sentence.words_in(Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])))
    taken = set(sentence.words_in(claim.relation.span))
    return [sentence.words[i] for i in found if i not in taken]
