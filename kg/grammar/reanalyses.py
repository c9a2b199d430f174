"""Re-analyses: redraw a right parse for our own ends.

Treebanks hang a report that stands beside what it reports below it; for us whoever says is above what is said.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.dependencies import Tree
from kg.grammar.labels import FINITE_TAGS, NOUNS, RELATIVE_TAGS
from kg.grammar.predicates import is_speech
from kg.grammar.rewriting import Rewriting
from kg.grammar.rules import Registry, step
from kg.grammar.words import is_word

STAGE = "re-analyses"
CONDITIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "as": (("as", "long"), ("so", "long")),
    "that": (
        ("on", "condition"), ("on", "the", "condition"), ("in", "the", "event"), ("provided",), ("providing",),
        ("assuming",), ("supposing",), ("on", "the", "understanding"),
    ),
    "": (("provided",), ("providing",)),
}  # fmt: skip
"""The words before the mark of a clause, or before a clause without one, that make it a condition."""
CHARGING = frozenset({"of", "for", "with"})


@step(
    STAGE,
    example="Iran is a danger to Iraq, Blinken said on Monday, calling for sanctions.",
    gives="Iran | be | danger to Iraq | source=Blinken",
)
def reporter_aside(tree: Tree) -> Tree:
    """Raise a reporting verb set beside what it reports over it.

    "The troops withdrew, the army said": what the army said is that the troops withdrew.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        if not is_speech(token):
            continue
        said = tree.head(token) if _is_aside(tree, token) else _sentence_before(tree, token)
        if said is None or said.i in labels:
            continue
        content = [t for t in tree.children(token, "ccomp", "obj", "xcomp") if t.tag_ != "VBG"]
        if tree.child(token, "nsubj") and not content and not tree.child(said, "ccomp"):
            root = tree.heads[said.i] == said.i
            heads[token.i], labels[token.i] = (token.i if root else tree.heads[said.i]), tree.labels[said.i]
            heads[said.i], labels[said.i] = token.i, "ccomp"
    return tree.changed(heads, labels)


def _is_aside(tree: Tree, token: Token) -> bool:
    """Whether a verb stands beside the sentence, or closes it after a comma without a word that subordinates it."""
    if tree.labels[token.i] == "parataxis":
        return True
    subject = tree.child(token, "nsubj")
    if tree.labels[token.i] != "advcl" or subject is None or tree.child(token, "mark", "advmod", "aux", "obl"):
        return False
    start = tree.subtree(token)[0]
    before = start if start.text == "," else tree.tokens[max(start.i - 1, 0)]
    return before.text == "," and token.i > tree.heads[token.i]


def _sentence_before(tree: Tree, token: Token) -> Token | None:
    """The predicate of a sentence that a reporting verb closes after a comma, though it was hung on a noun there.

    "… agreed to a truce, mediators said": they did not say the truce.
    """
    subject = tree.child(token, "nsubj")
    relative = subject is None or subject.i > token.i or tree.child(token, "mark", "advmod", "obj", "ccomp") is not None
    if not tree.labels[token.i].startswith("acl") or relative or token.tag_ not in FINITE_TAGS:
        return None
    words = [t for t in tree.subtree(token) if not t.is_punct]
    start, end = words[0], words[-1]
    closes = all(t.is_punct or t.is_space for t in tree.tokens[end.i + 1 : token.sent.end])
    if not closes or start.tag_ in RELATIVE_TAGS or start.i == 0 or tree.tokens[start.i - 1].text != ",":
        return None
    root = next((t for t in tree.ancestors(token) if tree.labels[t.i] == "ROOT"), None)
    return root if root is not None and root.i < start.i else None


