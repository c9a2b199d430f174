"""Where quotations begin and end, and the speech verb beside them that tells who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.grammar.predicates import is_speech, signature_of
from kg.grammar.tree import Tree, tree_of
from kg.language.breaks import newlines_of_a_break

OPENING = {"“": "”", "«": "»", "„": "“", "``": "''"}
STRAIGHT = ('"', "''")
SUBJECTS = ("nsubj", "nsubj:pass")
LONGEST_PHRASE_WITHOUT_VERB = 6


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of direct speech, without their quotation marks if ``marked`` by such, and who says them with which cue."""

    span: Span
    speaker: Token | None = None
    cue: Token | None = None
    marked: bool = True


def quoted_spans(doc: Doc) -> list[Span]:
    """The spans between quotation marks; a quotation left open ends with its paragraph.

    >>> import spacy
    >>> [span.text for span in quoted_spans(spacy.blank("en")('“We left,” he said. “Now.”'))]
    ['We left,', 'Now.']
    """
    found: list[Span] = []
    start, closing, inner = None, "", 0
    needed = newlines_of_a_break(doc)
    for token in doc:
        paragraph_ends = token.is_space and token.text.count("\n") >= needed
        if start is None:
            closing, inner = _closing_of(token), 0
            start = token.i + 1 if closing else None
        elif paragraph_ends or (not inner and _closes(token, closing)):
            if token.i > start:
                found.append(doc[start : token.i])
            start = None
        elif closing in STRAIGHT and (token.text in OPENING or (token.text in STRAIGHT and _opens(token))):
            inner += 1
        elif inner and (token.text in STRAIGHT or token.text in OPENING.values()):
            inner -= 1
    if start is not None and start < len(doc):
        found.append(doc[start:])
    return found


def _closing_of(token: Token) -> str:
    """The mark that closes a quotation which a token opens, or ""; at a word's start "”" opens by mistake."""
    if token.text == "”" and not token.whitespace_ and token.i + 1 < len(token.doc):
        before = token.i == 0 or token.doc[token.i - 1].is_space or bool(token.doc[token.i - 1].whitespace_)
        return "”" if before and token.nbor().is_alpha else ""
    opens = token.text in STRAIGHT and not _follows_word(token)
    return OPENING.get(token.text, token.text if opens else "")


def _closes(token: Token, closing: str) -> bool:
    """Whether a token ends a quotation: the mark that was waited for, but no straight one that opens another."""
    if token.text in STRAIGHT and token.text == closing:
        return not _opens(token)
    return token.text == closing or token.text.startswith("”")


def _opens(token: Token) -> bool:
    """Whether a straight mark stands like an opening one: white space before it, and none behind it."""
    return bool(token.i and token.doc[token.i - 1].whitespace_) and not token.whitespace_


def _follows_word(token: Token) -> bool:
    """Whether a straight mark stands like a closing one: right behind a word or its comma, white space behind it."""
    before = token.doc[token.i - 1] if token.i else None
    glued = before is not None and not before.whitespace_ and (before.text[-1].isalnum() or before.text in ",.?!")
    return glued and bool(token.whitespace_)


def with_speaker(span: Span) -> Quotation:
    """A quotation with the subject of the speech verb that introduces it, if there is one."""
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
                if ancestor.i not in inside and _introduces(tree, ancestor):
                    yield ancestor
            yield from (c for c in tree.children(token) if c.i not in inside and _introduces(tree, c))
    yield from _beside(tree, span)


def _introduces(tree: Tree, token: Token) -> bool:
    """Whether a verb can introduce quoted words: a verb of saying, or "read" of a text ("the statement reads")."""
    if token.lemma_ != "read" or token.pos_ != "VERB":
        return is_speech(token)
    subject = tree.child(token, "nsubj")
    found = None if subject is None else signature_of(subject)
    return found is not None and found.kind == "speech"


def _beside(tree: Tree, span: Span) -> Iterator[Token]:
    """Speech verbs in the words that follow the quotation in its sentence, or lead up to it."""
    doc = span.doc
    sentence = doc[span.end - 1].sent
    after = doc[min(span.end + 1, len(doc)) : max(sentence.end, min(span.end + 6, len(doc)))]
    for token in after:
        if token.is_space or token.text in OPENING or token.text in STRAIGHT:
            break
        if _introduces(tree, token):
            yield token
    before = doc[doc[span.start].sent.start : max(span.start - 1, doc[span.start].sent.start)]
    if before and (before[-1].text in (",", ":") or _introduces(tree, before[-1])):
        yield from (token for token in reversed(list(before)) if _introduces(tree, token))


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


def is_utterance(span: Span) -> bool:
    """Whether quoted words are something said rather than a term set off: a clause, or more than a few words."""
    return has_verb(span) or len(span) > LONGEST_PHRASE_WITHOUT_VERB


def has_verb(span: Span) -> bool:
    """Whether words hold a verb that is no mere participle."""
    return any(t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBG", "VBN") for t in span)
