"""`kg serve` under load: good clients, hostile requests among theirs, and sockets that say nothing.

    python tests/reliability/load.py [--seconds 60] [--clients 8] [--silent 4000]

It prints how many good requests there were, how many failed, how long they took, what the hostile ones got, what became
of the silent sockets, and how much memory the server held before and after.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from kg.engines.outputs import write_outputs
from kg.graph import Graph
from kg.ledger import Ledger
from kg.model import Article, Claim, Entity, Mention, Participant, Record, Relation, Span

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GOOD = (
    ("sparql", {"query": "SELECT ?s ?o { ?s rel:warn ?o } LIMIT 100"}, "text/csv"),
    ("sparql", {"query": "SELECT ?c { ?c a kg:Claim } LIMIT 50"}, "application/sparql-results+json"),
    ("sparql", {"query": "CONSTRUCT { ?s rel:warn ?o } WHERE { ?s rel:warn ?o } LIMIT 100"}, "text/turtle"),
    ("sparql", {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}, "text/html"),
    ("", {}, "text/html"),
    ("questions", {}, "text/html"),
)
HOSTILE = (
    SLOW,
    SLOW.replace("COUNT(*)", "SUM(STRLEN(STR(?c)))"),
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?x { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?d)) AS ?x) } ORDER BY ?x",
    "ASK { " + "{" * 20_000 + "}" * 20_000 + " }",
    "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "ASK { ?s ?p " + ":" * 16_000 + " }",
    "ASK { SERVICE ?a\u00b7b { ?s ?p ?o } }",
    "ASK { ?s " + "/".join(["<a:b>"] * 2_000) + " ?o }",
    "ASK { ?s (<a:b>|!<a:b>)* ?o . ?o (<a:b>|!<a:b>)* ?x . ?x (<a:b>|!<a:b>)* ?y FILTER(?y = 1) }",
    'SELECT (REGEX("' + "a" * 5_000 + '", "(a*)*b") AS ?x) {}',
)


@dataclass
class Tally:
    """What came of the requests."""

    seconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    hostile: Counter[str] = field(default_factory=Counter)


def records(articles: int) -> Iterator[Record]:
    """Articles with ten claims each, between a hundred actors."""
    actors = [Entity(f"Q{number}", "country", f"Country {number}") for number in range(1, 101)]
    rng = random.Random(1)
    for number in range(articles):
        id = f"a{number}"
        text = " ".join(f"One {i} warned two {i} of it." for i in range(10))
        claims, mentions, named = [], [], {}
        for i in range(10):
            start = text.index(f"One {i} ")
            one, two = rng.sample(actors, 2)
            spans = Span(start, start + 5), Span(start + 13, start + 18)
            parts = [
                Participant(text[s.start : s.end], s, e.id, e.name, e.kind)
                for s, e in zip(spans, (one, two), strict=True)
            ]
            mentions += [
                Mention(id, s, text[s.start : s.end], "name", e.id, "made")
                for s, e in zip(spans, (one, two), strict=True)
            ]
            named |= {one.id: one, two.id: two}
            relation = Relation("warned", Span(start + 6, start + 12), "warn")
            claims.append(Claim(f"c{number}-{i}", id, Span(start, start + 25), parts[0], relation, object=parts[1]))
        yield Record(Article(id, text, published="2022-02-01"), tuple(named.values()), tuple(mentions), tuple(claims))


@contextmanager
def served(folder: Path, *, seconds: float = 30.0, workers: int = 2) -> Iterator[tuple[str, psutil.Process]]:
    """``kg serve`` in a process of its own: its address, and the process."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--graph", str(folder)]
    command += ["--seconds", str(seconds), "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        found = re.search(r"at (http://\S+/),", process.stderr.readline())
        assert found
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                requests.get(found[1], timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield found[1], psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def memory(process: psutil.Process) -> float:
    """Megabytes that the server and its workers hold, pages that they share counted once for each."""
    total = process.memory_info().rss
    for child in process.children(recursive=True):
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


def client(address: str, until: float, tally: Tally, seed: int, share: float) -> None:
    """Ask one thing after another; so large a share of it is hostile."""
    rng = random.Random(seed)
    session = requests.Session()
    while time.monotonic() < until:
        if rng.random() < share:
            tally.hostile[hostile(session, address, rng.choice(HOSTILE))] += 1
            continue
        path, values, accept = rng.choice(GOOD)
        start = time.monotonic()
        try:
            answer = session.get(f"{address}{path}", params=values, headers={"Accept": accept}, timeout=60)
            if answer.status_code != 200:
                tally.failures[f"{answer.status_code} {answer.text[:60]}"] += 1
        except requests.RequestException as error:
            tally.failures[type(error).__name__] += 1
        tally.seconds.append(time.monotonic() - start)


def hostile(session: requests.Session, address: str, query: str) -> str:
    """What a hostile query gets: a status, or that the connection broke."""
    try:
        body = query.encode()
        headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv, text/turtle;q=0.5"}
        return str(session.post(f"{address}sparql", data=body, headers=headers, timeout=90).status_code)
    except requests.RequestException as error:
        return type(error).__name__


def silent(address: str, count: int) -> list[socket.socket]:
    """Sockets that send half a request's head, and no more."""
    host, port = address.split("//")[1].strip("/").split(":")
    found: list[socket.socket] = []
    for _ in range(count):
        try:
            sock = socket.create_connection((host, int(port)), timeout=5)
            sock.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ")
            sock.setblocking(False)
            found.append(sock)
        except OSError:
            continue
    return found


def still_open(sockets: list[socket.socket]) -> int:
    """How many of the sockets the server still holds."""
    count = 0
    for sock in sockets:
        try:
            count += sock.recv(1) != b""
        except BlockingIOError:
            count += 1
        except OSError:
            continue
    return count


def run(*, seconds: float, clients: int, share: float, silent_sockets: int, articles: int) -> dict[str, object]:
    """All of it, against a graph made for it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Ledger(folder).append(records(articles))
        write_outputs(Graph.from_records(records(articles)), folder, pipeline=None, base_iri=None)
        with served(folder) as (address, process):
            for path, values, accept in GOOD:
                requests.get(f"{address}{path}", params=values, headers={"Accept": accept}, timeout=60)
            before = memory(process)
            sockets = silent(address, silent_sockets)
            tally = Tally()
            until = time.monotonic() + seconds
            threads = [
                threading.Thread(target=client, args=(address, until, tally, seed, share)) for seed in range(clients)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            time.sleep(2)
            return {
                **figures(tally),
                "silent sockets": len(sockets),
                "silent sockets still open": still_open(sockets),
                "MB before": round(before),
                "MB after": round(memory(process)),
            }


def figures(tally: Tally) -> dict[str, object]:
    """The figures of the requests."""
    taken = sorted(tally.seconds)
    return {
        "good requests": len(taken),
        "good requests failed": sum(tally.failures.values()),
        "failures": dict(tally.failures),
        "p50 s": round(statistics.median(taken), 3),
        "p99 s": round(taken[int(len(taken) * 0.99)], 3),
        "slowest s": round(taken[-1], 3),
        "hostile requests": sum(tally.hostile.values()),
        "hostile got": dict(sorted(tally.hostile.items())),
    }


def main() -> None:
    """Run it by the words of the command line, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--share", type=float, default=0.1, help="of hostile requests")
    parser.add_argument("--silent", type=int, default=4000, help="sockets that say nothing")
    parser.add_argument("--articles", type=int, default=200)
    words = parser.parse_args()
    found = run(
        seconds=words.seconds,
        clients=words.clients,
        share=words.share,
        silent_sockets=words.silent,
        articles=words.articles,
    )
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
