"""Score the claims of one article against claims that a careful reader took from it.

Gold and predicted claims are the same when their subjects, the heads of their relations, and their objects are. Two
participants are the same when they are one entity, or have the same head noun. Each claim is matched once, in order of
the text, title with title and body with body. Polarity, modality and attribution are scored on the claims found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.corpora.files import json_lines, malformed
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores, to_json, write_lines
from kg.language.spans import head_index
from kg.model import MODALITIES, POLARITIES, Article, Claim, Entity, Participant

TITLE = "title"
DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "this", "that", "these", "those"})
PREPOSITIONS = frozenset(
    {"about", "at", "between", "by", "for", "from", "in", "into", "near", "of", "on", "to", "with"}
)
FIELDS = ("sentence", "subject", "relation", "object", "polarity", "modality", "attribution")
Resolve = Callable[[str], str | None]
"""The id of the entity that a name stands for, where the knowledge base knows it."""
Same = Callable[[str, Participant], bool]
"""Whether a gold name or phrase and a participant mean the same."""


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A line of the gold: names and phrases as the reader wrote them."""

    title: bool
    subject: str
    relation: str
    object: str
    polarity: str
    modality: str
    attribution: str | None


def score(gold: Path, *, nlp: Language, format: str = "claims", predictions: Path | None = None) -> Scores:
    """How many claims were ``found``, and on those the accuracy of ``polarity``, ``modality`` and ``attribution``.

    ``predictions`` gets a line for each claim found, missed, or extra. n counts gold claims.

    :raises EvaluationError: if the gold is malformed, or its article is not found.
    """
    claims = read(gold)
    record = kg.extract(read_article(article_beside(gold)), pipeline=nlp)
    entities = {entity.id: entity for entity in record.entities}
    same = same_participant(entities, _resolver())
    heads = predicted_heads(record.claims, next(iter(nlp.pipe([record.article.text]))))
    pairs = match(claims, record.claims, title_end=len(record.article.title or ""), same=same, heads=heads)
    write_lines(predictions, _report(claims, record.claims, pairs))
    return {
        "n": len(claims),
        "found": len(pairs),
        "recall": len(pairs) / len(claims),
        "polarity": _accuracy(pairs, lambda theirs, ours: theirs.polarity == ours.polarity),
        "modality": _accuracy(pairs, lambda theirs, ours: theirs.modality == ours.modality),
        "attribution": _accuracy(pairs, lambda theirs, ours: same_source(theirs, ours, same)),
        "predicted": len(record.claims),
    }


def read(path: Path) -> list[GoldClaim]:
    """The gold claims of a file of JSON lines.

    :raises EvaluationError: if a line lacks a field, or its polarity or modality is unknown.
    """
    claims: list[GoldClaim] = []
    for number, row in json_lines(path, required=FIELDS):
        if row["polarity"] not in POLARITIES or row["modality"] not in MODALITIES:
            raise malformed(path, number, f"unknown polarity or modality: {row['polarity']!r}, {row['modality']!r}")
        values = {name: row[name] for name in FIELDS[1:]}
        claims.append(GoldClaim(title=row["sentence"] == TITLE, **values))
    if not claims:
        raise EvaluationError(f"{path} holds no claim")
    return claims


def article_beside(gold: Path) -> Path:
    """The one article in the folder ``seeds`` beside the gold file, or beside its folder.

    :raises EvaluationError: if there is none, or more than one.
    """
    for folder in (gold.parent / "seeds", gold.parent.parent / "seeds"):
        files = sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))
        if len(files) > 1:
            raise EvaluationError(f"{folder} holds {len(files)} articles; the gold is of one: leave that one there")
        if files:
            return files[0]
    raise EvaluationError(f"the article of {gold} is missing; put it alone into the folder seeds beside it")


def read_article(path: Path) -> Article:
    """The one article in a file.

    :raises EvaluationError: if it cannot be read, or the file holds several.
    """
    found = list(kg.read([path]))
    if len(found) != 1 or not isinstance(found[0], Article):
        reason = found[0].reason if found and not isinstance(found[0], Article) else f"{len(found)} articles"
        raise EvaluationError(f"{path} is no single article ({reason}); put the gold's own article there")
    return found[0]


def match(
    golds: Sequence[GoldClaim],
    claims: Sequence[Claim],
    *,
    title_end: int,
    same: Same,
    heads: Mapping[str, set[str]],
) -> list[tuple[GoldClaim, Claim]]:
    """Pairs of equal claims, each used once, in order of the text.

    ``title_end`` is where the title ends, and ``heads`` gives the heads of a claim's relation by the claim's id.
    """
    ordered = sorted(claims, key=lambda claim: (claim.sentence, claim.relation.span, claim.id))
    used: set[int] = set()
    pairs: list[tuple[GoldClaim, Claim]] = []
    for gold in golds:
        for i, claim in enumerate(ordered):
            in_title = claim.sentence.end <= title_end
            if i not in used and in_title == gold.title and is_same(gold, claim, same, heads[claim.id]):
                used.add(i)
                pairs.append((gold, claim))
                break
    return pairs


