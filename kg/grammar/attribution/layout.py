"""Lines and paragraphs, and the labels in front of them ("NAME: …") that tell who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.grammar.attribution.act import without_edges
from kg.grammar.labels import FINITE_TAGS
from kg.grammar.predicates import signature
from kg.grammar.tree import tree_of
from kg.grammar.words import is_word
from kg.language.breaks import newlines_of_a_break

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "JJ", "DT", "CC", "POS"})
LONGEST_SPEAKER = 5
SPEAKING_LABELS = frozenset({"PERSON", "PER", "ORG"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def lines_of(doc: Doc) -> Iterator[Span]:
    """The lines of a text that are not blank: headlines, paragraphs, turns of a transcript."""
    yield from _divided(doc, 1)


def paragraphs_of(doc: Doc) -> Iterator[Span]:
    """The paragraphs of a text, divided by blank lines, or by ends of lines where those are too long to be wrapped."""
    yield from _divided(doc, newlines_of_a_break(doc))


def paragraph_numbers(doc: Doc) -> list[int]:
    """The number of the paragraph in which each token stands, counted by blank lines."""
    numbers, current = [0] * len(doc), 0
    for token in doc:
        current += token.is_space and token.text.count("\n") > 1
        numbers[token.i] = current
    return numbers


def _divided(doc: Doc, newlines: int) -> Iterator[Span]:
    start = 0
    for token in doc:
        if token.is_space and token.text.count("\n") >= newlines:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


def names_a_speaker(words: Span, said: Span, *, labels: int = 0) -> bool:
    """Whether a few words name somebody: a person or organisation, an office, a kind of report; no dateline.

    A name of an unknown kind counts where a whole sentence is ``said``.

    A word in capitals that is no known name counts where the text has at least two ``labels`` of this kind.
    """
    named = [t for t in words if not t.is_punct]
    if not 0 < len(named) <= LONGEST_SPEAKER or any(t.tag_ not in NOMINAL_TAGS for t in named):
        return False
    found = signature(named[-1].lemma_.lower(), "noun")
    if is_word(named[-1], "role") or (found is not None and found.kind == "speech"):
        return True
    if any(t.ent_type_ in SPEAKING_LABELS for t in named) or _is_named_elsewhere(words):
        return True
    if is_unknown_name(named) and _is_sentence(said):
        return True
    capitals = any(t.is_upper and len(t) > 2 and t.ent_type_ not in PLACE_LABELS for t in named)
    return capitals and labels > 1


def is_unknown_name(words: Sequence[Token]) -> bool:
    """Whether words are a name that was not recognised, and no place or heading ("Breaking", "Update")."""
    names = all(t.tag_ in ("NNP", "NNPS") and not t.ent_type_ and not t.is_upper for t in words)
    return names and not any(is_word(t, "heading") for t in words)


def _is_sentence(words: Span) -> bool:
    tree = tree_of(words.doc)
    return any(t.tag_ in FINITE_TAGS and tree.child(t, "nsubj", "nsubj:pass") for t in words)


def _is_named_elsewhere(words: Span) -> bool:
    """Whether the text has a person or organisation of this name, though it was not recognised here."""
    name = without_edges(words).text.lower()
    return any(
        ent.label_ in SPEAKING_LABELS and (ent.text.lower() == name or ent[-1].lower_ == name) for ent in words.doc.ents
    )
