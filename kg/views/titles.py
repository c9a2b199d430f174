"""What to call a graph, and the line that says what it was made from."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from kg.graph.dates import bounds
from kg.views.network import is_office

if TYPE_CHECKING:
    from kg.graph import Graph

MOST_PUBLISHERS = 3
TELLING = 3  # reports of a pair that make it the subject of several articles
MOST_NAMED = 3


def title_of(graph: Graph) -> str:
    """The article's title, or what several have in common: the actors with most reports, and the months.

    >>> from kg.graph import Graph
    >>> title_of(Graph.from_records([]))
    'An empty graph'
    """
    if not graph.articles:
        return "An empty graph"
    titles = [article.title for article in graph.articles.values() if article.title]
    if len(graph.articles) == 1 and titles:
        return titles[0]
    names = [graph.name(id) for id in _main_actors(graph)]
    subject = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or f"{len(graph.articles):,} articles"
    when = period(graph)
    return f"{subject}, {when}" if when else subject


def source_line(graph: Graph) -> str:
    """How many articles, whose, and of which days: what stands under a picture that is passed on."""
    publishers = Counter(article.publisher for article in graph.articles.values() if article.publisher)
    named = [name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))]
    more = [f"{len(named) - MOST_PUBLISHERS:,} more"] if len(named) > MOST_PUBLISHERS else []
    by = ", ".join([*named[:MOST_PUBLISHERS], *more])
    count = len(graph.articles)
    parts = [f"{count:,} article" if count == 1 else f"{count:,} articles", by, period(graph)]
    return " · ".join(part for part in parts if part)


def period(graph: Graph) -> str | None:
    """The months from the first article's publication to the last one's.

    >>> from kg.graph import Graph
    >>> from kg.model import Article, Record
    >>> days = ("2022-02-01", "2022-11-30", "2022-11-30")
    >>> period(Graph.from_records(Record(Article(f"a{i}", "Talks.", published=day)) for i, day in enumerate(days)))
    'February to November 2022'
    """
    days = sorted(found for a in graph.articles.values() if (found := bounds(a.published)))
    if not days:
        return None
    first, last = _month(days[0][0]), _month(days[-1][1])
    if first == last:
        return first
    same_year = days[0][0][:4] == days[-1][1][:4]
    return f"{first.partition(' ')[0] if same_year else first} to {last}"


def _month(day: str) -> str:
    if len(day) == len("2022"):
        return day
    return date(int(day[:4]), int(day[5:7]), 1).strftime("%B %Y")


def _main_actors(graph: Graph) -> list[str]:
    """The two actors between whom most is reported as done; where that is little, those told of in most articles."""
    reports, acts, told = Counter[tuple[str, ...]](), Counter[str](), Counter[str]()
    for statement in graph.statements:
        ends = {statement.subject, statement.object}
        if not statement.asserted or len(ends) < 2 or is_office(statement, graph):
            continue
        if all(graph.entities[end].kind != "thing" and graph.entities[end].wikidata for end in ends):
            reports[tuple(sorted(ends))] += len(statement.claims)
            acts[statement.subject] += len(statement.claims)
            told.update(ends)
    if not reports:
        return []
    best = min(reports, key=lambda pair: (-reports[pair], pair))
    if reports[best] >= TELLING:
        return sorted(best, key=lambda id: (-acts[id], id))
    return sorted(told, key=lambda id: (-told[id], -acts[id], id))[:MOST_NAMED]
