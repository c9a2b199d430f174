"""The component ``kg_breaks``: sentence boundaries plain from the layout, set before the parser looks for more.

A blank line closes a sentence, and so does the dash of a dateline ("KYIV, Feb 1 (Reuters) - "). Where lines are as long
as paragraphs, the end of a line closes one too. What goes on for 300 words without an end is cut. The period of a title
before a name ("Rep.") closes none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

# A place in capitals, perhaps its region, a date and an agency, then a dash, at the start of a line.
DATELINE = re.compile(
    r"""^( (?: [A-Z][A-Z.'’-]+ [ ]? ){1,4}
           (?: ,[ ]? [A-Z][\w.]+ )?
           (?: ,?[ ] (?: [A-Z][a-z]{2,8}\.? [ ] \d{1,2} | \d{1,2} [ ] [A-Z][a-z]{2,8} ) )?
           (?: ,?[ ]? \([A-Z]\w+\) )?
           [ ]? (?: -- | [-–—] ) [ ] )""",
    re.MULTILINE | re.VERBOSE,
)

LONGEST_WRAPPED_LINE = 160
# No writer's sentence is as long, in tokens: a list or a text without periods is cut there, for its readers' sake.
LONGEST_SENTENCE = 300
ENDS = frozenset(".!?")
YES, NO = 1, -1
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
    needed = newlines_of_a_break(doc)
    for start, end in _datelines(doc):
        starts[start + 1 : end] = [NO] * (end - start - 1)
        starts[end] = YES
    after_break = False
    since = 0  # tokens since a sentence may have ended
    for token in doc:
        i = token.i
        since = 0 if starts[i] == YES or token.text in ENDS else since + 1
        if token.is_space and "\n" in token.text:
            after_break = token.text.count("\n") >= needed or after_break
            starts[i] = NO if i else starts[i]
        elif after_break or since >= LONGEST_SENTENCE:
            starts[i] = YES
            after_break, since = False, 0
        elif i and doc[i - 1].text in TITLES and token.text[0].isupper():
            starts[i] = NO
    # All at once: to set them one by one, spaCy looks at the whole text each time.
    values: Any = np.array(starts, dtype="int64").astype("uint64")
    return doc.from_array([SENT_START], values)


def newlines_of_a_break(doc: Doc) -> int:
    """How many newlines divide paragraphs: two, or one in a text whose lines are too long to have been wrapped.

    >>> import spacy
    >>> [newlines_of_a_break(spacy.blank("en")(text)) for text in ("A line.\\nA line.", "A line. " * 40 + "\\nA line.")]
    [2, 1]
    """
    lines = doc.text.split("\n")
    return 1 if len(lines) > 1 and max(map(len, lines)) > LONGEST_WRAPPED_LINE else 2


def _datelines(doc: Doc) -> Iterator[tuple[int, int]]:
    """The token ranges of datelines, each up to the first token of the text proper."""
    for match in DATELINE.finditer(doc.text):
        span = doc.char_span(match.start(1), match.end(1), alignment_mode="expand")
        if span is not None and span.end < len(doc) and not doc[span.end].is_space:
            yield span.start, span.end
