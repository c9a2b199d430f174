"""The component ``kg_breaks``: sentence boundaries plain from the layout, set before the parser looks for more.

A blank line closes a sentence, and so does the dash of a dateline ("KYIV, Feb 1 (Reuters) - ") and the colon of a label
("EU: The Union …"). Where lines are as long as paragraphs, the end of a line closes one too, and so it does behind a
heading: a line that had room for the first word of the next. The items of a list that go on with what the line above
them began ("agreed to:") belong to its sentence. What goes on for 300 words without an end is cut. The period of a
title before a name ("Rep.") closes none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

# Places in capitals, or in any case before an agency in brackets; perhaps a region, a date, an agency; then a dash.
DATELINE = re.compile(
    r"""^( (?: (?: [A-Z][A-Z.'’-]+ [ ]? ){1,4} (?: /[ ]? (?: [A-Z][A-Z.'’-]+ [ ]? ){1,4} ){0,3}
           | (?: [A-Z][\w.'’-]+ [ ,/]{1,2} ){1,5} (?= \( ) )
           (?: ,[ ]? [A-Z][\w.]+ (?: [ ] [A-Z][a-z]+ )? )?
           (?: ,?[ ] (?: [A-Z][a-z]{2,8}\.? [ ] \d{1,2} | \d{1,2} [ ] [A-Z][a-z]{2,8} ) (?: ,? [ ] \d{4} )? )?
           (?: ,?[ ]? \([A-Z][\w ,/]+\) )?
           [ ]? (?: -- | [-–—] ) [ ] )""",
    re.MULTILINE | re.VERBOSE,
)
# An hour, as the entries of a live page have it, or up to four words and a colon at the start of a line, before a
# sentence: "14:20 Army says …", "EU: The Union …", "Q: Has …".
LABEL = re.compile(
    r"""^( (?: \d{1,2}[:.h]\d{2} (?: [ ]? (?: [ap]\.?m\.? | [A-Z]{2,4}(?=[ ][A-Z]) ) )? [ ]+ (?: [-–—:] [ ]+ )? )?
           (?: [A-Z][\w.'’-]* (?: [ ] (?: [A-Z][\w.'’-]* | of | the | and | for | de ) ){0,3} :[ ] )? )
       (?= ["“‘']? [A-Z] )""",
    re.MULTILINE | re.VERBOSE,
)
# The mark of an item of a list, before a word in small letters that goes on with what the line above the list began.
ITEM = re.compile(r"^[ \t]*(?:[-–—•*·◦‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=[a-z])", re.MULTILINE)

LONGEST_WRAPPED_LINE = 160
# No writer's sentence is as long, in tokens: a list or a text without periods is cut there, for its readers' sake.
LONGEST_SENTENCE = 300
ENDS = frozenset(".!?")
YES, NO = 1, -1
SHORTEST_WRAPPED_LINE = 50
LONGEST_HEADING = 150
CLOSING_MARKS = " \t\u00a0\"”’')]"
NOT_CLOSING_A_HEADING = frozenset(".!?,;:-")
CLOSES = frozenset({".", "!", "?", ":", ";", "…", "|"})
TITLES = frozenset({
    "Adm.", "Amb.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Del.", "Dr.", "Gen.", "Gov.", "Hon.", "Lt.", "Maj.",
    "Mr.", "Mrs.", "Ms.", "Pres.", "Prof.", "Rep.", "Reps.", "Rev.", "Sen.", "Sens.", "Sgt.", "Supt.",
})  # fmt: skip


def make_breaks(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that sets sentence starts after blank lines and after a title's line."""
    return break_at_paragraphs


Language.factory("kg_breaks", func=make_breaks, assigns=["token.is_sent_start"])


def break_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at every paragraph; within a paragraph the parser decides.

    >>> import spacy
    >>> doc = break_at_paragraphs(spacy.blank("en")("Envoy leaves\\n\\nThe envoy left."))
    >>> [token.text for token in doc if token.is_sent_start]
    ['Envoy', 'The']
    """
    starts: list[int] = doc.to_array(SENT_START).astype("int64").tolist()
    after_break = False
    since = 0  # tokens since a sentence may have ended
    needed = newlines_of_a_break(doc)
    headings, continued = list(_headings(doc)), _continued(doc)
    ends = {end for _, end in headings}
    for start, end in _openings(doc):
        starts[start + 1 : end] = [NO] * (end - start - 1)
        starts[end] = YES
    for token in doc:
        since = 0 if starts[token.i] == YES or token.text in ENDS else since + 1
        if token.is_space and "\n" in token.text:
            closes = token.text.count("\n") >= needed or token.idx in ends
            after_break = (closes or after_break) and token.idx not in continued
            starts[token.i] = NO if token.i else starts[token.i]
        elif after_break or since >= LONGEST_SENTENCE:
            starts[token.i] = YES
            after_break, since = False, 0
        elif token.i and _goes_on(doc[token.i - 1], token, continued):
            starts[token.i] = NO
    for start, end in headings:
        _keep_whole(doc, start, end, starts)
    # All at once: to set them one by one, spaCy looks at the whole text each time.
    values: Any = np.array(starts, dtype="int64").astype("uint64")
    return doc.from_array([SENT_START], values)


def _goes_on(before: Token, token: Token, continued: set[int]) -> bool:
    """Whether no sentence begins at a token: behind a title before a name, or at an item that goes on with a list."""
    return (before.text in TITLES and token.text[0].isupper()) or (before.is_space and before.idx in continued)


def _keep_whole(doc: Doc, start: int, end: int, starts: list[int]) -> None:
    """Let no sentence begin inside a heading, unless it has more than one ("War ends. Hopes rise")."""
    span = doc.char_span(start, end, alignment_mode="expand")
    for token in span[1:] if span is not None else ():
        if not starts[token.i] and doc[token.i - 1].text not in CLOSES:
            starts[token.i] = NO


def newlines_of_a_break(doc: Doc) -> int:
    """How many newlines divide paragraphs: two, or one in a text whose lines are too long to have been wrapped.

    >>> import spacy
    >>> [newlines_of_a_break(spacy.blank("en")(text)) for text in ("A line.\\nA line.", "A line. " * 40 + "\\nA line.")]
    [2, 1]
    """
    lines = doc.text.split("\n")
    return 1 if len(lines) > 1 and max(map(len, lines)) > LONGEST_WRAPPED_LINE else 2


def _openings(doc: Doc) -> Iterator[tuple[int, int]]:
    """The token ranges of datelines and labels, each up to the first token of the text proper."""
    for pattern in (DATELINE, LABEL):
        for match in pattern.finditer(doc.text):
            if not match.group(1):
                continue
            span = doc.char_span(match.start(1), match.end(1), alignment_mode="expand")
            if span is not None and span.end < len(doc) and not doc[span.end].is_space:
                yield span.start, span.end


def _headings(doc: Doc) -> Iterator[tuple[int, int]]:
    """Headings, as character offsets.

    A heading stands at the start or behind an empty line and ends without a full stop before another empty line, or
    before a line that begins like a sentence and whose first word would have fitted on its own.
    """
    lines = doc.text.split("\n")
    width = max(map(len, lines))
    at = 0
    opens = True
    for number, line in enumerate(lines):
        last = line.rstrip(CLOSING_MARKS)[-1:]
        if opens and last and last not in NOT_CLOSING_A_HEADING and len(line) <= LONGEST_HEADING:
            following = lines[number + 1].lstrip("\"“‘'") if number + 1 < len(lines) else ""
            room = width - len(line) > len(following.split(" ")[0]) + 1 or len(line) < SHORTEST_WRAPPED_LINE
            if not following.strip() or (following[:1].isupper() and room):
                yield at, at + len(line)
                line = ""  # another may follow, as behind the hour of an entry
        at += len(lines[number]) + 1
        opens = not line.strip()


def _continued(doc: Doc) -> set[int]:
    """The newlines, as character offsets, before items that go on with what ends in a colon above their list."""
    text = doc.text
    found: set[int] = set()
    open_until = -1  # where the last item of a list that is gone on with began
    for match in ITEM.finditer(text):
        before = text[: match.start()].rstrip()
        newline = len(before)
        last_line = before.rsplit("\n", 1)[-1]
        in_list = open_until >= 0 and text.rfind("\n", 0, newline) < open_until <= newline
        if before.endswith((":", " to", " that")) or (in_list and last_line[-1:] in ",;d"):
            found.add(newline)
            open_until = match.start()
    return found
