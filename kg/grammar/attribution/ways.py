"""The rules of the stage that reads who says what: one step for each kind of words that attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.grammar.attribution import phrases
from kg.grammar.attribution.act import Attribution
from kg.grammar.attribution.labels import of_headline, of_labels
from kg.grammar.attribution.nouns import of_noun
from kg.grammar.attribution.quoted import Quotation
from kg.grammar.attribution.speech import quotations
from kg.grammar.attribution.turns import of_turns
from kg.grammar.attribution.verbs import of_quotation, of_unnamed, of_verb
from kg.grammar.clauses import clauses
from kg.grammar.rules import Registry, Rule, step
from kg.grammar.tree import Tree

STAGE = "attribution"
Way = Callable[[Tree], Iterator[Attribution]]


def _introduced(tree: Tree) -> dict[int, list[Quotation]]:
    """The direct speech that a cue introduces, by the index of the cue."""
    found: dict[int, list[Quotation]] = {}
    for quotation in quotations(tree.doc):
        if quotation.cue is not None:
            found.setdefault(quotation.cue.i, []).append(quotation)
    return found


@step(STAGE, example="Iran said that Iraq had left Syria.", gives="Iraq | leave | Syria | source=Iran")
def reporting_verb(tree: Tree) -> Iterator[Attribution]:
    """Attribute what stands below a verb or adjective of saying, believing, asking or finding to its subject.

    A clause, an infinitive, an object or quoted words can say what; whoever condemns or regrets something does not
    tell of it, and what somebody only wants need not have been said.
    """
    introduced = _introduced(tree)
    for token in tree.tokens:
        yield from of_verb(tree, token, introduced.get(token.i, []))


@step(
    STAGE,
    example="Iran dismissed a British report that Iraq had left Syria.",
    gives="Iraq | leave | Syria | source=*",
)
def reporting_noun(tree: Tree) -> Iterator[Attribution]:
    """Attribute the clause of a noun of saying to its owner, to the subject of its verb, or to nobody named.

    "Reports that …" are told by somebody else than the article.
    """
    for token in tree.tokens:
        yield from of_noun(tree, token)


@step(STAGE, example="According to Iran, Iraq left Syria.", gives="Iraq | leave | Syria | source=Iran")
def according_to(tree: Tree) -> Iterator[Attribution]:
    """Attribute a sentence to the noun behind "according to" and its like."""
    for token in tree.tokens:
        yield from phrases.of_phrase(tree, token)


@step(STAGE, example="Iraq reportedly left Syria.", gives="Iraq | leave | Syria | source=reportedly")
def hearsay_adverb(tree: Tree) -> Iterator[Attribution]:
    """Attribute a clause with "reportedly" or "allegedly" to a source that nobody names."""
    for token in tree.tokens:
        yield from phrases.of_hearsay(tree, token)


@step(STAGE, example="As Iran pointed out, Iraq left Syria.", gives="Iraq | leave | Syria | source=Iran")
def clause_with_as(tree: Tree) -> Iterator[Attribution]:
    """Attribute a sentence to the subject of a clause with "as" that only says who says so: "as X put it"."""
    for token in tree.tokens:
        yield from phrases.of_as_clause(tree, token)


@step(STAGE, example="“Iran attacked Iraq.” — Anna Berg", gives="Iran | attack | Iraq | source=Anna_Berg")
def speaker_beside_speech(tree: Tree) -> Iterator[Attribution]:
    """Attribute direct speech to the name behind a dash, or to whom a statement is by."""
    for i, quoted in _introduced(tree).items():
        if i not in clauses(tree.doc):
            yield from of_quotation(tree, tree.tokens[i], quoted)


@step(STAGE, example="Prime minister: Iran attacked Iraq", gives="Iran | attack | Iraq | source=*")
def label(tree: Tree) -> Iterator[Attribution]:
    """Attribute what follows a name, an office or "Q" and a colon at the start of a line: headlines and transcripts.

    A place in capitals is a dateline and speaks nothing.
    """
    yield from of_labels(tree)


@step(STAGE, example="Iran attacked Iraq: defence minister", gives="Iran | attack | Iraq | source=*")
def speaker_behind_headline(tree: Tree) -> Iterator[Attribution]:
    """Attribute a headline to the name behind its colon or dash."""
    yield from of_headline(tree)


@step(
    STAGE,
    example="I am Anna Berg. Iran attacked Iraq.",
    gives="Iran | attack | Iraq | source=Anna_Berg",
)
def speaker_of_paragraph(tree: Tree) -> Iterator[Attribution]:
    """Attribute paragraphs of speeches and interviews to who gives the own name there, is called, or is interviewed."""
    yield from of_turns(tree)


@step(
    STAGE,
    example="Everybody was silent. “Iran has attacked Iraq.”",
    gives="Iran | attack | Iraq | source=*",
)
def quotation_of_nobody_named(tree: Tree) -> Iterator[Attribution]:
    """Attribute a quoted sentence without a speaker to nobody named; it is not the article's own word all the same."""
    spoken = {i for act in of_labels(tree) for i in act.held()}
    for quotation in quotations(tree.doc):
        if quotation.cue is None and quotation.span.end - 1 not in spoken:
            yield from of_unnamed(tree, quotation)


FIRST_PERSON_WITHIN = Rule(
    "first person within speech",
    STAGE,
    'Attribute what "I" or "we" know or think within somebody\'s words to that speaker.',
    "",
    example="“We know that Iran attacked Iraq,” Anna Berg said.",
    gives="Iran | attack | Iraq | source=Anna_Berg",
)
ATTRIBUTION: Registry[Way] = Registry(
    STAGE,
    "Read who says what: each rule finds acts of attribution, and the smallest act that holds a clause tells it.",
    (
        reporting_verb,
        reporting_noun,
        according_to,
        hearsay_adverb,
        clause_with_as,
        speaker_beside_speech,
        label,
        speaker_behind_headline,
        speaker_of_paragraph,
        quotation_of_nobody_named,
    ),
    (FIRST_PERSON_WITHIN,),
)
