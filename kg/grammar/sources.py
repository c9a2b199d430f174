"""Sources: whom a claim is attributed to, and by which words.

The nearest source wins: the subject of the reporting verb right above a clause; else the speaker of the quotation that
the clause stands in; else "according to X" or "reportedly" in its sentence. A clause with none of these is told in the
article's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.grammar.clauses import Clause, clauses, first_conjunct, governor, is_finite, is_object_like, preposition
from kg.grammar.predicates import SPEECH_CLASSES, is_speech, signature, signature_of
from kg.grammar.quotations import quotation_at
from kg.grammar.tree import Tree, tree_of
from kg.grammar.words import is_event_noun, is_word

GENERIC_CLASSES = frozenset({"speech", "belief", "denial"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """The source of a clause in tokens; ``speaker`` is missing where the words name none ("reportedly")."""

    cue: tuple[Token, ...]
    speaker: Token | None
    quoted: bool


def source_of(doc: Doc, predicate: Token) -> Attributed | None:
    """Whom a clause is attributed to; None for the article's own voice."""
    tree = tree_of(doc)
    quotation = quotation_at(doc, predicate)
    spoken = quotation if quotation is not None and quotation.speaker is not None else None
    for reporter in _reporters(tree, predicate):
        if spoken and not spoken.span.start <= reporter.i < spoken.span.end:
            break
        speaker = _speaker(tree, reporter)
        if speaker is not None or _is_generic(tree, reporter):
            return Attributed((reporter,), speaker, False)
    if spoken is not None and spoken.cue is not None:
        return Attributed((spoken.cue,), spoken.speaker, True)
    return _by_phrase(tree, predicate) or _by_hearsay(tree, predicate)


def _reporters(tree: Tree, predicate: Token) -> Iterator[Token]:
    """The reporting predicates above a clause, from the nearest up."""
    seen: set[int] = set()
    here: Token | None = predicate
    if predicate.i not in clauses(tree.doc):
        verb = tree.head(predicate)
        if is_object_like(tree, predicate) and is_speech(verb) and not _presupposes(verb):
            yield verb
    while here is not None and here.i not in seen:
        seen.add(here.i)
        above = governor(tree, here)
        if above is not None and _reports(tree, here, above):
            yield above
        here = above if above is not None else _containing_clause(tree, here)


def _presupposes(verb: Token) -> bool:
    """Whether a verb takes for granted what it is about: whoever condemns an attack does not report it."""
    found = signature_of(verb)
    return found is not None and found.finite.modality == "asserted" and found.negated_finite == found.finite


def _reports(tree: Tree, clause: Token, above: Token) -> bool:
    found = signature_of(above)
    if found is None or found.kind not in SPEECH_CLASSES:
        return False
    if is_finite(tree, clause) or above.pos_ == "NOUN":
        return True
    # An infinitive is attributed when it is somebody else's act ("urged Iran to stop") or an impersonal report.
    return found.kind in ("speech", "request", "belief") and (
        tree.child(above, "obj") is not None or _is_generic(tree, above)
    )


def _containing_clause(tree: Tree, token: Token) -> Token | None:
    """The clause that a relative, adverbial or participle clause stands in; what holds for it holds for them too."""
    first = first_conjunct(tree, token)
    if _is_absolute(tree, first):
        return None
    for ancestor in tree.ancestors(first):
        if ancestor.i in clauses(tree.doc):
            return ancestor
    return None


def _is_absolute(tree: Tree, predicate: Token) -> bool:
    """Whether a clause is a loose "with X doing Y", which the writer adds on his own account."""
    mark = tree.child(predicate, "mark", "case")
    return (
        tree.label(predicate) == "advcl" and mark is not None and mark.lower_ == "with"
        and tree.child(predicate, "nsubj") is not None and quotation_at(tree.doc, predicate) is None
    )  # fmt: skip


def _speaker(tree: Tree, reporter: Token) -> Token | None:
    clause = clauses(tree.doc).get(reporter.i)
    if clause is not None:
        doers = clause.doers
        return next((t for t in doers if can_speak(t)), None)
    by = [t for t in tree.children(reporter, "nmod") if preposition(tree, t) in ("by", "from", "of")]
    nationality = [t for t in tree.children(reporter, "amod", "compound") if t.i in tree.doc._.mention_heads]
    owners = [*tree.children(reporter, "nmod:poss"), *by, *nationality]
    if owners:
        return owners[0]
    verb = tree.head(reporter)
    clause = clauses(tree.doc).get(verb.i)
    if clause is not None and tree.label(reporter) in ("obj", "xcomp") and clause.doers:
        return clause.doers[0]
    return None


def can_speak(token: Token) -> bool:
    """Whether a noun may be somebody or something that says: no event, and no dummy "it"."""
    if not any(character.isalnum() for character in token.text):
        return False
    return not is_event_noun(token) or is_word(token, "role") or signature(token.lemma_.lower(), "noun") is not None


def _is_generic(tree: Tree, reporter: Token) -> bool:
    """Whether a report names nobody: "is believed to", "it was reported that"."""
    found = signature_of(reporter)
    clause: Clause | None = clauses(tree.doc).get(reporter.i)
    return found is not None and found.kind in GENERIC_CLASSES and clause is not None and clause.passive


def _by_phrase(tree: Tree, predicate: Token) -> Attributed | None:
    for clause_head in (predicate, *tree.ancestors(predicate)):
        for phrase in tree.children(clause_head, "obl", "nmod"):
            words = preposition(tree, phrase)
            found = signature(words, "phrase")
            if found is not None and phrase.i != predicate.i:
                cases = tuple(t for c in tree.children(phrase, "case") for t in (c, *tree.children(c, "fixed")))
                return Attributed(tuple(sorted(cases, key=lambda t: t.i)), phrase, False)
    return None


def _by_hearsay(tree: Tree, predicate: Token) -> Attributed | None:
    here: Token | None = predicate
    while here is not None:
        for adverb in tree.children(here, "advmod"):
            found = signature(adverb.lower_, "adv")
            if found is not None and found.kind == "hearsay":
                return Attributed((adverb,), None, False)
        here = governor(tree, here)
    return None
