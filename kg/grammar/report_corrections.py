"""Corrections of what parsers get wrong about reports: who says, what is said, and what only stands beside it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.dependencies import Tree
from kg.grammar.labels import FINITE_TAGS
from kg.grammar.predicates import is_speech, signature_of
from kg.grammar.rules import step

STAGE = "corrections"


def leftwards(token: Token) -> list[Token]:
    """The words before a token in its sentence, the nearest first."""
    return list(token.sent[: token.i - token.sent.start])[::-1]


def preposition_of(tree: Tree, noun: Token) -> str:
    """The one preposition before a noun, lower-cased, or ""."""
    case = tree.child(noun, "case")
    return "" if case is None else case.lower_


@step(
    STAGE,
    example="Iraqi officials said Wednesday that Iran attacked a port.",
    gives="not Iraqi officials | say | Wednesday",
)
def day_of_saying(tree: Tree) -> Tree:
    """Take a bare date right after a reporting verb for the day, not for what was said: "police said Wednesday"."""
    labels = {
        token.i: "obl:unmarked" for token in tree.tokens
        if tree.labels[token.i] in ("obj", "iobj") and token.ent_type_ == "DATE" and is_speech(tree.head(token))
    }  # fmt: skip
    return tree.changed({}, labels)


@step(
    STAGE,
    example="Vladimir Putin said in a statement on Monday that NATO had attacked Serbia.",
    gives="NATO | attack | Serbia | source=Vladimir_Putin",
)
def clause_below_time_of_saying(tree: Tree) -> Tree:
    """Hang a that-clause with a subject on the reporting verb, not on an adjunct in between.

    "He said on Monday that Iran would come": the clause is what he said, not which Monday.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        if not tree.labels[token.i].startswith("acl") or not tree.child(token, "nsubj", "nsubj:pass"):
            continue
        that = any(t.lower_ == "that" and t.i < token.i for t in tree.children(token, "mark"))
        noun = tree.head(token)
        verb = tree.head(noun)
        aside = signature_of(noun) is None or preposition_of(tree, noun) in ("in", "on", "at", "during")
        open_verb = is_speech(verb) and not tree.child(verb, "ccomp")
        if that and tree.labels[noun.i].startswith("obl") and open_verb and aside:
            heads[token.i], labels[token.i] = verb.i, "ccomp"
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="Iran did not attack, the army said, rejecting the claim of Iraq.",
    gives="army | reject | claim of Iraq | source=-",
)
def trailing_participle(tree: Tree) -> Tree:
    """Take a participle after a comma for an adjunct, not for what is said: "… the army said, rejecting the claim"."""
    labels: dict[int, str] = {}
    for token in tree.tokens[1:]:
        bare = token.tag_ == "VBG" and not tree.child(token, "mark", "aux", "nsubj", "cop")
        if bare and tree.labels[token.i] == "ccomp" and token.i > tree.heads[token.i]:
            before = tree.subtree(token)[0].i - 1
            if tree.tokens[max(before, 0)].text == "," or tree.subtree(token)[0].text == ",":
                labels[token.i] = "advcl"
    return tree.changed({}, labels)


@step(
    STAGE,
    example="Putin said the army fought bravely and warned Ukraine of an attack.",
    gives="Putin | warn | Ukraine | source=-",
)
def report_beside_report(tree: Tree) -> Tree:
    """Hang a reporting verb that was coordinated with what another reports on that other.

    "Iran said it was ready and warned that …": whoever said so also warned.
    """
    heads: dict[int, int] = {}
    for token in tree.tokens:
        said = tree.head(token)
        if tree.labels[token.i] != "conj" or token.tag_ not in FINITE_TAGS or not is_speech(token):
            continue
        above = tree.head(said)
        beside = tree.labels[said.i] == "ccomp" and above.tag_ == token.tag_ and above.i < said.i < token.i
        reports = tree.child(token, "ccomp", "obj", "obl", "xcomp") and not tree.child(token, "mark")
        if beside and reports and _says(above) and _says(token) and not is_speech(said):
            heads[token.i] = above.i
    return tree.changed(heads, {})