@step(
    STAGE,
    example="Israel plans to attack Iran, according to Reuters.",
    gives="Israel | plan to attack | Iran | source=Reuters",
)
def source_after_comma(tree: Tree) -> Tree:
    """Hang "…, according to X" behind a comma on the verb of its sentence, unless that reports itself.

    The sentence as a whole is what X says, not only the words right before the comma.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for noun in tree.tokens:
        case = tree.child(noun, "case")
        if (
            case is None
            or case.i == 0
            or case.lower_ not in ("according", "per")
            or tree.tokens[case.i - 1].text != ","
        ):
            continue
        root = next((t for t in tree.ancestors(noun) if tree.labels[t.i] == "ROOT"), None)
        if root is not None and root.i < noun.i and tree.heads[noun.i] != root.i and not is_speech(root):
            heads[noun.i], labels[noun.i] = root.i, "obl"
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="Russia accused Ukraine of attacking a village, killing four people.",
    gives="Ukraine | kill | four people; not Russia | kill | four people",
)
def consequence_of_charge(tree: Tree) -> Tree:
    """Hang a free participle that closes an accusation on what somebody is accused of.

    "Accused X of shelling a town, killing four": whoever shelled also killed, and all of it is only charged.
    """
    heads: dict[int, int] = {}
    for token in tree.tokens[1:]:
        verb = tree.head(token)
        free = (
            token.tag_ == "VBG" and tree.labels[token.i] == "advcl" and not tree.child(token, "mark", "case", "nsubj")
        )
        if not free or not is_word(verb, "charge") or token.i < verb.i or is_speech(token):
            continue
        charged = [
            t for t in tree.children(verb, "advcl", "obl", "xcomp") if t.tag_ == "VBG" and verb.i < t.i < token.i
            and any(c.lower_ in CHARGING for c in tree.children(t, "mark", "case"))
        ]  # fmt: skip
        if charged:
            heads[token.i] = charged[0].i
    return tree.changed(heads, {})


@step(
    STAGE,
    example="Turkey to sell drones to Ukraine",
    gives="Türkiye | sell | drones | future",
)
def headline_of_a_plan(tree: Tree) -> Tree:
    """Raise the infinitive of a headline over the noun that it hangs on: "Turkey to sell drones".

    Without any finite verb and full stop it is no phrase about Turkey but a sentence: Turkey will sell.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        noun = tree.head(verb)
        if tree.labels[verb.i] != "acl" or verb.tag_ != "VB" or tree.labels[noun.i] != "ROOT" or noun.pos_ not in NOUNS:
            continue
        sentence = verb.sent
        finite = any(t.tag_ in FINITE_TAGS or t.tag_ == "MD" for t in sentence if t.i < verb.i or t.tag_ == "MD")
        to = any(t.tag_ == "TO" for t in tree.children(verb, "mark"))
        if to and not finite and not any(t.text in ".!?" for t in sentence[-2:]) and not tree.child(noun, "case"):
            heads |= {verb.i: verb.i, noun.i: verb.i}
            labels |= {verb.i: "ROOT", noun.i: "nsubj"}
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="Turkey will arm Iraq as long as Iran attacks Syria.",
    gives="Iran | attack | Syria | conditional",
)
def condition_of_several_words(tree: Tree) -> Tree:
    """Make the words of "as long as", "on condition that", "in the event that" or "provided that" one mark of a clause.

    The clause says under which condition the verb above holds, as one with "if" does.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        words = _words_of_condition(tree, verb) if tree.child(verb, "nsubj", "nsubj:pass", "expl") else []
        inside = {word.i for word in words}
        above = next((t for t in tree.ancestors(verb) if t.i not in inside), None)
        if not words or above is None:
            continue
        heads |= {verb.i: above.i} | {word.i: verb.i for word in words}
        labels |= {verb.i: "advcl"} | {word.i: "mark" for word in words}
        loose = [t for word in words for t in tree.children(word) if t.i not in inside and t.i != verb.i]
        heads |= {t.i: verb.i for t in loose}
    return tree.changed(heads, labels)


def _words_of_condition(tree: Tree, verb: Token) -> list[Token]:
    """The words before a clause that make it a condition; none if one of them is a verb with arguments of its own."""
    mark = tree.child(verb, "mark")
    subject = tree.child(verb, "nsubj", "nsubj:pass", "expl")
    start = mark if mark is not None or subject is None else tree.subtree(subject)[0]
    if start is None:
        return []
    for phrase in CONDITIONS.get(mark.lower_ if mark is not None else "", ()):
        words = list(tree.tokens[max(start.i - len(phrase), 0) : start.i])
        own = any(tree.child(word, "nsubj", "nsubj:pass", "aux", "aux:pass", "obj") for word in words)
        if tuple(word.lower_ for word in words) == phrase and not own:
            return words
    return []


REANALYSES: Registry[Rewriting] = Registry(
    STAGE,
    "Redraw a right parse for our own ends.",
    (reporter_aside, source_after_comma, consequence_of_charge, headline_of_a_plan, condition_of_several_words),
)