def is_same(gold: GoldClaim, claim: Claim, same: Same, heads: set[str]) -> bool:
    """Whether a claim has the gold claim's subject, relation head and object."""
    return (
        claim.object is not None
        and not relation_heads(gold.relation).isdisjoint(heads)
        and same(gold.subject, claim.subject)
        and same(gold.object, claim.object)
    )


def same_source(gold: GoldClaim, claim: Claim, same: Same) -> bool:
    """Whether a claim is attributed to whom the gold says, or to nobody when the gold does."""
    source = claim.source
    if gold.attribution is None or source is None or source.text is None or source.span is None:
        return gold.attribution is None and source is None
    named = Participant(source.text, source.span, source.entity or "", source.name or source.text, "thing")
    return same(gold.attribution, named)


def same_participant(entities: Mapping[str, Entity], resolve: Resolve) -> Same:
    """A test whether a gold name or phrase and a participant are the same entity, or have the same head noun."""

    def same(name: str, participant: Participant) -> bool:
        entity = entities.get(participant.entity)
        names = {fold(known) for known in (participant.name, *((entity.name, *entity.names) if entity else ()))}
        if fold(name) in names:
            return True
        resolved = resolve(name)
        if resolved is not None:
            return resolved == participant.entity
        linked = entity is not None and entity.wikidata is not None
        return not linked and head_noun(name) == head_noun(participant.text)

    return same


def fold(name: str) -> str:
    """A name without accents, case and determiner.

    >>> fold("the Orbán government")
    'orban government'
    """
    plain = unicodedata.normalize("NFKD", name)
    words = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().split()
    return " ".join(words[1:] if words and words[0] in DETERMINERS else words)


def head_noun(phrase: str) -> str:
    """The last word before the first preposition.

    >>> head_noun("a list of “security demands”"), head_noun("its allies in Europe")
    ('list', 'allies')
    """
    words = [word.strip("“”\"'‘’.,") for word in fold(phrase).split()]
    end = next((i for i, word in enumerate(words) if i and word in PREPOSITIONS), len(words))
    return words[end - 1] if words else ""


def relation_heads(relation: str) -> set[str]:
    """The head of a relation, and where it governs an infinitive or gerund, that one too; singular.

    >>> sorted(relation_heads("seek to reduce")), sorted(relation_heads("tensions with"))
    (['reduce', 'seek'], ['tension'])
    """
    words = fold(relation).split()
    words = words[1:] if len(words) > 1 and words[0] == "be" else words
    heads = {words[0]} if words else set[str]()
    if "to" in words[1:-1]:
        heads.add(words[words.index("to", 1) + 1])
    return {head.removesuffix("s") for head in heads}


def predicted_heads(claims: Iterable[Claim], doc: Doc) -> dict[str, set[str]]:
    """The heads of each claim's relation by the claim's id: of its phrase, and of its words ("be sent": "send")."""
    heads: dict[str, set[str]] = {}
    for claim in claims:
        token = head_index(doc, claim.relation.span)
        lemma = set() if token is None else relation_heads(doc[token].lemma_)
        heads[claim.id] = relation_heads(claim.relation.lemma) | lemma
    return heads


def _resolver() -> Resolve:
    from kg.actors.knowledge_base import KnowledgeBase  # reads its file: only for this task

    base = KnowledgeBase.load()

    def resolve(name: str) -> str | None:
        candidates = base.lookup(name)
        return candidates[0].entity.id if candidates else None

    return resolve


def _accuracy(pairs: list[tuple[GoldClaim, Claim]], right: Callable[[GoldClaim, Claim], bool]) -> float:
    return sum(right(theirs, ours) for theirs, ours in pairs) / len(pairs) if pairs else 0.0


def _report(golds: Sequence[GoldClaim], claims: Sequence[Claim], pairs: list[tuple[GoldClaim, Claim]]) -> list[str]:
    """What was found, missed, and printed besides, a JSON line each."""
    found = {id(gold): claim for gold, claim in pairs}
    matched = {claim.id for _, claim in pairs}
    lines: list[str] = []
    for gold in golds:
        claim = found.get(id(gold))
        row = {name: getattr(gold, name) for name in FIELDS[1:]}
        status = "missed" if claim is None else "found"
        lines.append(to_json({"status": status, "gold": row, "predicted": claim and claim.to_dict()}))
    extra = (claim for claim in claims if claim.id not in matched)
    lines.extend(to_json({"status": "extra", "gold": None, "predicted": claim.to_dict()}) for claim in extra)
    return lines
