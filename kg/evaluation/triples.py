"""Score claims as open information extraction: ``benchie`` (short binary triples) and ``carb`` (n-ary tuples).

Both renderings show the same claims, each with every argument that its sentence gives it, whether or not an actor takes
part. Inferred targets, which no words of the sentence name, are left out. A sentence is extracted from as ordinary text
(:mod:`kg.corpora.detokenised`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from kg.claims import claims_of
from kg.corpora.detokenised import detokenise
from kg.evaluation import benchie, carb, rendering
from kg.evaluation.rendering import Extracted
from kg.evaluation.scoring import Counts, Scores, write_lines


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


def extract(sentences: list[list[str]], nlp: Language) -> Iterator[Extracted]:
    """Extract from tokenised sentences, in order."""
    shown = [detokenise(words) for words in sentences]
    for sentence, doc in zip(shown, nlp.pipe(sentence.text for sentence in shown), strict=True):
        claims, _ = claims_of(doc, open=True)
        stated = (c for c in claims if not (c.subject.inferred or (c.object and c.object.inferred)))
        yield Extracted(sentence, doc, tuple(stated))


def binary_triples(extracted: Extracted) -> list[benchie.Triple]:
    """The propositions of a sentence as triples in its own words, each once."""
    return list(dict.fromkeys(rendering.binary_triples(extracted)))


def tuples(extracted: Extracted) -> list[carb.Extraction]:
    """The propositions of a sentence as tuples in its own words, each once."""
    found: dict[tuple[str, ...], carb.Extraction] = {}
    for relation, arguments, confidence in rendering.nary_tuples(extracted):
        found.setdefault((relation, *arguments), carb.Extraction(relation, arguments, confidence))
    return list(found.values())
