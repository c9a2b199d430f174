"""Score the names that a pipeline finds: precision, recall and F1 by exact span and type.

Three classes are compared, because every gold set has them: PERSON, ORG and PLACE (``GPE``, ``LOC`` and ``FAC``
together). ``name_classes.csv`` maps the labels of each format. A leading article and a trailing possessive are no part
of a name, in gold or prediction.

re3d annotates whole noun phrases, named or not ("the northern part of the country"), with a confidence. A gold span
counts when its confidence is over one half and it is a name once articles, titles and nationalities before it are left
out; any of the shortened forms is then a right answer ("Iraqi Prime Minister Haider al-Abadi", "Haider al-Abadi").
"Tabqa Dam, Syria" is two names. A country that acts ("Australia" among the members of a coalition) is an organisation
there, and a PLACE here, as our labels follow the name and not its role; peoples ("the Turks") do not count. What is
predicted inside a phrase that does not count, for want of a name or of confidence, is neither right nor wrong.

The format ``re3d-things`` scores what is no actor and no place: WEAPON (its weapons and military platforms, named or
not), MONEY, QUANTITY (with our CARDINAL and PERCENT) and TIME (with our DATE). There a phrase is found by any stretch
of whole words that ends where it ends, for re3d is of two minds about what stands before a noun ("the ISIL tanks").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from kg.corpora.files import json_lines, malformed, read_text
from kg.corpora.gazetteer import read_table, words_of
from kg.corpora.passages import spaces_between
from kg.corpora.variations import Variation
from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts
from kg.evaluation.varied import varied

CLASSES = ("PERSON", "ORG", "PLACE")
THINGS = ("WEAPON", "MONEY", "QUANTITY", "TIME")
ARTICLES = frozenset({"the", "a", "an"})
CAPITALISED = re.compile(r"[^\W\d_a-z]|\d+(st|nd|rd|th)?\b|['‘\"]|(al|ad|ar|as|an|el)-", re.UNICODE)
WORD = re.compile(r"[^\s]+")
POSSESSIVE = re.compile(r"(['’]s|['’])$")
TAG = re.compile(r"O|[BI]-\S+")
ACCEPTED_CONFIDENCE = 0.5
RE3D_ENTITY = ("documentId", "begin", "end", "type", "confidence")

Located = tuple[int, int, str]


class Pipeline(Protocol):
    """What is asked of a spaCy pipeline: texts in, Docs with ``ents`` out."""

    def pipe(self, texts: Iterable[str], /) -> Iterator[Any]:
        """The Docs of some texts, in order."""
        ...


@dataclass(slots=True)
class GoldName:
    """A name that must be found: its class and the spans that are right answers, the longest first."""

    kind: str
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class GoldText:
    """A text with its names, and the stretches in which a prediction is neither right nor wrong."""

    text: str
    names: list[GoldName] = field(default_factory=list[GoldName])
    ignored: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])


def score(gold: Path, format: str, nlp: Pipeline, vary: Variation | None = None) -> dict[str, Any]:
    """Precision, recall and F1 of the names in ``gold``, whole and by class, each between 0 and 1.

    :param gold: a file (``conll``, ``iob2``) or a folder (``re3d``).
    :param format: ``conll`` (a word and its tag a line), ``iob2`` (Universal NER), ``re3d`` or ``re3d-things``.
    :param nlp: a spaCy pipeline with named entities.
    :param vary: a variation of the text that is made first.
    :returns: ``n`` (names in gold), ``precision``, ``recall``, ``f1``, ``macro_f1`` (the mean over classes) and
        ``labels``, the same by class.
    :raises EvaluationError: if the gold is missing, holds nothing, or the format is unknown.
    """
    if format not in READERS:
        raise EvaluationError(f"unknown format of names: {format!r}; use one of {', '.join(sorted(READERS))}")
    if not gold.exists():
        raise EvaluationError(f"no gold at {gold}; check the path")
    texts = list(READERS[format](gold))
    if not any(text.names for text in texts):
        raise EvaluationError(f"{gold} holds no names in the format {format}; name another with --format")
    if vary is not None:
        texts = [varied_text(text, vary) for text in texts]
    things = format == "re3d-things"
    counts: dict[str, Counts] = {kind: Counts() for kind in (THINGS if things else CLASSES)}
    for text, doc in zip(texts, nlp.pipe(text.text for text in texts), strict=True):
        for name in text.names:
            counts[name.kind] += Counts(gold=1)
        for kind, right in judge(text, predicted(doc, things=things)):
            counts[kind] += Counts(correct=right, predicted=1)
    whole = sum(counts.values(), Counts())
    labels = {kind: {"n": count.gold, **count.scores()} for kind, count in counts.items() if count.gold}
    macro = sum(counts[kind].f1 for kind in labels) / len(labels)
    return {"n": whole.gold, **whole.scores(), "macro_f1": macro, "labels": labels}


def varied_text(gold: GoldText, variation: Variation) -> GoldText:
    """A gold text varied, with its names and what is ignored where they then are."""
    text, moved = varied(gold.text, variation)

    def along(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(moved(start), moved(end)) for start, end in spans]

    return GoldText(text, [GoldName(name.kind, along(name.spans)) for name in gold.names], along(gold.ignored))


def predicted(doc: Any, *, things: bool = False) -> list[Located]:
    """The names of a Doc, or its things, as ``(start, end, class)``, without article and possessive."""
    classes = _classes("spacy-things" if things else "spacy")
    return [
        (*_trimmed(doc.text, entity.start_char, entity.end_char), classes[entity.label_])
        for entity in doc.ents
        if entity.label_ in classes
    ]


def judge(text: GoldText, names: Iterable[Located]) -> Iterator[tuple[str, bool]]:
    """The class of each predicted name and whether it is right; those in ignored stretches are left out."""
    answers = {(*span, name.kind): number for number, name in enumerate(text.names) for span in name.spans}
    used: set[int] = set()
    for start, end, kind in names:
        number = answers.get((start, end, kind))
        if number is not None and number not in used:
            used.add(number)
            yield kind, True
        elif not any(first <= start and end <= last for first, last in text.ignored):
            yield kind, False


@cache
def _classes(format: str) -> dict[str, str]:
    with Path(__file__).with_name("name_classes.csv").open(encoding="utf8", newline="") as lines:
        return {row["label"]: row["class"] for row in csv.DictReader(lines) if row["format"] == format}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading article and a trailing possessive.

    >>> _trimmed("the UN's", 0, 8)
    (4, 6)
    """
    words = list(WORD.finditer(text, start, end))
    if len(words) > 1 and words[0].group().lower() in ARTICLES:
        start = words[1].start()
    possessive = POSSESSIVE.search(text[start:end])
    if possessive and possessive.start() > 0:
        end = start + possessive.start()
    return start, start + len(text[start:end].rstrip())


