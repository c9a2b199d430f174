import pytest

from kg.errors import EvaluationError
from kg.evaluation import attribution
from kg.grammar.attribution import Attribution
from kg.model import Claim, Participant, Polarity, Relation, Source, Span

TEXT = "“We left,” Orban said, “late.” She denied it."
ANN = """T1\tSource 11 16\tOrban
T2\tCue 17 21\tsaid
T3\tContent 0 10;23 30\t“We left,” “late.”
T4\tAttribution 17 21\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tDiscard 31 45\tShe denied it.
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a_b.txt").write_text(TEXT, encoding="utf8")
    (tmp_path / "attributions" / "a_b_4b22.ann").write_text(ANN, encoding="utf8")
    return tmp_path


@pytest.fixture
def doc(make_doc):
    words = "“ We left , ” Orban said , “ late . ” She denied it ."
    spaces = [False, True, False, False, True, True, False, True, False, False, False, True, True, True, False, False]
    return make_doc(words, spaces=spaces)


def test_perfect_and_what_is_discarded(folder, doc, prepared, monkeypatch):
    found = [
        Attribution(doc[5:6], doc[6:7], (doc[8:12], doc[0:5])),
        Attribution(doc[12:13], doc[13:14], (doc[14:15],)),
    ]
    monkeypatch.setattr(attribution, "attributions", lambda doc: found)
    scores = attribution.score(folder, nlp=prepared(doc), predictions=folder / "out")
    assert scores.pop("n") == 1
    assert {scores.pop(name) for name in list(scores) if name.startswith(("source", "cue", "content"))} == {1.0}
    assert scores.pop("asserted_leak") == 0.0
    assert (folder / "out" / "a_b.ann").read_text(encoding="utf8").splitlines() == [
        "T1\tContent 0 10;23 30\t“We left,” “late.”",
        "T2\tSource 11 16\tOrban",
        "T3\tCue 17 21\tsaid",
    ]


def test_spans_must_be_exact(folder, doc, prepared, monkeypatch):
    found = [Attribution(doc[5:6], doc[6:7], (doc[1:3],)), Attribution(None, doc[5:6], ())]
    monkeypatch.setattr(attribution, "attributions", lambda doc: found)
    scores = attribution.score(folder, nlp=prepared(doc))
    assert (scores["source_f1"], scores["cue_precision"], scores["cue_recall"]) == (1.0, 0.5, 1.0)
    assert (scores["cue_f1"], scores["content_f1"]) == (pytest.approx(2 / 3), 0.0)


def test_what_lies_in_a_content_is_not_annotated(folder, doc, prepared, monkeypatch):
    found = [Attribution(doc[5:6], doc[6:7], (doc[1:3], doc[8:10])), Attribution(None, doc[2:3], ())]
    monkeypatch.setattr(attribution, "attributions", lambda doc: found)
    assert attribution.score(folder, nlp=prepared(doc))["cue_precision"] == 1.0


def made(start: int, end: int, *, source: Source | None = None, polarity: Polarity = "positive") -> Claim:
    party = Participant("x", Span(start, end), "x", "x", "thing")
    relation = Relation(TEXT[start:end], Span(start, end), "be")
    return Claim("c", "a", Span(0, len(TEXT)), party, relation, source=source, polarity=polarity)


def test_claims_in_a_content_should_have_a_source(folder):
    [article] = attribution.read(folder)
    orban = Source("said", Span(17, 21))
    claims = [
        made(1, 3, source=orban),
        made(4, 8),
        made(4, 8, polarity="negative"),
        made(11, 16, source=orban),
        made(17, 21),
        made(31, 34, source=orban),
    ]
    counts, leaks = attribution.claims_attributed(claims, article)
    assert (counts.correct, counts.predicted, counts.gold) == (1, 2, 3)
    assert leaks == 1


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("We left", "“We left,”"),
        ("Orban", "Orban"),
        ("late", "“late.”"),
        ("She denied it", "She denied it"),
    ],
)
def test_quotation_marks_belong_to_a_content(words, shown):
    start = TEXT.index(words)
    assert TEXT[slice(*attribution.with_quotes(start, start + len(words), TEXT))] == shown


def test_an_apostrophe_is_no_quotation_mark():
    assert attribution.with_quotes(0, 7, "The men's vote") == (0, 7)


def test_nothing_predicted(folder, doc, prepared, monkeypatch):
    monkeypatch.setattr(attribution, "attributions", lambda doc: [])
    scores = attribution.score(folder, nlp=prepared(doc))
    assert (scores["source_f1"], scores["cue_f1"], scores["content_f1"]) == (0.0, 0.0, 0.0)


def test_of_several_annotators_the_first_counts(folder):
    (folder / "attributions" / "a_b_6b86.ann").write_text("T1\tCue 0 1\t“\n", encoding="utf8")
    [article] = attribution.read(folder)
    assert len(article.spans["Source"]) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tCue 5\tx", "line 1: a span needs its id"),
        ("T1", "line 1: a span needs its id"),
        ("T1\tCue 40 99\tx", "line 1: the span leaves the text"),
        ("T1\tCue 10 11\t ", "line 1: the span leaves the text of a_b.txt, or is empty"),
    ],
)
def test_malformed_gold(folder, line, reason):
    path = folder / "attributions" / "a_b_4b22.ann"
    path.write_text(line + "\n", encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        attribution.read(folder)
    assert str(path) in str(caught.value)


def test_not_the_benchmarks_folder(tmp_path):
    with pytest.raises(EvaluationError, match="has no attributions"):
        attribution.read(tmp_path)
