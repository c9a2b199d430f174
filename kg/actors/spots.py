"""Where a mention stands and what kind of words it is made of, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.actors.words import ActorNoun, Pronoun
from kg.grammar.tree import Tree, matches
from kg.model import MentionType, Span

DEMONYM = "DEMONYM"
DEMONYMS = "DEMONYMS"
BEST_HEADS = (("nsubj", "obj", "iobj"), ("obl", "ROOT", "conj"), ("nmod", "appos"))
PERSON_LABELS = frozenset({"PERSON", "PER"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention as tokens ``[start, end)`` of a Doc, with its head token.

    ``label`` is the label of the named entity recogniser, "DEMONYM" for a nationality adjective, "DEMONYMS" for its
    plural noun, or "" for a name that only the knowledge base knew. ``noun`` is set for nominals, ``pronoun`` for
    pronouns, ``pair`` for "both" and for "both" or "two" with a noun, and ``within`` for a name that is a part of a
    longer one ("Basel" of "University of Basel").
    """

    start: int
    end: int
    head: int
    type: MentionType
    label: str = ""
    noun: ActorNoun | None = None
    pronoun: Pronoun | None = None
    pair: bool = False
    within: bool = False

    def text(self, doc: Doc) -> str:
        """The words, as they stand in the text."""
        return doc[self.start : self.end].text

    def span(self, doc: Doc) -> Span:
        """The characters that it covers."""
        words = doc[self.start : self.end]
        return Span(words.start_char, words.end_char)

    @property
    def is_person_name(self) -> bool:
        """Whether the recogniser took it for the name of a person."""
        return self.label in PERSON_LABELS


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of ``[start, end)`` that ties it to the rest.

    Where the parser tied several, an argument goes before a modifier, and the first before the others.
    """
    tied = [
        i
        for i in range(start, end)
        if (not start <= tree.heads[i] < end or tree.heads[i] == i)
        and not (tree.doc[i].is_space or tree.doc[i].is_punct)
    ]
    return min(tied, key=lambda i: (_rank(tree.labels[i]), i), default=end - 1)


def _rank(label: str) -> int:
    return next((rank for rank, labels in enumerate(BEST_HEADS) if matches(label, labels)), len(BEST_HEADS))
