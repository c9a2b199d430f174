"""The page as text: it holds its data, loads nothing, and lets no article write markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.model import KINDS
from kg.views import write
from kg.views.communities import communities
from kg.views.excerpts import Offsets, pieces
from kg.views.html import fragment, page
from kg.views.network import by_salience, is_office, palette
from kg.views.payload import evidence
from kg.views.standing import STANDINGS, best_standing
from kg.views.titles import source_line, title_of

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


def test_actors_among_themselves_weigh_more_than_those_with_things(records: list) -> None:
    weighted = by_salience(Graph.from_records(records))
    things = [w for w in weighted if w.entity.kind == "thing"]
    assert things == weighted[-len(things) :]
    assert [w.acts for w in weighted] == sorted((w.acts for w in weighted), reverse=True)


def test_a_graph_without_claims_is_a_page(tmp_path: Path) -> None:
    assert "An empty graph" in page(Graph.from_records([]))


def test_a_fragment_is_one_frame_with_the_page_inside(hostile: Graph) -> None:
    frame = Elements(fragment(hostile, height=500))
    assert [tag for tag, _ in frame.found] == ["iframe"]
    assert frame.found[0][1]["srcdoc"] == page(hostile)
    assert "allow-same-origin" not in (frame.found[0][1]["sandbox"] or "")


def test_several_articles_are_called_by_their_actors_and_months(graph: Graph) -> None:
    assert title_of(graph) == "Germany and Ukraine, February 2022"
    assert source_line(graph) == "2 articles · The Example · February 2022"
    assert "<title>Talks &amp; more</title>" in page(graph, title="Talks & more")


def test_an_office_is_no_act(graph: Graph) -> None:
    offices = {s.relation for s in graph.statements if is_office(s, graph)}
    assert offices == {"president of", "chancellor of", "foreign minister of"}
    shown = data_of(page(graph))["statements"].values()
    assert {s["relation"] for s in shown if s.get("office")} == offices


def test_the_flags_of_the_states_in_it_are_in_the_page(graph: Graph) -> None:
    flags = data_of(page(graph))["flags"]
    assert set(flags) == {"BLR", "DEU", "POL", "RUS", "UKR", "USA"}
    assert all(flag.startswith("<svg") and "script" not in flag for flag in flags.values())


def test_positions_are_counted_as_javascript_does(hostile: Graph) -> None:
    held = evidence(hostile)
    for claim in hostile.claims.values():
        text = held["texts"][claim.article][0][1].encode("utf-16-le")
        start, end = held["claims"][claim.id]["spans"]["relation"]
        assert text[2 * start : 2 * end].decode("utf-16-le") == claim.relation.text


def test_of_very_long_articles_only_sentences_with_claims_are_held(graph: Graph) -> None:
    offsets = {article.id: Offsets(article.text) for article in graph.articles.values()}
    held = pieces(graph, offsets, whole=10)
    for claim in graph.claims.values():
        sentence = claim.sentence.of(graph.articles[claim.article].text)
        assert any(start <= claim.sentence.start and sentence in text for start, text in held[claim.article])
    kept = sum(len(text) for parts in held.values() for _, text in parts)
    assert kept < sum(len(article.text) for article in graph.articles.values())


def test_communities_are_of_actors_who_have_to_do_with_each_other(graph: Graph) -> None:
    groups = communities(graph)
    assert groups == communities(graph)
    assert {graph.entities[id].kind for id in groups}.isdisjoint({"thing"})
    assert min(Counter(groups.values()).values()) >= 3


def test_the_plain_page_is_pyvis_own_without_other_hosts_or_ipython(hostile: Graph, tmp_path: Path) -> None:
    code = (
        "import sys, kg.views.plain as p; from kg.graph import Graph; "
        "print('vis.Network' in p.plain_page(Graph.from_records([]), title='x'), 'IPython' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "True False\n"
    path = write(hostile, "html", tmp_path / "plain.html", plain=True, title="<b>Plain</b>")
    elements = Elements(path.read_text(encoding="utf-8"))
    assert [attrs for _, attrs in elements.found if str(attrs.get("src") or attrs.get("href")).startswith("http")] == []
    assert "<title>&lt;b&gt;Plain&lt;/b&gt;</title>" in path.read_text(encoding="utf-8")
    assert not any(tag == "img" for tag, _ in elements.found)


def test_of_a_very_large_graph_the_strongest_is_held_and_the_rest_told(graph: Graph) -> None:
    held = data_of(page(graph, most=10))
    assert 0 < len(held["claims"]) <= 10 < held["claims_in_all"] == len(graph.claims)
    assert {s["standing"] for s in held["statements"].values()} == {"asserted"}
    assert data_of(page(graph))["claims_in_all"] == len(data_of(page(graph))["claims"])
