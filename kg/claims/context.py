"""What every rule of this room reads: one parsed Doc with its tree, clauses and mentions, and its claims' drafts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from spacy.tokens import Doc, Token

from kg.grammar.clauses import Clause, clauses
from kg.grammar.standing import Standing
from kg.grammar.tree import Tree, tree_of
from kg.language.dates import is_time_expression
from kg.model import ACTOR_KINDS, Article, Entity, Mention

ArgumentRole = Literal["time", "place", "purpose", "condition"]
PLACE_KINDS = frozenset({"country", "place"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Context:
    """A parsed Doc and the views of it that rules share."""

    doc: Doc
    text: str  # spaCy joins ``doc.text`` anew each time it is asked
    article: Article
    tree: Tree
    clauses: dict[int, Clause]
    mentions: dict[int, Mention]
    entities: dict[str, Entity]
    named: frozenset[int] = frozenset()  # the tokens of all names
    open: bool = False  # whether claims and arguments without an actor are wanted too

    @classmethod
    def of(cls, doc: Doc, article: Article, *, open: bool = False) -> Context:
        """The context of a Doc that has gone through the parser and ``kg_actors``."""
        mentions, entities = dict(doc._.mention_heads), dict(doc._.entities)
        named = frozenset(i for head, m in mentions.items() if m.type == "name" for i in _tokens_of(doc, head, m))
        return cls(doc, doc.text, article, tree_of(doc), clauses(doc), mentions, entities, named, open)

    def entity(self, head: Token) -> Entity | None:
        """The entity that a noun phrase with this head was resolved to."""
        mention = self.mentions.get(head.i)
        return self.entities.get(mention.entity) if mention else None

    def mention_end(self, head: Token) -> int:
        """The index of the first token behind the mention with this head."""
        mention = self.mentions.get(head.i)
        return _tokens_of(self.doc, head.i, mention).stop if mention is not None else head.i + 1

    def is_actor(self, head: Token) -> bool:
        """Whether a noun phrase with this head names an actor."""
        entity = self.entity(head)
        return entity is not None and entity.kind in ACTOR_KINDS

    def is_place(self, head: Token) -> bool:
        """Whether a noun phrase with this head names a place or a country."""
        entity = self.entity(head)
        return head.ent_type_ in PLACE_LABELS or (entity is not None and entity.kind in PLACE_KINDS)

    def is_time(self, head: Token, preposition: str = "") -> bool:
        """Whether an adjunct says when."""
        if head.ent_type_ in ("DATE", "TIME"):
            return True
        phrase = self.tree.subtree(head, without=("acl:relcl", "acl", "conj"))
        words = [t.text for t in phrase if not t.is_punct]  # as written: "May" is a month, "may" is none
        return head.i not in self.mentions and is_time_expression(words)


def _tokens_of(doc: Doc, head: int, mention: Mention) -> range:
    """The indices of a mention's tokens."""
    start, end = head, head + 1
    while start > 0 and doc[start - 1].idx >= mention.span.start:
        start -= 1
    while end < len(doc) and doc[end].idx < mention.span.end:
        end += 1
    return range(start, end)


@dataclass(frozen=True, slots=True)
class ArgumentDraft:
    """A further argument: its role and its head, or the predicate of the clause that it is."""

    role: str
    head: Token
    is_clause: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making, in tokens; ``extract`` turns drafts into claims.

    ``governs`` is the predicate whose complement clauses are the claim's content, where it has any. ``chain`` is the
    topmost verb of a chain ("tried" of "tried to stop"), from which such a claim takes polarity and modality; a
    nominal claim brings its own ``standing``. ``in_own_voice`` holds for what the writer adds, such as a title.
    """

    predicate: Token
    subject: Token
    lemma: str
    words: tuple[Token, ...]
    object: Token | None = None
    nominal: bool = False
    inferred: bool = False
    arguments: tuple[ArgumentDraft, ...] = ()
    governs: Token | None = None
    chain: Token | None = None
    standing: Standing | None = None
    in_own_voice: bool = False
    rules: tuple[str, ...] = field(default=())


def noun_draft(
    noun: Token,
    subject: Token,
    lemma: str,
    thing: Token | None,
    *,
    rule: str,
    standing: Standing | None = None,
    in_own_voice: bool = False,
) -> Draft:
    """The draft of a relation between two things whose only word is a noun, or a number; or of one thing alone."""
    return Draft(
        predicate=noun,
        subject=subject,
        lemma=lemma,
        words=(noun,),
        object=thing,
        nominal=True,
        standing=standing,
        in_own_voice=in_own_voice,
        rules=(rule,),
    )


def replace_draft(
    draft: Draft,
    *,
    object: Token | None = None,
    lemma: str | None = None,
    rules: tuple[str, ...] | None = None,
    arguments: tuple[ArgumentDraft, ...] | None = None,
) -> Draft:
    """A copy of a draft with other parts; the object is taken out of its further arguments."""
    kept = draft.arguments if arguments is None else arguments
    return replace(
        draft,
        object=object,
        lemma=draft.lemma if lemma is None else lemma,
        rules=draft.rules if rules is None else rules,
        arguments=tuple(a for a in kept if object is None or a.head.i != object.i or a.role in ("time", "place")),
    )
