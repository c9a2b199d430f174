"""A graph of two articles, written by hand: 15 actors and about 40 claims of every standing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.model import Article, Claim, Entity, Event, Participant, Record, Relation, Source, Span, content_id

CHROMIUM = Path("/usr/bin/chromium")

EVENTS = {
    "THREATEN": ("verbal conflict", "130", -4.4),
    "REJECT": ("verbal conflict", "120", -4.0),
    "ACCUSE": ("verbal conflict", "112", -2.0),
    "REQUEST": ("verbal conflict", "100", -0.3),
    "MOBILIZE": ("material conflict", "152", -7.2),
    "SANCTION": ("material conflict", "163", -8.0),
    "ASSAULT": ("material conflict", "190", -10.0),
    "COERCE": ("material conflict", "170", -7.0),
    "CONSULT": ("verbal cooperation", "040", 1.0),
    "AGREE": ("verbal cooperation", "030", 4.0),
    "SUPPORT": ("verbal cooperation", "050", 3.5),
    "COOPERATE": ("material cooperation", "060", 6.0),
    "AID": ("material cooperation", "070", 7.0),
    "RETREAT": ("material cooperation", "087", 9.0),
}

# name: id, kind
ACTORS = {
    "Putin": ("Q7747", "person", "Vladimir Putin"),
    "Russia": ("Q159", "country", "Russia"),
    "Moscow": ("Q159", "country", "Russia"),
    "Ukraine": ("Q212", "country", "Ukraine"),
    "Kyiv": ("Q212", "country", "Ukraine"),
    "NATO": ("Q7184", "organization", "NATO"),
    "the US": ("Q30", "country", "United States"),
    "Washington": ("Q30", "country", "United States"),
    "Blinken": ("Q7821917", "person", "Antony Blinken"),
    "Lavrov": ("Q58216", "person", "Sergei Lavrov"),
    "Orban": ("Q57641", "person", "Viktor Orban"),
    "Hungary": ("Q28", "country", "Hungary"),
    "NATO members": ("xmembers", "group", "NATO members"),
    "Germany": ("Q183", "country", "Germany"),
    "the EU": ("Q458", "organization", "European Union"),
    "Scholz": ("Q61053", "person", "Olaf Scholz"),
    "Poland": ("Q36", "country", "Poland"),
    "Belarus": ("Q184", "country", "Belarus"),
    "Donetsk": ("Q2012050", "place", "Donetsk"),
}

CODES = {"Russia": "RUS", "Ukraine": "UKR", "United States": "USA", "Germany": "DEU", "Poland": "POL", "Belarus": "BLR"}

# A line each: sentence with [role:words] (subject, relation, object, q source, cue), lemma, event, how it stands.
CLAIMS = """
[s:Putin] [r:warned] that [o:NATO] may be drawn in if Ukraine joined.|warn|THREATEN|inferred
[s:Putin] [r:warned] [o:Ukraine] of the price of joining NATO.|warn|THREATEN|
[q:Putin] [c:said] that [s:Ukraine] may [r:join] [o:NATO].|join||possible
[q:Putin] [c:claimed] that [s:Washington] might [r:draw] [o:Ukraine] into NATO.|draw into alliance|COERCE|possible
[s:Russia] has been [r:amassing] [o:troops] near the border.|amass|MOBILIZE|
[s:Moscow] [r:sent] [o:NATO members] a list of demands.|send demands to|REQUEST|
[s:NATO members] [r:refused] the [o:security demands].|refuse|REJECT|
[s:NATO] has started to [r:send] weapons to [o:Ukraine].|send weapons to|AID|
[q:NATO members] [c:said] [s:NATO members] would not [r:send] troops to [o:Ukraine].|send troops to||future negative
[s:NATO] did not [r:reduce] [o:its influence].|reduce||negative
[s:the US] formally [r:rejected] [o:Russian demands].|reject|REJECT|
[s:the US] formally [r:rejected] the demands of [o:Russia].|reject|REJECT|inferred
[s:Talks] have [r:started between] Russia and [o:NATO].|start with||
[s:Russia] held [r:talks with] [o:NATO].|talks with|CONSULT|nominal
[s:Russia] [r:threatens] [o:NATO] with military measures.|threaten|THREATEN|
[s:Putin] [r:spoke with] [o:Orban] in Moscow.|speak with|CONSULT|
[s:Orban], [r:president of] [o:Hungary], came home.|president of||nominal
[s:Putin], [r:president of] [o:Russia], spoke.|president of||nominal
[s:Blinken] [r:spoke with] [o:Lavrov] on Tuesday.|speak with|CONSULT|
[q:Blinken] [c:said] [s:Putin] does not [r:want] [o:peace].|want||negative
[s:Lavrov] [r:accused] [o:the US] of fanning tensions.|accuse|ACCUSE|
[s:Washington] [r:accused] [o:Moscow] of preparing a pretext.|accuse|ACCUSE|
[s:Russia] [r:denied] the [o:invasion plans].|deny|REJECT|
[q:Lavrov] [c:said] [s:Russia] would not [r:attack] [o:Ukraine].|attack|ASSAULT|future negative
[q:Washington] [c:says] [s:Russia] will [r:attack] [o:Ukraine].|attack|ASSAULT|future
[s:Germany] [r:supports] [o:Ukraine].|support|SUPPORT|
[s:Scholz], [r:chancellor of] [o:Germany], waited.|chancellor of||nominal
[s:Scholz] [r:met] [o:Putin] in Moscow.|meet|CONSULT|
[s:the EU] may [r:impose sanctions on] [o:Russia].|impose sanctions on|SANCTION|possible
[s:the EU] [r:sanctioned] [o:Belarus] last year.|sanction|SANCTION|
[s:Belarus] [r:hosts] [o:Russian troops].|host|COOPERATE|
[s:Belarus] [r:cooperates with] [o:Russia] on defence.|cooperate with|COOPERATE|
[s:Poland] [r:sent] aid to [o:Ukraine].|send aid to|AID|
[s:Poland] [r:urged] [o:the EU] to act.|urge|REQUEST|
[s:Kyiv] [r:asked] [o:Germany] for weapons.|ask|REQUEST|
[s:Germany] [r:refused] to arm [o:Ukraine].|refuse|REJECT|
[s:Russia] [r:shelled] [o:Donetsk].|shell|ASSAULT|
[q:Kyiv] [c:said] [s:Russia] [r:shelled] [o:Donetsk].|shell|ASSAULT|
[s:Lavrov], [r:foreign minister of] [o:Russia], left.|foreign minister of||nominal
[s:Putin] [r:left].|leave||
""".strip().splitlines()

_MARK = re.compile(r"\[(\w):([^\]]*)\]")


def article_record(lines: list[str], *, id: str, title: str, **about: str) -> Record:
    """The record of one article whose sentences are the lines, with their marks taken out."""
    text, marks = f"{title}\n\n", []
    for line in lines:
        sentence, start, spans, end = line.split("|")[0], len(text), {}, 0
        for found in _MARK.finditer(sentence):
            text += sentence[end : found.start()]
            spans[found.group(1)] = Span(len(text), len(text) + len(found.group(2)))
            text, end = text + found.group(2), found.end()
        text += sentence[end:]
        marks.append((Span(start, len(text)), spans))
        text += " "
    article = Article(id=id, text=text.strip(), title=title, **about)
    claims = [
        _claim(article, span, spans, *line.split("|")[1:]) for line, (span, spans) in zip(lines, marks, strict=True)
    ]
    entities = {part.entity: part for claim in claims for part in (claim.subject, claim.object) if part}
    found = (
        Entity(
            id=e.entity,
            kind=e.kind,
            name=e.name,
            names=(e.text,),
            wikidata=_wikidata(e.entity),
            country_code=CODES.get(e.name),
        )
        for e in entities.values()
    )
    return Record(article=article, entities=tuple(found), claims=tuple(claims))


def _wikidata(id: str) -> str | None:
    return id if id.startswith("Q") else None


def _participant(article: Article, span: Span, *, inferred: bool = False) -> Participant:
    text = span.of(article.text)
    id, kind, name = ACTORS.get(text) or _unknown(text)
    return Participant(text=text, span=span, entity=id, name=name, kind=kind, inferred=inferred)


def _unknown(name: str) -> tuple[str, str, str]:
    return "x" + content_id("entity", "thing", name), "group" if name in HOSTILE else "thing", name


def _claim(article: Article, sentence: Span, spans: dict[str, Span], lemma: str, event: str, how: str) -> Claim:
    source = None
    if "q" in spans:
        who = _participant(article, spans["q"])
        source = Source(spans["c"].of(article.text), spans["c"], who.text, who.span, who.entity, who.name)
    modality = next((word for word in how.split() if word in ("possible", "future")), "asserted")
    quad, cameo, goldstein = EVENTS.get(event, (None, None, None))
    return Claim(
        id=content_id("claim", article.id, sentence.start, lemma),
        article=article.id,
        sentence=sentence,
        subject=_participant(article, spans["s"]),
        relation=Relation(spans["r"].of(article.text), spans["r"], lemma, nominal="nominal" in how),
        object=_participant(article, spans["o"], inferred="inferred" in how) if "o" in spans else None,
        source=source,
        polarity="negative" if "negative" in how else "positive",
        modality=modality,
        event=Event(event, quad, cameo, goldstein) if event else None,
        confidence=0.6 if "inferred" in how else 0.9,
    )


@pytest.fixture(scope="session")
def records() -> list[Record]:
    return [
        article_record(
            CLAIMS[:20], id="https://news.example/war", title="Putin warns of war", published="2022-02-01",
            publisher="The Example", url="https://news.example/war",
        ),
        article_record(CLAIMS[20:], id="second", title="Europe weighs its answer", published="2022-02-15"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def graph(records: list[Record]) -> Graph:
    return Graph.from_records(records)


HOSTILE = (
    "<script>window.stolen=1</script>",
    "</script><img src=x onerror=window.stolen=1>",
    '"\' onmouseover="window.stolen=1',
    "{{ 7 * 7 }} {% raw %} <!-- &amp;",
    "روسيا تحذر حلف الناتو",
    "🇺🇦 🤝 👩‍👩‍👧‍👦",
    "W" * 500,
    "a\u0001b\u2028c\\d`e;f'g",
)


@pytest.fixture(scope="session")
def hostile() -> Graph:
    """A graph whose names, sentences, title, URL and ids are an attack, or hard to draw."""
    lines = [f"[s:{name}] [r:warns] [o:NATO].|warn|THREATEN|" for name in HOSTILE]
    return Graph.from_records(
        [
            article_record(
                lines,
                id="a&b<c>'\"",
                published="2022-02-01",
                title=HOSTILE[1],
                url="javascript:window.stolen=1",
                publisher=HOSTILE[0],
            )
        ]
    )


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra browser")
    if not CHROMIUM.exists():
        pytest.skip(f"needs Debian's Chromium at {CHROMIUM}: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


class Reader:
    """A page that was opened from disk, and what went wrong in it."""

    def __init__(
        self,
        browser: Any,
        path: Path,
        *,
        size: str = "desktop",
        scheme: str = "light",
        fragment: str = "",
        until: str | None = None,
    ) -> None:
        width, height = SIZES[size]
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + fragment)
        if until:
            self.page.wait_for_selector(until)
        else:
            self.page.wait_for_function("window.kg && kg.labels().length > 0")

    def panel(self) -> str:
        return self.page.inner_text("#panel")

    def shown(self) -> set[str]:
        return set(self.page.evaluate("kg.visible()"))


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Reader]]:
    """Opens pages, and holds at the end that nothing went wrong in any of them."""
    readers: list[Reader] = []

    def open_page(path: Path, **how: str) -> Reader:
        readers.append(Reader(browser, path, **how))
        return readers[-1]

    yield open_page
    for reader in readers:
        reader.context.close()
    assert [trouble for reader in readers for trouble in reader.troubles] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which checks how accessible a page is."""
    path = os.environ.get("KG_AXE")
    if not path:
        pytest.skip("needs axe-core: `npm install axe-core`, then KG_AXE=node_modules/axe-core/axe.min.js")
    return Path(path).read_text(encoding="utf-8")
