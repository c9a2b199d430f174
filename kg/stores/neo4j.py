"""Into Neo4j, or any store that speaks its Bolt protocol, through the official driver."""

from __future__ import annotations

from typing import LiteralString, cast

from kg.errors import StoreError
from kg.graph import Graph
from kg.stores.cypher import PropertyGraph, Row
from kg.stores.loading import PASSWORD, USER, Loaded, LoadOptions, broken_off, credentials
from kg.stores.record import LoadRecord
from kg.version import install
from kg.views.cypher import constraints


def load_neo4j(graph: Graph, where: str, options: LoadOptions, record: LoadRecord) -> Loaded:
    """Merge entities, articles, claims and asserted statements into the store at a ``bolt://`` or ``neo4j://`` address.

    Constraints come first, then batches, each a transaction of its own.

    :raises StoreError: if the driver is not installed, or the store cannot be reached, refuses, or breaks off.
    """
    try:
        import neo4j
        from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError
    except ImportError:
        raise StoreError(f"loading over Bolt needs its driver: run {install('stores')}") from None

    try:
        driver = neo4j.GraphDatabase.driver(where, auth=credentials(), connection_timeout=10)
    except (ConfigurationError, ValueError) as error:
        remedy = "give one such as bolt://127.0.0.1:7687"
        raise StoreError(f"{where!r} cannot be a Bolt address ({_words(error)}): {remedy}") from error
    loading: PropertyGraph | None = None
    try:
        with driver, driver.session(database=options.database) as session:

            def run(query: str, rows: list[Row]) -> None:
                # The texts are ours; what an article says travels as parameters only.
                text = cast(LiteralString, query)
                session.execute_write(lambda work: work.run(text, rows=rows).consume())

            driver.verify_connectivity()
            for constraint in constraints():
                session.run(cast(LiteralString, constraint)).consume()
            loading = PropertyGraph(run, record, by_relation=True)
            return loading.load(graph, where, options)
    except (DriverError, Neo4jError) as error:
        done = loading.done + record.resumed if loading else 0
        raise broken_off(where, _reason(error), done) from error


def _reason(error: Exception) -> str:
    from neo4j.exceptions import AuthError, ClientError, ServiceUnavailable

    if isinstance(error, AuthError):
        return f"takes another user or password: set {USER} and {PASSWORD} in the environment"
    if isinstance(error, ServiceUnavailable):
        return "cannot be reached: start it, or mend the address"
    if isinstance(error, ClientError):
        return f"refuses ({_words(error)}): see its log, or name another --database"
    return f"failed ({_words(error)}): see its log"


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
