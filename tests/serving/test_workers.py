"""Who is answered when many ask: quick queries never wait for long ones, and nobody waits for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.engines.outputs import write_outputs
from kg.graph import Graph
from kg.serving import workers as module
from kg.serving.worker import MOST_BYTES, OK, TIMED_OUT, TOO_LARGE, Query, Reply
from kg.serving.workers import BUSY, ENDED, LONG_AT_A_TIME, Workers

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
JSON = "application/sparql-results+json"


def asked(query: str, *, most: int = MOST_BYTES) -> Query:
    return Query(query, JSON, "text/turtle", most_bytes=most)


@pytest.fixture
def pool(records, tmp_path: Path) -> Iterator[Workers]:
    write_outputs(Graph.from_records(records), tmp_path, pipeline=None, base_iri=None)
    found = Workers(tmp_path, seconds=60, count=1)
    yield found
    found.close()


def started(pool: Workers, count: int) -> tuple[list[threading.Thread], list[Reply]]:
    """So many long queries, and where their replies will be."""
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(pool.answer(asked(SLOW)))) for _ in range(count)]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    return threads, replies


def test_quick_queries_do_not_wait_for_long_ones(pool: Workers) -> None:
    threads, replies = started(pool, LONG_AT_A_TIME)
    time.sleep(3)  # until all of them count as long
    start = time.monotonic()
    assert pool.answer(asked("ASK {}")).status == OK
    assert time.monotonic() - start < 10
    assert replies == []
    pool.close()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def test_the_longest_makes_room(pool: Workers) -> None:
    threads, replies = started(pool, LONG_AT_A_TIME + 1)
    threads[0].join(30)
    assert replies == [ENDED]
    assert pool.answer(asked("ASK {}")).status == OK
    pool.close()


def test_few_may_wait(pool: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING", 0)
    assert pool.answer(asked("ASK {}")) == BUSY and BUSY.status == TIMED_OUT


def test_an_answer_may_be_so_large_and_no_larger(pool: Workers) -> None:
    query = "SELECT * { ?s ?p ?o }"
    size = len(pool.answer(asked(query)).body)
    assert pool.answer(asked(query, most=size)).status == OK
    assert pool.answer(asked(query, most=size - 1)).status == TOO_LARGE


def test_a_query_that_needs_too_much_memory_costs_only_itself(pool: Workers, tmp_path: Path) -> None:
    pool = Workers(tmp_path, seconds=60, count=1, memory=600_000_000)
    greedy = "SELECT ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?d), STR(?g)) AS ?x) } ORDER BY ?x"
    reply = pool.answer(asked(greedy))
    assert reply.status != OK and b"MB: ask for less" in reply.body
    assert pool.answer(asked("ASK {}")).status == OK
    pool.close()
