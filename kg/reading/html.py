"""Saved web pages: the words of the article, and what the page's own metadata says of it.

trafilatura finds the article among menus, advertisements, comments and other stories; :mod:`kg.reading.page_data` reads
what pages say of themselves for machines. What is here takes away what no article holds, and puts the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

import trafilatura
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] -- lxml ships no types.
from lxml import html as lxml_html

from kg.model import Article
from kg.reading.encodings import decoded
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.markup import SILENT, paragraphs_of
from kg.reading.page_data import PageData, data_of
from kg.reading.plain import article_from_text, clean_headline, described, without_headline

BYTES_WITH_CHARSET = 2048
CHARSET = re.compile(rb"(?:<meta[^>]+charset|<\?xml[^>]+encoding)=[\"']?([\w-]+)", re.IGNORECASE)
SITE = re.compile(r"\s+[|–—»-]\s+")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# What no part of an article is, by the words in its class or id; a word counts as a whole, so that "recommend" does
# not take "commend" along. The first kind is dropped with all that is in it; the second, whose words are also said of
# whole layouts ("with-sidebar", "share-enabled"), only where it holds no paragraphs of an article.
WORD_IN_NAME = r"(?:^|[\s_-])(?:{})(?:$|[\s_-])"
NOT_THE_ARTICLE = re.compile(
    WORD_IN_NAME.format(
        r"comments?|disqus|related|recommend(?:ed|ations?)|more-?(?:stories|from|on|news|in)|read-?(?:more|next|also)|"
        r"also-?read|most-?(?:read|popular|viewed)|trending|newsletter|outbrain|taboola|sponsored|advert(?:s|isements?)|"
        r"cookies?|consent|paywall|regwall|teasers?|up-?next|see-?also"
    ),
    re.IGNORECASE,
)
AROUND_THE_ARTICLE = re.compile(
    WORD_IN_NAME.format(
        r"share|sharing|social|subscri(?:be|ption)|promo(?:ted)?|sponsor|advertorial|ads?|breadcrumbs?|sidebar|navbar|nav|"
        r"menu|masthead|footer|byline|tags?|topics?|piano"
    ),
    re.IGNORECASE,
)
MOST = 0.5  # What holds more of a page's words than this is no aside, whatever its name is.
ROLES_OF_ASIDES = frozenset("banner complementary contentinfo dialog navigation search".split())
DROPPED = frozenset(
    "aside button dialog figure footer iframe input label menu nav noscript script select style svg textarea".split()
)
REGIONS = (".//*[@itemprop='articleBody']", ".//article", ".//main", ".//*[@role='main']")
CARDS = ("article", "div", "li", "section", "td")
LONGEST_CARD = 80
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LINKED = (*HEADINGS, "li", "ol", "p", "ul")
BLOCKS_FOUND = frozenset("body div head item lb list p quote row table".split())  # The tags that trafilatura has.
WHOLES = frozenset({"article", "main"})
LONG, SEVERAL = 12, 2
LEAST_REGION = 0.2  # The share of a pruned page's words that its article has at least.
ENOUGH, ENOUGH_WORDS = 0.4, 60  # What of those words trafilatura must find, or how many of them.
MUCH = 1.25
LISTED_BODY = 1.5  # How much longer the article in a page's data must be than the one that it shows.


def read_html(source: Input) -> Iterator[Article | Rejected]:
    """Read a saved page as one article; the encoding is the one that it declares, else UTF-8.

    :raises UnreadableError: if it is binary, or holds no article.
    """
    raw = source.stream.read()
    yield article_of_page(decoded(source, raw, declared=declared_encoding(raw)), source)


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a page declares in its head.

    >>> declared_encoding(b'<meta charset="windows-1252">')
    'windows-1252'
    """
    found = CHARSET.search(raw[:BYTES_WITH_CHARSET])
    return found[1].decode("ascii") if found else None


