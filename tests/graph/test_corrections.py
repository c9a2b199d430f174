"""Corrections by hand: merge, split, rename, and the table that they lie in."""

from __future__ import annotations

import pytest

from kg.errors import LedgerError
from kg.graph import Graph
from kg.graph.corrections import (
    FILE,
    Correction,
    corrected,
    read_corrections,
    split_id,
    write_corrections,
)
from kg.model import Article, Claim, Entity, Mention, Participant, Record, Relation, Span

TEXT = "Berg left Arvik."


def _record(article: str, person: Entity) -> Record:
    place = Entity("xp", "place", "Arvik")
    mention = Mention(article, Span(0, 4), "Berg", "name", person.id, "same name", 0.9)
    claim = Claim(
        id=f"c{article}",
        article=article,
        sentence=Span(0, len(TEXT)),
        subject=Participant("Berg", Span(0, 4), person.id, person.name, person.kind),
        relation=Relation("left", Span(5, 9), "leave"),
        object=Participant("Arvik", Span(10, 15), "xp", "Arvik", "place"),
    )
    return Record(Article(article, TEXT), entities=(person, place), mentions=(mention,), claims=(claim,))


RECORDS = (_record("a1", Entity("xb", "person", "Anna Berg")), _record("a2", Entity("Q7", "person", "A. Berg")))


def graph_with(*corrections: Correction) -> Graph:
    return Graph.from_records(corrected(RECORDS, corrections))


def test_no_correction_changes_nothing() -> None:
    assert list(corrected(RECORDS, ())) == list(RECORDS)


def test_two_that_are_one_make_one_statement_and_the_mention_tells_why() -> None:
    graph = graph_with(Correction("merge", "xb", "Anna Berg", "Q7", name="A. Berg"))
    assert [(s.subject, len(s.claims)) for s in graph.statements] == [("Q7", 2)]
    assert "Anna Berg" in graph.entities["Q7"].names
    assert "xb" not in graph.entities
    assert {m.reason for m in graph.mentions} == {"same name", "merged Anna Berg by hand; same name"}


def test_merges_follow_one_another_and_end_in_a_circle() -> None:
    onward = graph_with(Correction("merge", "xb", into="xc"), Correction("merge", "xc", into="Q7"))
    assert {s.subject for s in onward.statements} == {"Q7"}
    assert graph_with(Correction("merge", "xb", into="Q7"), Correction("merge", "Q7", into="xb")).statements


def test_a_split_gives_one_article_an_actor_of_its_own() -> None:
    same = (_record("a1", Entity("xb", "person", "Berg")), _record("a2", Entity("xb", "person", "Berg")))
    new = split_id("xb", "a2")
    graph = Graph.from_records(corrected(same, [Correction("split", "xb", "Berg", new, "a2", "Berg of Arvik")]))
    assert {s.subject: len(s.claims) for s in graph.statements} == {"xb": 1, new: 1}
    assert graph.name(new) == "Berg of Arvik"


def test_a_new_name_is_shown_and_the_old_one_found() -> None:
    graph = graph_with(Correction("rename", "xb", "Anna Berg", name="Minister Berg"))
    assert graph.find("Anna Berg")[0].name == "Minister Berg"
    assert graph.claims["ca1"].subject.name == "Minister Berg"


def test_the_table_comes_back_as_it_was_written(tmp_path) -> None:
    made = (
        Correction("merge", "xb", "Anna Berg", "Q7", name="A. Berg"),
        Correction("rename", "Q7", "A. Berg", name="B"),
    )
    write_corrections(tmp_path, made)
    assert read_corrections(tmp_path) == made


@pytest.mark.parametrize(
    ("row", "words"),
    [("join,xb,,Q7,,", "row 2 has the action 'join'"), ("merge,xb,,,,", "row 2 has no into")],
)
def test_a_row_that_is_wrong_is_named(tmp_path, row: str, words: str) -> None:
    (tmp_path / FILE).write_text(f"action,entity,entity_name,into,article,name\n{row}\n")
    with pytest.raises(LedgerError, match=words):
        read_corrections(tmp_path)
