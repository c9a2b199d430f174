"""What coreference asks of a parse: grammatical role, clause, subject, and who may not be the same by syntax."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from kg.grammar.tree import Tree

GrammaticalRole = Literal["subject", "object", "oblique", "possessor", "modifier", "other"]

CLAUSES = frozenset(
    {"ROOT", "ccomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "xcomp"}
)
ROLES: dict[str, GrammaticalRole] = {
    "nsubj": "subject", "nsubj:pass": "subject", "nsubj:outer": "subject", "obl:agent": "subject", "obj": "object",
    "iobj": "object", "obl": "oblique", "nmod": "oblique", "nmod:poss": "possessor", "amod": "modifier",
    "compound": "modifier", "nmod:desc": "modifier", "ROOT": "subject", "vocative": "other",
}  # fmt: skip
BESIDE = frozenset({"conj", "appos", "flat"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
ARGUMENTS = ("nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent")


@dataclass(slots=True)
class Syntax:
    """Answers about the parse of one Doc; each token's sentence is numbered once."""

    tree: Tree
    sentences: list[int] = field(default_factory=list[int])

    def __post_init__(self) -> None:
        self.sentences = _sentence_numbers(self.tree.doc)

    def first_conjunct(self, token: Token) -> Token:
        """The word that holds a nominal's place in its clause: the first of those coordinated with it, or the title or
        name that it stands beside."""
        while self.tree.label(token) in BESIDE and self.tree.head(token).pos_ in NOMINAL:
            token = self.tree.head(token)
        return token

    def title_above(self, token: Token) -> Token:
        """The title that a name hangs below, where the parser took it for the head of both; else the name itself."""
        while self.tree.label(token) in ("flat", "appos") and self.tree.head(token).pos_ in ("NOUN", "PROPN"):
            token = self.tree.head(token)
        return token

    def role(self, token: Token) -> GrammaticalRole:
        """Subject, object and so on; a conjunct has its first conjunct's role."""
        label = self.tree.label(self.first_conjunct(token))
        return ROLES.get(label) or ROLES.get(label.partition(":")[0], "other")

    def predicate(self, token: Token) -> Token:
        """The head of the clause in which a token stands; for a clause's own head, the token itself."""
        if self._heads_clause(token):
            return token
        return next((above for above in self.tree.ancestors(token) if self._heads_clause(above)), token)

    def _heads_clause(self, token: Token) -> bool:
        label = self.tree.label(token)
        return label in CLAUSES or (label == "conj" and token.pos_ in ("VERB", "AUX"))

    def clause_of_argument(self, token: Token) -> Token:
        """The head of the clause that a nominal takes part in, though the nominal be a predicate itself."""
        first = self.first_conjunct(token)
        return self.predicate(self.tree.head(first)) if self.tree.label(first) in CLAUSES else self.predicate(first)

    def subject(self, predicate: Token) -> Token | None:
        """The subject of a clause, its own or the one that it shares with the clause above."""
        seen = predicate
        while True:
            own = self.tree.child(seen, *SUBJECTS)
            if own is not None:
                return own
            if self.tree.label(seen) not in ("conj", "xcomp", "advcl") or self.tree.head(seen).i == seen.i:
                return None
            seen = self.predicate(self.tree.head(seen))

    def is_argument_of(self, token: Token, predicate: Token) -> bool:
        """Whether a nominal hangs right below a predicate as one of its arguments."""
        first = self.first_conjunct(token)
        return (
            self.tree.heads[first.i] == predicate.i
            and first.i != predicate.i
            and bool(self.tree.label(first) in ARGUMENTS)
        )

    def excluded(self, token: Token, other: Token) -> bool:
        """Whether syntax forbids that a nominal or pronoun, no possessive or reflexive, is the same as another.

        Two arguments of one clause differ, and an object differs from the subject that its clause shares.
        """
        predicate = self.clause_of_argument(token)
        if self.is_argument_of(other, predicate):
            return True
        subject = self.subject(predicate)
        if subject is None or self.role(token) == "subject":
            return False
        return self.first_conjunct(other).i == subject.i

    def governs(self, other: Token, token: Token) -> bool:
        """Whether a nominal is the subject of the nearest clause above that of ``token`` which has one."""
        if self.role(other) != "subject":
            return False
        clause = self.clause_of_argument(token)
        while self.tree.heads[clause.i] != clause.i and self.tree.label(clause) != "conj":
            clause = self.predicate(self.tree.head(clause))
            subject = self.tree.child(clause, *SUBJECTS)
            if subject is not None:
                return self.first_conjunct(other).i == subject.i
        return False

    def coordinated_subjects(self, token: Token, other: Token) -> bool:
        """Whether both are subjects, of clauses that are coordinated ("Iran fired, and the country said …")."""
        if self.role(token) != "subject" or self.role(other) != "subject":
            return False
        clause, before = self.clause_of_argument(token), self.clause_of_argument(other)
        return self.tree.label(clause) == "conj" and self.tree.heads[clause.i] == before.i


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [0] * len(doc), -1
    for token in doc:
        current += 1 if token.is_sent_start or token.i == 0 else 0
        numbers[token.i] = current
    return numbers
