"""The endpoint: SPARQL 1.1 Protocol and Graph Store Protocol, to read only, and pages for people."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.rdf import Names, ready_queries
from kg.rdf.names import BASE_IRI
from kg.rdf.ready import bound
from kg.serving.description import description
from kg.serving.guards import asks_other_hosts
from kg.serving.negotiation import HTML, RESULTS, TRIPLES, chosen
from kg.serving.workers import OK, GraphRead, Query, Reply, Workers

PAGE = "graph.html"
FORM = "application/x-www-form-urlencoded"
LONGEST = 1_000_000
EXAMPLE = """\
SELECT ?subject ?relation ?object WHERE {
  ?s ?p ?o .
  ?s rdfs:label ?subject . ?o rdfs:label ?object .
  ?p rdfs:subPropertyOf kg:relatedTo ; rdfs:label ?relation .
}"""
READ_ONLY = "the graph is served to be read only: change it with `kg build` and `kg remove`"


class RequestError(Exception):
    """A request that is answered with an error: its status, and a line that says what to mend."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of the SPARQL protocol."""

    sparql: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def application(
    folder: Path, *, base_iri: str | None = None, seconds: float = 30.0, workers: int = 2, hosts: tuple[str, ...]
) -> Starlette:
    """The endpoint over the store of a folder, as an ASGI application.

    :param seconds: how long a query may take.
    :param workers: how many queries are answered at a time.
    :param hosts: the names by which it may be called; a page elsewhere cannot reach it by a name of its own.
    """
    endpoint = Endpoint(folder, Workers(folder, seconds=seconds, count=workers), Names(base_iri))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        endpoint.workers.close()

    routes = [
        Route("/", endpoint.front, methods=["GET"]),
        Route("/graph.html", endpoint.page, methods=["GET"]),
        Route("/questions", endpoint.questions, methods=["GET"]),
        Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
        Route("/store", endpoint.store, methods=["GET"]),
    ]
    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    return Starlette(routes=routes, middleware=guards, lifespan=lifespan, exception_handlers={RequestError: _said})


async def _said(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, RequestError) else 500
    return PlainTextResponse(f"{error}\n", status_code=status)


