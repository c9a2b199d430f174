"""The values that every room shares: article, span, mention, entity, claim, statement, record.

All are frozen and slotted, and validated when they are made. Positions are character offsets into the article's text,
half-open, counted in Python characters (Unicode code points). Dates are ISO 8601, as precise as the text is: "2022",
"2022-02", "2022-02-01", or an interval "2022-01-24/2022-01-30". Scores lie between 0 and 1.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self, get_args

from kg.errors import RecordError

Polarity = Literal["positive", "negative"]
Modality = Literal["asserted", "possible", "future", "necessary", "conditional", "hypothetical", "question"]
Kind = Literal["person", "country", "organization", "place", "group", "thing"]
MentionType = Literal["name", "nominal", "pronoun"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
NumberKind = Literal["killed", "wounded", "missing", "arrested", "abducted", "displaced", "freed", "troops", "money"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
NUMBER_KINDS: tuple[NumberKind, ...] = get_args(NumberKind)
KINDS: tuple[Kind, ...] = get_args(Kind)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
ACTOR_KINDS: frozenset[Kind] = frozenset({"person", "country", "organization", "group"})

ID_LENGTH = 16
# Control characters are among them: they are no text, and terminals and markup obey or refuse them.
SPACES = re.compile(r"[ \t\x00-\x08\x0b-\x1f\x7f-\xa0\u2000-\u200a\u202f\u3000\ufffe\uffff]+")


def content_id(*parts: object) -> str:
    """A short id that depends on nothing but the parts: the same content has the same id everywhere.

    >>> content_id("kg", 1)
    '0f35e08eb4c61ccc'
    """
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf8")).hexdigest()[:ID_LENGTH]


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise RecordError(message)


def _require_score(value: float, name: str) -> None:
    _require(0.0 <= value <= 1.0, f"{name} must lie between 0 and 1, not {value}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of characters in an article's text.

    :raises RecordError: if it is empty, or starts before 0.

    >>> Span(0, 5).of("Putin says")
    'Putin'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        _require(0 <= self.start < self.end, f"a span must not be empty or start before 0: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters that the span covers in ``text``."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One input document.

    ``text`` is what is read and what every span points into: the title, once, then a blank line, then the body. An
    article without a title is its body alone. ``id`` is the one given, else the URL, else the hash of the text.
    ``origin`` is the file, and the line or row of one, where it was read ("news.jsonl:12"); no record keeps it.

    :raises RecordError: if the text is blank.

    >>> article = Article.make(text="The envoy left Kyiv.", title="Envoy leaves")
    >>> article.text
    'Envoy leaves\\n\\nThe envoy left Kyiv.'
    >>> article.body
    'The envoy left Kyiv.'
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    origin: str | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        _require(bool(self.text.strip()), f"the article {self.id!r} has no text")
        _require(bool(self.id), "an article needs an id")

    @classmethod
    def make(
        cls,
        *,
        text: str,
        title: str | None = None,
        id: str | None = None,
        published: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        language: str = "en",
    ) -> Self:
        """Build an article from its body and title; the title is put before the body unless it stands there already.

        Text is normalised (NFC, ``\\n`` line ends, single spaces), so that one article has one hash.
        """
        body = normalise_text(text)
        title = " ".join(normalise_text(title).split()) if title else None
        stands_there = not title or body == title or body.startswith(f"{title}\n")
        whole = body if stands_there else f"{title}\n\n{body}"
        return cls(
            id=id or url or content_id("article", whole),
            text=whole.strip(),
            title=title or None,
            published=published,
            publisher=publisher,
            url=url,
            language=language,
        )

    @property
    def content_hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf8")).hexdigest()

    @property
    def body(self) -> str:
        """The text after the title."""
        return self.text[len(self.title) :].lstrip() if self.title else self.text


def normalise_text(text: str) -> str:
    """Unicode NFC, ``\\n`` line ends, one space for a run of spaces or control characters, and none at either end.

    >>> normalise_text("After  talks\\r\\nin Paris ")
    'After talks\\nin Paris'
    """
    composed = (
        unicodedata.normalize("NFC", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .lstrip("\ufeff")
    )
    return SPACES.sub(" ", composed).strip()


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor, place, organisation or thing in the world.

    ``id`` is its Wikidata item ("Q159") when linked, else a hash of its kind and normalised name. ``part_of`` is the
    entity of which a group or part is one ("NATO members" of NATO), and ``score`` the linker's confidence. ``country``
    is its country's id, ``country_code`` that country's ISO 3166-1 alpha-3 code, and ``sector`` its PLOVER sector.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str | None = None
    sector: str | None = None
    part_of: str | None = None
    score: float = 1.0
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def __post_init__(self) -> None:
        _require(self.kind in KINDS, f"unknown kind of entity: {self.kind!r}")
        _require(bool(self.name.strip()), f"the entity {self.id!r} has no name")
        _require_score(self.score, "an entity's score")


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an entity, and why it was taken to be that one."""

    article: str
    span: Span
    text: str
    type: MentionType
    entity: str
    reason: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Participant:
    """A claim's subject or object: the words, where they stand, and the entity they were resolved to.

    ``inferred`` marks a target that no grammatical argument names.
    """

    text: str
    span: Span
    entity: str
    name: str
    kind: Kind
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """What is claimed to hold: the words, and the lemma or phrase ("warn", "send to", "president of")."""

    text: str
    span: Span
    lemma: str
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A further argument of a claim: ``role`` is "time", "place", "condition", "purpose" or a preposition ("to").

    It has words (``text`` and ``span``), or points to another ``claim``. ``value`` is the normalised time, and
    ``entity`` the actor, place or thing that the words name.
    """

    role: str
    text: str | None = None
    span: Span | None = None
    value: str | None = None
    entity: str | None = None
    claim: str | None = None

    def __post_init__(self) -> None:
        _require((self.text is None) == (self.span is None), f"the argument {self.role!r} needs text and span together")
        _require(self.text is not None or self.claim is not None, f"the argument {self.role!r} points to nothing")


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a claim is attributed to, and the cue that says so ("said", "according to"). ``quoted`` marks their words.

    ``text``, ``span`` and ``entity`` are missing when the words tell of a source without naming it ("reportedly").
    """

    cue: str
    cue_span: Span
    text: str | None = None
    span: Span | None = None
    entity: str | None = None
    name: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """The PLOVER type of a claim between actors, its mode, CAMEO code, Goldstein score (-10 to 10) and quad class."""

    type: EventType
    quad: Quad
    cameo: str | None = None
    goldstein: float | None = None
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """How many were killed, wounded, arrested or displaced, or how much money was given, by the words of a claim.

    ``least`` and ``most`` are both the number where the words give one, and ``least`` alone for "at least 12", ``most``
    alone for "up to 15". ``about`` marks one that the words call rough. ``of`` is who or what is counted, as written
    ("civilians"), or the currency's ISO 4217 code.

    :raises RecordError: if the kind is unknown, or neither bound is given.
    """

    kind: NumberKind
    text: str
    span: Span
    least: float | None = None
    most: float | None = None
    about: bool = False
    of: str | None = None

    def __post_init__(self) -> None:
        _require(self.kind in NUMBER_KINDS, f"unknown kind of number: {self.kind!r}")
        _require(self.least is not None or self.most is not None, f"the number {self.text!r} has no value")


