"""What a query to the endpoint may not hold: it reads the graph that is served, and asks no other host."""

from __future__ import annotations

import re

_SPACE = r"(?:\s|#[^\n\r]*[\n\r])*"
_TARGET = r"(?:<[^<>]*>|[?$]\w+|[^\s{}\"<>]*:[^\s{}\"]*)"
# Between SERVICE and its brace stands one IRI, variable or prefixed name. What comes before is not looked at, but for
# the mark of a variable or prefixed name: nothing that a query may hold there hides the word.
_SERVICE = re.compile(rf"(?<![?$:])SERVICE{_SPACE}(?:SILENT{_SPACE})?{_TARGET}{_SPACE}\{{", re.IGNORECASE)


def asks_other_hosts(sparql: str) -> bool:
    """Whether a query has a SERVICE clause.

    >>> asks_other_hosts("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    True
    >>> asks_other_hosts("ASK { ?service ?p 'the service {' }")
    False
    """
    return _SERVICE.search(sparql) is not None
