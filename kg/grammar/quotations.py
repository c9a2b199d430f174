"""Quotations and who speaks them.

A speaker is sought in this order: the subject of a speech verb that governs the quoted words or stands beside them
("… ," Putin said); for a quotation without one, the speaker of the quotation before it in the same paragraph, or of the
paragraph before when that one ends in a quotation. Words in quotation marks that no speech verb governs ("so-called")
have no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.grammar.predicates import is_speech
from kg.grammar.tree import Tree, tree_of
from kg.language.breaks import newlines_of_a_break

OPENING = {"“": "”", "«": "»", "„": "“", "``": "''"}
STRAIGHT = ('"', "''")
SUBJECTS = ("nsubj", "nsubj:pass")
LONGEST_PHRASE_WITHOUT_VERB = 6


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens between two quotation marks, ``[start, end)`` without the marks, and who says them with which cue."""

    span: Span
    speaker: Token | None = None
    cue: Token | None = None


def quotations(doc: Doc) -> list[Quotation]:
    """The quotations of a parsed Doc in order of the text; found once and kept with it."""
    found = doc.user_data.get("kg_quotations")
    if found is None:
        found = _with_continued_speakers(doc, [_with_speaker(span) for span in quoted_spans(doc)])
        doc.user_data["kg_quotations"] = found
    return found


def quotation_at(doc: Doc, token: Token) -> Quotation | None:
    """The innermost quotation that a token stands in."""
    inside = [q for q in quotations(doc) if q.span.start <= token.i < q.span.end]
    return min(inside, key=lambda q: len(q.span), default=None)


def quoted_spans(doc: Doc) -> list[Span]:
    """The spans between quotation marks; a quotation left open ends with its paragraph.

    >>> import spacy
    >>> [span.text for span in quoted_spans(spacy.blank("en")('“We left,” he said. “Now.”'))]
    ['We left,', 'Now.']
    """
    found: list[Span] = []
    start, closing = None, ""
    needed = newlines_of_a_break(doc)
    for token in doc:
        paragraph_ends = token.is_space and token.text.count("\n") >= needed
        if start is None:
            closing = OPENING.get(token.text, token.text if token.text in STRAIGHT else "")
            start = token.i + 1 if closing else None
        elif token.text == closing or token.text == "”" or paragraph_ends:
            if token.i > start:
                found.append(doc[start : token.i])
            start = None
    if start is not None and start < len(doc):
        found.append(doc[start:])
    return found


def _with_speaker(span: Span) -> Quotation:
    tree = tree_of(span.doc)
    for cue in _cue_candidates(tree, span):
        speaker = _subject_outside(tree, cue, span)
        if speaker is not None:
            return Quotation(span, speaker, cue)
    return Quotation(span)


def _cue_candidates(tree: Tree, span: Span) -> Iterator[Token]:
    """Speech verbs that may govern a quotation: above its words first, then below them, then beside it."""
    inside = range(span.start, span.end)
    for token in span:
        if tree.heads[token.i] not in inside or tree.heads[token.i] == token.i:
            for ancestor in tree.ancestors(token):
                if ancestor.i not in inside and is_speech(ancestor):
                    yield ancestor
            yield from (c for c in tree.children(token) if c.i not in inside and is_speech(c))
    yield from _beside(span)


def _beside(span: Span) -> Iterator[Token]:
    """Speech verbs in the words that follow the quotation in its sentence, or lead up to it."""
    doc = span.doc
    sentence = doc[span.end - 1].sent
    after = doc[min(span.end + 1, len(doc)) : max(sentence.end, min(span.end + 6, len(doc)))]
    for token in after:
        if token.is_space or token.text in OPENING or token.text in STRAIGHT:
            break
        if is_speech(token):
            yield token
    before = doc[doc[span.start].sent.start : max(span.start - 1, doc[span.start].sent.start)]
    if before and (before[-1].text in (",", ":") or is_speech(before[-1])):
        yield from (token for token in reversed(list(before)) if is_speech(token))


def _subject_outside(tree: Tree, cue: Token, span: Span) -> Token | None:
    """The subject of a cue, or of the verb that it is coordinated with or depends on, outside the quotation."""
    for verb in (cue, *tree.ancestors(cue)):
        if verb.i != cue.i and tree.label(cue) not in ("conj", "xcomp", "advcl", "acl"):
            break
        for subject in tree.children(verb, *SUBJECTS):
            if not span.start <= subject.i < span.end and is_worded(subject):
                return subject
        if verb.i == cue.i and tree.label(cue) == "acl":
            return tree.head(cue)
    return _noun_before(cue)


def is_worded(token: Token) -> bool:
    """Whether a token has a letter or a digit; a parse may take white space or a dash for a subject."""
    return any(character.isalnum() for character in token.text)


def _noun_before(cue: Token) -> Token | None:
    """The noun right before a cue, but for adverbs and auxiliaries: its subject where the parse missed it."""
    for token in reversed(list(cue.sent)[: cue.i - cue.sent.start]):
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            return token
        if token.pos_ not in ("ADV", "AUX"):
            return None
    return None


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


def is_utterance(span: Span) -> bool:
    """Whether quoted words are something said rather than a term set off: a clause, or more than a few words."""
    has_verb = any(t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBG", "VBN") for t in span)
    return has_verb or len(span) > LONGEST_PHRASE_WITHOUT_VERB
