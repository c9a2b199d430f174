"""Score coreference on a treebank with GUM's entities: predicted mentions, singletons left out.

All chains are scored, actors or not. A predicted mention is the whole phrase around its head, as the treebank marks
one, and is right when it covers the same characters. ``head_conll_f1`` asks only for the same head. ``gum`` takes every
gold mention, ``gum-named`` only names and pronouns on either side.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors.chain_mentions import ChainMention
from kg.actors.chains import chains
from kg.corpora.gum import GoldMention, read_mentions
from kg.evaluation.clusters import Cluster, Tally
from kg.evaluation.scoring import Counts, Scores, to_json, write_lines
from kg.model import MentionType, Span

ACTORS = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted mention as the scorer sees it: its whole phrase, its head, its entity and its type."""

    span: Span
    head: Span
    entity: str
    type: MentionType


def score(gold: Path, *, nlp: Language, format: str = "gum", predictions: Path | None = None) -> Scores:
    """``muc``, ``b3``, ``ceafe``, ``conll_f1``, ``pronoun_accuracy``; n counts gold mentions that corefer.

    ``conll_f1_GENRE`` is given where the file names several genres.

    :raises EvaluationError: if the file has no such entities.
    """
    documents = read_mentions(gold)
    docs = list(nlp.pipe(document.text for document, _ in documents))
    found = [found_mentions(doc) for doc in docs]
    golds = [mentions for _, mentions in documents]
    write_lines(predictions, (_line(d.name, m) for (d, _), ms in zip(documents, found, strict=True) for m in ms))
    pronouns = sum((pronoun_counts(ours, theirs) for theirs, ours in zip(golds, found, strict=True)), Counts())
    if format == "gum-named":
        golds = [[m for m in mentions if m.type != "nominal"] for mentions in golds]
        found = [[m for m in mentions if m.type != "nominal"] for mentions in found]
    scores: Scores = {
        "n": sum(len(cluster) for mentions in golds for cluster in clusters_of(mentions) if len(cluster) > 1),
        **score_mentions(golds, found),
        "head_conll_f1": score_mentions(golds, found, by_head=True)["conll_f1"],
        "pronoun_accuracy": pronouns.recall,
        "pronouns": pronouns.gold,
    }
    genres = sorted({document.genre for document, _ in documents})
    for genre in genres if len(genres) > 1 else ():
        chosen = [i for i, (document, _) in enumerate(documents) if document.genre == genre]
        part = score_mentions([golds[i] for i in chosen], [found[i] for i in chosen])
        scores[f"conll_f1_{genre or 'other'}"] = part["conll_f1"]
    return scores


def score_mentions(
    golds: Sequence[Sequence[GoldMention]], found: Sequence[Sequence[Found]], *, by_head: bool = False
) -> Scores:
    """The three measures and their mean over documents, mentions compared by span or by head."""
    tally = Tally()
    for theirs, ours in zip(golds, found, strict=True):
        tally.add(clusters_of(theirs, by_head=by_head), clusters_of(ours, by_head=by_head))
    return tally.scores()


def clusters_of(mentions: Iterable[GoldMention | Found], *, by_head: bool = False) -> list[Cluster]:
    """The mentions by entity; where two share a span (or a head), the first counts."""
    clusters: dict[str, set[Hashable]] = {}
    seen: set[Span] = set()
    for mention in mentions:
        place = mention.head if by_head else mention.span
        if place not in seen:
            seen.add(place)
            clusters.setdefault(mention.entity, set()).add(place)
    return [frozenset(cluster) for cluster in clusters.values()]


def pronoun_counts(found: Sequence[Found], golds: Sequence[GoldMention]) -> Counts:
    """How many pronouns for an actor were taken to be the right one.

    A gold pronoun counts when its entity is a person, organisation or place that some other mention names or describes.
    It is right when the nearest mention that is no pronoun of the entity predicted for it, before it or else after it,
    has the same head as a mention of its gold entity.
    """
    named = {mention.head: mention.entity for mention in golds if mention.type != "pronoun"}
    entities = set(named.values())
    predicted = {mention.head: mention for mention in found}
    wanted = [m for m in golds if m.type == "pronoun" and m.category in ACTORS and m.entity in entities]
    right = 0
    for pronoun in wanted:
        ours = predicted.get(pronoun.head)
        antecedent = _antecedent(ours, found) if ours else None
        right += antecedent is not None and named.get(antecedent.head) == pronoun.entity
    return Counts(correct=right, predicted=sum(m.head in predicted for m in wanted), gold=len(wanted))


def _antecedent(pronoun: Found, found: Sequence[Found]) -> Found | None:
    same = [m for m in found if m.entity == pronoun.entity and m.type != "pronoun"]
    before = [m for m in same if m.head.start < pronoun.head.start]
    return before[-1] if before else next(iter(same), None)


def found_mentions(doc: Doc) -> list[Found]:
    """The mentions of a Doc's coreference chains, in order of the text; ``entity`` is the number of the chain."""
    found: list[Found] = []
    for number, chain in enumerate(chains(doc)):
        for mention in chain:
            words, head = doc[mention.start : mention.end], doc[mention.head]
            found.append(
                Found(
                    span=Span(words.start_char, words.end_char),
                    head=Span(head.idx, head.idx + len(head)),
                    entity=str(number),
                    type=_type(mention),
                )
            )
    return sorted(found, key=lambda mention: (mention.head, mention.span))


def _type(mention: ChainMention) -> MentionType:
    return "pronoun" if mention.pronoun else "name" if mention.form == "name" else "nominal"


def _line(name: str, mention: Found) -> str:
    span = [mention.span.start, mention.span.end]
    return to_json({"document": name, "span": span, "entity": mention.entity, "type": mention.type})
