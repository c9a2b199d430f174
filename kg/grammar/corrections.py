"""Mends what parsers of news often get wrong, where grammar leaves no doubt; each correction gives a new tree."""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.predicates import signature_of
from kg.grammar.report_corrections import (
    FINITE_TAGS,
    clause_below_time_of_saying,
    day_of_saying,
    leftwards,
    preposition_of,
    report_beside_report,
    reporter_aside,
    source_after_comma,
    speaker_after_quotation,
    trailing_report,
)
from kg.grammar.tree import Tree

WANTING_INFINITIVE = frozenset({"implicative", "attempt", "raising", "desire", "commitment", "decision", "refusal"})
"""Classes of verbs whose infinitive says what, and never to what end."""
NAMING_PREPOSITIONS = frozenset({"including", "as", "like", "of"})
"""What may introduce a second name of a thing: "including X", "such as X"."""
BEFORE_NOUN = frozenset({"compound", "amod", "det", "flat", "nummod"})
INDEFINITE = frozenset({"a", "an", "some", "several", "many", "another"})


def corrected(tree: Tree) -> Tree:
    """The tree after every correction."""
    for correct in CORRECTIONS:
        tree = correct(tree)
    return tree


def finite_conjunct_of_nonfinite(tree: Tree) -> Tree:
    """Hang a finite verb that stands beside a nonfinite one on the finite verb above.

    "He accused them of lying and left": "left" goes with "accused", not with "lying".
    """
    heads: dict[int, int] = {}
    for token in tree.tokens:
        if tree.labels[token.i] == "conj" and token.tag_ in FINITE_TAGS and _is_nonfinite(tree, tree.head(token)):
            above = [t for t in tree.ancestors(tree.head(token)) if t.tag_ in FINITE_TAGS]
            if above and not tree.child(token, "nsubj", "nsubj:pass"):
                heads[token.i] = above[0].i
    return tree.changed(heads, {})


def _is_nonfinite(tree: Tree, verb: Token) -> bool:
    bare = verb.tag_ in ("VB", "VBG") and not tree.child(verb, "aux", "cop")
    return bare and tree.child(verb, "mark", "case") is not None


def root_below_participle(tree: Tree) -> Tree:
    """Raise a supposed participle with an object or that-clause of its own over the noun that it should be the verb of.

    "The chief, Mr Ali, denied that …": a passive participle has no object, so "denied" is the verb of the sentence.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        noun = tree.head(token)
        bare = token.tag_ == "VBN" and not tree.child(token, "aux", "aux:pass")
        below_root = tree.labels[token.i] == "acl" and tree.labels[noun.i] == "ROOT"
        if bare and below_root and not tree.child(noun, "cop", "nsubj") and tree.child(token, "ccomp", "obj"):
            heads[token.i], labels[token.i] = token.i, "ROOT"
            heads[noun.i], labels[noun.i] = token.i, "nsubj"
    return tree.changed(heads, labels)


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


def relative_agrees(tree: Tree) -> Tree:
    """Hang a relative clause with a plural verb on the plural noun right before it, not on a singular one further up.

    "A list of demands that have been refused": the demands were refused, not the list.
    """
    heads: dict[int, int] = {}
    for verb in tree.tokens:
        if tree.labels[verb.i] != "acl:relcl" or tree.head(verb).tag_ not in ("NN", "NNP"):
            continue
        relative = next((t for t in tree.children(verb, "nsubj", "nsubj:pass") if t.tag_ == "WDT"), None)
        plural = [t for t in (verb, *tree.children(verb, "aux", "aux:pass", "cop")) if t.tag_ == "VBP"]
        below = [t for t in tree.children(tree.head(verb), "nmod") if t.tag_ == "NNS"]
        if relative is not None and plural and below and below[-1].i < relative.i:
            heads[verb.i] = below[-1].i
    return tree.changed(heads, {})


def name_before_verb(tree: Tree) -> Tree:
    """Make a name right before a finite verb without a subject its subject, though it was taken for an apposition.

    "After meeting Mr Ali, Smith said …": "Smith" is no other name of Mr Ali, or a comma would follow it.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        if (
            verb.tag_ not in FINITE_TAGS
            or verb.pos_ != "VERB"
            or tree.child(verb, "nsubj", "nsubj:pass", "expl", "csubj")
        ):
            continue
        if tree.labels[verb.i] in ("conj", "acl:relcl", "acl"):
            continue
        before = next((t for t in leftwards(verb) if t.pos_ not in ("ADV", "AUX")), None)
        if before is None or before.pos_ not in ("PROPN", "PRON"):
            continue
        name = tree.head(before) if tree.labels[before.i] == "flat" else before
        first = next(t for t in tree.subtree(name) if not t.is_punct)
        after_comma = first.i > 0 and tree.tokens[first.i - 1].text == ","
        if tree.labels[name.i] in ("appos", "conj", "dep") and after_comma and not tree.child(name, "cc"):
            heads[name.i], labels[name.i] = verb.i, "nsubj"
    return tree.changed(heads, labels)


