"""The mentions that coreference chains are made of: every noun phrase and pronoun, actor or not, with what its words
tell of number, gender and kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from kg.actors.folding import fold
from kg.actors.syntax import GrammaticalRole, Syntax
from kg.actors.words import Pronoun, given_names, noun_class, noun_of, pronouns, singular_of, titles, word_set
from kg.grammar.attribution import Quotation, quotations
from kg.grammar.attribution.layout import paragraph_numbers
from kg.grammar.attribution.turns import speakers
from kg.grammar.noun_phrases import can_head_mention, coordination, phrase
from kg.grammar.tree import Tree, tree_of
from kg.model import Entity, Mention

PronounClass = Literal["I", "we", "you", "he", "she", "it", "they", "this", ""]
Form = Literal["name", "def", "demo", "poss", "indef", "num", "bare", "coord", "pron"]
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
ADDRESS = {"you": "subject", "your": "possessive", "yours": "possessive", "yourself": "reflexive"}
INDEFINITE = frozenset({"a", "an", "another", "some", "any", "no", "every", "each"})
CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
CLASS_OF_KIND = {
    "person": "person", "group": "person", "organization": "org", "country": "org", "place": "place", "thing": "thing",
}  # fmt: skip
SINGULAR_LABELS = frozenset({"GPE", "ORG"})  # "the United States" is one
CLASS_OF_LABEL = {
    "PERSON": "person", "PER": "person", "ORG": "org", "GPE": "org", "NORP": "org", "LOC": "place", "FAC": "place",
    "EVENT": "thing", "WORK_OF_ART": "thing", "PRODUCT": "thing", "LAW": "thing", "DATE": "time", "TIME": "time",
    "CARDINAL": "num", "MONEY": "num", "PERCENT": "num", "QUANTITY": "num", "ORDINAL": "num",
}  # fmt: skip
CLASS_OF_PRONOUN = {"he": "person", "she": "person", "I": "person", "we": "person", "you": "person", "it": "thing"}
PERSON_ENDINGS = ("ist", "ian", "eer", "ster")
SHORTEST_WITH_ENDING = 6


@dataclass(slots=True, eq=False)
class ChainMention:
    """A noun phrase or pronoun: tokens ``[start, end)`` with their head, and what may tell whether two are the same.

    ``animacy`` is "person", "org", "place", "time", "num", "thing" or "" where nothing is known. ``entity`` is the id
    of the actor that the rules of this room found for it, ``speaker`` the head of the phrase for who speaks around a
    first person (or whom a question asks), and ``order`` its place among the mentions of the Doc.
    """

    head: int
    start: int
    end: int
    form: Form
    lemma: str
    text: str
    order: int
    role: GrammaticalRole
    label: str
    sentence: int
    quotation: int
    paragraph: int
    plural: bool = False
    gender: str = ""
    animacy: str = ""
    pronoun: PronounClass = ""
    case: str = ""
    entity: str = ""
    speaker: int = -1
    predicate: bool = False
    words: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    digits: frozenset[str] = frozenset()
    chain: int = -1

    @property
    def kind(self) -> str:
        """The class of pronoun, or the form of a noun phrase."""
        return self.pronoun or self.form


@dataclass(slots=True)
class Reader:
    """Reads the mentions of one Doc that has actors; ``actor_at`` tells the actor at a token, by default the Doc's."""

    doc: Doc
    unseen: Mapping[str, str] | None = None
    actor_at: Callable[[int], Entity | None] | None = None
    quoted: Sequence[Quotation] | None = None
    tree: Tree = field(init=False)
    syntax: Syntax = field(init=False)
    quotation_at: list[int] = field(init=False)
    paragraph_at: list[int] = field(init=False)
    label_at: list[str] = field(init=False)
    turns: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.actor_at = self.actor_at or self._actor
        self.tree = tree_of(self.doc)
        self.syntax = Syntax(self.tree)
        self.quoted = quotations(self.doc) if self.quoted is None else self.quoted
        self.quotation_at = [-1] * len(self.doc)
        for number, quotation in enumerate(self.quoted):
            for i in range(quotation.span.start, quotation.span.end):
                self.quotation_at[i] = number
        self.paragraph_at = paragraph_numbers(self.doc)
        self.turns = speakers(self.tree, self.paragraph_at)
        self.label_at = [""] * len(self.doc)
        for name in self.doc.ents:
            for i in range(name.start, name.end):
                self.label_at[i] = name.label_

    def mentions(self) -> list[ChainMention]:
        """All mentions, in order of their heads; a coordination comes before its first member."""
        found: list[ChainMention] = []
        for token in self.doc:
            if can_head_mention(self.tree, token):
                for mention in self._at(token):
                    mention.order = len(found)
                    found.append(mention)
        return found

    def _at(self, token: Token) -> Iterator[ChainMention]:
        joined = None if _pronoun(token)[0] else coordination(self.tree, token)
        if joined is not None:
            yield self.coordination(token, joined)
        yield self.mention(token)

    def mention(self, token: Token) -> ChainMention:
        """The mention with this head, a pronoun or noun phrase."""
        pronoun, case = _pronoun(token)
        return self._of_pronoun(token, pronoun, case) if pronoun else self._of_noun(token)

    def coordination(self, token: Token, members: Sequence[Token]) -> ChainMention:
        """The mention of a noun and those coordinated with it together."""
        start = phrase(self.tree, token)[0]
        end = max(phrase(self.tree, member)[1] for member in members)
        text = fold(self.doc[start:end].text)
        mention = self._blank(token, start, end, "coord", text)
        classes = {self._of_noun(token).animacy, *(self._class_of_member(member) for member in members)}
        mention.animacy = classes.pop() if len(classes) == 1 else ""
        mention.plural = True
        mention.words = frozenset(text.split())
        return mention

    def _blank(self, token: Token, start: int, end: int, form: Form, lemma: str) -> ChainMention:
        text = fold(self.doc[start:end].text)
        first, _, rest = text.partition(" ")
        return ChainMention(
            head=token.i,
            start=start,
            end=end,
            form=form,
            lemma=lemma,
            text=rest if first in DEMONSTRATIVES and rest else text,
            order=0,
            role=self.syntax.role(token),
            label=self.tree.label(token),
            sentence=self.syntax.sentences[token.i],
            quotation=self.quotation_at[token.i],
            paragraph=self.paragraph_at[token.i],
        )

    def _of_pronoun(self, token: Token, pronoun: PronounClass, case: str) -> ChainMention:
        mention = self._blank(token, token.i, token.i + 1, "pron", token.lower_)
        mention.pronoun, mention.case = pronoun, case
        mention.plural = pronoun in ("we", "they")
        mention.gender = {"he": "m", "she": "f"}.get(pronoun, "")
        mention.animacy = CLASS_OF_PRONOUN.get(pronoun, "")
        if pronoun in ("I", "we", "you"):
            mention.speaker = self.speaker(token, asked=pronoun == "you")
        return mention

    def speaker(self, token: Token, *, asked: bool = False) -> int:
        """The head of the phrase for who speaks at a token, or is ``asked`` outside of quotations; -1 if unknown."""
        number = self.quotation_at[token.i]
        if number < 0 or not self.quoted:
            return self.turns.get(self.paragraph_at[token.i], -1)
        speaker = self.quoted[number].speaker
        return speaker.i if speaker is not None and not asked else -1

    def _class_of_member(self, token: Token) -> str:
        noun = noun_of(token) if token.pos_ == "NOUN" else None
        by_label = CLASS_OF_LABEL.get(self.label_at[token.i], "")
        return by_label if by_label in ("person", "org") else CLASS_OF_KIND[noun.kind] if noun else ""

    def _of_noun(self, token: Token) -> ChainMention:
        doc = self.doc
        start, end = phrase(self.tree, token)
        is_name = token.pos_ == "PROPN"
        lemma = token.lower_ if is_name else singular_of(token)
        mention = self._blank(token, start, end, self._form(token), lemma)
        noun = None if is_name else noun_of(token)
        mention.plural = token.tag_ == "NNS" or (noun is not None and noun.number == "plural")
        mention.plural |= token.tag_ == "NNPS" and self.label_at[token.i] not in SINGULAR_LABELS
        actor = self.actor_at(token.i) if self.actor_at else None
        mention.entity = actor.id if actor else ""
        mention.predicate = self.tree.child(token, "cop") is not None
        mention.animacy = (
            CLASS_OF_KIND.get(actor.kind if actor else "", "")
            or CLASS_OF_LABEL.get(self.label_at[token.i], "")
            or ("" if is_name else self._class_of_noun(token, lemma))
        )
        mention.gender = self._gender(mention, token, is_name)
        mention.words = frozenset(fold(t.text) for t in doc[start:end] if t.pos_ in CONTENT)
        mention.before = frozenset(fold(t.lemma_) for t in doc[start : token.i] if t.pos_ in CONTENT | {"VERB"})
        mention.after = frozenset(fold(t.text) for t in doc[token.i + 1 : end] if t.pos_ in CONTENT)
        mention.digits = frozenset(word for word in mention.words if any(letter.isdigit() for letter in word))
        return mention

    def _form(self, token: Token) -> Form:
        if token.pos_ == "PROPN":
            return "name"
        if self.tree.child(token, "nmod:poss") is not None:
            return "poss"
        determiner = self.tree.child(token, "det")
        word = determiner.lower_ if determiner is not None else ""
        if word == "the":
            return "def"
        if word in DEMONSTRATIVES or word == "such":
            return "demo"
        if word in INDEFINITE or token.pos_ == "PRON":
            return "indef"
        return "num" if token.pos_ == "NUM" else "bare"

    def _actor(self, i: int) -> Entity | None:
        heads: Mapping[int, Mention] = self.doc._.mention_heads
        entities: Mapping[str, Entity] = self.doc._.entities
        found = heads.get(i)
        return entities.get(found.entity) if found is not None else None

    def _class_of_noun(self, token: Token, lemma: str) -> str:
        noun = noun_of(token)
        if noun is not None:
            return CLASS_OF_KIND[noun.kind]
        known = self.unseen.get(lemma, "") if self.unseen is not None else noun_class(lemma)
        if known:
            return known
        is_person = token.pos_ == "NOUN" and len(lemma) >= SHORTEST_WITH_ENDING and lemma.endswith(PERSON_ENDINGS)
        return "person" if is_person else ""

    def _gender(self, mention: ChainMention, token: Token, is_name: bool) -> str:
        """What the words tell of gender; a noun that tells it is a person's as well."""
        if not is_name:
            noun = noun_of(token)
            told = (noun.gender[:1] if noun else "") or (
                "f"
                if token.lower_ in word_set("feminine noun")
                else "m"
                if token.lower_ in word_set("masculine noun")
                else ""
            )
            mention.animacy = "person" if told and noun is None else mention.animacy
            return told
        if mention.animacy not in ("person", ""):
            return ""
        words = self.doc[mention.start : mention.end]
        before = (titles().get(t.lower_.rstrip("."), "") for t in self.doc[max(0, mention.start - 1) : mention.end])
        names = (given_names().get(fold(t.text), "") for t in words[:-1]) if len(words) > 1 else ()
        return next((gender[:1] for gender in (*before, *names) if gender), "")


def _pronoun(token: Token) -> tuple[PronounClass, str]:
    """The class of a pronoun and its case; empty for what is no pronoun that can corefer."""
    lower = token.lower_
    if lower in ADDRESS:
        return "you", ADDRESS[lower]
    if token.pos_ == "PRON" and lower in DEMONSTRATIVES:
        return "this", lower
    known = pronouns().get(lower) if token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$") else None
    return (_class_of(known), known.form) if known is not None and token.text != "US" else ("", "")


def _class_of(pronoun: Pronoun) -> PronounClass:
    if pronoun.person == 1:
        return "I" if pronoun.number == "singular" else "we"
    if pronoun.gender:
        return "he" if pronoun.gender == "masculine" else "she"
    return "it" if pronoun.number == "singular" else "they"
