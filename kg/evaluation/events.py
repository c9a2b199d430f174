"""Score event types on sentences whose source and target are known, and their PLOVER root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.corpora.event_pairs import QUAD_OF, Pair, read_pairs
from kg.events.coder import Coder
from kg.events.tables import cameo_codes
from kg.events.triggers import event_between
from kg.model import Claim, Event
from kg.model import Span as CharSpan

# The older name of two types, which the manual of 2024 tells apart.
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def score(path: str | Path, pipeline: Language) -> dict[str, float | int | str]:
    """Macro-averaged F1 (0 to 1) of root type and quad class, given the pair, and the share of sentences coded.

    A pipeline that makes claims is scored end to end too: no pair is given, and an event is right if its subject meets
    the source, its object or an argument meets the target, and its root type is the gold one. A file with sentences
    held out gives their figures besides, and one with pairs that share no event, which share of those was coded.

    :raises EvaluationError: if the file is missing, lacks a column or has a damaged row.
    """
    pairs = read_pairs(path)
    docs = list(pipeline.pipe([pair.text for pair in pairs]))
    predicted = list(predict(pairs, docs))
    claims = "kg_events" in pipeline.pipe_names
    figures = _figures(pairs, docs, predicted, claims=claims)
    held = [n for n, pair in enumerate(pairs) if pair.held]
    if held:
        figures |= {
            f"held_{name}": figure
            for name, figure in _figures(
                [pairs[n] for n in held], [docs[n] for n in held], [predicted[n] for n in held], claims=claims
            ).items()
        }
    return {"task": "events", **figures}


def _figures(
    pairs: list[Pair], docs: list[Doc], predicted: list[tuple[str, str]], *, claims: bool
) -> dict[str, float | int]:
    events = [(p, roots) for p, roots in zip(pairs, predicted, strict=True) if p.root]
    figures: dict[str, float | int] = {
        "n": len(pairs),
        "root_macro_f1": macro_f1([p.root for p in pairs], [root for root, _ in predicted]),
        "quad_macro_f1": macro_f1([p.quad for p in pairs], [quad for _, quad in predicted]),
        "coded": _share([bool(root) for _, (root, _) in events]),
    }
    if len(events) < len(pairs):
        figures["none_coded"] = _share([bool(r) for p, (r, _) in zip(pairs, predicted, strict=True) if not p.root])
    return figures | {"end_to_end_f1": end_to_end_f1(pairs, docs)} if claims else figures


def _share(those: list[bool]) -> float:
    return round(sum(those) / max(1, len(those)), 4)


def predict(pairs: Iterable[Pair], docs: Iterable[Doc]) -> Iterator[tuple[str, str]]:
    """Root type, as the gold names it, and quad class of each pair; empty strings where nothing was found."""
    coder, older = Coder.load(), _older_roots()
    for pair, doc in zip(pairs, docs, strict=True):
        source = _span(doc, pair.source)
        event = event_between(source, _span(doc, pair.target) if pair.target else source, coder=coder)
        if event is None or event.cameo is None:
            yield "", ""
        elif pair.older:
            yield _older_names(event, older[event.cameo])
        else:
            yield event.type, QUAD_OF[event.quad]


def _older_roots() -> dict[str, str]:
    """The root type of each CAMEO code by the names that older gold files use."""
    return {code.code: OLDER.get(code.type_older, code.type_older) for code in cameo_codes().values()}


def _older_names(event: Event, root: str) -> tuple[str, str]:
    if root == "YIELD":
        return root, QUAD_OF["material cooperation"]
    return root, QUAD_OF["verbal conflict" if root == "ACCUSE" else event.quad]


def end_to_end_f1(pairs: list[Pair], docs: list[Doc]) -> float:
    """F1 (0 to 1) of the coded claims against the pairs: both actors and the root type must be right."""
    older = _older_roots()
    right = coded = 0
    for pair, doc in zip(pairs, docs, strict=True):
        coded += len({claim.relation.span for claim in doc._.claims if claim.event})
        right += bool(pair.root) and pair.root in {
            root for claim in doc._.claims for root in _coded(claim, pair, older)
        }
    gold = sum(1 for pair in pairs if pair.root)
    return round(2 * right / (coded + gold), 4) if coded else 0.0


def _coded(claim: Claim, pair: Pair, older: dict[str, str]) -> Iterator[str]:
    """The root type of a claim that has the pair's source as subject and its target as object or argument."""
    if claim.event is None or claim.event.cameo is None or not _meets(claim.subject.span, pair.source):
        return
    others = [a.span for a in claim.arguments if a.span] + ([claim.object.span] if claim.object else [])
    if pair.target is None or any(_meets(span, pair.target) for span in others):
        yield older[claim.event.cameo] if pair.older else claim.event.type


def _meets(span: CharSpan, where: tuple[int, int]) -> bool:
    return span.start < where[1] and where[0] < span.end


def _span(doc: Doc, where: tuple[int, int]) -> Span:
    start, end = where
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    while start < end and doc.text[start].isspace():
        start += 1
    found = doc.char_span(start, end, alignment_mode="expand")
    return found if found is not None and len(found) else doc[:1]


def macro_f1(gold: list[str], predicted: list[str]) -> float:
    """The mean F1 over the labels of the gold list; an empty label is none of them.

    >>> macro_f1(["AID", "AID", "REJECT", ""], ["AID", "", "REJECT", ""])
    0.8333
    """
    scores: list[float] = []
    for label in sorted(set(gold) - {""}):
        right = sum(1 for g, p in zip(gold, predicted, strict=True) if g == p == label)
        total = gold.count(label) + predicted.count(label)
        scores.append(2 * right / total)
    return round(sum(scores) / len(scores), 4) if scores else 0.0
