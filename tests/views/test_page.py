"""The page in a real browser with the network off: what a reader sees, clicks and types."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.views import write
from kg.views.network import is_office

pytestmark = pytest.mark.browser
SIZES = ("desktop", "phone")


@pytest.fixture(scope="session")
def page_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(graph, "html", tmp_path_factory.mktemp("page") / "graph.html")


@pytest.fixture
def reader(opened: Any, page_file: Path) -> Any:
    return opened(page_file)


def named(graph: Graph, relation: str, subject: str | None = None) -> str:
    return next(s.id for s in graph.statements if s.relation == relation and subject in (None, graph.name(s.subject)))


def pair_of(graph: Graph, id: str) -> str:
    statement = next(s for s in graph.statements if s.id == id)
    return "~".join(sorted((statement.subject, statement.object)))


def click_edge(reader: Any, pair: str) -> None:
    point = reader.page.evaluate("pair => kg.edgePoint(pair)", pair)
    frame = reader.page.locator("#network").bounding_box()
    reader.page.mouse.click(frame["x"] + point["x"], frame["y"] + point["y"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_opens_without_a_network(opened: Any, page_file: Path, size: str, scheme: str) -> None:
    reader = opened(page_file, size=size, scheme=scheme)
    assert {url.split(":")[0] for url in reader.requests} <= {"file", "data"}
    assert reader.page.title() == "Germany and Ukraine, February 2022"
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_at_first_it_shows_what_is_asserted(reader: Any, graph: Graph) -> None:
    assert reader.shown() == {statement.id for statement in graph.statements if statement.asserted}
    reader.page.click("#everything")
    assert reader.shown() == {statement.id for statement in graph.statements}


def test_names_do_not_overlap_and_nearly_all_are_drawn(reader: Any) -> None:
    for press in (None, "#everything"):
        if press:
            reader.page.click(press)
            reader.page.wait_for_timeout(150)
        labels = reader.page.evaluate("kg.labels()")
        icons = reader.page.evaluate("kg.icons()")
        names = {label["key"] for label in labels} & {icon["node"] for icon in icons}
        assert len(names) >= 0.95 * reader.page.evaluate("kg.drawn().nodes")
        assert [(a["text"], b["text"]) for a, b in combinations(labels, 2) if meet(a, b)] == []
        over = [(a["text"], b["node"]) for a in labels for b in icons if b["node"] != a["key"] and meet(a, b)]
        assert over == []


def meet(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]


def test_the_picture_is_of_actors_and_the_rest_is_folded_until_asked_for(reader: Any, graph: Graph) -> None:
    def drawn() -> set[str]:
        return {icon["node"] for icon in reader.page.evaluate("kg.icons()")}

    things = {id for id, entity in graph.entities.items() if entity.kind == "thing"}
    assert not drawn() & things
    office = pair_of(graph, named(graph, "chancellor of"))
    assert office not in reader.page.evaluate("kg.pairs()")
    reader.page.click("[data-unfold=offices]")
    assert office in reader.page.evaluate("kg.pairs()")
    reader.page.click("[data-unfold=things]")
    reader.page.wait_for_timeout(150)
    assert drawn() & things
    assert reader.page.evaluate("location.hash") == "#unfold=things&unfold=offices"


def test_a_click_on_an_edge_lists_the_pair_by_date_with_sentences(reader: Any, graph: Graph) -> None:
    id = named(graph, "threaten", "Russia")
    pair = pair_of(graph, id)
    click_edge(reader, pair)
    reader.page.wait_for_selector(f"details[data-statement='{id}'][open] blockquote")
    days = [s.first for s in graph.statements if "~".join(sorted((s.subject, s.object))) == pair and s.asserted]
    assert reader.page.locator("#panel details[open] .day").count() >= min(len(days), 6)
    assert "Russia threatens NATO" in reader.panel()
    assert "mean Goldstein" in reader.panel()
    assert reader.page.evaluate("location.hash") == f"#pair={pair.replace('~', '%7E')}"


def test_a_link_to_a_statement_opens_it_though_it_is_denied(opened: Any, page_file: Path, graph: Graph) -> None:
    id = named(graph, "send troops to")
    reader = opened(page_file, fragment=f"#statement={id}")
    assert "would not send troops to Ukraine" in reader.panel()
    assert "Denied" in reader.panel()
    assert id in reader.shown()


def test_a_click_on_a_name_opens_what_it_does(reader: Any) -> None:
    label = next(label for label in reader.page.evaluate("kg.labels()") if label["text"] == "Antony Blinken")
    frame = reader.page.locator("#network").bounding_box()
    reader.page.mouse.click(
        frame["x"] + (label["left"] + label["right"]) / 2, frame["y"] + (label["top"] + label["bottom"]) / 2
    )
    reader.page.wait_for_selector("#panel h3")
    assert "Antony Blinken speaks with Sergei Lavrov" in reader.panel()
    assert "Q7821917" in reader.panel()


def test_search_finds_names_and_statements_by_keyboard(reader: Any) -> None:
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("lavr")
    first = reader.page.inner_text("#suggestions [aria-selected=true]")
    assert first.startswith("Sergei Lavrov")
    reader.page.keyboard.press("Enter")
    assert reader.page.inner_text("#panel h2").strip() == "Sergei Lavrov"
    reader.page.fill("#search", "putin warns nato")
    reader.page.keyboard.press("Enter")
    assert "Vladimir Putin → NATO" in reader.panel()
    assert "target inferred" in reader.panel()
    reader.page.fill("#search", "nobody at all")
    assert "Nothing has that name" in reader.page.inner_text("#suggestions")


def test_filters_take_out_and_bring_back(reader: Any, graph: Graph) -> None:
    reader.page.click("#filters-button")
    reader.page.uncheck("input[data-facet=kind][value=thing]")
    actors = {s.id for s in graph.statements if s.asserted and graph.entities[s.object].kind != "thing"}
    actors -= {s.id for s in graph.statements if graph.entities[s.subject].kind == "thing"}
    assert reader.shown() == actors
    reader.page.check("input[data-facet=kind][value=thing]")
    reader.page.click("summary:has-text('Event types')")
    reader.page.click("[aria-label='None: Event types']")
    assert reader.shown() == set()
    assert "Nothing passes the filters" in reader.page.inner_text("#notice")
    reader.page.check("input[data-facet=event][value=AID]")
    assert reader.shown() == {s.id for s in graph.statements if s.event and s.event.type == "AID"}
    reader.page.click("#reset")
    assert len(reader.shown()) == sum(s.asserted for s in graph.statements)


def test_filters_by_article_source_and_standing(reader: Any, graph: Graph) -> None:
    reader.page.click("#filters-button")
    reader.page.check("input[data-facet=standing][value=denied]")
    assert named(graph, "reduce") in reader.shown()
    assert named(graph, "join") not in reader.shown()
    reader.page.click("#filters summary:has-text('Articles')")
    reader.page.uncheck("input[data-facet=article][value=second]")
    assert named(graph, "shell") not in reader.shown()
    reader.page.click("#filters summary:has-text('Sources')")
    reader.page.click("[aria-label='None: Sources']")
    reader.page.check("input[data-facet=source][value='NATO members']")
    assert reader.shown() == {named(graph, "send troops to")}


def test_focus_and_hiding_are_in_the_address(opened: Any, reader: Any, page_file: Path, graph: Graph) -> None:
    reader.page.evaluate("kg.openEntity('Q184')")
    reader.page.click("text=Focus on neighbours")
    near = {s.id for s in graph.about("Q184") if s.asserted}
    assert near <= reader.shown() < {s.id for s in graph.statements}
    reader.page.evaluate("kg.openEntity('Q458')")
    reader.page.click("#panel >> text=Hide")
    again = opened(page_file, fragment=reader.page.evaluate("location.hash"))
    assert again.shown() == reader.shown()
    assert named(graph, "sanction") not in again.shown()
    assert "Only the neighbours of Belarus" in again.page.inner_text("#notice")


def test_every_control_has_a_name_and_the_list_is_reached_by_keyboard(reader: Any) -> None:
    reader.page.click("#filters-button")
    nameless = reader.page.evaluate(
        "[...document.querySelectorAll('button, input, summary, [role]')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))"
        ".filter(e => e.getAttribute('role') !== 'status' && e.getAttribute('role') !== 'tabpanel')"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
    reader.page.focus("#panel summary >> nth=0")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#panel details[open] blockquote")


def test_hostile_words_do_nothing(opened: Any, hostile: Graph, tmp_path: Path) -> None:
    reader = opened(write(hostile, "html", tmp_path / "hostile.html"))
    reader.page.click("text=Show unasserted")
    for id, entity in hostile.entities.items():
        reader.page.evaluate("id => kg.openEntity(id)", id)
        assert reader.page.inner_text("#panel h2").split() == entity.name.split()
        for summary in reader.page.locator("#panel summary").all():
            summary.click()
    reader.page.fill("#search", "script")
    assert reader.page.evaluate("window.stolen") is None
    assert reader.page.locator("#panel img, #panel script, #panel a[href^=javascript]").count() == 0
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_limit_says_how_many_are_left_and_search_reaches_them(opened: Any, graph: Graph, tmp_path: Path) -> None:
    reader = opened(write(graph, "html", tmp_path / "few.html", limit=5))
    assert reader.page.evaluate("kg.drawn().nodes") <= 5
    assert "weightiest of" in reader.page.inner_text("#notice")
    reader.page.fill("#search", "Donetsk")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(150)
    assert pair_of(graph, named(graph, "shell")) in reader.page.evaluate("kg.pairs()")


def test_show_more_draws_more_of_a_large_graph(opened: Any, graph: Graph, tmp_path: Path) -> None:
    reader = opened(write(graph, "html", tmp_path / "few.html", limit=5))
    before = reader.page.evaluate("kg.drawn().nodes")
    reader.page.click("#notice >> text=Show more")
    reader.page.wait_for_timeout(150)
    assert before < reader.page.evaluate("kg.drawn().nodes") <= 10
    assert reader.page.evaluate("location.hash") == "#limit=10"


def test_both_directions_of_a_pair_are_one_edge(reader: Any, graph: Graph) -> None:
    actors = {id for id, entity in graph.entities.items() if entity.kind != "thing"}
    acts = [s for s in graph.statements if s.asserted and {s.subject, s.object} <= actors and not is_office(s, graph)]
    pairs = {frozenset((s.subject, s.object)) for s in acts if s.subject != s.object}
    assert reader.page.evaluate("kg.drawn().edges") == len(pairs) < len(acts)


def test_fit_brings_everything_back_into_sight(reader: Any) -> None:
    def in_sight() -> bool:
        frame = reader.page.locator("#network").bounding_box()
        icons = reader.page.evaluate("kg.icons()")
        return all(0 <= i["x"] <= frame["width"] and 0 <= i["y"] <= frame["height"] for i in icons)

    assert in_sight()
    reader.page.mouse.move(300, 400)
    for _ in range(6):
        reader.page.mouse.wheel(0, -400)
    reader.page.wait_for_timeout(100)
    assert not in_sight()
    reader.page.click("#fit")
    reader.page.wait_for_timeout(100)
    assert in_sight()


def test_reset_is_offered_once_something_is_narrowed(reader: Any) -> None:
    assert not reader.page.is_visible("#reset")
    reader.page.evaluate("kg.openEntity('Q184')")
    assert not reader.page.is_visible("#reset")
    reader.page.click("text=Focus on neighbours")
    reader.page.click("#reset")
    assert not reader.page.is_visible("#reset")
    assert reader.page.evaluate("location.hash") == ""


def test_on_a_phone_the_controls_leave_room_and_a_choice_shows_its_sentence(
    opened: Any, page_file: Path, graph: Graph
) -> None:
    reader = opened(page_file, size="phone")
    assert reader.page.locator("header").bounding_box()["height"] <= 120
    reader.page.evaluate("id => kg.openStatement(id)", named(graph, "shell"))
    sentence = reader.page.locator("#panel details[open] blockquote").first.bounding_box()
    assert sentence["y"] + 20 < reader.page.viewport_size["height"]
    reader.page.click("#filters-button")
    reader.page.click("[aria-label='Close the filters']")
    assert not reader.page.is_visible("#filters")
    assert reader.page.evaluate("document.activeElement.id") == "filters-button"
