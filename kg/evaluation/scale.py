"""How long a large graph takes: `python -m kg.evaluation.scale --claims 1000000` makes claims, and times what is done.

The claims are synthetic and the same in every run: a fixed cycle of subjects, relations and objects. With
``--shacl 100``, a graph of so many articles is checked against the shapes instead. Seconds of the clock say what a user
waits, those of the processor ("cpu", over all cores) what the work costs on a machine that is not idle.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from kg import rdf
from kg.graph import Graph
from kg.model import Article, Claim, Entity, Event, Mention, Participant, Record, Relation, Span, content_id

CLAIMS_AN_ARTICLE = 50
ENTITIES, RELATIONS = 2000, 200
EVENT = Event("CONSULT", "verbal cooperation", "040", 1.0)

Result = TypeVar("Result")


def synthetic(claims: int) -> Iterator[Record]:
    """Records that hold so many claims, fifty to an article.

    >>> [len(record.claims) for record in synthetic(120)]
    [50, 50, 20]
    """
    for first in range(0, claims, CLAIMS_AN_ARTICLE):
        yield _record(first, min(CLAIMS_AN_ARTICLE, claims - first))


def measure(claims: int, *, store: bool = True) -> dict[str, float]:
    """Seconds for each step of a graph of so many claims, the triples written, and the most memory used, in MB.

    :param store: whether to fill a store as well, which takes longer than all the rest.
    """
    taken: dict[str, float] = {"claims": claims}
    with tempfile.TemporaryDirectory() as folder:
        records = _timed(taken, "make", lambda: list(synthetic(claims)))
        graph = _timed(taken, "merge", lambda: Graph.from_records(records))
        records.clear()
        taken["memory merged"] = _megabytes()
        path = _timed(taken, "trig", lambda: rdf.write(graph, Path(folder) / "graph.trig", "trig"))
        taken["memory trig"] = _megabytes()
        taken["trig megabytes"] = path.stat().st_size // 1_000_000
        path.unlink()
        if store:
            _timed(taken, "store", lambda: rdf.TripleStore.build(graph, folder))
            taken["triples"] = len(rdf.TripleStore.open(folder).store)
            taken["memory store"] = _megabytes()
    return taken


def measure_shacl(articles: int) -> dict[str, float]:
    """Seconds to check the Turtle of so many articles, fifty claims each, against the shapes, and what breaks them."""
    taken: dict[str, float] = {"articles": articles}
    graph = Graph.from_records(synthetic(articles * CLAIMS_AN_ARTICLE))
    with tempfile.TemporaryDirectory() as folder:
        path = rdf.write(graph, Path(folder) / "graph.ttl")
        taken["triples"] = sum(1 for _ in rdf.quads(graph))
        taken["violations"] = len(_timed(taken, "shacl", lambda: rdf.violations(path)))
    return taken


def _record(first: int, count: int) -> Record:
    id = f"article-{first // CLAIMS_AN_ARTICLE:07}"
    text, spans = "", list[Span]()
    parts = [_words(number) for number in range(first, first + count)]
    for words in parts:
        start = len(text)
        text += " ".join(words) + "."
        spans.append(Span(start, len(text)))
        text += " "
    article = Article(id=id, text=text.strip(), title=None, published=f"2022-{first % 12 + 1:02}-{first % 28 + 1:02}")
    found = [_claim(id, words, span) for words, span in zip(parts, spans, strict=True)]
    names = {part.entity: part for claim in found for part in (claim.subject, claim.object) if part}
    return Record(
        article=article,
        entities=tuple(Entity(id, part.kind, part.name) for id, part in names.items()),
        mentions=tuple(_mention(id, part) for claim in found for part in (claim.subject, claim.object) if part),
        claims=tuple(found),
    )


def _words(number: int) -> tuple[str, str, str]:
    return f"Actor {number * 7 % ENTITIES}", f"relate{number * 11 % RELATIONS}", f"Actor {number * 13 % ENTITIES}"


def _claim(article: str, words: tuple[str, str, str], sentence: Span) -> Claim:
    subject, lemma, object = words
    relation = Span(sentence.start + len(subject) + 1, sentence.start + len(subject) + 1 + len(lemma))
    return Claim(
        id=content_id("claim", article, sentence.start),
        article=article,
        sentence=sentence,
        subject=_participant(subject, sentence.start),
        relation=Relation(lemma, relation, lemma),
        object=_participant(object, relation.end + 1),
        event=EVENT,
        confidence=0.9,
    )


def _participant(name: str, start: int) -> Participant:
    return Participant(name, Span(start, start + len(name)), f"x{name.removeprefix('Actor ')}", name, "organization")


def _mention(article: str, part: Participant) -> Mention:
    return Mention(article, part.span, part.text, "name", part.entity, "synthetic")


def _timed(taken: dict[str, float], step: str, work: Callable[[], Result]) -> Result:
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    taken[step] = round(time.perf_counter() - start, 2)
    taken[f"{step} cpu"] = round(time.process_time() - cpu, 2)
    return result


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time a graph of synthetic claims.")
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--shacl", type=int, metavar="ARTICLES", help="check a graph of so many articles instead")
    parser.add_argument("--without-store", action="store_true", help="merge and write TriG, and fill no store")
    options = parser.parse_args()
    steps = measure_shacl(options.shacl) if options.shacl else measure(options.claims, store=not options.without_store)
    print(json.dumps(steps, indent=2))
