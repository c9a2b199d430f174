from __future__ import annotations

from dataclasses import replace

from kg.graph import Graph, GraphDiff


def test_a_graph_does_not_differ_from_itself(records):
    found = Graph.from_records(records).diff(Graph.from_records(reversed(records)))
    assert found == GraphDiff() and not found


def test_an_article_more_brings_new_statements_and_changes_others(records):
    before, now = Graph.from_records(records[:1]), Graph.from_records(records)
    found = before.diff(now)
    assert {s.relation for s in found.statements.new} == {"meet", "invade"}
    assert found.statements.gone == () and found.entities.gone == ()
    assert {entity.name for entity in found.entities.new} == {"Viktor Orbán", "Kyiv"}
    changed = {change.now.relation: change for change in found.statements.changed}
    assert changed.keys() == {"warn", "send to"}
    assert changed["warn"].fields == ("claims", "confidence", "inferred", "last")
    assert changed["send to"].now.disputed and not changed["send to"].before.disputed


def test_backwards_what_was_new_is_gone(records):
    before, now = Graph.from_records(records[:1]), Graph.from_records(records)
    there, back = before.diff(now), now.diff(before)
    assert (there.statements.new, there.entities.new) == (back.statements.gone, back.entities.gone)
    assert [(c.before, c.now) for c in there.statements.changed] == [(c.now, c.before) for c in back.statements.changed]


def test_an_entity_with_another_name_has_changed(records):
    other = tuple(replace(e, sector="IGO") if e.name == "NATO" else e for e in records[0].entities)
    now = Graph.from_records([replace(records[0], entities=other)])
    (change,) = Graph.from_records(records[:1]).diff(now).entities.changed
    assert (change.now.name, change.fields) == ("NATO", ("sector",))
