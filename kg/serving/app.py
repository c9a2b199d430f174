"""The endpoint: SPARQL 1.1 Protocol and Graph Store Protocol, to read only, and pages for people."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.rdf import Names, ready_queries
from kg.rdf.names import BASE_IRI
from kg.rdf.ready import bound
from kg.serving import resources
from kg.serving.description import description
from kg.serving.negotiation import HTML, RESULTS, TRIPLES, chosen
from kg.serving.protocol import BODY_SECONDS
from kg.serving.worker import MOST_BYTES, OK, TIMED_OUT, GraphRead, Query, Reply
from kg.serving.workers import Workers

PAGE = "graph.html"
FORM = "application/x-www-form-urlencoded"
LONGEST = 1_000_000
MOST_BYTES_OF_A_TABLE = 4_000_000
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
POLICY_OF_A_PAGE = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
START_OF_A_PAGE = 10_000
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
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
        await endpoint.begin()
        yield
        endpoint.close()

    routes = [
        Route("/", endpoint.front, methods=["GET"]),
        Route("/graph.html", endpoint.page, methods=["GET"]),
        Route("/questions", endpoint.questions, methods=["GET"]),
        Route("/sparql", endpoint.sparql, methods=["GET", "POST"]),
        Route("/store", endpoint.store, methods=["GET"]),
        *(Route(f"/{kind}/{{name}}", endpoint.resource, methods=["GET"]) for kind in resources.KINDS),
    ]
    guards = [Middleware(Guards), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    return Starlette(routes=routes, middleware=guards, lifespan=lifespan, exception_handlers={RequestError: _said})


async def _said(_: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, RequestError) else 500
    return _response(Reply.said(status, str(error)))


class Guards:
    """Headers that every answer has: a browser runs and loads nothing for it, and takes it for what it says it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add them as the answer begins."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in GUARDS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


class Endpoint:
    """The requests that the endpoint answers."""

    def __init__(self, folder: Path, workers: Workers, names: Names) -> None:
        self.folder = folder
        self.workers = workers
        self.names = names
        loader = PackageLoader("kg.serving", "pages")
        self._threads = ThreadPoolExecutor(workers.most, thread_name_prefix="kg-query")
        self._pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)

    async def begin(self) -> None:
        """Be ready."""
        await run_in_threadpool(self.workers.begin)

    def close(self) -> None:
        """End all that was begun."""
        self.workers.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answered(self, question: Query | GraphRead) -> Reply:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.workers.answer, question)

    async def front(self, _: Request) -> Response:
        """The graph, with links to all else."""
        return self._html("graph.html.j2", title="Knowledge graph")

    async def page(self, _: Request) -> Response:
        """The interactive page that the build wrote."""
        path = self.folder / PAGE
        if not path.exists():
            raise RequestError(404, f"{path} does not exist: run `kg build` again")
        policy = await run_in_threadpool(_policy_of, path)
        return FileResponse(path, media_type=HTML, headers={"Content-Security-Policy": policy})

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
        results = chosen(accept, (*RESULTS, HTML))
        wanted = RESULTS[0] if results == HTML else results
        # Someone who only takes results may still ask for triples, and the other way round: 406 says so.
        triples = TRIPLES[0] if results == HTML else chosen(accept, TRIPLES)
        most = MOST_BYTES_OF_A_TABLE if results == HTML else MOST_BYTES
        query = Query(asked.sparql, wanted, triples, asked.default_graphs, asked.named_graphs, most)
        reply = await self._answered(query)
        if results == HTML and reply.status == OK and reply.type == RESULTS[0]:
            return await run_in_threadpool(self._table, asked.sparql, reply)
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
        return _response(await self._answered(GraphRead(name, type)))

    async def resource(self, request: Request) -> Response:
        """What a graph holds at the path of its IRI: a page for people, triples for programs."""
        kind, name = request.url.path.split("/")[1], request.path_params["name"]
        iri = resources.iri_of(kind, name, self.names)
        missing = RequestError(404, f"the graph holds no {kind} {name!r}: ask /questions what it holds")
        if iri is None:
            raise missing
        type = resources.asked_for(request.headers.get("accept"))
        if type is None:
            raise RequestError(406, f"it comes as {HTML}, {', '.join(TRIPLES)}")
        if type != HTML:
            reply = await resources.triples(iri, type, self._answered)
            if reply is None:
                raise missing
            return _response(reply)
        found = await resources.found(iri, kind, self.names, self._answered)
        if found is None:
            raise missing
        if isinstance(found, Reply):
            return _response(found)
        heading = "What is claimed" if kind != "claim" else "The claim"
        most = {"most": resources.MOST_CLAIMS, "most_pointing": resources.MOST_POINTING}
        about = {"kind": kind, "name": name, "iri": iri, "heading": heading, **most}
        facts = {"facts": found.facts, "claims": found.claims, "pointing": found.pointing}
        page = self._html("resource.html.j2", title=found.label, **about, **facts)
        page.headers["Vary"] = "Accept"
        return page

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
        return HTMLResponse(self._pages.get_template(template).render(**facts))


def _policy_of(path: Path) -> str:
    """The policy that a page gives itself, to which its own copy can add nothing, as a header."""
    with path.open("rb") as file:
        found = POLICY_OF_A_PAGE.search(file.read(START_OF_A_PAGE))
    own = html.unescape(found[1].decode("utf-8", "replace")) if found else "default-src 'none'"
    printable = "".join(char for char in own if " " <= char <= "~")
    return f"{printable}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"


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
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > LONGEST:
                    raise RequestError(413, f"a query holds at most {LONGEST:,} bytes")
    except TimeoutError:
        raise RequestError(408, f"the request did not come whole within {BODY_SECONDS:g} s") from None
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
    headers = {"Vary": "Accept"}
    if reply.status == TIMED_OUT:
        headers["Retry-After"] = "5"
    return Response(reply.body, status_code=reply.status, media_type=reply.type, headers=headers)
