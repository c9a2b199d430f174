"""Score claims against those that a careful reader took from the same articles: JSON lines, a claim each.

A line has ``subject``, ``relation``, ``object``, ``polarity``, ``modality``, ``attribution``, ``sentence`` ("title", or
anything else for the body), and ``doc``, the id of its article; without it, it is of the one article beside the gold.
Gold and predicted claims are the same when their subjects, the heads of their relations, and their objects are. Two
participants are the same when they are one entity, or have the same head noun. Each claim is matched once, in order of
the text, title with title and body with body. Polarity, modality and attribution are scored on the claims found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.corpora.files import json_lines, malformed
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores, to_json, write_lines
from kg.language.spans import head_index
from kg.model import MODALITIES, POLARITIES, Article, Claim, Entity, Participant, Record

TITLE = "title"
ARTICLES = "articles.jsonl"
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
    """A line of the gold: names and phrases as the reader wrote them; ``doc`` is empty where there is one article."""

    doc: str
    title: bool
    subject: str
    relation: str
    object: str
    polarity: str
    modality: str
    attribution: str | None


Pair = tuple[GoldClaim, Claim, Same]
"""A gold claim with the claim that it was found as, and the test of sameness for their article."""


def score(gold: Path, *, nlp: Language, predictions: Path | None = None, texts: Path | None = None) -> Scores:
    """How many claims were ``found``, and on those the accuracy of ``polarity``, ``modality`` and ``attribution``.

    ``all_right`` is the share of gold claims that were found with all three right. ``predictions`` gets a line for each
    claim found, missed, or extra. n counts gold claims.

    :param texts: the articles, as a folder or a file of any format that is read; by default those beside the gold.
    :raises EvaluationError: if the gold is malformed, or an article of it is not found.
    """
    claims = read(gold)
    articles = articles_of(gold, texts)
    found: list[Pair] = []
    lines, predicted = list[str](), 0
    for doc, wanted in by_article(claims, known=articles, gold=gold).items():
        record = kg.extract(articles[doc], pipeline=nlp)
        pairs = _match_record(wanted, record, nlp)
        found += pairs
        predicted += len(record.claims)
        lines += _report(wanted, record.claims, [(theirs, ours) for theirs, ours, _ in pairs])
    write_lines(predictions, lines)
    return {
        "n": len(claims),
        "found": len(found),
        "recall": len(found) / len(claims),
        "polarity": _accuracy(found, _same_polarity),
        "modality": _accuracy(found, _same_modality),
        "attribution": _accuracy(found, lambda theirs, ours, same: same_source(theirs, ours, same)),
        "all_right": sum(_all_right(*pair) for pair in found) / len(claims),
        "predicted": predicted,
    }


def articles_of(gold: Path, texts: Path | None) -> dict[str, Article]:
    """The articles of a gold file, by id: those given, or the file ``articles.jsonl`` beside it, or the one in seeds.

    :raises EvaluationError: if there are none.
    """
    beside = gold.with_name(ARTICLES)
    if texts is not None or beside.exists():
        return read_articles(texts or beside)
    return {"": read_article(article_beside(gold))}


def by_article(claims: Iterable[GoldClaim], *, known: Mapping[str, Article], gold: Path) -> dict[str, list[GoldClaim]]:
    """The gold claims by the article they are of, in order of the gold.

    :raises EvaluationError: if an article is not among those ``known``.
    """
    found: dict[str, list[GoldClaim]] = {}
    for claim in claims:
        if claim.doc not in known:
            raise EvaluationError(f"{gold} has claims of the article {claim.doc!r}; give its text with --texts")
        found.setdefault(claim.doc, []).append(claim)
    return found


def read_articles(path: Path) -> dict[str, Article]:
    """The articles of a file or folder by their id, and by the name of their file.

    :raises EvaluationError: if one cannot be read.
    """
    articles: dict[str, Article] = {}
    paths = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    for file in paths:
        for article in kg.read([file]):
            if not isinstance(article, Article):
                raise EvaluationError(f"{file} cannot be read as articles: {article.reason}")
            articles[article.id] = article
            articles.setdefault(file.stem, article)
    return articles


def _match_record(golds: Sequence[GoldClaim], record: Record, nlp: Language) -> list[Pair]:
    same = same_participant({entity.id: entity for entity in record.entities}, entity_of_name())
    heads = predicted_heads(record.claims, next(iter(nlp.pipe([record.article.text]))))
    title_end = len(record.article.title or "")
    pairs = match(golds, record.claims, title_end=title_end, same=same, heads=heads)
    return [(theirs, ours, same) for theirs, ours in pairs]


def _same_polarity(gold: GoldClaim, claim: Claim, _: Same) -> bool:
    return gold.polarity == claim.polarity


def _same_modality(gold: GoldClaim, claim: Claim, _: Same) -> bool:
    return gold.modality == claim.modality


def _all_right(gold: GoldClaim, claim: Claim, same: Same) -> bool:
    standing = _same_polarity(gold, claim, same) and _same_modality(gold, claim, same)
    return standing and same_source(gold, claim, same)


def read(path: Path) -> list[GoldClaim]:
    """The gold claims of a file of JSON lines.

    :raises EvaluationError: if a line lacks a field, or its polarity or modality is unknown.
    """
    claims: list[GoldClaim] = []
    for number, row in json_lines(path, required=FIELDS):
        if row["polarity"] not in POLARITIES or row["modality"] not in MODALITIES:
            raise malformed(path, number, f"unknown polarity or modality: {row['polarity']!r}, {row['modality']!r}")
        values = {name: row[name] for name in FIELDS[1:]}
        claims.append(GoldClaim(doc=str(row.get("doc", "")), title=row["sentence"] == TITLE, **values))
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


@cache
def entity_of_name() -> Resolve:
    """Look a name up in the bundled knowledge base: the item that it most likely means."""
    from kg.actors.knowledge_base import KnowledgeBase  # reads its file: only for this task

    base = KnowledgeBase.load()

    @cache
    def resolve(name: str) -> str | None:
        candidates = base.lookup(name)
        return candidates[0].entity.id if candidates else None

    return resolve


def _accuracy(pairs: list[Pair], right: Callable[[GoldClaim, Claim, Same], bool]) -> float:
    return sum(right(*pair) for pair in pairs) / len(pairs) if pairs else 0.0


def _report(golds: Sequence[GoldClaim], claims: Sequence[Claim], pairs: list[tuple[GoldClaim, Claim]]) -> list[str]:
    """What was found, missed, and printed besides, a JSON line each."""
    found = {id(gold): claim for gold, claim in pairs}
    matched = {claim.id for _, claim in pairs}
    lines: list[str] = []
    for gold in golds:
        claim = found.get(id(gold))
        row = {name: getattr(gold, name) for name in ("doc", *FIELDS[1:])}
        status = "missed" if claim is None else "found"
        lines.append(to_json({"status": status, "gold": row, "predicted": claim and claim.to_dict()}))
    extra = (claim for claim in claims if claim.id not in matched)
    lines.extend(to_json({"status": "extra", "gold": None, "predicted": claim.to_dict()}) for claim in extra)
    return lines
