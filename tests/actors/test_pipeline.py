"""One article of our own through the bundled pipeline: whom each mention means."""

from __future__ import annotations

import pytest

from kg.language.pipeline import load_bare_pipeline
from kg.model import Article

ARTICLE = """Seoul and Tokyo trade accusations over islands

South Korean President Yoon Suk Yeol accused Japan on Monday of ignoring its promises. He said the country had sent \
ships to the islands. "We will protect our waters," Yoon told reporters in Seoul.

The Japanese foreign minister, Yoshimasa Hayashi, rejected the accusation. Tokyo said that it had informed the \
Association of Southeast Asian Nations (ASEAN), and the bloc urged both countries to talk. \
ASEAN members have offered to mediate."""


@pytest.fixture(scope="module")
def doc():
    nlp = load_bare_pipeline()
    nlp.add_pipe("kg_actors")
    article = Article.make(text=ARTICLE, published="2022-11-15")
    made = nlp.make_doc(article.text)
    made._.article = article
    return nlp(made)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("South Korean", "South Korea"),
        ("Yoon Suk Yeol", "Yoon Suk-yeol"),
        ("He", "Yoon Suk-yeol"),
        ("the country", "Japan"),
        ("We", "South Korea"),
        ("our", "South Korea"),
        ("The Japanese foreign minister", "Yoshimasa Hayashi"),
        ("it", "Japan"),
        ("ASEAN", "ASEAN"),
        ("the bloc", "ASEAN"),
        ("both countries", "Japan and South Korea"),
        ("ASEAN members", "ASEAN members"),
    ],
)
def test_whom_the_article_means(doc, words, name):
    found = {doc._.entities[m.entity].name for m in doc._.mentions if m.text == words}
    assert found == {name}


def test_capitals_are_countries_where_they_act(doc):
    links = {(m.span.start, m.text): m.entity for m in doc._.mentions if m.text in ("Seoul", "Tokyo")}
    assert links[ARTICLE.index("Tokyo said"), "Tokyo"] == "Q17"
    assert links[ARTICLE.index("in Seoul") + 3, "Seoul"] == "Q8684"


def mentions_of(text: str, *, published: str) -> dict[str, str]:
    nlp = load_bare_pipeline()
    nlp.add_pipe("kg_actors")
    article = Article.make(text=text, published=published)
    made = nlp.make_doc(article.text)
    made._.article = article
    doc = nlp(made)
    return {m.text: doc._.entities[m.entity].name for m in doc._.mentions}


def test_a_deputy_or_the_chief_of_something_else_leads_no_country():
    found = mentions_of(
        "Oslo summoned China's deputy chief of mission. China's chief of mission left.", published="2024-03-05"
    )
    assert {found["China's deputy chief of mission"], found["China's chief of mission"]}.isdisjoint({"Xi Jinping"})


def test_whoever_reports_is_meant_by_the_subject_of_the_report():
    text = "The United States, which has a treaty with Norway, said on Monday that it would defend the islands."
    assert mentions_of(text, published="2024-03-05")["it"] == "United States"
