"""Direct speech: quotations with their speakers, and the words that "X said:" sets apart without quotation marks.

A speaker is sought in this order: the subject of a speech verb that governs the quoted words or stands beside them
("… ," Putin said); the name behind a dash; for a quotation without one, the speaker of the quotation before it in the
same paragraph, or of the paragraph before when that one ends in a quotation. Words in quotation marks that no speech
verb governs ("so-called") have no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.grammar.attribution.act import without_edges
from kg.grammar.attribution.layout import LONGEST_SPEAKER, NOMINAL_TAGS, lines_of, paragraphs_of
from kg.grammar.attribution.quoted import Quotation, has_verb, is_utterance, quoted_spans, with_speaker
from kg.grammar.clauses import clauses, is_finite, preposition
from kg.grammar.noun_phrases import head_of
from kg.grammar.predicates import is_speech, signature_of
from kg.grammar.tree import Tree, tree_of
from kg.language.breaks import newlines_of_a_break

DASHES = frozenset({"―", "—", "–", "--", "-"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
SPOKEN_BY = frozenset({"by", "from", "on behalf of"})
MAIN = ("ROOT", "conj", "parataxis", "ccomp")
MOVING = frozenset({"go"})
"""Verbs that introduce words only with quotation marks around them."""
LONGEST_HEADING = 4


def quotations(doc: Doc) -> list[Quotation]:
    """The direct speech of a parsed Doc in order of the text; found once and kept with it."""
    found: list[Quotation] | None = doc.user_data.get("kg_quotations")
    if found is None:
        tree = tree_of(doc)
        quoted = [with_speaker(span) for span in quoted_spans(doc)]
        quoted = _with_continued_speakers(doc, _with_dashes(tree, quoted))
        found = sorted((*quoted, *_blocks(tree, quoted)), key=lambda quotation: quotation.span.start)
        doc.user_data["kg_quotations"] = found
    return found


def quotation_at(doc: Doc, token: Token) -> Quotation | None:
    """The innermost direct speech that a token stands in."""
    inside = [q for q in quotations(doc) if q.span.start <= token.i < q.span.end]
    return min(inside, key=lambda q: len(q.span), default=None)


def _with_dashes(tree: Tree, found: list[Quotation]) -> list[Quotation]:
    """Give quotations the speaker whom a line names behind a dash: "“…” — Name"."""
    named: dict[int, tuple[Token, Token]] = {}
    for line in lines_of(tree.doc) if found else ():
        dash = next((t for t in reversed(list(line)) if t.text.lstrip("”") in DASHES), None)
        source = None if dash is None else tree.doc[dash.i + 1 : line.end]
        if dash is None or not source or not _is_name(source := without_edges(source)):
            continue
        for n, quotation in enumerate(found):
            end = quotation.span.end
            if end <= dash.i + dash.text.startswith("”") and dash.i - end < 5:
                named[n] = (tree.tokens[head_of(tree, source.start, source.end)], dash)
    return [
        replace(quotation, speaker=named[n][0], cue=named[n][1]) if n in named else quotation
        for n, quotation in enumerate(found)
    ]


def _is_name(words: Span) -> bool:
    return len(words) <= LONGEST_SPEAKER and all(t.tag_ in NOMINAL_TAGS for t in words) and words[0].text[0].isalnum()


def _with_continued_speakers(doc: Doc, found: list[Quotation]) -> list[Quotation]:
    """Give a quotation without a cue of its own the speaker of the one that it continues."""
    result: list[Quotation] = []
    needed = newlines_of_a_break(doc) if found else 0
    for quotation in found:
        previous = result[-1] if result else None
        if quotation.speaker is None and previous and previous.speaker and _continues(previous.span, quotation, needed):
            quotation = replace(quotation, speaker=previous.speaker, cue=previous.cue)
        result.append(quotation)
    return result


def _continues(previous: Span, quotation: Quotation, needed: int) -> bool:
    """Whether a quotation goes on with the one before; ``needed`` newlines divide paragraphs."""
    doc = previous.doc
    if not is_utterance(quotation.span):
        return False
    breaks = sum(t.is_space and t.text.count("\n") >= needed for t in doc[previous.end : quotation.span.start])
    opens_paragraph = quotation.span.start < 3 or doc[quotation.span.start - 2].is_space
    return breaks == 0 or (breaks == 1 and opens_paragraph)


def _blocks(tree: Tree, quoted: Sequence[Quotation]) -> Iterator[Quotation]:
    """The words that a report with a colon introduces without quotation marks: "The minister said: …"."""
    paragraphs = list(paragraphs_of(tree.doc))
    taken = 0
    for n, paragraph in enumerate(paragraphs):
        for colon in paragraph:
            if colon.text != ":" or colon.i < taken or any(q.span.start <= colon.i < q.span.end for q in quoted):
                continue
            introduced = _introduction(tree, colon)
            if introduced is None:
                continue
            cue, speaker = introduced
            start, end = colon.i + 1, paragraph.end
            if not any(t.is_alpha for t in tree.doc[start:end]):
                start, end = _paragraphs_said(paragraphs[n + 1 :], speaker)
            if start < end and has_verb(tree.doc[start:end]) and not _is_quoted(tree.doc, start, quoted):
                taken = end
                yield Quotation(without_edges(tree.doc[start:end]), speaker, cue, marked=False)


def _is_quoted(doc: Doc, start: int, quoted: Sequence[Quotation]) -> bool:
    """Whether quotation marks open within the first words, so that they tell how far the speech goes."""
    return any(start <= q.span.start < start + 3 for q in quoted) or not any(t.is_alpha for t in doc[start : start + 3])


def _introduction(tree: Tree, colon: Token) -> tuple[Token, Token] | None:
    """The cue and the speaker that stand before a colon: "X said:", "in a statement by X:"."""
    for token in reversed(tree.tokens[colon.sent.start : colon.i]):
        clause = clauses(tree.doc).get(token.i)
        if clause is not None:
            doer = next((t for t in clause.doers if t.i < colon.i and t.lower_ not in FIRST_PERSON), None)
            says = is_speech(token) and is_finite(tree, token) and tree.label(token) in MAIN
            return (token, doer) if says and doer is not None and token.lemma_ not in MOVING else None
        found = signature_of(token) if token.pos_ == "NOUN" else None
        by = [t for t in tree.children(token, "nmod") if preposition(tree, t) in SPOKEN_BY]
        if found is not None and found.kind == "speech" and by:
            return token, by[0]
    return None


def _paragraphs_said(paragraphs: Sequence[Span], speaker: Token) -> tuple[int, int]:
    """The tokens of a speech that begins with a paragraph, up to the last one with "I" or "we" before others speak.

    Both ends are the same where there is none.
    """
    said = 0
    for n, paragraph in enumerate(paragraphs):
        words = [t for t in paragraph if not t.is_space]
        ends = n > 0 and (len(words) <= LONGEST_HEADING or _reports(words, speaker))
        if not words or ends or words[0].is_quote:
            break
        if n == 0 or any(t.lower_ in FIRST_PERSON for t in words):
            said = n + 1
    return (paragraphs[0].start, paragraphs[said - 1].end) if said else (0, 0)


def _reports(words: Sequence[Token], speaker: Token) -> bool:
    """Whether a paragraph speaks of the speaker by name, or introduces another speech."""
    named = speaker.pos_ == "PROPN" and any(t.text == speaker.text for t in words)
    return named or words[-1].text == ":"
