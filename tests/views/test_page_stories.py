"""What people come to the page for, from the first look to the picture that they pass on: a test for each story."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.views import write

pytestmark = pytest.mark.browser
RUSSIA, UKRAINE, NATO, PUTIN = "Q159", "Q212", "Q7184", "Q7747"


@pytest.fixture(scope="session")
def page_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(graph, "html", tmp_path_factory.mktemp("stories") / "graph.html")


@pytest.fixture
def reader(opened: Any, page_file: Path) -> Any:
    return opened(page_file)


def settled(reader: Any) -> None:
    """Until the next picture is drawn."""
    reader.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_the_story_comes_first_and_a_card_leads_to_its_sentence(reader: Any) -> None:
    titles = reader.page.eval_on_selector_all(".card .title", "all => all.map(each => each.textContent)")
    assert titles == ["Most reported conflict", "Newest", "Most reported cooperation", "Most quoted"]
    names = reader.page.inner_text(".card:has-text('Most reported conflict') .names")
    reader.page.click(".card:has-text('Most reported conflict')")
    assert reader.page.locator("#panel details[open] blockquote").count() >= 1
    assert all(name.strip() in reader.panel() for name in names.split("–"))
    assert reader.page.evaluate("location.hash").startswith("#pair=")


def test_what_is_inferred_or_only_said_never_leads(opened: Any, records: list, tmp_path: Path) -> None:
    reader = opened(write(Graph.from_records(records[:1]), "html", tmp_path / "one.html"))
    reader.page.click("#everything")
    for card in reader.page.locator(".card:not(:has-text('Most quoted'))").all():
        card.click()
        assert reader.page.locator("#panel details.statement:not(.unasserted)").count() >= 1
        reader.page.keyboard.press("Escape")
    leads = reader.page.inner_text("#cards")
    assert "warns" not in leads  # its target is inferred


def test_a_pair_is_found_by_typing_both_names(reader: Any) -> None:
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("russia nato")
    assert reader.page.inner_text("#suggestions [aria-selected=true]").startswith(("Russia – NATO", "NATO – Russia"))
    reader.page.keyboard.press("Enter")
    settled(reader)
    assert "mean Goldstein" in reader.panel()
    view = reader.page.locator("#network").bounding_box()
    ends = [i for i in reader.page.evaluate("kg.icons()") if i["node"] in (RUSSIA, NATO)]
    middle = sum(i["x"] for i in ends) / 2, sum(i["y"] for i in ends) / 2
    assert middle == pytest.approx((view["width"] / 2, view["height"] / 2), abs=3)


def test_a_search_brings_an_actor_to_the_middle_with_its_neighbours_in_sight(reader: Any, graph: Graph) -> None:
    reader.page.fill("#search", "belarus")
    reader.page.keyboard.press("Enter")
    settled(reader)
    view = reader.page.locator("#network").bounding_box()
    icons = {icon["node"]: icon for icon in reader.page.evaluate("kg.icons()")}
    assert (icons["Q184"]["x"], icons["Q184"]["y"]) == pytest.approx((view["width"] / 2, view["height"] / 2), abs=3)
    near = {end for s in graph.about("Q184") if s.asserted for end in (s.subject, s.object)} & icons.keys()
    assert len(near) >= 2
    assert all(0 <= icons[id]["x"] <= view["width"] and 0 <= icons[id]["y"] <= view["height"] for id in near)


def test_a_pair_is_seen_on_the_map(reader: Any) -> None:
    reader.page.evaluate("pair => kg.openPair(pair)", "Q159~Q30")
    reader.page.click("#view-map")
    settled(reader)
    seen = reader.page.evaluate("kg.map()")
    arcs = {arc["key"]: arc for arc in seen["arcs"]}
    assert arcs["Q159~Q30"]["mean"] < 0 < arcs["Q212~Q36"]["mean"]
    assert all(arc["reports"] >= 1 for arc in seen["arcs"])
    places = {spot["id"]: spot for spot in seen["spots"]}
    assert places["Q30"]["x"] < places["Q183"]["x"] < places[UKRAINE]["x"] < places[RUSSIA]["x"]
    assert NATO in seen["nowhere"]
    assert "without a known place" in reader.page.inner_text("#nowhere")


def test_a_month_is_played_and_the_picture_changes(reader: Any) -> None:
    reader.page.click("#play")
    settled(reader)
    assert reader.page.get_attribute("#play", "aria-label") == "Pause"
    first = reader.shown()
    assert first and first < set(reader.page.evaluate("Object.keys(JSON.parse(data.textContent).statements)"))
    reader.page.wait_for_selector("#play[aria-label='Play']", timeout=60_000)
    assert reader.page.inner_text("#range").endswith("2022-02-15")
    assert reader.shown() != first


def test_dates_of_the_words_are_told_from_those_of_publication(reader: Any) -> None:
    reader.page.check("#text-dates")
    assert reader.shown() == set()  # no sentence of these articles has a date in it
    assert "Nothing passes the filters" in reader.page.inner_text("#notice")
    assert reader.page.evaluate("location.hash") == "#dates=text"


def test_the_article_is_read_with_its_claims_marked_and_leads_back_to_the_graph(reader: Any, graph: Graph) -> None:
    reader.page.click("#view-article")
    reader.page.select_option("#choose-article", "second")
    article = graph.articles["second"]
    marks = reader.page.locator("#article .at")
    claims = {c for mark in marks.all() for c in (mark.get_attribute("data-claims") or "").split()}
    assert claims == {claim.id for claim in graph.claims.values() if claim.article == "second"}
    shown = reader.page.eval_on_selector_all("#article .row p", "all => all.map(each => each.textContent).join('\\n')")
    assert shown.split() == article.text.split()
    reader.page.click("#next-claim")
    first = reader.page.locator("#article .at.chosen").inner_text()
    assert first in reader.page.inner_text("#panel blockquote >> nth=0")
    reader.page.click("#next-claim")
    assert reader.page.locator("#article .at.chosen").count() == 1
    reader.page.click("#previous-claim")
    assert reader.page.locator("#article .at.chosen").inner_text() == first
    assert "Kyiv" in reader.page.inner_text("#article aside >> nth=1") or "Ukraine" in reader.page.inner_text(
        "#article"
    )
    reader.page.click("#view-graph")
    assert reader.page.locator("#panel details[open]").count() >= 1


def test_a_sentence_leads_to_its_place_in_the_article(reader: Any, graph: Graph) -> None:
    id = next(s.id for s in graph.statements if s.relation == "shell")
    reader.page.evaluate("id => kg.openStatement(id)", id)
    reader.page.click("#panel >> text=Read in the article >> nth=0")
    assert reader.page.locator("#article .at.chosen").inner_text() == "shelled"
    assert reader.page.get_attribute("#view-article", "aria-selected") == "true"


def test_an_actors_page_tells_who_it_is_and_what_it_did(reader: Any) -> None:
    reader.page.evaluate("id => kg.openEntity(id)", PUTIN)
    panel = reader.panel()
    assert "president of Russia" in panel.partition("Offices")[2]
    assert panel.index("Offices") < panel.index("With whom") < panel.index("What it does")
    assert "What it says" in panel
    assert "Q7747" in panel
    reader.page.evaluate("id => kg.openEntity(id)", RUSSIA)
    reader.page.click("#panel .bars button >> nth=0")
    assert reader.page.evaluate("location.hash").startswith("#pair=")


def test_the_picture_is_passed_on_with_title_legend_and_source(reader: Any, tmp_path: Path) -> None:
    view = reader.page.locator("#network").bounding_box()
    reader.page.click("#share-button")
    reader.page.fill("#share-title", "Who & whom")
    for kind in ("png", "svg"):
        with reader.page.expect_download() as download:
            reader.page.click(f"#{kind}")
        assert download.value.suggested_filename == f"who-whom.{kind}"
        download.value.save_as(tmp_path / f"picture.{kind}")
    width, height = struct.unpack(">II", (tmp_path / "picture.png").read_bytes()[16:24])
    assert width >= 2 * view["width"] and height > 2 * view["height"]
    picture = ElementTree.parse(tmp_path / "picture.svg").getroot()
    texts = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "Who & whom"
    assert texts[1] == "2 articles · The Example · February 2022"
    assert "Mean Goldstein" in texts
    assert {label["text"] for label in reader.page.evaluate("kg.labels()")} <= set(texts)
    links = [value for element in picture.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert links and all(link.startswith("data:image/svg+xml") for link in links)


def test_hostile_words_stay_words_in_the_picture_and_the_article(opened: Any, hostile: Graph, tmp_path: Path) -> None:
    reader = opened(write(hostile, "html", tmp_path / "hostile.html"))
    ElementTree.fromstring(reader.page.evaluate("kg.svg()"))
    reader.page.click("#view-article")
    reader.page.click("#next-claim")
    assert reader.page.locator("#article img, #article script, #panel img:not(.flag), #article a").count() == 0
    assert reader.page.evaluate("window.stolen") is None


def test_the_link_and_the_embed_code_are_given(reader: Any) -> None:
    reader.page.evaluate("id => kg.openEntity(id)", RUSSIA)
    reader.page.click("#share-button")
    reader.page.click("#copy-link")
    assert reader.page.input_value("#share-text").endswith(f"#entity={RUSSIA}")
    reader.page.click("#copy-embed")
    code = reader.page.input_value("#share-text")
    assert code.startswith("<iframe src=") and 'sandbox="allow-scripts' in code and "Germany and Ukraine" in code
    reader.page.keyboard.press("Escape")
    assert not reader.page.is_visible("#share")


def test_arrow_keys_go_from_actor_to_actor(reader: Any) -> None:
    reader.page.focus("#network")
    reader.page.keyboard.press("ArrowRight")
    first = reader.page.evaluate("location.hash")
    assert first.startswith("#entity=")
    reader.page.keyboard.press("ArrowLeft")
    settled(reader)
    reader.page.keyboard.press("ArrowUp")
    assert reader.page.evaluate("location.hash").startswith("#entity=")
    reader.page.keyboard.press("Escape")
    assert reader.page.evaluate("location.hash") == ""


def test_a_hover_tells_the_verbs_each_way(reader: Any) -> None:
    pair = f"{RUSSIA}~{NATO}"
    point = reader.page.evaluate("pair => kg.edgePoint(pair)", pair)
    frame = reader.page.locator("#network").bounding_box()
    reader.page.mouse.move(frame["x"] + point["x"], frame["y"] + point["y"])
    told = reader.page.inner_text("#tip")
    assert "Russia" in told and "NATO" in told and "threatens" in told
    assert "mean Goldstein" in told and "reports" in told
    reader.page.mouse.move(frame["x"] + 2, frame["y"] + 2)
    assert not reader.page.is_visible("#tip")


def test_another_size_of_the_window_and_the_printed_page_show_all_of_it(reader: Any) -> None:
    def all_in_sight() -> bool:
        reader.page.wait_for_timeout(200)
        frame = reader.page.locator("#network").bounding_box()
        icons = reader.page.evaluate("kg.icons()")
        return all(0 <= i["x"] <= frame["width"] and 0 <= i["y"] <= frame["height"] for i in icons)

    reader.page.set_viewport_size({"width": 900, "height": 1200})
    assert all_in_sight()
    reader.page.emulate_media(media="print")
    assert all_in_sight()
    assert not reader.page.is_visible("#cards") and not reader.page.is_visible("#search")
