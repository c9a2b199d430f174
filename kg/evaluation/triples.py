"""Score claims as open information extraction: ``benchie`` (short binary triples) and ``carb`` (n-ary tuples).

Both renderings show the same claims, each with every argument that its sentence gives it. Inferred targets, which no
words of the sentence name, are left out. A sentence is extracted from as ordinary text (:mod:`kg.evaluation.words`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from kg.evaluation import benchie, carb
from kg.evaluation.extraction import claims_of
from kg.evaluation.scoring import Counts, Scores, write_lines
from kg.evaluation.words import Sentence, detokenise
from kg.model import Argument, Claim


def score(gold: Path, *, nlp: Language, format: str = "benchie", predictions: Path | None = None) -> Scores:
    """Precision, recall and F1 of the triples of a file in the format ``benchie`` or ``carb``; n counts sentences.

    :raises EvaluationError: if the file is not in that format.
    """
    return _score_carb(gold, nlp, predictions) if format == "carb" else _score_benchie(gold, nlp, predictions)


def _score_benchie(gold: Path, nlp: Language, predictions: Path | None) -> Scores:
    sheets = benchie.read(gold)
    total, lines = Counts(), list[str]()
    for sheet in sheets:
        triples = binary_triples(detokenise(sheet.words), nlp)
        total += benchie.score_sentence(sheet.facts, triples)
        lines.extend("\t".join((sheet.id, *triple)) for triple in triples)
    write_lines(predictions, lines)
    return {"n": len(sheets), **total.scores()}


def _score_carb(gold: Path, nlp: Language, predictions: Path | None) -> Scores:
    facts = carb.read(gold)
    found = {text: tuples(detokenise(text.split()), nlp) for text in facts}
    write_lines(
        predictions,
        (
            "\t".join((text, f"{e.confidence:.4f}", e.relation, *e.arguments))
            for text, extractions in found.items()
            for e in extractions
        ),
    )
    return {"n": len(facts), **carb.score_extractions(facts, found)}


def stated_claims(sentence: Sentence, nlp: Language) -> Iterator[Claim]:
    """The claims of a sentence whose subject and object its words name."""
    for claim in claims_of(sentence.text, nlp=nlp, open=True):
        if not (claim.subject.inferred or (claim.object and claim.object.inferred)):
            yield claim


def binary_triples(sentence: Sentence, nlp: Language) -> list[benchie.Triple]:
    """The claims of a sentence as triples in its own words, each once: one for the object, one for each argument."""
    found: dict[benchie.Triple, None] = {}
    for claim in stated_claims(sentence, nlp):
        found.update(dict.fromkeys(render_triples(sentence, claim)))
    return list(found)


def render_triples(sentence: Sentence, claim: Claim) -> Iterator[benchie.Triple]:
    """(subject, relation, object), and for each argument (subject, relation and object, argument).

    A preposition that the argument's words lack ends the relation: "handcuffed him to" and "the bars".
    """
    subject, relation = sentence.render(claim.subject.span), sentence.render(claim.relation.span)
    if claim.object:
        object_text = sentence.render(claim.object.span)
        yield subject, relation, object_text
        relation = f"{relation} {object_text}"
    for argument in worded(claim.arguments):
        preposition, text = _preposition(argument), _render(sentence, argument)
        yield subject, f"{relation} {preposition}" if preposition else relation, text


def tuples(sentence: Sentence, nlp: Language) -> list[carb.Extraction]:
    """The claims of a sentence as tuples in its own words, each once, with all their arguments."""
    found: dict[tuple[str, ...], carb.Extraction] = {}
    for claim in stated_claims(sentence, nlp):
        extraction = render_tuple(sentence, claim)
        if len(extraction.arguments) > 1:
            found.setdefault((extraction.relation, *extraction.arguments), extraction)
    return list(found.values())


def render_tuple(sentence: Sentence, claim: Claim) -> carb.Extraction:
    """The relation, and as arguments the subject, the object and all others with their prepositions."""
    arguments = [sentence.render(claim.subject.span)]
    if claim.object:
        arguments.append(sentence.render(claim.object.span))
    for argument in worded(claim.arguments):
        arguments.append(f"{_preposition(argument)} {_render(sentence, argument)}".strip())
    return carb.Extraction(sentence.render(claim.relation.span), tuple(arguments), claim.confidence)


def worded(arguments: Iterable[Argument]) -> Iterator[Argument]:
    """The arguments that words of the sentence give, rather than another claim."""
    return (argument for argument in arguments if argument.span is not None)


def _render(sentence: Sentence, argument: Argument) -> str:
    return sentence.render(argument.span) if argument.span else ""


def _preposition(argument: Argument) -> str:
    """The preposition that an argument's role names, where its words do not open with it."""
    named = argument.role not in ROLES
    opens = (argument.text or "").lower().startswith(f"{argument.role} ")
    return argument.role if named and not opens else ""


ROLES = frozenset({"time", "place", "condition", "purpose"})
"""Roles of arguments that are no prepositions; their words say how they are joined."""