class Endpoint:
    """The requests that the endpoint answers."""

    def __init__(self, folder: Path, workers: Workers, names: Names) -> None:
        self.folder = folder
        self.workers = workers
        self.names = names
        loader = PackageLoader("kg.serving", "pages")
        self._pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    async def front(self, _: Request) -> Response:
        """The graph, with links to all else."""
        return self._html("graph.html.j2", title="Knowledge graph")

    async def page(self, _: Request) -> Response:
        """The interactive page that the build wrote."""
        path = self.folder / PAGE
        if not path.exists():
            raise RequestError(404, f"{path} does not exist: run `kg build` again")
        return FileResponse(path, media_type=HTML)

    async def questions(self, request: Request) -> Response:
        """The ready questions as links, and a form for any other."""
        found = [
            {
                "title": query.title,
                "description": query.description,
                "query": urlencode({"query": bound(query, {}, base_iri=self.names.base, default_base=BASE_IRI)}),
            }
            for query in ready_queries()
        ]
        endpoint = str(request.url_for("sparql"))
        facts = {"endpoint": endpoint, "seconds": self.workers.seconds, "example": EXAMPLE}
        return self._html("questions.html.j2", title="Questions", questions=found, **facts)

    async def sparql(self, request: Request) -> Response:
        """A query by GET, by a form, or as the body of a POST; the service description when there is none."""
        asked = await _asked(request)
        accept = request.headers.get("accept")
        if asked.sparql is None:
            return self._description(request, accept)
        if asks_other_hosts(asked.sparql):
            raise RequestError(403, "SERVICE is not answered: ask that endpoint yourself")
        results = chosen(accept, (*RESULTS, HTML))
        wanted = RESULTS[0] if results == HTML else results
        # Someone who only takes results may still ask for triples, and the other way round: 406 says so.
        triples = TRIPLES[0] if results == HTML else chosen(accept, TRIPLES)
        query = Query(asked.sparql, wanted, triples, asked.default_graphs, asked.named_graphs)
        reply = await run_in_threadpool(self.workers.answer, query)
        if results == HTML and reply.status == OK and reply.type == RESULTS[0]:
            return self._table(asked.sparql, reply)
        return _response(reply)

    async def store(self, request: Request) -> Response:
        """A graph by its name, or the default graph."""
        name = request.query_params.get("graph")
        if (name is None) == ("default" not in request.query_params):
            raise RequestError(400, "name one graph: /store?graph=IRI, or /store?default")
        accept = request.headers.get("accept")
        type = chosen(accept, TRIPLES) or (TRIPLES[0] if chosen(accept, (HTML,)) else None)
        if type is None:
            raise RequestError(406, f"graphs come as {', '.join(TRIPLES)}")
        _checked(name)
        return _response(await run_in_threadpool(self.workers.answer, GraphRead(name, type)))

    def _description(self, request: Request, accept: str | None) -> Response:
        type = chosen(accept, (*TRIPLES, HTML))
        if type == HTML:
            return RedirectResponse("/questions", status_code=303)
        if type is None:
            raise RequestError(406, f"the service description comes as {', '.join(TRIPLES)}")
        return Response(description(str(request.url_for("sparql")), type), media_type=type)

    def _table(self, sparql: str, reply: Reply) -> Response:
        found = json.loads(reply.body)
        variables = found["head"].get("vars", [])
        bindings = found.get("results", {}).get("bindings", [])
        rows = [[row.get(name, {}).get("value", "") for name in variables] for row in bindings]
        facts = {"variables": variables, "rows": rows, "boolean": found.get("boolean")}
        return self._html("answer.html.j2", title="Answer", sparql=sparql, **facts)

    def _html(self, template: str, **facts: object) -> Response:
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'"
        return HTMLResponse(
            self._pages.get_template(template).render(**facts), headers={"Content-Security-Policy": policy}
        )


async def _asked(request: Request) -> Asked:
    """The parameters of a request, wherever the protocol puts them.

    :raises RequestError: if it holds an update, two queries, or none where there must be one.
    """
    address = parse_qs(request.url.query, keep_blank_values=True)
    if request.method != "POST":
        return _of_parameters(address)
    type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await _body(request)
    if type == FORM:
        return _of_parameters({**address, **parse_qs(body, keep_blank_values=True)}, needed=True)
    if type == "application/sparql-query":
        return _of_parameters({**address, "query": [body]})
    if type == "application/sparql-update":
        raise RequestError(403, READ_ONLY)
    raise RequestError(415, f"a query is POSTed as {FORM} or application/sparql-query, not {type or 'nothing'}")


def _of_parameters(found: dict[str, list[str]], *, needed: bool = False) -> Asked:
    if "update" in found:
        raise RequestError(403, READ_ONLY)
    queries = found.get("query", [])
    if len(queries) > 1 or (needed and not queries):
        raise RequestError(400, f"give one query, not {len(queries)}")
    default, named = (tuple(found.get(f"{kind}-graph-uri", [])) for kind in ("default", "named"))
    for name in (*default, *named):
        _checked(name)
    return Asked(queries[0] if queries else None, default, named)


async def _body(request: Request) -> str:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise RequestError(413, f"a query holds at most {LONGEST:,} bytes")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, "a query is written in UTF-8") from error


def _checked(name: str | None) -> None:
    from pyoxigraph import NamedNode

    try:
        if name is not None:
            NamedNode(name)
    except ValueError as error:
        raise RequestError(400, f"{name!r} is no IRI") from error


def _response(reply: Reply) -> Response:
    return Response(reply.body, status_code=reply.status, media_type=reply.type, headers={"Vary": "Accept"})
