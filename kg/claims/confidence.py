"""Confidence: how often a claim drawn in such circumstances is right.

A logistic model. The circumstances are those in which extraction errs: how far the participants stand from the
relation, how doubtful it is whom a pronoun means, what the words leave unsaid, negation and modality, the length of
the sentence. ``confidence.tsv`` holds their weights, for asserted claims and for others, learnt from claims that were
judged by hand (``python -m kg.training confidence``); ``kg eval confidence`` prints how well the confidences hold.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Doc, Token

from kg.grammar.tree import tree_of
from kg.language.spans import head_index, tokens_of
from kg.model import Claim, Mention, Span

TABLE = Path(__file__).with_name("confidence.tsv")
LEAST, MOST = 0.05, 0.99
ANY = "any"
Kind = Literal["asserted", "other"]


def confidence(claim: Claim, doc: Doc) -> float:
    """How likely a claim is right, from 0 to 1."""
    return round(min(max(probability(circumstances(claim, doc), weights_of(kind_of(claim))), LEAST), MOST), 3)


def kind_of(claim: Claim) -> Kind:
    """Whether a claim is asserted; the others err in other ways, so that they have weights of their own."""
    return "asserted" if claim.asserted else "other"


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability that circumstances have by their weights; one that has no weight does not bear on it.

    >>> probability({"any claim": 1.0, "no object": 1.0}, {"any claim": 1.0, "no object": -1.0})
    0.5
    """
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in found.items())))


def circumstances(claim: Claim, doc: Doc) -> dict[str, float]:
    """The circumstances of a claim that bear on its being right, by name; what is not named is 0."""
    relation, subject = _head(doc, claim.relation.span), _head(doc, claim.subject.span)
    sentence = tokens_of(doc, claim.sentence)
    found = {"any claim": 1.0, "words in sentence": 0.0 if sentence is None else math.log2(len(sentence))}
    found |= dict.fromkeys(claim.rules, 1.0)
    found |= _of_participant(doc, "subject", subject, relation)
    if claim.object is None:
        found["no object"] = 1.0
    else:
        found |= _of_participant(doc, "object", _head(doc, claim.object.span), relation)
    if claim.modality != "asserted":
        found[claim.modality] = 1.0
    if claim.polarity == "negative":
        found["negative"] = 1.0
    if claim.source is not None:
        found["quoted" if claim.source.quoted else "reported"] = 1.0
    return found


def _of_participant(doc: Doc, role: str, head: Token, relation: Token) -> dict[str, float]:
    """How far a subject or object stands from the relation, how deep in a list, and how doubtful its reference is."""
    mentions: Mapping[int, Mention] = doc._.mention_heads or {}
    mention = mentions.get(head.i)
    found = {
        f"distance of {role}": math.log2(1 + abs(head.i - relation.i)),
        f"{role} in a list": float(tree_of(doc).label(head) == "conj"),
        f"{mention.type if mention else 'thing'} as {role}": 1.0,
    }
    if mention is not None:
        found[f"doubt of {mention.type} as {role}"] = 1 - mention.score
    return found


def _head(doc: Doc, span: Span) -> Token:
    """The head of a participant's or relation's words."""
    head = head_index(doc, span)
    assert head is not None  # a claim's spans are spans of its Doc
    return doc[head]


@cache
def weights_of(kind: Kind) -> Mapping[str, float]:
    """The weight of each circumstance for claims of a kind; a row of ``any`` kind holds for both."""
    with TABLE.open(encoding="utf8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["claims"] in (ANY, kind)]
    return {row["circumstance"]: float(row["weight"]) for row in rows}