def _says(verb: Token) -> bool:
    """Whether a verb tells of words, not only of thoughts."""
    found = signature_of(verb)
    return found is not None and is_speech(verb) and found.kind != "belief"


@step(
    STAGE,
    example="Iran said the talks had failed, adding that Israel attacked Lebanon.",
    gives="Iran | add | - | source=-",
)
def trailing_report(tree: Tree) -> Tree:
    """Hang "…, saying that …" on the reporting verb before it, not on a word of what that one reports.

    "Iran said the talks had failed, adding that …": Iran added it.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens[1:]:
        if token.tag_ != "VBG" or tree.labels[token.i] not in ("advcl", "acl", "conj", "xcomp") or not is_speech(token):
            continue
        before = next((t for t in leftwards(token) if not t.is_quote), token)
        if before.text != "," or not tree.child(token, "ccomp", "obj"):
            continue
        above = [t for t in tree.ancestors(token) if t.i < token.i and t.tag_ in FINITE_TAGS and is_speech(t)]
        if above and above[-1].i != tree.heads[token.i]:
            heads[token.i], labels[token.i] = above[-1].i, "advcl"
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="A confidential report alleged that Chad was aware of the raid, and that the Sudanese army in Darfur "
    "helped to arm the militias.",
    gives="Sudanese army | arm | militias | source=confidential_report",
)
def second_that_clause(tree: Tree) -> Tree:
    """Hang a second "that"-clause beside the first one, not beside the verb that reports both.

    "He said that it was ready, and that Iraq had left": both are what he said.
    """
    heads: dict[int, int] = {}
    for token in tree.tokens:
        above = tree.head(token)
        first = tree.child(above, "ccomp")
        if tree.labels[token.i] != "conj" or signature_of(above) is None or first is None or first.i > token.i:
            continue
        if any(t.lower_ == "that" and first.i < t.i < token.i for t in tree.children(token, "mark")):
            heads[token.i] = first.i
    return tree.changed(heads, {})


@step(
    STAGE,
    example="The army studied aerial images, which it said did not show any Syrian tanks in the valley.",
    gives="aerial images | show | Syrian tanks in the valley | negative source=army",
)
def relative_of_what_is_said(tree: Tree) -> Tree:
    """Make "which" the subject of what is said, not a loose word below the verb of saying: "which it said showed …".

    The parser cannot see across the verb of saying, and leaves the inner verb without a subject.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        if tree.labels[verb.i] != "acl:relcl" or signature_of(verb) is None:
            continue
        said, subject = tree.child(verb, "ccomp", "xcomp"), tree.child(verb, "nsubj")
        which = next((t for t in tree.children(verb) if t.tag_ in ("WDT", "WP") and t.i < verb.i), None)
        if said is None or subject is None or which is None or which.i == subject.i or said.i < verb.i:
            continue
        if not tree.child(said, "nsubj", "nsubj:pass", "mark", "expl"):
            heads[which.i] = said.i
            labels[which.i] = "nsubj:pass" if tree.child(said, "aux:pass") else "nsubj"
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="Japan says Russia would sell oil to China, but would finally arm Iran in return.",
    gives="Russia | arm | Iran | source=Japan",
)
def conjunct_of_what_is_said(tree: Tree) -> Tree:
    """Hang "and would do Y" on the clause before it that somebody reports, not on the verb that reports.

    "Iran said it was ready, but would not attack": "would" looks ahead from what was said.
    """
    heads: dict[int, int] = {}
    for token in tree.tokens:
        verb = tree.head(token)
        said = tree.child(verb, "ccomp", "xcomp")
        if tree.labels[token.i] != "conj" or not is_speech(verb) or said is None or not verb.i < said.i < token.i:
            continue
        would = any(t.lower_ in ("would", "’d", "'d") for t in tree.children(token, "aux"))
        bare = token.tag_ == "VB" and not tree.child(token, "aux", "cop") and said.tag_ == "VB"
        if (would or bare) and not tree.child(token, "nsubj", "nsubj:pass", "mark"):
            heads[token.i] = said.i
    return tree.changed(heads, {})
