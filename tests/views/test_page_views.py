"""The page's timeline and matrix, its range of dates, its exports, and who can use it: in a real browser."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.graph import Graph
from kg.views import write
from kg.views.network import is_office

pytestmark = pytest.mark.browser
SEEDS = Path(__file__).parents[2] / "seeds"
Label = dict[str, Any]


@pytest.fixture(scope="session")
def page_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(graph, "html", tmp_path_factory.mktemp("page") / "graph.html")


@pytest.fixture(scope="session")
def hostile_file(hostile: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(hostile, "html", tmp_path_factory.mktemp("hostile") / "graph.html")


@pytest.fixture(scope="session")
def seed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that `kg build` writes of the sample article."""
    out = tmp_path_factory.mktemp("seed")
    kg.build([SEEDS], published="2022-02-01", out=out)
    return out / "graph.html"


@pytest.fixture
def reader(opened: Any, page_file: Path) -> Any:
    return opened(page_file)


def statement(graph: Graph, relation: str) -> str:
    return next(s.id for s in graph.statements if s.relation == relation)


def focused(reader: Any) -> str:
    return reader.page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )


def test_a_range_of_dates_takes_out_what_is_not_in_it(reader: Any, graph: Graph) -> None:
    assert reader.page.locator(".histogram span").count() == 15  # days, from the first article's to the second's
    assert reader.page.inner_text("#range") == "2022-02-01 to 2022-02-15"
    reader.page.focus("#from")
    reader.page.keyboard.press("ArrowRight")
    second = {s.id for s in graph.statements if s.asserted and s.last == "2022-02-15"}
    assert reader.shown() == second
    assert reader.page.inner_text("#range") == "2022-02-02 to 2022-02-15"
    assert reader.page.get_attribute("#from", "aria-valuetext") == "2022-02-02"
    assert reader.page.evaluate("location.hash") == "#from=2022-02-02"
    reader.page.keyboard.press("End")
    assert reader.page.inner_text("#range") == "2022-02-15"


def test_a_range_of_dates_is_in_the_address(opened: Any, page_file: Path, graph: Graph) -> None:
    reader = opened(page_file, fragment="#to=2022-02-10&from=nonsense")
    assert reader.shown() == {s.id for s in graph.statements if s.asserted and s.first == "2022-02-01"}


def test_the_timeline_is_reached_and_read_by_keyboard(reader: Any, graph: Graph) -> None:
    reader.page.focus("#view-graph")
    for _ in range(2):
        reader.page.keyboard.press("ArrowRight")
    assert focused(reader) == "Timeline"
    assert reader.page.get_attribute("#view-timeline", "aria-selected") == "true"
    reader.page.focus(".mark[tabindex='0']")
    first = focused(reader)
    reader.page.keyboard.press("ArrowDown")
    assert focused(reader) != first
    reader.page.keyboard.press("ArrowUp")
    assert focused(reader) == first
    assert reader.page.locator(".mark[tabindex='0']").count() == 1
    reader.page.keyboard.press("Enter")
    assert reader.page.locator("#panel details[open] blockquote").count() >= 1
    assert focused(reader) == first


def test_the_timeline_tells_conflict_from_cooperation(opened: Any, page_file: Path, graph: Graph) -> None:
    reader = opened(page_file, fragment="#view=timeline", until=".mark")

    def height(relation: str) -> float:
        return reader.page.locator(f".mark[data-key^='{statement(graph, relation)}']").evaluate(
            "mark => mark.offsetTop - mark.parentElement.clientHeight / 2"
        )

    assert height("send aid to") < height("support") < height("sanction")
    assert height("sanction") > 0 > height("send aid to")


def test_a_mark_with_room_beside_it_says_who_does_what(opened: Any, page_file: Path) -> None:
    reader = opened(page_file, fragment="#view=timeline", until=".mark")
    words = reader.page.eval_on_selector_all(".words", "all => all.map(words => words.textContent)")
    assert "Poland sends aid to Ukraine" in words
    lanes = reader.page.eval_on_selector_all(
        ".lane",
        "lanes => lanes.map(lane => ['.words', '.mark'].map(kind => [...lane.querySelectorAll(kind)]"
        ".map(each => each.getBoundingClientRect().toJSON())))",
    )
    assert [(a, b) for words, marks in lanes for a in words for b in marks if meet(a, b)] == []


def test_timeline_and_matrix_have_the_same_filters(opened: Any, page_file: Path, graph: Graph) -> None:
    actors = {id for id, entity in graph.entities.items() if entity.kind != "thing"}
    acts = [s for s in graph.statements if s.asserted and not is_office(s, graph)]
    between = {s.id for s in acts if {s.subject, s.object} <= actors}
    reader = opened(page_file, fragment="#view=timeline", until=".mark")
    keys = reader.page.eval_on_selector_all(".mark", "marks => marks.map(mark => mark.dataset.key.split(' ')[0])")
    assert set(keys) == between
    reader.page.click("#view-matrix")
    counts = reader.page.eval_on_selector_all(".cell", "cells => cells.map(cell => Number(cell.innerText))")
    assert sum(counts) == len(between)
    reader.page.select_option("#event-type", "AID")
    aid = {s.id for s in graph.statements if s.asserted and s.event and s.event.type == "AID"}
    assert reader.shown() == aid
    assert reader.page.locator(".cell").count() == len({(s.subject, s.object) for s in graph.statements if s.id in aid})


