"""Read the named-entity corpora, map their labels to ours, and write the Docs that ``ner`` learns from.

The map is the table ``name_labels.csv``, with reasons. What a corpus does not annotate is left missing, never outside:
the dates of a corpus that has no dates, a hyphenated word that holds a name, a title without its name.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.corpora.gazetteer import Gazetteer, is_date_word, read_table, words_of
from kg.corpora.passages import UNKNOWN, Name, NamedSentence, group, to_doc
from kg.corpora.treebank import Sentence, Word, read_sentences
from kg.language.tokens import follow_treebanks
from kg.training.name_lists import NameLists, recognised, with_other_names

MEASURED_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC"})
SEED = 7
DOCUMENT_START = "-DOCSTART-"
NAME_TAGS = ("NNP", "NNPS")
ENTITY_PART = re.compile(r"\((\d+)(?:\[[^\]]*\])?-([a-z]+)[^()]*(\)?)|(\d+)(?:\[[^\]]*\])?\)")


@dataclass(frozen=True, slots=True)
class LabelMap:
    """The table of labels with the gazetteer that its conditions ask."""

    rules: dict[tuple[str, str], list[tuple[str, str]]]
    gazetteer: Gazetteer

    @classmethod
    def load(cls, data: Path) -> LabelMap:
        """Read ``name_labels.csv`` and the gazetteer's sources below ``data``."""
        rules: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in read_table("name_labels.csv"):
            rules.setdefault((row["source"], row["source_label"]), []).append((row["condition"], row["label"]))
        return cls(rules, Gazetteer.load(data))

    def label(self, source: str, source_label: str, words: list[str]) -> str:
        """Our label: "" is none, "-" unknown.

        :raises KeyError: if the table lacks the source's label.
        """
        rules = self.rules[source, source_label]
        return next(label for condition, label in rules if self.gazetteer.holds(condition, words))

    def relabel(self, sentence: NamedSentence, source: str) -> NamedSentence:
        """Give the names our labels and edges, and mark as unknown what the source leaves out."""
        names = [mapped for name in sentence.names for mapped in self._mapped(sentence.words, name, source)]
        known = {i for name in sentence.names for i in range(name.start, name.end)}
        names.extend(self._left_out(sentence.words, known))
        return NamedSentence(sentence.words, sorted(names), sentence.spaces, sentence.starts_document)

    def completed(self, sentence: NamedSentence) -> NamedSentence:
        """The sentence with nationalities that it leaves out, and with what may be a date marked as unknown."""
        taken = {i for name in sentence.names for i in range(name.start, name.end)}
        names = sorted([*sentence.names, *self._left_out(sentence.words, taken)])
        return NamedSentence(sentence.words, names, sentence.spaces, sentence.starts_document)

    def _mapped(self, words: list[str], name: Name, source: str) -> Iterator[Name]:
        label = self.label(source, name.label, words[name.start : name.end])
        start, end = name.start, name.end
        if label == "DATE":
            while start < end - 1 and words[start].lower() in ("in", "on", "since", "until", "by", "from", "of"):
                start += 1
            while start and words[start - 1].lower() in ("last", "next", "this", "past", "early", "late"):
                start -= 1
        elif label == "PERSON":
            start = self.name_start(words, start, end)
            for i in range(name.start, start):
                if self.gazetteer.is_group([words[i]]):
                    yield Name(i, i + 1, "NORP")
        elif label and words[start].lower() == "the" and end - start > 1:
            start += 1
        if start == end:
            yield Name(name.start, end, UNKNOWN)
        elif label:
            yield Name(start, end, label)

    def name_start(self, words: list[str], start: int, end: int) -> int:
        """Where a person's name begins once titles and nationality before it are left out; ``end`` if none is left."""
        position = start
        while position < end and self._is_title(words, position):
            position += 1
        return position

    def _is_title(self, words: list[str], i: int) -> bool:
        word = words[i]
        return (
            word in self.gazetteer.titles
            or word.capitalize() in self.gazetteer.titles
            or (word in ("of", "the", "for", "and", "'s", ",") and i + 1 < len(words))
            or (word in self.gazetteer.groups and i + 1 < len(words) and words[i + 1] in self.gazetteer.titles)
        )

    def _left_out(self, words: list[str], taken: set[int]) -> Iterator[Name]:
        """Nationalities that the source has not marked, and what may be a date or hides a name behind a hyphen."""
        for i, word in enumerate(words):
            if i in taken:
                continue
            if word in self.gazetteer.groups:
                yield Name(i, i + 1, "NORP" if word.lower() != word and not _names_language(words, i) else UNKNOWN)
                taken.add(i)
            elif "-" in word and any(part[:1].isupper() for part in re.split(r"-", word)) and len(word) > 1:
                yield Name(i, i + 1, UNKNOWN)
                taken.add(i)
        yield from _possible_dates(words, taken)


