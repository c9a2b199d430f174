"""Into Neo4j, or any store that speaks its Bolt protocol, through the official driver."""

from __future__ import annotations

from typing import Any, LiteralString, cast

from kg.errors import StoreError
from kg.graph import Graph
from kg.stores.cypher import PropertyGraph, Row
from kg.stores.loading import PASSWORD, USER, Loaded, LoadOptions, broken_off, credentials
from kg.stores.record import LoadRecord
from kg.views.cypher import constraints


def load_neo4j(graph: Graph, where: str, options: LoadOptions, record: LoadRecord) -> Loaded:
    """Merge entities, articles, claims and asserted statements into the store at a ``bolt://`` or ``neo4j://`` address.

    Constraints come first, then batches, each a transaction of its own.

    :raises StoreError: if the driver is not installed, or the store cannot be reached, refuses, or breaks off.
    """
    try:
        import neo4j
        from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable
    except ImportError:
        raise StoreError("loading over Bolt needs its driver: run `python -m pip install 'kg[stores]'`") from None

    loading: PropertyGraph | None = None
    try:
        with (
            neo4j.GraphDatabase.driver(where, auth=credentials(), connection_timeout=10) as driver,
            driver.session(database=options.database) as session,
        ):

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
        if isinstance(error, AuthError):
            reason = f"takes another user or password: set {USER} and {PASSWORD} in the environment"
        elif isinstance(error, ServiceUnavailable):
            reason = "cannot be reached: start it, or mend the address"
        elif isinstance(error, ClientError):
            reason = f"refuses ({_words(error)}): see its log, or name another --database"
        else:
            reason = f"failed ({_words(error)}): see its log"
        raise broken_off(where, reason, done) from error


def _words(error: Any) -> str:
    return " ".join(str(error).split())[:200]