def test_a_cell_of_the_matrix_opens_its_evidence(opened: Any, page_file: Path) -> None:
    reader = opened(page_file, fragment="#view=matrix", until=".cell")
    reader.page.focus(".cell[tabindex='0']")
    reader.page.keyboard.press("ArrowRight")
    subject, _, rest = focused(reader).partition(" to ")
    reader.page.keyboard.press("Enter")
    assert f"{subject} → {rest.partition(':')[0]}" in reader.panel()
    assert reader.page.locator("#panel details[open] mark.relation").count() >= 1


def test_what_was_hidden_comes_back_by_expanding_its_neighbour(opened: Any, graph: Graph, tmp_path: Path) -> None:
    reader = opened(write(graph, "html", tmp_path / "few.html", limit=3))

    def drawn() -> set[str]:
        reader.page.wait_for_timeout(120)
        return {icon["node"] for icon in reader.page.evaluate("kg.icons()")}

    near = {end for s in graph.about("Q184") if s.asserted for end in (s.subject, s.object)}
    near -= {id for id in near if graph.entities[id].kind == "thing"}
    reader.page.evaluate("kg.openEntity('Q458')")
    reader.page.click("#panel >> text=Hide")
    reader.page.evaluate("kg.openEntity('Q184')")
    assert not near <= drawn()
    reader.page.click("#panel button:has-text('Expand')")
    assert near <= drawn()
    again = opened(tmp_path / "few.html", fragment=reader.page.evaluate("location.hash"))
    assert again.shown() == reader.shown()
    reader.page.click("#panel >> text=Collapse")
    assert reader.page.evaluate("location.hash").find("expand") == -1


def test_filters_take_actors_out_and_bring_them_back_where_they_were(reader: Any) -> None:
    def places() -> dict[str, tuple[int, int]]:
        reader.page.wait_for_timeout(120)
        return {icon["node"]: (round(icon["x"]), round(icon["y"])) for icon in reader.page.evaluate("kg.icons()")}

    before = places()
    reader.page.focus("#from")
    reader.page.keyboard.press("End")
    later = places()
    assert 0 < len(later) < len(before)
    assert later.items() <= before.items()
    reader.page.click("#reset")
    assert places() == before


def test_an_actor_that_is_dragged_stays_where_it_was_put(reader: Any) -> None:
    def place(id: str) -> tuple[float, float]:
        reader.page.wait_for_timeout(120)
        return next((icon["x"], icon["y"]) for icon in reader.page.evaluate("kg.icons()") if icon["node"] == id)

    frame = reader.page.locator("#network").bounding_box()
    x, y = place("Q159")
    reader.page.mouse.move(frame["x"] + x, frame["y"] + y)
    reader.page.mouse.down()
    reader.page.mouse.move(frame["x"] + x + 60, frame["y"] + y + 40, steps=4)
    reader.page.mouse.up()
    assert place("Q159") == pytest.approx((x + 60, y + 40), abs=2)


@pytest.mark.parametrize(("size", "most"), [("desktop", 0.0), ("phone", 0.25)])
def test_labels_of_the_sample_article_are_apart(opened: Any, seed_file: Path, size: str, most: float) -> None:
    """No label lies over another or over an icon, and few names are left out."""
    reader = opened(seed_file, size=size)
    labels: list[Label] = reader.page.evaluate("kg.labels()")
    icons: list[Label] = reader.page.evaluate("kg.icons()")
    names = {label["key"] for label in labels} & {icon["node"] for icon in icons}
    assert len(names) >= (1 - most) * len(icons)
    assert [(a["text"], b["text"]) for a, b in combinations(labels, 2) if meet(a, b)] == []
    assert [(a["text"], b["node"]) for a in labels for b in icons if a["key"] != b["node"] and meet(a, b)] == []


def meet(a: Label, b: Label) -> bool:
    return a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]


VIEWS = {
    "graph": "", "filters": "", "share": "", "map": "#view=map", "timeline": "#view=timeline", "matrix": "#view=matrix",
    "article": "#view=article", "actor": "#entity=Q159", "pair": "#pair=Q159~Q7184",
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(opened: Any, axe: str, page_file: Path, view: str, size: str, scheme: str) -> None:
    reader = opened(page_file, fragment=VIEWS[view], size=size, scheme=scheme, until="#panel summary")
    if view == "filters":
        reader.page.click("#filters-button")
        reader.page.click("#filters summary:has-text('Event types')")
    if view == "share":
        reader.page.click("#share-button")
    if view == "actor":
        reader.page.click("#panel summary >> nth=0")
    reader.page.evaluate(axe)
    found = reader.page.evaluate("axe.run().then(({violations}) => violations)")
    serious = [violation for violation in found if violation["impact"] in ("serious", "critical")]
    assert [(v["id"], v["help"], [node["html"][:120] for node in v["nodes"]][:3]) for v in serious] == []