def _names_language(words: list[str], i: int) -> bool:
    """Whether a nationality word may be a language here: "in English", "English:", "the French word"."""
    before = words[i - 1].lower() if i else ""
    after = words[i + 1].lower() if i + 1 < len(words) else ""
    return before in ("in", "from") or after in (":", "language", "word", "for", "pronunciation", "languages")


def _possible_dates(words: list[str], taken: set[int]) -> Iterator[Name]:
    """Runs of words that may be a time expression; corpora with dates leave out many."""
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and end not in taken and _in_date(words[end]):
            end += 1
        if any(is_date_word(word) for word in words[start:end]):
            yield Name(start, end, UNKNOWN)
        start = max(end, start) + 1


def _in_date(word: str) -> bool:
    return is_date_word(word) or word.lower() in words_of("around a date") or word.isdigit()


def names_of_tags(tags: list[str]) -> list[Name]:
    """The names behind BIO or IO tags.

    >>> names_of_tags(["B-per", "I-per", "O", "I-LOC"])
    [Name(start=0, end=2, label='per'), Name(start=3, end=4, label='LOC')]
    """
    names: list[Name] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        prefix, _, label = tag.partition("-")
        if names and prefix == "I" and names[-1].end == i and names[-1].label == label:
            names[-1] = Name(names[-1].start, i + 1, label)
        else:
            names.append(Name(i, i + 1, label))
    return names


def read_gmb(path: Path) -> Iterator[NamedSentence]:
    """Sentences of the Groningen Meaning Bank, as a table of words."""
    with path.open(encoding="utf8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["Word"]]
    first = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i]["Sentence #"] != rows[first]["Sentence #"]:
            part = rows[first:i]
            yield NamedSentence([row["Word"] for row in part], names_of_tags([row["Tag"] for row in part]))
            first = i


def read_conll(path: Path, *, word: int = 0, tag: int = 1) -> Iterator[NamedSentence]:
    """Sentences of a file with a word a line, in the columns given, and a blank line between sentences."""
    words: list[str] = []
    tags: list[str] = []
    after_start = False
    for line in [*path.read_text(encoding="utf8").splitlines(), ""]:
        columns = line.split("\t" if "\t" in line else " ")
        if line.startswith("# ") and len(columns) != 2:
            continue
        if line.strip():
            words.append(columns[word])
            tags.append(columns[tag])
        elif words:
            starts_document = words == [DOCUMENT_START]
            if not starts_document:
                yield NamedSentence(words, names_of_tags(tags), starts_document=after_start)
            words, tags, after_start = [], [], starts_document


def read_uner(path: Path) -> Iterator[NamedSentence]:
    """Sentences of Universal NER."""
    return read_conll(path, word=1, tag=2)


def read_redocred(path: Path) -> Iterator[NamedSentence]:
    """Sentences of Re-DocRED; of mentions that overlap, the longest is kept."""
    for document in json.loads(path.read_text(encoding="utf8")):
        mentions = [mention for entity in document["vertexSet"] for mention in entity]
        for number, words in enumerate(document["sents"]):
            names = [Name(m["pos"][0], m["pos"][1], m["type"]) for m in mentions if m["sent_id"] == number]
            kept = [i for i, word in enumerate(words) if word.strip()]
            place = {old: new for new, old in enumerate(kept)}
            moved = [
                Name(min(inside), max(inside) + 1, n.label)
                for n in names
                if (inside := [place[i] for i in range(n.start, n.end) if i in place])
            ]
            yield NamedSentence([words[i] for i in kept], longest(moved), starts_document=number == 0)


