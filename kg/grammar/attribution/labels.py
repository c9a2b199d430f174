"""Acts that a colon makes: "Speaker: words" as a line, turns of a transcript, and a headline "words: Speaker"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.grammar.attribution.act import Attribution, without_edges
from kg.grammar.attribution.layout import lines_of, names_a_speaker, paragraphs_of
from kg.grammar.noun_phrases import head_of
from kg.grammar.tree import Tree
from kg.grammar.words import is_word

FEWEST_TURNS = 3
LONGEST_LABEL = 8
BEHIND = frozenset({":", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows a label: the words before the colon, the colon, and the tokens up to ``end``.

    ``speaker`` is the head of the label, or None where it only tells that somebody asks or answers.
    """

    label: Span
    colon: Token
    end: int
    speaker: Token | None
    asks: bool

    @property
    def words(self) -> Span:
        """What is said."""
        return self.label.doc[self.colon.i + 1 : self.end]


def turns_of(tree: Tree) -> list[Turn]:
    """The turns that labels open, in order of the text; found once and kept with the Doc.

    A turn ends with its line or wrapped paragraph; one whose label comes back ends where the next begins.
    """
    found: list[Turn] | None = tree.doc.user_data.get("kg_turns")
    if found is None:
        found = tree.doc.user_data["kg_turns"] = _turns(tree)
    return found


def _turns(tree: Tree) -> list[Turn]:
    labelled = [(line, colon) for line in lines_of(tree.doc) if (colon := _colon_of(line)) is not None]
    capitals = sum(all(t.is_upper or not t.is_alpha for t in tree.doc[line.start : c.i]) for line, c in labelled)
    opened = [
        (tree.doc[line.start : colon.i], colon) for line, colon in labelled
        if _is_label(tree.doc[line.start : colon.i], tree.doc[colon.i + 1 : line.end], labels=capitals)
    ]  # fmt: skip
    ends = _ends(opened, [paragraph.end for paragraph in paragraphs_of(tree.doc)], len(tree.doc)) if opened else []
    return [_turn(tree, words, colon, end) for (words, colon), end in zip(opened, ends, strict=True)]


def _colon_of(line: Span) -> Token | None:
    colon = next((t for t in line[:LONGEST_LABEL] if t.text == ":"), None)
    return colon if colon is not None and line.start < colon.i < line.end - 1 else None


def _is_label(words: Span, said: Span, *, labels: int) -> bool:
    return _asks(words) or _answers(words) or names_a_speaker(words, said, labels=labels)


def _asks(words: Span) -> bool:
    return len(words) == 1 and is_word(words[0], "label", detail="asks")


def _answers(words: Span) -> bool:
    return len(words) == 1 and is_word(words[0], "label", detail="answers")


def _ends(opened: Sequence[tuple[Span, Token]], paragraph_ends: Sequence[int], last: int) -> list[int]:
    """Where each turn ends."""
    starts = [words.start for words, _ in opened] + [last]
    often = Counter(words.text for words, _ in opened)
    ends: list[int] = []
    for n, (words, colon) in enumerate(opened):
        paragraph = next((end for end in paragraph_ends if end > colon.i), last)
        is_transcript = len(opened) >= FEWEST_TURNS and often[words.text] > 1
        ends.append(starts[n + 1] if is_transcript else min(paragraph, starts[n + 1]))
    return ends


def _turn(tree: Tree, label: Span, colon: Token, end: int) -> Turn:
    asks = _asks(label)
    speaker = None if asks or _answers(label) else tree.tokens[head_of(tree, label.start, label.end)]
    return Turn(without_edges(label), colon, end, speaker, asks)


def of_labels(tree: Tree) -> Iterator[Attribution]:
    """A line "Speaker: words", as headlines and transcripts have it."""
    for turn in turns_of(tree):
        colon = tree.doc[turn.colon.i : turn.colon.i + 1]
        source = None if turn.speaker is None else turn.label
        cue = turn.label if source is None else colon
        content = without_edges(turn.words)
        yield Attribution(source, cue, (content,), "colon", speaker=turn.speaker, head=turn.colon)


def of_headline(tree: Tree) -> Iterator[Attribution]:
    """A headline that names its speaker at the end: "Army took the town: Erdogan"."""
    taken = {turn.colon.i for turn in turns_of(tree)}
    for line in lines_of(tree.doc):
        mark = next((t for t in reversed(list(line)) if t.text in BEHIND), None)
        if mark is None or mark.i in taken or line[-1].text in ".!?" or not _parts(tree, line, mark):
            continue
        before, after = tree.doc[line.start : mark.i], tree.doc[mark.i + 1 : line.end]
        speaker = tree.tokens[head_of(tree, after.start, after.end)]
        cue = tree.doc[mark.i : mark.i + 1]
        yield Attribution(
            without_edges(after), cue, (without_edges(before),), "colon behind", speaker=speaker, head=mark
        )


def _parts(tree: Tree, line: Span, mark: Token) -> bool:
    """Whether a mark parts a sentence from a name behind it."""
    before, after = tree.doc[line.start : mark.i], tree.doc[mark.i + 1 : line.end]
    if not before or not after or not names_a_speaker(after, before):
        return False
    apart = mark.text == ":" or bool(before[-1].whitespace_)
    return apart and before[-1].text not in "”\"'’" and any(t.pos_ in ("VERB", "AUX") for t in before)
