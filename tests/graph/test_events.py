"""Occurrences: which claims are one event."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import Graph
from kg.model import Argument, Entity, Event, Number, Span

ATTACK = Event("ASSAULT", "material conflict", "190", -10.0)
AID = Event("AID", "material cooperation", "072", 8.3)


def graph_of(*writers) -> Graph:
    return Graph.from_records([one.record() for one in writers])


def test_reports_of_two_articles_are_one_event_with_its_reports_counted(writer) -> None:
    first, second = writer("a"), writer("b", "2022-02-02")
    first.claim("Russia", "attack", "Ukraine", event=ATTACK, time="2022-01-31")
    first.claim("Russia", "shell", "Ukraine", event=ATTACK, time="2022-01-31")
    second.claim("Russia", "bomb", "Ukraine", event=ATTACK, time="2022-01-31", source="NATO")
    graph = graph_of(first, second)
    (event,) = graph.events
    assert (event.reports, event.articles, len(event.claims)) == (3, 2, 3)
    assert (event.date, event.precision, event.asserted) == ("2022-01-31", "day", True)
    assert event.claims == (*(c for c in graph.claims if graph.claims[c].asserted), second.claims[0].id)


def test_different_days_or_places_are_different_events(writer) -> None:
    one = writer("a")
    one.world["Lviv"] = Entity("Q36036", "place", "Lviv")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, place="Kyiv")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, place="Lviv", time="2022-01-30")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, place="Lviv", time="2022-01-15")
    assert sorted((event.date, event.place) for event in graph_of(one).events) == [
        ("2022-01-15", "Q36036"), ("2022-01-30", "Q36036"), ("2022-02-01", "Q1899"),
    ]  # fmt: skip


def test_a_report_without_a_place_is_of_the_only_place_that_is_named(writer) -> None:
    one = writer("a")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK)
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, place="Kyiv")
    (event,) = graph_of(one).events
    assert (event.place, event.reports) == ("Q1899", 2)


def test_what_is_denied_or_only_possible_is_kept_apart_and_lost_nowhere(writer) -> None:
    one = writer("a")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK)
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, polarity="negative", source="Russia")
    one.claim("Russia", "attack", "Ukraine", event=ATTACK, modality="possible")
    graph = graph_of(one)
    assert [event.modes for event in graph.events] == [()]
    assert sorted(found.modes for found in graph.occurrences) == [(), ("hypothetical",), ("negated",)]
    assert sorted(c for found in graph.occurrences for c in found.claims) == sorted(graph.claims)


def test_an_actor_goes_before_the_thing_that_was_given(writer) -> None:
    one = writer("a")
    one.world["tanks"] = Entity("xtanks", "thing", "tanks")
    sent = one.claim("NATO", "send", "tanks", event=AID)
    one.claims[-1] = replace(sent, arguments=(Argument("to", "Ukraine", Span(0, 4), entity="Q212"),))
    one.claim("NATO", "join", "Ukraine")
    (event,) = graph_of(one).events
    assert event.target == "Q212"


def test_the_claims_of_one_verb_have_one_target(writer) -> None:
    one = writer("a")
    one.world["tanks"] = Entity("xtanks", "thing", "tanks")
    sent = one.claim("NATO", "send", "tanks", event=AID)
    named = one.claim("NATO", "send to", "Ukraine", event=AID)
    one.claims[-1] = replace(named, sentence=sent.sentence, relation=replace(named.relation, span=sent.relation.span))
    (event,) = graph_of(one).events
    assert (event.target, len(event.claims), event.reports) == ("Q212", 2, 1)


def test_what_has_no_target_is_no_event_of_the_graph_but_is_not_lost(writer) -> None:
    one = writer("a")
    one.claim("Russia", "attack", event=ATTACK)
    graph = graph_of(one)
    assert graph.events == []  # nor has it numbers
    assert [found.target for found in graph.occurrences] == [None]


def test_a_sector_is_that_of_the_article(writer) -> None:
    early, later, last = writer("a", "2020-01-01"), writer("b", "2022-01-01"), writer("c", "2022-01-02")
    for one, sector in ((early, "GOV"), (later, "ELI"), (last, "ELI")):
        one.world["Viktor Orbán"] = replace(one.world["Viktor Orbán"], sector=sector)
        one.claim("Viktor Orbán", "warn", "NATO")
    graph = graph_of(early, later, last)
    assert [graph.sector("Q57641", article) for article in "abc"] == ["GOV", "ELI", "ELI"]
    assert graph.sector("unknown", "a") is None


def test_what_two_do_together_each_does_to_the_other(writer) -> None:
    one = writer("a")
    one.world["agreement"] = Entity("xagreement", "thing", "agreement")
    signed = one.claim("Russia", "sign with", "Ukraine", event=AID)
    other = one.claim("Ukraine", "sign", "agreement", event=AID)
    one.claims[-1] = replace(
        other, sentence=signed.sentence, relation=replace(other.relation, span=signed.relation.span)
    )
    assert sorted((event.agent, event.target) for event in graph_of(one).events) == [("Q159", "Q212"), ("Q212", "Q159")]


def test_numbers_that_differ_are_kept_and_reports_of_other_dates_and_places_stay_apart(writer) -> None:
    first, second = writer("a", "2022-02-01"), writer("b", "2022-02-02")
    kyiv = {"event": ATTACK, "place": "Kyiv", "time": "2022-02-01"}
    first.claim("Russia", "attack", "Ukraine", numbers=(Number("killed", "Russia", Span(0, 6), 12, 12),), **kyiv)
    second.claim("Russia", "attack", "Ukraine", numbers=(Number("killed", "Russia", Span(0, 6), 15, 15),), **kyiv)
    second.claim("Russia", "attack", "Ukraine", event=ATTACK, time="2022-01-20")
    late, early = sorted(graph_of(first, second).events, key=lambda event: -event.articles)
    assert (late.articles, late.date, late.numbers[0].least, late.numbers[0].most) == (2, "2022-02-01", 12, 15)
    assert (early.articles, early.date, early.place) == (1, "2022-01-20", None)


def test_what_was_done_by_nobody_named_has_no_agent(writer) -> None:
    one = writer("a")
    one.claim("Vladimir Putin", "be arrested", event=Event("COERCE", "material conflict", "173", -5.0))
    (event,) = graph_of(one).events
    assert (event.agent, event.target) == (None, "Q7747")
