"""The interactive page: one HTML file that holds its data and programs, and asks nothing of any host."""

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

from kg.views.network import palette, vis_network_script
from kg.views.payload import evidence, payload

if TYPE_CHECKING:
    from kg.graph import Graph

LIMIT = 400  # so many entities are all drawn at once
FIRST = 80  # of more than that, so many
SCRIPTS = (
    "model.js", "dates.js", "state.js", "canvas.js", "labels.js", "panel.js", "controls.js", "search.js", "rove.js",
    "timeline.js", "matrix.js", "export.js", "main.js",
)  # fmt: skip


def write_html(graph: Graph, path: Path, *, title: str | None = None, limit: int | None = None) -> None:
    """Write the page; ``limit`` is how many entities it draws before its reader asks for more.

    Without one it draws all of :data:`LIMIT` entities, and of more the :data:`FIRST` weightiest.
    """
    path.write_text(page(graph, title=title, limit=limit), encoding="utf-8", newline="\n")


def page(graph: Graph, *, title: str | None = None, limit: int | None = None) -> str:
    """The page as text: the same graph gives the same text."""
    scripts = [_script(vis_network_script()), _script(_program())]
    environment = Environment(
        loader=PackageLoader("kg.views", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("template.html.j2").render(
        title=title or _title(graph),
        policy="; ".join(_policy(scripts)),
        palette=palette(),
        style=Markup(_read("page.css")),  # our own file, with nothing of the graph in it
        scripts=scripts,
        evidence=_json(evidence(graph)),
        data=_json(payload(graph, limit=limit or (LIMIT if len(graph.entities) <= LIMIT else FIRST))),
    )


def fragment(graph: Graph, *, title: str | None = None, limit: int | None = None, height: int = 640) -> str:
    """The page in a frame, for a notebook's cell; ``height`` is in pixels."""
    source = html.escape(page(graph, title=title, limit=limit), quote=True)
    name = html.escape(title or _title(graph), quote=True)
    return (
        f'<iframe title="{name}" srcdoc="{source}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width: 100%; height: {height}px; border: 0"></iframe>'
    )


def _title(graph: Graph) -> str:
    titles = [article.title for article in graph.articles.values() if article.title]
    return titles[0] if len(graph.articles) == 1 and titles else f"What {len(graph.articles)} articles say"


def _program() -> str:
    return "(() => {\n'use strict';\n" + "\n".join(_read(name) for name in SCRIPTS) + "\n})();"


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
    return (resources.files("kg.views") / "page" / name).read_text(encoding="utf-8")