def article_of_page(page: str, source: Input) -> Article:
    """The article on a page.

    :raises UnreadableError: if the page holds no article.

    >>> import io
    >>> page = "<title>Envoy leaves | Daily</title><nav>Home</nav><h1>Envoy leaves</h1><p>She left Kyiv on Monday.</p>"
    >>> article = article_of_page(page, Input("a.html", io.BytesIO()))
    >>> article.title, article.body
    ('Envoy leaves', 'She left Kyiv on Monday.')
    """
    root = _parsed(page)
    data = data_of(root)
    title = _title(root, data)
    _prune(root)
    paragraphs = _fuller(_paragraphs(_region(root), source), data.body, source)
    if not paragraphs:
        raise UnreadableError("holds no words outside menus and scripts", "save the article's own page, or its text")
    body = "\n\n".join(paragraphs)
    known = described(source, {**data.fields, "title": title})
    return article_from_text((without_headline(body, title) if title else body) or body, **known)


def _title(root: lxml_html.HtmlElement, data: PageData) -> str | None:
    """The headline: the page's only first-level heading, else what its data say, else its title without the site."""
    headings = [words for heading in root.iter("h1") if (words := " ".join(heading.text_content().split()))]
    page = " ".join((root.findtext(".//title") or "").split())
    given = data.fields.get("title")
    for heading in headings:
        if len(headings) == 1 or heading.casefold() in (given or page).casefold():
            return clean_headline(heading)
    if not given:
        given = min(SITE.split(page, maxsplit=1)[:1] or [""], key=len)
    return clean_headline(given) or None


def _parsed(page: str) -> lxml_html.HtmlElement:
    """The tree of a page.

    :raises UnreadableError: if there is none in it.
    """
    try:
        return lxml_html.document_fromstring(XML_DECLARATION.sub("", page, count=1))
    except (etree.ParserError, ValueError):
        raise UnreadableError("holds no page", "save the article's own page, or its text") from None


def _prune(root: lxml_html.HtmlElement) -> None:
    """Take out what is no article by its tag or its name, unless it holds most of the page's words.

    A form around the whole page, as some servers write it, is unwrapped: a form is dropped otherwise.
    """
    words = max(1, _size(root))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head"):
            continue
        if element.getparent() is None or not _is_aside(element):
            continue
        if element.tag not in DROPPED and (_holds_article(element) or _size(element) > MOST * words):
            continue
        element.drop_tree()
    _drop_teasers(root)
    for element in list(root.iter(*LINKED)):
        if element.getparent() is not None and _only_links(element):
            element.drop_tree()
    for heading in list(root.iter(*HEADINGS)):
        if heading.getparent() is not None and not _has_words_after(heading):
            heading.drop_tree()
    for form in list(root.iter("form")):
        if _holds_article(form) or _size(form) > MOST * words:
            form.tag = "div"
        else:
            form.drop_tree()


def _drop_teasers(root: lxml_html.HtmlElement) -> None:
    """Take out the cards of other stories: a heading that is a link elsewhere, with a few words below it.

    Where such cards are most of a page, they are what it is about, such as the entries of a running report.
    """
    cards: list[lxml_html.HtmlElement] = []
    for heading in root.iter(*HEADINGS):
        link = heading.find(".//a")
        leads_away = link is not None and not (link.get("href") or "#").startswith("#")
        card = next((above for above in heading.iterancestors(*CARDS)), None)
        if leads_away and card is not None and _only_links(heading) and not _holds_article(card):
            cards.append(card)
    cards = [card for card in cards if _size(card) <= LONGEST_CARD]
    if len(cards) >= SEVERAL and sum(map(_size, cards)) < MOST * _size(root):
        for card in cards:
            if card.getparent() is not None:
                card.drop_tree()


def _size(element: lxml_html.HtmlElement) -> int:
    """How many words an element holds."""
    return len("".join(element.itertext()).split())