def read_conll(path: Path) -> Iterator[GoldText]:
    """Sentences of a file with a word and its tag a line, written as people write them."""
    for lines in _sentences(path):
        rows = [_row(path, number, line.split(), tag=-1) for number, line in lines]
        words = [row[0] for row in rows]
        yield _tagged(words, [row[-1] for row in rows], spaces_between(words), "conll")


def read_iob2(path: Path) -> Iterator[GoldText]:
    """Sentences of Universal NER; their ``# text`` tells the spaces."""
    mark = "# text = "
    for lines in _sentences(path):
        rows = [_row(path, n, line.split("\t"), tag=2) for n, line in lines if not line.startswith("# ")]
        words = [row[1] for row in rows]
        written = next((line.removeprefix(mark) for _, line in lines if line.startswith(mark)), " ".join(words))
        yield _tagged(words, [row[2] for row in rows], _spaces_of(words, written), "iob2")


def _sentences(path: Path) -> Iterator[list[tuple[int, str]]]:
    """The runs of lines between blank lines, each line with its number."""
    sentence: list[tuple[int, str]] = []
    for number, line in enumerate([*read_text(path).split("\n"), ""], start=1):
        if line.strip():
            sentence.append((number, line.rstrip("\r")))
        elif sentence:
            yield sentence
            sentence = []


def _row(path: Path, number: int, columns: list[str], *, tag: int) -> list[str]:
    """The columns of a line, if there are enough of them and one is a BIO tag."""
    if len(columns) < max(2, tag + 1) or not TAG.fullmatch(columns[tag]):
        raise malformed(path, number, "no word with a BIO tag")
    return columns


def _spaces_of(words: list[str], written: str) -> list[bool]:
    """Whether a space follows each word in the text as it was written."""
    spaces: list[bool] = []
    position = 0
    for word in words:
        found = written.find(word, position)
        position = position + len(word) if found < 0 else found + len(word)
        spaces.append(found < 0 or written[position : position + 1].isspace())
    return spaces


def _tagged(words: list[str], tags: list[str], spaces: list[bool], format: str) -> GoldText:
    """The names behind BIO tags, as spans of the text that words and spaces make."""
    starts: list[int] = []
    text = ""
    for word, space in zip(words, spaces, strict=True):
        starts.append(len(text))
        text += word + (" " if space else "")
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        end = starts[i] + len(words[i])
        if prefix == "I" and spans and tags[i - 1].partition("-")[2] == label:
            spans[-1] = (spans[-1][0], end, label)
        elif label:
            spans.append((starts[i], end, label))
    classes = _classes(format)
    return GoldText(text, [GoldName(classes[c], [_trimmed(text, s, e)]) for s, e, c in spans if c in classes])


def read_re3d(folder: Path) -> Iterator[GoldText]:
    """The documents of a re3d folder with their names; a folder of such folders gives them all."""
    for text, entities in _re3d_documents(folder):
        yield _re3d_text(text, entities)


