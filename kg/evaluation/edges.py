"""Edges as a reader judges them: of the claims that were judged by hand and are made again, how many are right.

A judged claim is made again when place, relation, polarity, modality and source are the same; one that the extractor
now makes otherwise is counted as ``gone``, right ones and wrong ones apart. Asserted claims between actors are the
edges that the default graph draws. ``python -m kg.evaluation.edges DATA --sample 600`` prints claims for a reader to
judge.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from kg.corpora.judged import ASPECTS, COLUMNS, Judgement, Key, Text, edge_judgements, key_of, texts
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores
from kg.graph.labels import relation_label
from kg.model import ACTOR_KINDS, Claim, Participant

MARGIN = 160
SEED = 7


def score(gold: Path, *, nlp: Language) -> Scores:
    """Of judged claims that are made again: shares ``accepted`` and ``worth_having``, by kind, and accepted by rule.

    ``edges`` are asserted claims between actors, ``other`` those that are not asserted; ``aspect`` shares are of all.
    ``agreement`` is how often two readers agree whether a claim is accepted.

    :param gold: the folder with ``treebank/``, ``relations/`` and ``ner/``.
    :raises EvaluationError: if no judged claim is made again.
    """
    judged = edge_judgements()
    made = {key: claim for key, claim in _claims(gold, nlp, {key[:2] for key in judged}) if key in judged}
    if not made:
        raise EvaluationError(f"{gold} holds none of the documents with judged claims")
    first = {key: readings[min(readings)] for key, readings in judged.items()}
    return {
        "n": len(made),
        "gone_right": sum(first[key].accepted for key in first.keys() - made.keys()),
        "gone_wrong": sum(not first[key].accepted for key in first.keys() - made.keys()),
        **_shares("edges", [first[key] for key, claim in made.items() if is_edge(claim)]),
        **_shares("other", [first[key] for key, claim in made.items() if not claim.asserted]),
        **_aspects(first[key] for key in made),
        **_by_rule((claim, first[key]) for key, claim in made.items()),
        "agreement": _agreement(judged.values()),
    }


def is_edge(claim: Claim) -> bool:
    """Whether a claim draws an edge between two actors."""
    return claim.asserted and _is_actor(claim.subject) and _is_actor(claim.object)


def _is_actor(part: Participant | None) -> bool:
    return part is not None and part.kind in ACTOR_KINDS


def _claims(data: Path, nlp: Language, documents: set[Key] | None) -> Iterator[tuple[Key, Claim]]:
    for text in texts(data):
        if documents is None or (text.corpus, text.document) in documents:
            doc = nlp(text.article.text)
            yield from ((key_of(text, claim), claim) for claim in doc._.claims)


def _shares(name: str, found: list[Judgement]) -> Scores:
    accepted = [one for one in found if one.accepted]
    return {
        f"{name}": len(found),
        f"{name}_accepted": len(accepted) / len(found) if found else 0.0,
        f"{name}_worth_having": sum(one.worth for one in accepted) / len(found) if found else 0.0,
    }


def _aspects(found: Iterable[Judgement]) -> Scores:
    kept = list(found)
    return {f"{aspect}_right": sum(getattr(one, aspect) for one in kept) / len(kept) for aspect in ASPECTS[:-1]}


def _by_rule(found: Iterable[tuple[Claim, Judgement]]) -> Scores:
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for claim, judgement in found:
        for rule in claim.rules:
            counts[rule][judgement.accepted] += 1
    return {f"rule {rule}": n[True] / n.total() for rule, n in sorted(counts.items()) if n.total() >= 10}


def _agreement(judged: Iterable[dict[str, Judgement]]) -> float:
    pairs = [[one.accepted for one in readings.values()][:2] for readings in judged if len(readings) > 1]
    return sum(one == two for one, two in pairs) / len(pairs) if pairs else 0.0


def sample(data: Path, *, nlp: Language, size: int) -> Iterator[dict[str, str]]:
    """Claims for a reader to judge, half of them edges, with what is printed and the words around it."""
    drawn = random.Random(SEED)
    edges: list[tuple[Text, Claim]] = []
    others: list[tuple[Text, Claim]] = []
    listed = list(texts(data))
    drawn.shuffle(listed)
    for text in listed:
        doc = nlp(text.article.text)
        claims = [claim for claim in doc._.claims if claim.object is not None]
        edges += [(text, claim) for claim in claims if is_edge(claim)]
        others += [(text, claim) for claim in claims if not claim.asserted]
        if len(edges) >= size and len(others) >= size:
            break
    for kind in (edges, others):
        for text, claim in drawn.sample(kind, min(size // 2, len(kind))):
            yield _row(text, claim)


def _row(text: Text, claim: Claim) -> dict[str, str]:
    words = text.article.text
    start, end = max(claim.sentence.start - MARGIN, 0), claim.sentence.end + MARGIN // 2
    source = claim.source
    label = relation_label(claim.relation.lemma, nominal=claim.relation.nominal)
    return {
        **dict(zip(COLUMNS, key_of(text, claim), strict=False)),
        "printed": f"{_named(claim.subject)} | {label} | {_named(claim.object)}",
        "status": f"{claim.polarity} {claim.modality}",
        "source_name": (source.name or source.text or f"unnamed ({source.cue})") if source else "-",
        "sentence": " ".join(words[claim.sentence.start : claim.sentence.end].split()),
        "around": " ".join(words[start:end].split()),
    }


def _named(part: Participant | None) -> str:
    return "-" if part is None else f"{part.name} [{part.kind}; {part.text!r}{'; inferred' if part.inferred else ''}]"


if __name__ == "__main__":
    from kg.language.pipeline import load_pipeline

    parser = argparse.ArgumentParser(description="Print claims for a reader to judge.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=600)
    options = parser.parse_args()
    rows = list(sample(options.data, nlp=load_pipeline(), size=options.sample))
    writer = csv.DictWriter(sys.stdout, list(rows[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
