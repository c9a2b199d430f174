"""The page in a real browser with the network off: what a reader sees, clicks and types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.views import write

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


def click_edge(reader: Any, id: str) -> None:
    point = reader.page.evaluate("id => kg.edgePoint(id)", id)
    frame = reader.page.locator("#network").bounding_box()
    reader.page.mouse.click(frame["x"] + point["x"], frame["y"] + point["y"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_opens_without_a_network(opened: Any, page_file: Path, size: str, scheme: str) -> None:
    reader = opened(page_file, size=size, scheme=scheme)
    assert {url.split(":")[0] for url in reader.requests} <= {"file", "data"}
    assert reader.page.title() == "What 2 articles say"
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_at_first_it_shows_what_is_asserted(reader: Any, graph: Graph) -> None:
    assert reader.shown() == {statement.id for statement in graph.statements if statement.asserted}
    reader.page.click("#everything")
    assert reader.shown() == {statement.id for statement in graph.statements}


def test_labels_do_not_overlap_and_nearly_all_are_drawn(reader: Any) -> None:
    for press in (None, "#everything"):
        if press:
            reader.page.click(press)
        labels = reader.page.evaluate("kg.labels()")
        drawn = reader.page.evaluate("kg.drawn()")
        assert len(labels) >= 0.85 * (drawn["nodes"] + drawn["edges"])
        assert sum(bool(label.get("node")) for label in labels) == drawn["nodes"]
        for i, a in enumerate(labels):
            for b in labels[i + 1 :]:
                across = a["left"] < b["right"] and b["left"] < a["right"]
                assert not (across and a["top"] < b["bottom"] and b["top"] < a["bottom"]), (a["text"], b["text"])


def test_a_click_on_an_edge_opens_its_sentence(reader: Any, graph: Graph) -> None:
    id = named(graph, "shell")
    click_edge(reader, id)
    reader.page.wait_for_selector(f"details[data-statement='{id}'][open] blockquote")
    panel = reader.panel()
    assert "Russia shelled Donetsk." in panel
    assert "Kyiv said Russia shelled Donetsk." in panel
    assert "said by Ukraine" in panel
    assert reader.page.inner_text(f"details[data-statement='{id}'] mark.relation >> nth=0") == "shelled"
    assert reader.page.evaluate("location.hash") == f"#statement={id}"


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
    assert reader.page.inner_text("#panel h2") == "Sergei Lavrov"
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


def test_the_picture_is_saved_as_png(reader: Any, tmp_path: Path) -> None:
    with reader.page.expect_download() as download:
        reader.page.click("#png")
    download.value.save_as(tmp_path / "graph.png")
    assert (tmp_path / "graph.png").read_bytes().startswith(b"\x89PNG")


def test_every_control_has_a_name_and_the_list_is_reached_by_keyboard(reader: Any) -> None:
    reader.page.click("#filters-button")
    nameless = reader.page.evaluate(
        "[...document.querySelectorAll('button, input, summary, [role]')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))"
        ".filter(e => e.id !== 'status' && e.getAttribute('role') !== 'tabpanel')"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
    reader.page.focus("#panel summary >> nth=0")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#panel details[open] blockquote")


def test_what_is_shown_on_request_has_a_place_of_its_own(opened: Any, page_file: Path, graph: Graph) -> None:
    for relation in ("reduce", "want", "send troops to"):
        reader = opened(page_file, fragment=f"#statement={named(graph, relation)}")
        texts = [label["text"] for label in reader.page.evaluate("kg.labels()")]
        assert any(text.startswith("✗") for text in texts)
        assert len(texts) >= 0.85 * sum(reader.page.evaluate("kg.drawn()").values())


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
    assert f"The 5 weightiest of {len(graph.entities)} entities" in reader.page.inner_text("#notice")
    reader.page.fill("#search", "Donetsk")
    reader.page.keyboard.press("Enter")
    assert named(graph, "shell") in reader.shown()


def test_show_more_draws_more_of_a_large_graph(opened: Any, graph: Graph, tmp_path: Path) -> None:
    reader = opened(write(graph, "html", tmp_path / "few.html", limit=5))
    before = reader.page.evaluate("kg.drawn().nodes")
    reader.page.click("#notice >> text=Show more")
    assert before < reader.page.evaluate("kg.drawn().nodes") <= 10
    assert f"The 10 weightiest of {len(graph.entities)} entities" in reader.page.inner_text("#notice")
    assert reader.page.evaluate("location.hash") == "#limit=10"


def test_parallel_statements_are_one_edge_that_opens_on_all_of_them(reader: Any, graph: Graph) -> None:
    asserted = [s for s in graph.statements if s.asserted]
    assert reader.page.evaluate("kg.drawn().edges") == len({(s.subject, s.object) for s in asserted}) < len(asserted)
    click_edge(reader, named(graph, "threaten", "Russia"))
    panel = reader.panel()
    assert "Russia threatens NATO" in panel
    assert "Russia talks with NATO" in panel.partition("Also between these two")[2]


def test_fit_brings_everything_back_into_sight(reader: Any) -> None:
    def in_sight() -> bool:
        frame = reader.page.locator("#network").bounding_box()
        icons = reader.page.evaluate("kg.icons()")
        return all(0 <= i["x"] <= frame["width"] and 0 <= i["y"] <= frame["height"] for i in icons)

    assert in_sight()
    reader.page.mouse.move(200, 300)
    for _ in range(6):
        reader.page.mouse.wheel(0, -400)
    reader.page.wait_for_timeout(100)
    assert not in_sight()
    reader.page.click("#fit")
    assert in_sight()


def test_reset_is_offered_once_something_is_narrowed(reader: Any) -> None:
    assert not reader.page.is_visible("#reset")
    reader.page.evaluate("kg.openEntity('Q184')")
    assert not reader.page.is_visible("#reset")
    reader.page.click("text=Focus on neighbours")
    reader.page.click("#reset")
    assert not reader.page.is_visible("#reset")
    assert reader.page.evaluate("location.hash") == ""


def test_on_a_phone_two_rows_of_controls_leave_room_and_a_tap_shows_the_sentence(
    opened: Any, page_file: Path, graph: Graph
) -> None:
    reader = opened(page_file, size="phone")
    assert reader.page.locator("header").bounding_box()["height"] <= 100
    click_edge(reader, named(graph, "shell"))
    sentence = reader.page.locator("#panel details[open] blockquote").first.bounding_box()
    assert sentence["y"] + sentence["height"] <= reader.page.viewport_size["height"]
    reader.page.click("#filters-button")
    reader.page.click("[aria-label='Close the filters']")
    assert not reader.page.is_visible("#filters")
    assert reader.page.evaluate("document.activeElement.id") == "filters-button"