def read_re3d_things(folder: Path) -> Iterator[GoldText]:
    """The same documents with their weapons, amounts and times."""
    classes = _classes("re3d-things")
    for text, entities in _re3d_documents(folder):
        gold = GoldText(text)
        spans = {(e["begin"], e["end"], classes[e["type"]]): e for e in entities if e["type"] in classes}
        for (start, end, kind), entity in sorted(spans.items()):
            if entity["confidence"] <= ACCEPTED_CONFIDENCE:
                gold.ignored.append((start, end))
            else:
                gold.names.append(GoldName(kind, _endings(text, start, end)))
        yield gold


def _endings(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of whole words that end a phrase, the longest first.

    >>> _endings("the ISIL tanks", 0, 14)
    [(4, 14), (9, 14)]
    """
    start, end = _trimmed(text, start, end)
    return [(word.start(), end) for word in WORD.finditer(text, start, end)]


def _re3d_documents(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The text of each document and what is annotated in it."""
    folders = (
        [folder] if (folder / "documents.json").exists() else sorted(p.parent for p in folder.glob("*/documents.json"))
    )
    for part in folders:
        entities: dict[str, list[dict[str, Any]]] = {}
        for _, entity in json_lines(part / "entities.json", required=RE3D_ENTITY):
            entities.setdefault(entity["documentId"], []).append(entity)
        documents = [document for _, document in json_lines(part / "documents.json", required=("_id", "text"))]
        for document in sorted(documents, key=lambda document: document["_id"]):
            yield document["text"], entities.get(document["_id"], [])


def _re3d_text(text: str, entities: list[dict[str, Any]]) -> GoldText:
    classes = _classes("re3d")
    gold = GoldText(text)
    names: dict[Located, list[tuple[int, int]]] = {}
    for entity in entities:
        if entity["type"] not in classes:
            continue
        if entity["confidence"] <= ACCEPTED_CONFIDENCE:
            gold.ignored.append((entity["begin"], entity["end"]))
            continue
        person = entity["type"] == "Person"
        parts = _parts(text, entity["begin"], entity["end"])
        forms = [named_forms(text, start, end, person=person) for start, end in parts]
        if not all(forms):
            gold.ignored.append((entity["begin"], entity["end"]))
        for spans in filter(None, forms):
            country = text[slice(*spans[0])] in _listed("territories.csv", "territory")
            names[(*spans[0], "PLACE" if country else classes[entity["type"]])] = spans
    for (start, end, kind), spans in sorted(names.items()):
        inside = any(s <= start and end <= e and (s, e) != (start, end) for s, e, _ in names)
        if inside:
            gold.ignored.append((start, end))
        else:
            gold.names.append(GoldName(kind, spans))
    return gold


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a span between commas, dashes and brackets."""
    for match in re.finditer(r"[^,()–]+", text[start:end]):
        stretch = match.group()
        left = len(stretch) - len(stretch.lstrip())
        if stretch.strip():
            yield start + match.start() + left, start + match.start() + len(stretch.rstrip())


def named_forms(text: str, start: int, end: int, *, person: bool = False) -> list[tuple[int, int]]:
    """The spans that name what a phrase names: itself, and without articles, titles and nationalities before the name.

    Empty when the phrase is no name. A ``person`` has no name that ends in a title ("Chief of Staff").

    >>> phrase = "the Kurdish General Ali Hassan"
    >>> [phrase[s:e] for s, e in named_forms(phrase, 0, len(phrase))]
    ['Kurdish General Ali Hassan', 'General Ali Hassan', 'Ali Hassan']
    >>> named_forms("the northern part of the country", 0, 32)
    []
    """
    start, end = _trimmed(text, start, end)
    words = [(match.start(), match.group()) for match in WORD.finditer(text, start, end)]
    forms = [(start, end)]
    while len(words) > 1 and _before_name(words[0][1]):
        words.pop(0)
        forms.append((words[0][0], end))
    if person and _before_name(words[-1][1]):
        return []
    return forms if _is_name([word for _, word in words], text) else []


def _is_name(words: list[str], text: str) -> bool:
    """Whether the words, titles before them left out, are a name and no common noun with a capital."""
    proper = [word for word in words if word not in words_of("inside a name")]
    if not proper or words[0] in words_of("inside a name") or words[0] in words_of("pronoun"):
        return False
    group = len(words) == 1 and words[0] in _listed("groups.csv", "group")
    common = len(words) == 1 and re.search(rf"\b{re.escape(words[0].lower())}\b", text) is not None
    return (
        not (common or group)
        and any(word[0].isalpha() for word in proper)
        and all(CAPITALISED.match(word) for word in proper)
    )


def _before_name(word: str) -> bool:
    return word in _listed("titles.csv", "title") or word in _listed("groups.csv", "group")


@cache
def _listed(table: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table(table))


READERS: dict[str, Callable[[Path], Iterator[GoldText]]] = {
    "conll": read_conll,
    "iob2": read_iob2,
    "re3d": read_re3d,
    "re3d-things": read_re3d_things,
}