def longest(names: Iterable[Name]) -> list[Name]:
    """Names that do not overlap, longer ones before shorter."""
    kept: list[Name] = []
    for name in sorted(set(names), key=lambda name: (name.start - name.end, name)):
        if all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return sorted(kept)


def read_gum(path: Path) -> Iterator[NamedSentence]:
    """Sentences of GUM with the proper names among its mentions, trimmed to the name; other capitals are unknown."""
    open_mentions: dict[str, list[tuple[int, str]]] = {}
    for sentence in read_sentences(path):
        if sentence.starts_document:
            open_mentions = {}
        mentions: list[Name] = []
        for i, word in enumerate(sentence.words):
            annotation = next((part[7:] for part in word.misc.split("|") if part.startswith("Entity=")), "")
            for match in ENTITY_PART.finditer(annotation):
                opened, kind, closed, ended = match.groups()
                if opened and closed:
                    mentions.append(Name(i, i + 1, kind))
                elif opened:
                    open_mentions.setdefault(opened, []).append((i, kind))
                elif open_mentions.get(ended):
                    start, kind = open_mentions[ended].pop()
                    if start <= i:
                        mentions.append(Name(start, i + 1, kind))
        names = longest(n for m in mentions for n in [_proper_name(sentence, m)] if n)
        covered = {i for name in names for i in range(name.start, name.end)}
        names += [
            Name(i, i + 1, UNKNOWN)
            for i, word in enumerate(sentence.words)
            if word.xpos in NAME_TAGS and i not in covered
        ]
        yield NamedSentence(
            [word.form for word in sentence.words],
            sorted(names),
            [word.space_after for word in sentence.words],
            sentence.starts_document,
        )


def _proper_name(sentence: Sentence, mention: Name) -> Name | None:
    """The name inside a mention whose head is a proper noun; a time expression as it is."""
    words = sentence.words
    if mention.label == "time":
        short = mention.end - mention.start <= 5
        return mention if short and any(is_date_word(w.form) for w in words[mention.start : mention.end]) else None
    heads = [i for i in range(mention.start, mention.end) if not mention.start <= words[i].head < mention.end]
    if not heads or words[heads[0]].xpos not in NAME_TAGS:
        return None
    start = heads[0]
    end = start + 1
    while start > mention.start and _in_name(words[start - 1]):
        start -= 1
    while end < mention.end:
        step = 1
        while end + step < mention.end and words[end + step - 1].form.lower() in words_of("inside a name"):
            step += 1
        if not _in_name(words[end + step - 1]) or (step > 1 and mention.label == "person"):
            break
        end += step
    return Name(start, end, mention.label)


def _in_name(word: Word) -> bool:
    return (
        word.xpos in NAME_TAGS or (word.form == "-") or (word.xpos in ("CD", "LS") and word.deprel.startswith("flat"))
    )


def read_proper_nouns(path: Path, gazetteer: Gazetteer, lists: NameLists) -> Iterator[NamedSentence]:
    """Sentences of a treebank without names: its tags tell where names stand, the lists what some of them are.

    A run of proper nouns is labelled when the lists leave no doubt, and unknown otherwise; all else is outside.
    """
    for sentence in read_sentences(path):
        words = [word.form for word in sentence.words]
        proper = [word.xpos in NAME_TAGS for word in sentence.words]
        names: list[Name] = []
        start = 0
        while start < len(words):
            end = start
            while end < len(words) and proper[end]:
                end += 1
            if end > start:
                joined = _joined_by_connector(words, proper, start, end)
                names += [Name(start, end, UNKNOWN)] if joined else _recognised_run(words, start, end, gazetteer, lists)
            start = max(end, start + 1)
        spaces = [word.space_after for word in sentence.words]
        yield NamedSentence(words, names, spaces, sentence.starts_document)


