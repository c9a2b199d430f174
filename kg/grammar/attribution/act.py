"""One act of attribution as spans: who says so, by which cue, and what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.grammar.rules import Rule


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of attribution: who (if named), the cue, and the spans of what is attributed.

    ``source`` is the source as it is written, ``speaker`` the head of the phrase that says who it is (for "who" the
    noun before it). ``frame`` names how the cue leads to its content. ``told`` says whether what stands in the content
    is the source's word; whoever condemns an attack has an attitude to it, but the article tells of the attack.
    ``aside`` holds the tokens within the content that the article adds on its own account. ``rule`` found the act.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    frame: str = ""
    speaker: Token | None = None
    head: Token | None = None
    told: bool = True
    aside: frozenset[int] = frozenset()
    rule: Rule | None = field(default=None, compare=False)

    def held(self) -> Iterator[int]:
        """The tokens that are told by the source of this act rather than by the article."""
        if self.told:
            yield from (t for piece in self.content for t in range(piece.start, piece.end) if t not in self.aside)

    @property
    def size(self) -> int:
        """How many tokens the content has; of two acts that hold a token, the smaller is the nearer."""
        return sum(len(piece) for piece in self.content)


def pieces(doc: Doc, words: Iterable[int], quoted: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Runs of words, with the quotations that they reach into, as spans in order of the text."""
    spans = [(run.start, run.end) for run in _runs(doc, words) if any(t.is_alpha or t.like_num for t in run)]
    spans += [(quotation.start, quotation.end) for quotation in quoted]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(without_edges(doc[start:end]) for start, end in joined)


def _runs(doc: Doc, words: Iterable[int]) -> list[Span]:
    """Runs of words; punctuation and white space between two words of a content do not divide it."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and all(doc[j].is_punct or doc[j].is_space for j in range(runs[-1][-1] + 1, i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [doc[run[0] : run[-1] + 1] for run in runs]


def without_edges(span: Span) -> Span:
    """A span without punctuation and white space at its ends."""
    start, end = span.start, span.end
    while end - start > 1 and is_edge(span.doc[end - 1]) and span.doc[end - 1].text != ")":
        end -= 1
    while end - start > 1 and is_edge(span.doc[start]):
        start += 1
    return span.doc[start:end]


def is_edge(token: Token) -> bool:
    """Whether a token is only punctuation or white space."""
    return token.is_punct or token.is_space
