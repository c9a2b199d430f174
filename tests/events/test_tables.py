"""The tables hold what their headers say: known types and codes, no duplicates, no row that contradicts another."""

from __future__ import annotations

from collections import Counter

from kg.events import tables
from kg.events.coder import ACTOR, ANY, NAME
from kg.model import EVENT_TYPES

SLOTS_OF_CLAUSES = {"complement", "purpose", "necessity", "object"}


def test_lexicon_is_large_and_without_duplicates() -> None:
    entries = tables.lexicon()
    keys = Counter((e.lemma, e.pos, e.particle, e.preposition, e.object) for e in entries)
    assert len(entries) >= 1200
    assert [key for key, n in keys.items() if n > 1] == []


def test_lexicon_agrees_with_the_codes() -> None:
    codes = tables.cameo_codes()
    for entry in tables.lexicon():
        code = codes.get(entry.cameo)
        expected = (code.type, code.mode or "") if code else ("", "")
        assert (entry.type, entry.mode) == expected, entry


def test_lexicon_says_of_few_frames_that_they_name_no_event() -> None:
    empty = {entry.object for entry in tables.lexicon() if not entry.cameo}
    assert empty == {"disease"}


def test_lexicon_covers_every_type_with_verbs_and_nouns() -> None:
    covered = {(entry.type, entry.pos) for entry in tables.lexicon()}
    assert {(type_, pos) for type_ in EVENT_TYPES for pos in ("verb", "noun")} <= covered


def test_lexicon_names_known_parts_of_speech_and_object_classes() -> None:
    known = {name for classes in tables.object_classes().values() for name in classes} | {ACTOR, ANY, NAME, ""}
    assert {e.pos for e in tables.lexicon()} == {"verb", "noun", "adjective"}
    assert {e.object for e in tables.lexicon()} - known == set()


def test_every_table_has_a_source_in_every_row() -> None:
    names = ("lexicon", "object_classes", "operators", "composition", "cameo", "plover")
    assert [name for name in names if not all(row["source"] for row in tables.read_table(f"{name}.tsv"))] == []


def test_operators_have_compositions_and_known_slots() -> None:
    composed = {operator for operator, _ in tables.compositions()}
    operators = tables.operators()
    assert {o.operator for o in operators} <= composed
    assert all(o.slot in SLOTS_OF_CLAUSES or o.slot.isalpha() for o in operators)
    keys = Counter((o.lemma, o.pos, o.particle, o.slot) for o in operators)
    assert [key for key, n in keys.items() if n > 1] == []


def test_compositions_give_known_codes() -> None:
    codes = tables.cameo_codes()
    assert {result for result in tables.compositions().values() if result not in codes} <= {"", "="}


def test_codes_have_quads_and_scores_in_range() -> None:
    quads = tables.quad_classes()
    assert set(quads) == set(EVENT_TYPES)
    assert Counter(quads.values()) == {
        "verbal cooperation": 4, "material cooperation": 3, "verbal conflict": 4, "material conflict": 5,
    }  # fmt: skip
    assert all(-10 <= code.goldstein <= 10 for code in tables.cameo_codes().values())


def test_cooperation_scores_above_conflict() -> None:
    quads = tables.quad_classes()
    for code in tables.cameo_codes().values():
        assert (code.goldstein > 0) == quads[code.type].endswith("cooperation"), code
