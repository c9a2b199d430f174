"""Acts that nouns make: "Iran's claim that …", "announced plans to …", "reports that …"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.grammar.attribution.act import Attribution, pieces, without_edges
from kg.grammar.attribution.frames import NOMINAL, written_source
from kg.grammar.attribution.verbs import LOOSE, cue_of, source_phrase
from kg.grammar.clauses import antecedent, clauses, is_finite, preposition
from kg.grammar.predicates import SPEECH_CLASSES, signature_of
from kg.grammar.tree import Tree
from kg.grammar.words import is_word

NOUN_CUES = SPEECH_CLASSES | {"desire", "decision", "refusal", "stance"}
NAMES = frozenset({"PERSON", "PER", "ORG", "GPE", "NORP"})
ABOUT = frozenset({"about", "over", "on", "of", "against", "toward", "towards", "for"})


def of_noun(tree: Tree, noun: Token) -> Iterator[Attribution]:
    """The act of a noun of the table, alone or with the verb whose object it is."""
    found = signature_of(noun)
    if noun.pos_ != "NOUN" or found is None or found.kind not in NOUN_CUES:
        return
    owner = next(iter(tree.children(noun, "nmod:poss")), None)
    owned = owner is not None and owner.pos_ != "PRON"
    act = None if owned else _with_verb(tree, noun)
    act = act or _with_owner(tree, noun)
    if act is not None:
        yield act


def _with_verb(tree: Tree, noun: Token) -> Attribution | None:
    """A verb with a reporting noun for its object: "announced plans to …", "expressed outrage over …"."""
    verb = tree.head(noun)
    light, found = is_word(verb, "light"), signature_of(verb)
    speaks = found is not None and found.kind in NOMINAL and not light
    if tree.label(noun) != "obj" or verb.i > noun.i or verb.i not in clauses(tree.doc) or speaks:
        return None
    source, content = written_source(tree, verb), _content(tree, noun, phrases=light)
    if source is None or not content:
        return None
    group = cue_of(tree, verb, None)
    cue = tree.doc[group.start : max(group.end, content[0].i)]
    if any(t.is_punct for t in cue):
        return None
    return Attribution(
        source_phrase(tree, source, cue), cue, pieces(tree.doc, (t.i for t in content)), "verb and noun",
        speaker=antecedent(tree, source), head=noun, told=_is_told(noun),
    )  # fmt: skip


def _content(tree: Tree, noun: Token, *, phrases: bool) -> list[Token]:
    """What a reporting noun says: its clause, and with ``phrases`` the noun after a preposition, that left out."""
    clause = _clause_of(tree, noun)
    if clause is not None:
        gerund = clause.tag_ == "VBG"
        return [t for t in tree.subtree(clause) if not (gerund and t in tree.children(clause, "mark", "case"))]
    for child in tree.children(noun, "nmod") if phrases else ():
        if preposition(tree, child) in ABOUT and child.i > noun.i:
            return [t for t in tree.subtree(child) if t not in tree.children(child, "case")]
    return []


def _clause_of(tree: Tree, noun: Token) -> Token | None:
    clause = tree.child(noun, "acl", "ccomp")
    if clause is None or clause.i < noun.i or tree.label(clause) == "acl:relcl":
        return None
    return clause if tree.child(clause, "mark") else None


def _is_told(noun: Token) -> bool:
    """Whether what a noun is about is somebody's word: a claim or a vow is, an aim or a mood is none."""
    found = signature_of(noun)
    return found is not None and found.kind in SPEECH_CLASSES


def _is_word_of_mouth(noun: Token) -> bool:
    """Whether a noun is something said, whoever said it: "reports that", "the allegation that", no "hopes that"."""
    found = signature_of(noun)
    return found is not None and found.kind in ("speech", "denial")


def _with_owner(tree: Tree, noun: Token) -> Attribution | None:
    """A reporting noun with its owner and its clause: "Iran's claim that …", "its plans to …"."""
    clause = _clause_of(tree, noun)
    owner = _owner(tree, noun)
    if clause is None or (owner is None and not (_is_word_of_mouth(noun) and is_finite(tree, clause))):
        return None
    words = {t.i for t in tree.subtree(clause)} - {noun.i}
    return Attribution(
        None if owner is None else without_edges(_phrase(tree, owner)), tree.doc[noun.i : noun.i + 1],
        pieces(tree.doc, words), "noun clause", speaker=owner, head=noun, told=_is_told(noun),
    )  # fmt: skip


def _owner(tree: Tree, noun: Token) -> Token | None:
    """Whose word a noun is: its possessor, who it is by or from, or the name before it ("a Reuters report")."""
    by = (t for t in tree.children(noun, "nmod") if preposition(tree, t) in ("by", "from"))
    named = (t for t in tree.children(noun, "amod", "compound") if t.ent_type_ in NAMES)
    return next(iter((*tree.children(noun, "nmod:poss"), *by, *named)), None)


def _phrase(tree: Tree, head: Token) -> Span:
    words = [t.i for t in tree.subtree(head, without=LOOSE)]
    return tree.doc[min(words) : max(words) + 1]
