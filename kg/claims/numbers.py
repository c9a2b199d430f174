"""The numbers of a claim: how many were killed, wounded, arrested or displaced, how many troops, how much money.

``number_words.tsv`` says which verbs count those to whom they are done ("killed 12"), which those who do it ("12
died"), which words say how somebody was left ("left 12 dead"), and which noun stands for which currency.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.claims.context import Context, Draft
from kg.claims.participants import phrase
from kg.language.quantities import ABOUT, AT_LEAST, AT_MOST, quantity
from kg.model import Number, NumberKind, Span

TABLE = Path(__file__).with_name("number_words.tsv")
MONEY: NumberKind = "money"
TROOPS: NumberKind = "troops"
BEFORE = re.compile(rf"(?:{AT_LEAST.pattern}|{AT_MOST.pattern}|{ABOUT.pattern})(?: an?)?\s*$", re.IGNORECASE)
WINDOW = 4


def numbers_of(context: Context, draft: Draft) -> tuple[Number, ...]:
    """The numbers that a draft of a claim gives, in order of the text."""
    found = [*_people(context, draft), *_money(context, draft)]
    return tuple(sorted(found, key=lambda number: number.span))


def _people(context: Context, draft: Draft) -> Iterator[Number]:
    if draft.nominal:
        return
    undergoes = _undergoer(context, draft) or draft.object
    for part, head in (("undergoer", undergoes), ("doer", draft.subject)):
        kind = _table().get((_verb(context, draft.predicate), "verb", part))
        kind = kind or (_result(context, draft.predicate) if part == "undergoer" else None)
        if (
            kind is None
            or head is None
            or (kind == TROOPS and (head.lemma_.lower(), "noun", "counted") not in _table())
        ):
            continue
        yield from _counted(context, cast(NumberKind, kind), head)


def _undergoer(context: Context, draft: Draft) -> Token | None:
    """Whom a passive without an agent tells of: its subject."""
    clause = context.clauses.get(draft.predicate.i)
    return draft.subject if clause is not None and clause.passive and draft.subject in clause.subjects else None


def _verb(context: Context, verb: Token) -> str:
    particle = context.tree.child(verb, "compound:prt")
    return verb.lemma_.lower() + (f" {particle.lower_}" if particle is not None else "")


def _result(context: Context, verb: Token) -> str | None:
    """How somebody was left: "left 12 dead"."""
    results = (_table().get((t.lower_, "word", "result")) for t in context.tree.children(verb, "xcomp"))
    return next((kind for kind in results if kind), None)


def _counted(context: Context, kind: NumberKind, head: Token) -> Iterator[Number]:
    """The number of a noun phrase: before its noun, or the phrase's head itself ("dozens of civilians", "12")."""
    words = context.tree.subtree(head)
    number = next((t for t in context.tree.children(head, "nummod") if t.pos_ == "NUM"), None)
    if number is None and (head.pos_ == "NUM" or quantity(head.text) is not None):
        number = head
    if number is None:
        return
    inside = [number] if number is head else context.tree.subtree(number)
    first, last = min(t.i for t in inside), max(t.i for t in inside)
    span = _with_bounds(context, context.doc[first : last + 1])
    found = quantity(span.text)
    if found is None:
        return
    left = {t.i for t in words if (t.lower_, "word", "result") not in _table()}
    rest = [t for t in phrase(context, head) if t.i > last and t.i in left]
    end = next((n for n, t in enumerate(rest) if t.is_punct or t.lower_ == "including"), len(rest))
    rest = rest[:end]
    of = " ".join(t.text for t in rest).removeprefix("of ").strip() or None
    yield Number(kind, span.text, Span(span.start_char, span.end_char), *found, of=of)


def _with_bounds(context: Context, number: TokenSpan) -> TokenSpan:
    """A number with the words before it that say between which bounds it lies."""
    for size in range(WINDOW, 0, -1):
        start = number.start - size
        if start >= number.sent.start and BEFORE.fullmatch(context.doc[start : number.start].text):
            return context.doc[start : number.end]
    return number


def _money(context: Context, draft: Draft) -> Iterator[Number]:
    """The sums in what is given, lent or spent: "gave $2 billion", "a loan of 5 million euros"."""
    if draft.object is None or draft.nominal:
        return
    object_words = {t.i for t in phrase(context, draft.object)}
    for span in context.doc.ents:
        if span.label_ != "MONEY" or not object_words.issuperset(range(span.start, span.end)):
            continue
        whole = _with_bounds(context, span)
        found = quantity(whole.text)
        code = next((code for t in span if (code := _currency(t))), None)
        if found is not None:
            yield Number(MONEY, whole.text, Span(whole.start_char, whole.end_char), *found, of=code)


def _currency(token: Token) -> str | None:
    forms = (token.lower_, token.lemma_.lower())
    return next((code for form in forms if (code := _table().get((form, "noun", "currency")))), None)


@cache
def _table() -> Mapping[tuple[str, str, str], str]:
    with TABLE.open(encoding="utf8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["word"], row["pos"], row["part"]): row["kind"] for row in rows}