@dataclass(frozen=True, slots=True)
class Claim:
    """One occurrence in one article: who is said to do what, by whom it is said, and how.

    ``sentence`` is the evidence: the span of the sentence that makes the claim. ``content`` lists the ids of the claims
    that this one reports or governs. ``factuality`` runs from -3 (certainly did not happen) to 3 (certainly happened),
    in the article's own commitment or its source's. ``ground`` has the words that made its modality or polarity ("may",
    "not"), and ``numbers`` how many were killed, arrested and so on.

    :raises RecordError: if the relation lies outside the sentence, or polarity or modality is unknown.
    """

    id: str
    article: str
    sentence: Span
    subject: Participant
    relation: Relation
    object: Participant | None = None
    content: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    source: Source | None = None
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    factuality: float = 3.0
    event: Event | None = None
    confidence: float = 1.0
    rules: tuple[str, ...] = field(default=(), compare=False)
    ground: str | None = None
    numbers: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        _require(self.polarity in POLARITIES, f"unknown polarity: {self.polarity!r}")
        _require(self.modality in MODALITIES, f"unknown modality: {self.modality!r}")
        _require(self.sentence.covers(self.relation.span), f"the relation of claim {self.id} lies outside its sentence")
        _require(-3.0 <= self.factuality <= 3.0, f"factuality must lie between -3 and 3, not {self.factuality}")
        _require_score(self.confidence, "a claim's confidence")

    @property
    def asserted(self) -> bool:
        """Whether the claim makes an edge of the default graph: positive, asserted, in the article's own voice.

        Asserted means "reported as done", never "true" (DESIGN, section 4).
        """
        return self.polarity == "positive" and self.modality == "asserted" and self.source is None

    @property
    def time(self) -> str | None:
        """The normalised time of the claim, if its words give one."""
        return next((a.value for a in self.arguments if a.role == "time" and a.value), None)

    @property
    def place(self) -> str | None:
        """The entity id of the place of the claim, if its words give one."""
        return next((a.entity for a in self.arguments if a.role == "place" and a.entity), None)

    def to_dict(self) -> dict[str, Any]:
        """The claim as ``kg extract`` prints it: plain JSON values, spans as ``[start, end]``."""
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read back what :meth:`to_dict` wrote.

        :raises RecordError: if a value breaks a rule of the model.
        """

        def span(value: list[int] | None) -> Any:
            return None if value is None else Span(value[0], value[1])

        def part(kind: Any, value: dict[str, Any] | None, *spans: str) -> Any:
            return None if value is None else kind(**{k: span(v) if k in spans else v for k, v in value.items()})

        values = dict(data)
        values["sentence"] = span(data["sentence"])
        values["subject"] = part(Participant, data["subject"], "span")
        values["relation"] = part(Relation, data["relation"], "span")
        values["object"] = part(Participant, data.get("object"), "span")
        values["source"] = part(Source, data.get("source"), "span", "cue_span")
        values["event"] = part(Event, data.get("event"))
        values["arguments"] = tuple(part(Argument, a, "span") for a in data.get("arguments", ()))
        values["content"] = tuple(data.get("content", ()))
        values["rules"] = tuple(data.get("rules", ()))
        values["numbers"] = tuple(part(Number, n, "span") for n in data.get("numbers", ()))
        return cls(**values)


def _plain(value: Any) -> Any:
    """Dataclass output as JSON has it: spans as pairs, tuples as lists."""
    if isinstance(value, dict):
        if set(value) == {"start", "end"}:
            return [value["start"], value["end"]]
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class Statement:
    """All claims of a graph with the same subject, relation and object, merged.

    ``asserted`` is true when at least one of its claims is, and ``disputed`` when one claim says that it is so and
    another that it is not. ``claims`` has the strongest evidence first. ``first`` and ``last`` are the earliest and
    latest dates of its claims, by the time that the text gives, else by publication.
    """

    id: str
    subject: str
    relation: str
    object: str
    claims: tuple[str, ...]
    asserted: bool
    confidence: float
    inferred: bool = False
    disputed: bool = False
    sources: tuple[str, ...] = ()
    event: Event | None = None
    first: str | None = None
    last: str | None = None
    polarities: tuple[Polarity, ...] = ("positive",)
    modalities: tuple[Modality, ...] = ("asserted",)


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read out of one article: what the ledger keeps and every view is made from."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