def _joined_by_connector(words: list[str], proper: list[bool], start: int, end: int) -> bool:
    """Whether "of", "and" or a hyphen ties the run to another one: then its edges are in doubt."""
    ties = ("of", "&", "-", "and", "for")
    before = start > 1 and words[start - 1] in ties and proper[start - 2]
    return before or (end + 1 < len(words) and words[end] in ties and proper[end + 1])


def _recognised_run(words: list[str], start: int, end: int, gazetteer: Gazetteer, lists: NameLists) -> Iterator[Name]:
    first = start
    while first < end - 1 and words[first] in gazetteer.titles:
        first += 1
    if any(is_date_word(word) for word in words[start:end]) or words[end - 1] in gazetteer.titles:
        yield Name(start, end, UNKNOWN)
    else:
        yield Name(first, end, recognised(words[first:end], gazetteer, lists))


Reader = Callable[[Path], Iterable[NamedSentence]]
CORPORA: tuple[tuple[str, str, Reader, int], ...] = (
    ("gmb", "ner/gmb-66k.tsv", read_gmb, 2),
    ("wikigold", "ner/wikigold.conll", read_conll, 1),
    ("crossner", "ner/crossner-politics-train.txt", read_conll, 5),
    ("redocred", "relations/redocred-dev.json", read_redocred, 1),
    ("gum", "treebank/gum-train.conllu", read_gum, 1),
)
HELD_OUT: tuple[tuple[str, str, Reader], ...] = (
    ("crossner", "ner/crossner-politics-dev.txt", read_conll),
    ("uner", "ner/uner-ewt-dev.iob2", read_uner),
    ("gum", "treebank/gum-dev.conllu", read_gum),
)
HYPHENS_SPLIT = frozenset({"redocred"})
UNANNOTATED = "treebank/ewt-train.conllu"


def training_docs(data: Path, labels: LabelMap, nlp: Language) -> Iterator[Doc]:
    """Every corpus as it is, again with other names in it, and the treebank that only has proper nouns.

    The corpora of news and politics are renamed more often, to weigh more.
    """
    lists = NameLists.load(data)
    chance = random.Random(SEED)
    for source, path, read, renamed in CORPORA:
        sentences = [labels.relabel(sentence, source) for sentence in read(data / path)]
        versions = [[with_other_names(sentence, lists, chance) for sentence in sentences] for _ in range(renamed)]
        for version in (sentences, *versions):
            for run in group(version):
                yield to_doc(run, nlp, join_hyphens=source in HYPHENS_SPLIT)
    sentences = read_proper_nouns(data / UNANNOTATED, labels.gazetteer, lists)
    for run in group(labels.completed(sentence) for sentence in sentences):
        yield to_doc(run, nlp)


def held_out_docs(data: Path, labels: LabelMap, nlp: Language) -> Iterator[Doc]:
    """The corpora that measure, never train."""
    for source, path, read in HELD_OUT:
        for run in group(labels.relabel(sentence, source) for sentence in read(data / path)):
            yield measurable(to_doc(run, nlp))


def measurable(doc: Doc) -> Doc:
    """Leave only the labels that all held-out corpora annotate; the names with other labels become missing."""
    kept = [name for name in doc.ents if name.label_ in MEASURED_LABELS]
    hidden = [name for name in doc.ents if name.label_ not in MEASURED_LABELS]
    unknown = [doc[token.i : token.i + 1] for token in doc if token.ent_iob == 0]
    doc.set_ents(kept, missing=[*hidden, *unknown], default="outside")  # pyright: ignore[reportArgumentType]
    return doc


def write_names(data: Path, work: Path) -> None:
    """Write ``names-train.spacy`` and ``names-dev.spacy`` into ``work`` from the corpora below ``data``."""
    nlp = spacy.blank("en")
    follow_treebanks(nlp)
    labels = LabelMap.load(data)
    work.mkdir(parents=True, exist_ok=True)
    for split, docs in (("train", training_docs), ("dev", held_out_docs)):
        DocBin(docs=docs(data, labels, nlp)).to_disk(work / f"names-{split}.spacy")
