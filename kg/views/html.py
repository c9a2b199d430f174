"""The interactive page: one HTML file that holds its data and programs, and asks nothing of any host.

The program is bundled from the modules of ``page/src`` (``npm run build`` there) into ``page/dist``, which is what is
installed: a build of a graph needs no JavaScript tools.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kg.views.excerpts import excerpt
from kg.views.network import palette
from kg.views.payload import evidence, payload
from kg.views.titles import source_line, title_of

if TYPE_CHECKING:
    from kg.graph import Graph

LIMIT = 90  # so many actors are all drawn at once
FIRST = 60  # of more than that, so many
MOST_CLAIMS = 60_000  # a page of 40 MB; of a larger graph it holds the strongest statements


def write_html(
    graph: Graph, path: Path, *, title: str | None = None, limit: int | None = None, plain: bool = False
) -> None:
    """Write the page; ``limit`` is how many actors it draws before its reader asks for more.

    Without one it draws all of :data:`LIMIT` actors, and of more the :data:`FIRST` weightiest. ``plain`` gives pyvis's
    page of what is asserted instead, to be changed in a program that knows pyvis.
    """
    if plain:
        from kg.views.plain import plain_page

        text = plain_page(graph, title=title or title_of(graph))
    else:
        text = page(graph, title=title, limit=limit)
    path.write_text(text, encoding="utf-8", newline="\n")


def page(graph: Graph, *, title: str | None = None, limit: int | None = None, most: int = MOST_CLAIMS) -> str:
    """The page as text: the same graph gives the same text.

    Of a graph with more than ``most`` claims it holds the strongest statements that have no more, and says so.
    """
    title = title or title_of(graph)
    line, claims = source_line(graph), len(graph.claims)
    graph = excerpt(graph, most=most)
    actors = sum(entity.kind != "thing" for entity in graph.entities.values())
    drawn = limit or (LIMIT if actors <= LIMIT else FIRST)
    values = payload(graph, limit=drawn, title=title) | {"line": line, "claims_in_all": claims, "flags": _flags(graph)}
    return _rendered(title, values, evidence(graph), world=_world() if _is_located(graph) else "null")


def _rendered(title: str, data: Any, words: Any, *, world: str) -> str:
    program = _script(_read("dist/page.js"))
    environment = Environment(
        loader=PackageLoader("kg.views", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("template.html.j2").render(
        title=title,
        line=data["line"],
        policy="; ".join(_policy([program])),
        palette=palette(),
        style=Markup(_read("page.css")),  # our own file, with nothing of the graph in it
        scripts=[program],
        evidence=_json(words),
        world=Markup(world),
        data=_json(data),
    )


def fragment(graph: Graph, *, title: str | None = None, limit: int | None = None, height: int = 640) -> str:
    """The page in a frame, for a notebook's cell; ``height`` is in pixels."""
    source = html.escape(page(graph, title=title, limit=limit), quote=True)
    name = html.escape(title or title_of(graph), quote=True)
    return (
        f'<iframe title="{name}" srcdoc="{source}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width: 100%; height: {height}px; border: 0"></iframe>'
    )


def _flags(graph: Graph) -> dict[str, str]:
    """The flags of the states that entities of the graph are or belong to, as SVG, by alpha-3 code."""
    flags: dict[str, str] = json.loads(_read("dist/flags.json"))
    codes = {entity.country_code for entity in graph.entities.values()}
    return {code: flags[code] for code in sorted(code for code in codes if code) if code in flags}


def _world() -> str:
    """The map of the world, as TopoJSON."""
    return _read("dist/world.json")


def _is_located(graph: Graph) -> bool:
    return any(e.latitude is not None or e.country_code is not None for e in graph.entities.values())


def _policy(scripts: list[Markup]) -> list[str]:
    """A content security policy under which the page runs its own scripts, and loads nothing."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return ["default-src 'none'", f"script-src {hashes}", "style-src 'unsafe-inline'", "img-src data: blob:"]


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _script(source: str) -> Markup:
    """A program as it may stand inside a script element, which only a closing tag inside it could end."""
    return Markup(source.replace("</script", r"<\/script").replace("<!--", r"<\!--"))


def _json(value: Any) -> Markup:
    """JSON as it may stand inside a script element: no character of it can open or close a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _read(name: str) -> str:
    folder, _, file = name.rpartition("/")
    place = resources.files("kg.views") / "page"
    return ((place / folder if folder else place) / file).read_text(encoding="utf-8")
