"""Where a mention stands and what kind of words it is made of, before anything is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.actors.words import ActorNoun, Pronoun
from kg.grammar.noun_phrases import PERSON_LABELS
from kg.model import MentionType, Span

DEMONYM = "DEMONYM"
DEMONYMS = "DEMONYMS"


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
