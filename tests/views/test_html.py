"""The page as text: it holds its data, loads nothing, and lets no article write markup."""

from __future__ import annotations

import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.model import KINDS
from kg.views.evidence import segments
from kg.views.html import fragment, page
from kg.views.layout import Box, Link, place
from kg.views.network import by_salience, palette
from kg.views.standing import STANDINGS, best_standing

LOADING = ("src", "srcset", "href", "data", "action", "poster", "background")


class Elements(HTMLParser):
    """The elements of a page: name, attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.inside: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.inside in self.texts:
            self.texts[self.inside][-1] += data


def data_of(text: str) -> dict:
    return json.loads(Elements(text).texts["script"][0])


@pytest.mark.parametrize("name", ["graph", "hostile"])
def test_the_page_loads_nothing(request: pytest.FixtureRequest, name: str) -> None:
    elements = Elements(page(request.getfixturevalue(name)))
    loaded = [value for _, attrs in elements.found for key, value in attrs.items() if key in LOADING]
    assert loaded == ["data:,"]
    styles = "".join(elements.texts["style"]) + "".join(attrs.get("style") or "" for _, attrs in elements.found)
    assert not re.search(r"url\(|@import", styles)
    policy = next(attrs["content"] for _, attrs in elements.found if attrs.get("http-equiv"))
    assert policy and policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in policy


def test_hostile_words_stay_words(hostile: Graph) -> None:
    plain, attacked = Elements(page(Graph.from_records([]))), Elements(page(hostile))
    assert [tag for tag, _ in attacked.found] == [tag for tag, _ in plain.found]
    assert not any(key.startswith("on") for _, attrs in attacked.found for key in attrs)
    names = {entity["name"] for entity in data_of(page(hostile))["entities"].values()}
    assert names == {entity.name for entity in hostile.entities.values()}


def test_only_web_addresses_become_links(graph: Graph, hostile: Graph) -> None:
    assert "url" not in next(iter(data_of(page(hostile))["articles"].values()))
    assert data_of(page(graph))["articles"]["https://news.example/war"]["url"] == "https://news.example/war"


def test_a_claim_shows_its_sentence_with_its_parts_marked(graph: Graph) -> None:
    claim = next(claim for claim in graph.claims.values() if claim.relation.lemma == "join")
    assert segments(claim, graph.articles[claim.article]) == [
        ("Putin", "source"),
        (" ", ""),
        ("said", "cue"),
        (" that ", ""),
        ("Ukraine", "subject"),
        (" may ", ""),
        ("join", "relation"),
        (" ", ""),
        ("NATO", "object"),
        (".", ""),
    ]


def test_segments_join_to_the_sentence(graph: Graph, hostile: Graph) -> None:
    for each in (graph, hostile):
        for claim in each.claims.values():
            article = each.articles[claim.article]
            assert "".join(text for text, _ in segments(claim, article)) == claim.sentence.of(article.text)


def test_the_page_tells_how_each_statement_stands(graph: Graph) -> None:
    found = {graph.statements[i].relation: best_standing(graph.statements[i], graph.claims) for i in range(37)}
    assert {key: found[key] for key in ("warn", "join", "reduce", "attack", "shell")} == {
        "warn": "asserted", "join": "possible", "reduce": "denied", "attack": "future", "shell": "asserted",
    }  # fmt: skip
    shown = data_of(page(graph))["statements"]
    assert {id: value["standing"] for id, value in shown.items()} == {
        s.id: best_standing(s, graph.claims) for s in graph.statements
    }


def test_labels_are_in_the_third_person(graph: Graph) -> None:
    labels = {statement["relation"]: statement["label"] for statement in data_of(page(graph))["statements"].values()}
    assert (labels["warn"], labels["president of"], labels["talks with"]) == ("warns", "president of", "talks with")


def test_the_weightiest_entities_come_first(graph: Graph) -> None:
    names = [weighted.entity.name for weighted in by_salience(graph)]
    assert names[0] == "Russia"
    assert list(data_of(page(graph))["entities"]) == [weighted.entity.id for weighted in by_salience(graph)]


def test_every_kind_and_standing_has_its_look() -> None:
    assert set(palette()["kinds"]) == set(KINDS)
    assert list(palette()["standings"]) == list(STANDINGS)


def contrast(colour: str, ground: str) -> float:
    def luminance(code: str) -> float:
        parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "#fbfbfa"), ("dark", "#14181c")])
def test_lines_and_shapes_stand_out_from_the_ground(scheme: str, ground: str) -> None:
    looks = [*palette()["kinds"].values(), *palette()["quads"].values()]
    assert min(contrast(look[scheme], ground) for look in looks) >= 3.0


def test_nodes_are_laid_out_apart() -> None:
    boxes = [Box(f"n{i}", 90.0, 50.0) for i in range(40)]
    links = [Link(f"n{i}", f"n{(i * 7 + 3) % 40}", 60.0, 20.0) for i in range(40)]
    places = place(boxes, links)
    assert places == place(boxes, links)
    apart = [
        abs(places[a.id][0] - places[b.id][0]) >= 80 or abs(places[a.id][1] - places[b.id][1]) >= 40
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
    ]
    assert sum(apart) / len(apart) > 0.995


def test_unjoined_parts_lie_side_by_side() -> None:
    places = place([Box(id, 50.0, 50.0) for id in "abcd"], [Link("a", "b", 40.0, 20.0)])
    assert len(set(places.values())) == 4


def test_a_small_part_goes_into_the_gap_of_a_large_one() -> None:
    ring = [Box(f"r{i}", 60.0, 40.0) for i in range(24)]
    links = [Link(f"r{i}", f"r{(i + 1) % 24}", 40.0, 20.0) for i in range(24)]
    alone = place(ring, links)
    places = place([*ring, Box("a", 60.0, 40.0), Box("b", 60.0, 40.0)], [*links, Link("a", "b", 40.0, 20.0)])
    assert {id: places[id] for id in alone} == alone
    middle = [sum(point[axis] for point in alone.values()) / len(alone) for axis in (0, 1)]
    nearest = min(math.dist(middle, point) for point in alone.values())
    assert max(math.dist(middle, places[id]) for id in "ab") < nearest


def test_actors_among_themselves_weigh_more_than_those_with_things(records: list) -> None:
    weighted = by_salience(Graph.from_records(records))
    things = [w for w in weighted if w.entity.kind == "thing"]
    assert things == weighted[-len(things) :]
    assert [w.acts for w in weighted] == sorted((w.acts for w in weighted), reverse=True)


def test_a_graph_without_claims_is_a_page(tmp_path: Path) -> None:
    assert "What 0 articles say" in page(Graph.from_records([]))


def test_a_fragment_is_one_frame_with_the_page_inside(hostile: Graph) -> None:
    frame = Elements(fragment(hostile, height=500))
    assert [tag for tag, _ in frame.found] == ["iframe"]
    assert frame.found[0][1]["srcdoc"] == page(hostile)
    assert "allow-same-origin" not in (frame.found[0][1]["sandbox"] or "")