def list_taken_for_apposition(tree: Tree) -> Tree:
    """Coordinate the items of a list that were taken for appositions: "hit a tank, two bridges and a depot".

    What names a thing a second time is definite or a name, or what it names again is; two indefinite nouns are two.
    """
    labels = {
        token.i: "conj" for token in tree.tokens
        if tree.labels[token.i] == "appos" and _is_indefinite(tree, token) and _is_indefinite(tree, tree.head(token))
    }  # fmt: skip
    return tree.changed({}, labels)


def _is_indefinite(tree: Tree, noun: Token) -> bool:
    before = tree.children(noun, "det", "nummod")
    return noun.pos_ == "NOUN" and any(t.lower_ in INDEFINITE or t.pos_ == "NUM" for t in before)


def infinitive_that_completes(tree: Tree) -> Tree:
    """Take an infinitive right after a verb that needs one for its complement, not its purpose: "failed to come"."""
    labels: dict[int, str] = {}
    for token in tree.tokens:
        to = tree.child(token, "mark")
        verb = tree.head(token)
        if tree.labels[token.i] != "advcl" or to is None or to.tag_ != "TO" or to.i != verb.i + 1:
            continue
        found = signature_of(verb)
        if found is not None and found.kind in WANTING_INFINITIVE and verb.pos_ == "VERB":
            labels[token.i] = "xcomp"
    return tree.changed({}, labels)


def apposition_after_preposition(tree: Tree) -> Tree:
    """Hang a noun with a preposition of its own on the verb: it is no second name of what stands before it.

    "killed three people, in a border region": the region is where.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        case = tree.child(token, "case") if tree.labels[token.i] == "appos" else None
        if case is None or case.tag_ == "POS" or case.lower_ in NAMING_PREPOSITIONS or case.i > token.i:
            continue
        verb = next((t for t in tree.ancestors(token) if t.pos_ == "VERB"), None)
        if verb is not None and preposition_of(tree, tree.head(token)) != case.lower_ and not tree.child(case, "fixed"):
            heads[token.i], labels[token.i] = verb.i, "obl"
    return tree.changed(heads, labels)


def preposition_of_whole_phrase(tree: Tree) -> Tree:
    """Hang a preposition on the noun of its phrase, not on a word before the noun: "to [the Daily Post]"."""
    heads: dict[int, int] = {}
    for case in tree.tokens:
        within = tree.head(case)
        if tree.labels[case.i] != "case" or case.tag_ == "POS" or tree.labels[within.i] not in BEFORE_NOUN:
            continue
        noun = tree.head(within)
        if case.i < within.i < noun.i and noun.pos_ in ("NOUN", "PROPN") and not tree.child(noun, "case"):
            heads[case.i] = noun.i
    return tree.changed(heads, {})


def gapped_conjunct(tree: Tree) -> Tree:
    """Part a conjunct that has lost its verb from the phrase it was coordinated with.

    "The silver went to Poland and the bronze to Kenya": the bronze is not where the silver went, and Kenya neither.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        first = tree.head(token)
        words = preposition_of(tree, first)
        if tree.labels[token.i] != "conj" or not words or tree.child(token, "case") or not tree.child(token, "cc"):
            continue
        inside = [t for t in tree.children(token, "nmod") if preposition_of(tree, t) == words and words == "to"]
        for orphan in (*_phrase_after(tree, token, words), *inside):
            labels[token.i] = labels[orphan.i] = "orphan"
            heads[token.i], heads[orphan.i] = tree.heads[first.i], token.i
    return tree.changed(heads, labels)


def _phrase_after(tree: Tree, noun: Token, words: str) -> list[Token]:
    """The head of the phrase that follows a noun phrase at once, if it has this preposition."""
    after = tree.subtree(noun)[-1].i + 1
    if after >= len(tree.tokens) or tree.labels[after] != "case" or tree.tokens[after].lower_ != words:
        return []
    return [tree.head(tree.tokens[after])]


CORRECTIONS = (
    preposition_of_whole_phrase,
    infinitive_that_completes,
    apposition_after_preposition,
    gapped_conjunct,
    day_of_saying,
    speaker_after_quotation,
    finite_conjunct_of_nonfinite,
    clause_below_time_of_saying,
    root_below_participle,
    trailing_participle,
    relative_agrees,
    name_before_verb,
    reporter_aside,
    list_taken_for_apposition,
    report_beside_report,
    source_after_comma,
    trailing_report,
)
