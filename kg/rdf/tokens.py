"""A query taken apart as its parser would: which words of SPARQL it holds outside strings, names and comments.

It takes time in proportion to the query's length, whatever the query holds. Where a text can be taken apart in two ways
("<" begins an IRI, or means "less than") and the ways differ in what they hide, every word counts as a word of SPARQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LETTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
TOKEN = re.compile(
    rf"""(?P<space>\s++|\#[^\n\r]*+)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*+'''|\"""(?:[^"\\]|\\.|"(?!""))*+\"""
       |'(?!'')(?:[^'\\\n\r]|\\.)*+'|"(?!"")(?:[^"\\\n\r]|\\.)*+")
    |(?P<pair><<)
    |(?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
    |(?P<variable>[?$][{LETTERS}_0-9][{LETTERS}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*+)
    |(?P<local>:[A-Za-z0-9_-]*+)
    |(?P<word>\w++)
    |(?P<escaped>\\.)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
OPENING, CLOSING = "([{", ")]}"
BEFORE_AN_OPERAND = frozenset("(,=<>!+-*/&|^") | {""}
UNCLEAR = re.compile(r"['#()\[\]]")


@dataclass(slots=True)
class Query:
    """What a query holds: the words of SPARQL in it, those outside all brackets, and how deep its brackets go."""

    words: set[str] = field(default_factory=set[str])
    outer: set[str] = field(default_factory=set[str])
    depth: int = 0

    @property
    def asks_others(self) -> bool:
        """Whether a SERVICE clause may be in it. A parser needs no space before or after the word."""
        return any("SERVICE" in word for word in self.words)

    @property
    def names_graphs(self) -> bool:
        """Whether it says by FROM which graphs it asks."""
        return "FROM" in self.outer


def taken_apart(sparql: str) -> Query:
    """The words of a query, in capitals, and its depth.

    >>> taken_apart("SELECT ?service { ?s :service 'service' } # service").words == {"SELECT", "?S"} - {"?S"}
    True
    >>> taken_apart("ASK { FILTER(1<2)SERVICE#>\\n?s{} }").asks_others
    True
    """
    found = Query()
    open_brackets: list[str] = []
    before = ""
    for token in TOKEN.finditer(sparql):
        kind, text = token.lastgroup, token.group()
        if kind == "space":
            continue
        if kind == "iri" and _may_be_less_than(open_brackets, before) and UNCLEAR.search(text):
            return _all_words(sparql, found)
        if kind == "word":
            _add(text.upper(), found, before, outer=not open_brackets)
        elif kind == "other":
            if text in "'\"":  # a string without an end: nothing tells what it would hide
                return _all_words(sparql, found)
            if text in OPENING:
                open_brackets.append(text)
                found.depth = max(found.depth, len(open_brackets))
            elif text in CLOSING and open_brackets:
                open_brackets.pop()
        before = text.upper() if kind in ("word", "other") else kind or ""
    return found


def _add(word: str, found: Query, before: str, *, outer: bool) -> None:
    found.words.add(word)
    if outer and before != "PREFIX":
        found.outer.add(word)


def _may_be_less_than(open_brackets: list[str], before: str) -> bool:
    """Whether "<" may be an operator here: those stand in round brackets alone, after something to compare."""
    return open_brackets[-1:] == ["("] and before not in BEFORE_AN_OPERAND


def _all_words(sparql: str, found: Query) -> Query:
    words = {word.upper() for word in re.findall(r"\w+", sparql)}
    depth = max(found.depth, sum(sparql.count(bracket) for bracket in OPENING))
    return Query(words, words, depth)