def _holds_article(element: lxml_html.HtmlElement) -> bool:
    """Whether an element holds the headline, or what the page marks as the body of its article."""
    return element.find(".//h1") is not None or element.find(".//*[@itemprop='articleBody']") is not None


def _only_links(element: lxml_html.HtmlElement) -> bool:
    """Whether all words of a block are links, as those of a menu or of a list of other stories are."""
    return 0 < _size(element) <= sum(_size(link) for link in element.iter("a"))


def _has_words_after(heading: lxml_html.HtmlElement) -> bool:
    """Whether a heading has something below it in its part of the page."""
    rest = (heading.tail or "") + "".join("".join(e.itertext()) + (e.tail or "") for e in heading.itersiblings())
    return bool(rest.strip())


def _is_aside(element: lxml_html.HtmlElement) -> bool:
    if element.tag in DROPPED or element.get("role") in ROLES_OF_ASIDES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if element.tag in WHOLES:
        names = names.split(maxsplit=1)[0] if names.strip() else ""  # The others tell what the article is about.
    if NOT_THE_ARTICLE.search(names):
        return True
    return AROUND_THE_ARTICLE.search(names) is not None and _paragraphs_in(element) < SEVERAL


def _paragraphs_in(element: lxml_html.HtmlElement) -> int:
    """How many paragraphs of an article's length an element holds."""
    return sum(_size(paragraph) >= LONG and not _only_links(paragraph) for paragraph in element.iter("p"))


def _region(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The part of a page that it marks as its article, if it holds words; of several, the one with the headline, or
    the one that is as long as all others together. What holds little of the page is none, however it is marked."""
    whole_size = max(1, _size(root))
    for path in REGIONS:
        marked = [element for element in root.iterfind(path) if _size(element) >= LEAST_REGION * whole_size]
        whole = [element for element in marked if element.find(".//h1") is not None]
        longest = max(marked, key=_size, default=None)
        if len(whole) == 1:
            return whole[0]
        if longest is not None and 2 * _size(longest) > sum(map(_size, marked)):
            return longest
    return root.body if root.body is not None else root


def _paragraphs(root: lxml_html.HtmlElement, source: Input) -> list[str]:
    """The paragraphs of the article that trafilatura finds.

    It looks with care and without: where care takes away much, or a page is short, what it leaves is taken, since too
    much is worse than too little. Where it finds hardly anything of what remains of a page, all of that is taken
    instead, and this is noted.
    """
    if _only_links(root):
        return []
    everything = paragraphs_of(root, silent=SILENT | {"h1"})
    careful, usual = _extracted(root, careful=True), _extracted(root, careful=False)
    alike = ENOUGH_WORDS <= _count(careful) <= _count(usual) <= MUCH * _count(careful)
    best = usual if alike else careful
    if _is_enough(best, everything):
        return best
    if _is_enough(usual, everything) and root.find(".//table") is None:
        return usual
    source.say("shows no region as its article: what is read may hold more than it")
    return everything


def _is_enough(found: list[str], everything: list[str]) -> bool:
    return _count(found) >= min(ENOUGH * _count(everything), ENOUGH_WORDS)


def _extracted(root: lxml_html.HtmlElement, *, careful: bool) -> list[str]:
    page = lxml_html.document_fromstring("<html><body></body></html>")
    page.body.append(deepcopy(root))
    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, favor_precision=careful)
    body = getattr(found, "body", None)
    return paragraphs_of(body, blocks=BLOCKS_FOUND, silent=frozenset()) if body is not None else []


def _count(paragraphs: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def _fuller(paragraphs: list[str], listed: str | None, source: Input) -> list[str]:
    """The paragraphs shown, or those of the page's own data where it holds much more of the same article."""
    shown = sum(map(len, paragraphs))
    if listed and len(listed) > LISTED_BODY * shown:
        source.say("shows less of its article than its data for machines hold: those are read")
        return [" ".join(line.split()) for line in listed.splitlines() if line.strip()]
    return paragraphs
