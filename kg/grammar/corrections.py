"""Corrections: mend what parsers of news often get wrong, where grammar leaves no doubt; each gives a new tree.

What treebanks can score stands here: ``kg eval parse`` with and without (``--without corrections``).
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.dependencies import Tree
from kg.grammar.labels import BEFORE_NOUN, FINITE_TAGS, NOMINAL_SUBJECTS, NOUNS, SUBJECTS, VERB_GROUP
from kg.grammar.list_corrections import LIST_CORRECTIONS
from kg.grammar.predicates import signature_of
from kg.grammar.report_corrections import (
    clause_below_time_of_saying,
    conjunct_of_what_is_said,
    day_of_saying,
    leftwards,
    preposition_of,
    relative_of_what_is_said,
    report_beside_report,
    second_that_clause,
    trailing_participle,
    trailing_report,
)
from kg.grammar.rewriting import Rewriting
from kg.grammar.rules import Registry, step

STAGE = "corrections"
SURELY_FINITE = FINITE_TAGS - {"VBP"}  # a bare infinitive often gets that tag


@step(
    STAGE,
    example="Iran spoke to ABC News interviewer Dianne Sawyer.",
    gives="Iran | speak to | Dianne Sawyer",
)
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


@step(
    STAGE,
    example="France sold tanks to Poland and planes to Greece.",
    gives="not France | sell tanks to | Greece",
)
def gapped_conjunct(tree: Tree) -> Tree:
    """Part a conjunct that has lost its verb from the phrase with "to" that it was coordinated with.

    "The silver went to Poland and the bronze to Kenya": the bronze is not where the silver went, and Kenya neither.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        first = tree.head(token)
        beside = tree.labels[token.i] == "conj" and not tree.child(token, "case") and tree.child(token, "cc")
        if not beside or preposition_of(tree, first) != "to":
            continue
        inside = [t for t in tree.children(token, "nmod") if preposition_of(tree, t) == "to"]
        for orphan in (*_phrase_after(tree, token, "to"), *inside):
            labels[token.i] = labels[orphan.i] = "orphan"
            heads[token.i], heads[orphan.i] = tree.heads[first.i], token.i
    return tree.changed(heads, labels)


def _phrase_after(tree: Tree, noun: Token, words: str) -> list[Token]:
    """The head of the phrase that follows a noun phrase at once, if it has this preposition."""
    after = tree.subtree(noun)[-1].i + 1
    if after >= len(tree.tokens) or tree.labels[after] != "case" or tree.tokens[after].lower_ != words:
        return []
    return [tree.head(tree.tokens[after])]


@step(
    STAGE,
    example="Hungary agreed to support Ukraine and signed the treaty.",
    gives="Hungary | sign | treaty; not Hungary | agree to sign | treaty",
)
def finite_conjunct_of_nonfinite(tree: Tree) -> Tree:
    """Hang a finite verb that stands beside a nonfinite one on the finite verb above.

    "He accused them of lying and left": "left" goes with "accused", not with "lying".
    """
    heads: dict[int, int] = {}
    for token in tree.tokens:
        if tree.labels[token.i] == "conj" and token.tag_ in SURELY_FINITE and _is_nonfinite(tree, tree.head(token)):
            above = [t for t in tree.ancestors(tree.head(token)) if t.tag_ in FINITE_TAGS]
            if above and not tree.child(token, "nsubj", "nsubj:pass"):
                heads[token.i] = above[0].i
    return tree.changed(heads, {})


def _is_nonfinite(tree: Tree, verb: Token) -> bool:
    bare = verb.tag_ in ("VB", "VBG") and not tree.child(verb, "aux", "cop")
    return bare and tree.child(verb, "mark", "case") is not None


@step(
    STAGE,
    example="The army chief, General Ali Hassan, denied that Iran attacked Iraq.",
    gives="Iran | attack | Iraq | negative source=Ali_Hassan",
)
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


@step(
    STAGE,
    example="In an address to the nation Thursday, General Musharraf promised help to India.",
    gives="Musharraf | promise help to | India",
)
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


@step(
    STAGE,
    example="Reports that Iran bombed Iraq were false.",
    gives="Iran | bomb | Iraq | negative",
)
def predicate_behind_content(tree: Tree) -> Tree:
    """Raise a finite predicate that was coordinated with a clause about the noun whose predicate it is.

    "Reports that X bombed Y were false": no "and" joins them, so the reports were false.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        content = tree.head(token)
        noun = tree.head(content)
        if tree.labels[token.i] != "conj" or tree.labels[content.i] != "acl" or tree.labels[noun.i] != "ROOT":
            continue
        verbs = (token, *tree.children(token, *VERB_GROUP))
        bare = tree.child(token, "cc", *SUBJECTS) is None and tree.child(noun, "cop", *SUBJECTS) is None
        if bare and any(t.tag_ in FINITE_TAGS for t in verbs) and noun.pos_ in NOUNS:
            heads |= {token.i: token.i, noun.i: token.i}
            labels |= {token.i: "ROOT", noun.i: "nsubj"}
    return tree.changed(heads, labels)


@step(
    STAGE,
    example="The allegation that Qatar funded Hamas was rejected by Doha.",
    gives="not Qatar | fund | Hamas | positive asserted source=-",
)
def content_taken_for_relative(tree: Tree) -> Tree:
    """Take a clause with "that" below a report, claim or plan for its content where it lacks nothing of its own.

    A relative clause has a gap that its noun fills; "that Qatar funded Hamas" has none.
    """
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        noun = tree.head(verb)
        if tree.labels[verb.i] != "acl:relcl" or noun.pos_ != "NOUN" or signature_of(noun) is None:
            continue
        that = next((t for t in tree.children(verb) if t.lower_ == "that" and t.i < verb.i), None)
        subject, thing = tree.child(verb, *NOMINAL_SUBJECTS), tree.child(verb, "obj")
        gapless = that is not None and subject is not None and thing is not None and that not in (subject, thing)
        if gapless and that is not None:
            labels |= {verb.i: "acl", that.i: "mark"}
    return tree.changed({}, labels)


CORRECTIONS: Registry[Rewriting] = Registry(
    STAGE,
    "Mend what parsers often get wrong.",
    (
        preposition_of_whole_phrase,
        gapped_conjunct,
        day_of_saying,
        finite_conjunct_of_nonfinite,
        clause_below_time_of_saying,
        root_below_participle,
        trailing_participle,
        name_before_verb,
        relative_of_what_is_said,
        report_beside_report,
        second_that_clause,
        conjunct_of_what_is_said,
        trailing_report,
        *LIST_CORRECTIONS,
        predicate_behind_content,
        content_taken_for_relative,
    ),
)
