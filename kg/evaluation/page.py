"""How fast a large page is in a browser: ``python -m kg.evaluation.page`` writes one and measures it in Chromium.

The graph is made up, from a fixed seed: actors of which a few are in most statements, as in the news. What is measured
is what a reader waits for: from opening the file to the first picture, and from a filter's click to the next one.
Other work on the machine makes the waiting longer; the processor time of the page's own thread tells what it needs.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kg.errors import EvaluationError
from kg.graph import Graph
from kg.graph.labels import relation_label
from kg.model import Article, Claim, Entity, Event, Kind, Participant, Record, Relation, Span, content_id
from kg.version import install
from kg.views import write

STATEMENTS = 20_000
PER_ARTICLE = 20
PER_ENTITY = 5  # statements for each entity
START = date(2022, 1, 1)
DAYS = 720
SEED = 20220201
KINDS: tuple[Kind, ...] = ("country", "person", "organization", "group", "place", "thing")
ACTS: tuple[tuple[str, Event | None], ...] = (
    ("warn", Event("THREATEN", "verbal conflict", "130", -4.4)),
    ("accuse", Event("ACCUSE", "verbal conflict", "112", -2.0)),
    ("attack", Event("ASSAULT", "material conflict", "190", -10.0)),
    ("meet", Event("CONSULT", "verbal cooperation", "040", 1.0)),
    ("support", Event("SUPPORT", "verbal cooperation", "050", 3.5)),
    ("send aid to", Event("AID", "material cooperation", "070", 7.0)),
    ("know", None),
    ("reach", None),
)
SIZE = {"width": 1280, "height": 800}
CHROMIUM = Path("/usr/bin/chromium")
# Asked in one go: the page's security policy forbids the polling of Playwright's wait_for_function.
FIRST_DRAW = """async () => {
  while (!performance.getEntriesByName('kg-drawn').length) await new Promise((done) => setTimeout(done, 20));
  return performance.getEntriesByName('kg-drawn')[0].startTime;
}"""
# Until the frame after the one in which a click was answered.
TIMED_CLICK = """async (selector) => {
  const start = performance.now();
  document.querySelector(selector).click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
CLICKS = {
    "filter by kind": "input[data-facet=kind][value=thing]",
    "filter by event type": "input[data-facet=event][value=THREATEN]",
    "show unasserted": "#everything",
    "timeline": "#view-timeline",
    "matrix": "#view-matrix",
    "graph": "#view-graph",
}


def made_up_graph(statements: int = STATEMENTS) -> Graph:
    """A graph of so many different statements, the same on every machine.

    >>> len(made_up_graph(60).statements)
    60
    """
    rows = list(_distinct(statements))
    starts = range(0, len(rows), PER_ARTICLE)
    return Graph.from_records(_record(number, rows[start : start + PER_ARTICLE]) for number, start in enumerate(starts))


Row = tuple[Entity, tuple[str, Event | None], Entity, str]


def _distinct(count: int) -> Iterator[Row]:
    chance = random.Random(SEED)
    entities = [_entity(number) for number in range(max(12, count // PER_ENTITY))]
    seen: set[tuple[str, str, str]] = set()
    while len(seen) < count:
        # A cube of an even chance: the first tenth of the entities takes part in nearly half of what is done.
        subject, object = (entities[int(len(entities) * chance.random() ** 3)] for _ in range(2))
        act, modality = chance.choice(ACTS), chance.choice(("asserted", "asserted", "asserted", "possible"))
        if subject is not object and (key := (subject.id, act[0], object.id)) not in seen:
            seen.add(key)
            yield subject, act, object, modality


def _entity(number: int) -> Entity:
    return Entity(content_id("entity", number), KINDS[number % len(KINDS)], f"Actor {number}")


def _record(number: int, rows: list[Row]) -> Record:
    sentences = [
        f"{s.name} {relation_label(act[0])} {o.name} after long talks about the region." for s, act, o, _ in rows
    ]
    article = Article(
        id=f"a{number:05}",
        text=" ".join(sentences),
        title=f"Report {number}",
        published=(START + timedelta(days=number * 7 % DAYS)).isoformat(),
        publisher="The Example",
    )
    claims: list[Claim] = []
    start = 0
    for row, sentence in zip(rows, sentences, strict=True):
        claims.append(_claim(article, Span(start, start + len(sentence)), *row))
        start += len(sentence) + 1
    found = {entity.id: entity for subject, _, object, _ in rows for entity in (subject, object)}
    return Record(article=article, entities=tuple(found.values()), claims=tuple(claims))


def _claim(
    article: Article, sentence: Span, subject: Entity, act: tuple[str, Event | None], object: Entity, modality: Any
) -> Claim:
    lemma, event = act
    at = sentence.start + len(subject.name) + 1
    relation = Span(at, at + len(relation_label(lemma)))
    return Claim(
        id=content_id("claim", article.id, sentence.start),
        article=article.id,
        sentence=sentence,
        subject=_participant(subject, sentence.start),
        relation=Relation(relation.of(article.text), relation, lemma),
        object=_participant(object, relation.end + 1),
        modality=modality,
        event=event,
        confidence=0.8,
    )


def _participant(entity: Entity, start: int) -> Participant:
    return Participant(entity.name, Span(start, start + len(entity.name)), entity.id, entity.name, entity.kind)


def measure(path: Path, *, runs: int = 3) -> dict[str, float]:
    """Seconds to the first picture of a page, and for each of some clicks: the medians of several openings.

    :raises EvaluationError: if Playwright or Chromium is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright  # pyright: ignore[reportMissingImports]  # of an extra
    except ImportError:
        raise EvaluationError(f"measuring a page needs Playwright: run {install('browser')}") from None
    if not CHROMIUM.exists():
        raise EvaluationError(f"measuring a page needs {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        found = [_opened(browser, path) for _ in range(runs)]
        browser.close()
    return {name: round(statistics.median(times[name] for times in found) / 1000, 3) for name in found[0]}


def _opened(browser: Any, path: Path) -> dict[str, float]:
    page = browser.new_page(viewport=SIZE)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    times = {"first draw": page.evaluate(FIRST_DRAW)}
    times["first draw, processor"] = _processor(session)
    page.wait_for_timeout(500)
    page.click("#filters-button")
    page.wait_for_timeout(500)
    for name, selector in CLICKS.items():
        before = _processor(session)
        times[name] = page.evaluate(TIMED_CLICK, selector)
        times[f"{name}, processor"] = _processor(session) - before
    page.close()
    return times


def _processor(session: Any) -> float:
    """The milliseconds that the page's own thread has worked so far."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * metrics["TaskDuration"]


def main() -> None:
    """Print the seconds as JSON; ``--keep FILE`` keeps the page."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluation.page", description=__doc__)
    parser.add_argument("--statements", type=int, default=STATEMENTS, help="how many the graph has")
    parser.add_argument("--runs", type=int, default=3, help="how often the page is opened")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the page that was measured")
    given = parser.parse_args()
    graph = made_up_graph(given.statements)
    with tempfile.TemporaryDirectory() as folder:
        path = write(graph, "html", (given.keep or Path(folder) / "graph.html").absolute())
        size = path.stat().st_size
        seconds = measure(path, runs=given.runs)
    print(json.dumps({"statements": len(graph.statements), "megabytes": round(size / 1e6, 1), "seconds": seconds}))


if __name__ == "__main__":
    main()
