"""The plain page: pyvis's own, of what is asserted between actors, for those who go on with pyvis.

pyvis is not imported, since it imports IPython for a notebook's cell. Its template and the library it brings along are
used as they are, put into the page instead of being loaded from other hosts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import escape

from kg.errors import ExportError
from kg.views.network import by_salience, is_office, palette

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Statement

OPTIONS: dict[str, Any] = {
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.6}}, "smooth": {"type": "dynamic"}},
    "interaction": {"hover": True},
    "nodes": {"font": {"size": 30}},
    "physics": {
        "barnesHut": {"gravitationalConstant": -6000, "centralGravity": 0.6, "springLength": 140},
        "stabilization": {"iterations": 200},
    },
}  # fmt: skip
_OTHER_HOSTS = re.compile(
    r'<link\s[^>]*href="https?://[^>]*>(?:\s*</link>)?|<script\s[^>]*src="https?://[^>]*>\s*</script>'
)


def plain_page(graph: Graph, *, title: str) -> str:
    """The page as text: a node for each actor with an asserted act, an edge for each pair and direction.

    :raises ExportError: if pyvis is not installed.
    """
    edges = _edges(graph)
    joined = {end for edge in edges for end in (edge["from"], edge["to"])}
    nodes = [_node(w.entity.id, graph) for w in by_salience(graph) if w.entity.id in joined]
    page = _template().render(
        height="720px", width="100%", bgcolor="#ffffff", font_color="#1c2126", heading="", nodes=nodes, edges=edges,
        options=_json(OPTIONS), physics_enabled=True, use_DOT=False, dot_lang="", widget=False, conf=False, bgcolors={},
        tooltip_link=False, neighborhood_highlight=False, select_menu=False, filter_menu=False, notebook=False,
        cdn_resources="in_line",
    )  # fmt: skip
    return _OTHER_HOSTS.sub("", page).replace("<head>", f"<head>\n<title>{escape(title)}</title>", 1)


def _template() -> Any:
    spec = find_spec("pyvis")  # finds the package without running it
    if spec is None or not spec.submodule_search_locations:
        raise ExportError("the plain page needs pyvis: pip install pyvis")
    folder = Path(spec.submodule_search_locations[0]) / "templates"
    environment = Environment(loader=FileSystemLoader(folder, encoding="utf-8"))
    return environment.get_template("template.html")


def _json(value: Any) -> str:
    """JSON as it may stand inside a script element."""
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value))


def _node(id: str, graph: Graph) -> dict[str, Any]:
    entity = graph.entities[id]
    return {
        "id": id,
        "label": entity.name,
        "title": f"{entity.kind} {entity.wikidata or ''}".strip(),
        "shape": "dot",
        "size": 16 + 5 * min(15, graph.weights.get(id, 0)) ** 0.5,
        "color": palette()["kinds"][entity.kind]["light"],
    }


def _edges(graph: Graph) -> list[dict[str, Any]]:
    """What is asserted from one actor to another, as one edge with all its verbs."""
    pairs: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in graph.statements:
        ends = statement.subject, statement.object
        things = any(graph.entities[end].kind == "thing" for end in ends)
        if statement.asserted and not things and ends[0] != ends[1] and not is_office(statement, graph):
            pairs[ends].append(statement)
    return [_edge(*ends, statements, graph) for ends, statements in sorted(pairs.items())]


def _edge(subject: str, object: str, statements: list[Statement], graph: Graph) -> dict[str, Any]:
    strongest = max(statements, key=lambda s: (len(s.claims), s.confidence, s.id))
    quad = strongest.event.quad if strongest.event else "none"
    labels = ", ".join(sorted({graph.label(statement) for statement in statements}))
    return {
        "from": subject,
        "to": object,
        "title": f"{graph.name(subject)} {labels} {graph.name(object)}",
        "color": palette()["quads"][quad]["light"],
        "width": 1 + min(8, 2 * sum(len(statement.claims) for statement in statements)),
        "arrows": "to",
    }
