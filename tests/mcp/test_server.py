"""The server for language models, asked by the SDK's own client."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

import kg

mcp = pytest.importorskip("mcp")

TEXTS = [
    {"text": "Laos rejected the proposal of Vietnam. Fiji threatened Tonga on Monday.", "published": "2023-05-02",
     "url": "https://example.org/one"},
    {"text": "Vietnam criticised Laos. Vietnam did not attack Laos.", "published": "2024-06-11"},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    kg.build(TEXTS, out=out, pipeline="small", views=False)
    return out


def asked(folder: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    from kg.mcp import server_of

    async def ask() -> list[Any]:
        async with mcp.Client(server_of(folder)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(ask())


def facts(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    return result.structured_content


def test_every_tool_reads_only_and_is_described(folder: Path) -> None:
    from kg.mcp import server_of

    async def ask() -> Any:
        async with mcp.Client(server_of(folder)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(ask())
    assert {tool.name for tool in tools} == {"search", "about", "between", "events", "evidence", "sparql"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)


def test_answers_carry_their_sentences_and_addresses(folder: Path) -> None:
    found, about, between, events = asked(
        folder,
        ("search", {"name": "laos"}),
        ("about", {"name": "Fiji"}),
        ("between", {"a": "Vietnam", "b": "Laos"}),
        ("events", {"type": "threaten", "since": "2023-01-01"}),
    )
    assert facts(found)["entities"][0]["name"] == "Laos"
    (threat,) = facts(about)["statements"]
    assert (threat["subject"], threat["object"], threat["standing"]) == ("Fiji", "Tonga", "asserted")
    assert threat["evidence"][0]["sentence"] == "Fiji threatened Tonga on Monday."
    assert threat["evidence"][0]["url"] == "https://example.org/one"
    assert any(one["standing"] == "denied" for one in facts(between)["statements"])
    assert facts(events)["events"][0]["target"] == "Tonga"
    (evidence,) = asked(folder, ("evidence", {"statement": threat["id"]}))
    assert facts(evidence)["found"] == 1 and "never that it is true" in facts(evidence)["note"]


def test_sparql_is_answered_and_refused_in_one_line(folder: Path) -> None:
    rows, broken, update, unknown = asked(
        folder,
        ("sparql", {"query": "SELECT (COUNT(?c) AS ?n) WHERE { ?c a kg:Claim }"}),
        ("sparql", {"query": "SELECT ?c WHERE {"}),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        ("about", {"name": "Atlantis"}),
    )
    assert int(facts(rows)["results"]["bindings"][0]["n"]["value"]) > 2
    for refused in (broken, update, unknown):
        assert refused.is_error and "Traceback" not in refused.content[0].text
    assert "Atlantis" in unknown.content[0].text


def test_the_command_speaks_the_protocol(folder: Path) -> None:
    parameters = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--graph", str(folder)])

    async def ask() -> Any:
        async with mcp.Client(mcp.stdio_client(parameters)) as client:
            return await client.call_tool("search", {"name": "Tonga"})

    assert facts(asyncio.run(asyncio.wait_for(ask(), 60)))["entities"][0]["name"] == "Tonga"
