"""Who speaks outside of quotation marks, as far as the text itself tells: in interviews, transcripts and speeches.

- A turn that begins with a label ("NAME:") is that person's.
- "I am NAME" and "my name is NAME" tell whose the paragraph is.
- A short question that calls somebody by name ("Miss Moor?") gives the next paragraph to that person.
- Where questions in which nobody says "I" and answers take turns, the answers are those of the person whom the text
  names first, and "you" in the questions means that person too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.grammar.attribution.act import Attribution
from kg.grammar.attribution.labels import turns_of
from kg.grammar.attribution.layout import paragraph_numbers
from kg.grammar.attribution.speech import quotation_at
from kg.grammar.noun_phrases import PERSON_LABELS, head_of
from kg.grammar.tree import Tree
from kg.grammar.words import is_word

FEWEST_ANSWERS = 3
LEAST_ODDS = 4
OPENING_SENTENCES = 6
LONGEST_CALL = 5
FIRST_PERSON = frozenset({"i", "my", "me", "myself"})


def speakers(tree: Tree, paragraph_at: Sequence[int]) -> dict[int, int]:
    """The head of the name of who speaks in a paragraph, or is asked there, by the number of the paragraph."""
    found = {number: turn.speaker for number, turn in _turns(tree, paragraph_at).items()}
    for turn in turns_of(tree):
        if turn.speaker is not None:
            found |= dict.fromkeys(paragraph_at[turn.label.start : turn.end], turn.speaker.i)
    return found


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A paragraph that somebody speaks, or is asked in: the head of the name, and the words that tell so."""

    words: Span
    speaker: int
    cue: Span
    asks: bool = False


def of_turns(tree: Tree) -> Iterator[Attribution]:
    """The acts of who speaks a whole paragraph without a label or quotation marks: in interviews and speeches."""
    for spoken in _turns(tree, paragraph_numbers(tree.doc)).values():
        if not spoken.asks and quotation_at(tree.doc, spoken.cue[0]) is None:
            speaker = tree.tokens[spoken.speaker]
            name = next((ent for ent in tree.doc.ents if ent.start <= speaker.i < ent.end), spoken.cue)
            yield Attribution(name, spoken.cue, (spoken.words,), "turn", speaker=speaker, head=spoken.cue[0])


def _turns(tree: Tree, paragraph_at: Sequence[int]) -> dict[int, _Spoken]:
    paragraphs = list(_paragraphs(tree.doc, paragraph_at))
    people = {name.start: head_of(tree, name.start, name.end) for name in tree.doc.ents if name.label_ in PERSON_LABELS}
    found = _of_interview(tree, paragraphs, paragraph_at, people)
    for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
        named = _introduced(tree, paragraph, people) or (_called(before, people) if before is not None else None)
        if named is not None:
            found[paragraph_at[paragraph.start]] = _Spoken(paragraph, named.i, tree.doc[named.i : named.i + 1])
    return found


def _paragraphs(doc: Doc, paragraph_at: Sequence[int]) -> Iterator[Span]:
    start = 0
    for i in range(1, len(doc) + 1):
        if i == len(doc) or paragraph_at[i] != paragraph_at[start]:
            first = next((k for k in range(start, i) if not doc[k].is_space), i)
            if first < i:
                yield doc[first:i]
            start = i


def _introduced(tree: Tree, paragraph: Span, people: Mapping[int, int]) -> Token | None:
    """ "I am NAME", "my name is NAME"."""
    heads = set(people.values())
    for token in paragraph:
        if token.i not in heads or tree.child(token, "cop") is None:
            continue
        subject = tree.child(token, "nsubj")
        if subject is None:
            continue
        owner = tree.child(subject, "nmod:poss")
        named = subject.lower_ == "name" and owner is not None and owner.lower_ == "my"
        if subject.text == "I" or named:
            return token
    return None


def _called(paragraph: Span, people: Mapping[int, int]) -> Token | None:
    """Whom a short question at the end calls."""
    last: list[Token] = []
    for token in reversed(list(paragraph)):
        if not token.is_space:
            last.insert(0, token)
        if last and (last[-1].text != "?" or len(last) > LONGEST_CALL):
            return None
        if last and token.is_sent_start:
            break
    calls = bool(last) and not any(_is_verb(token) for token in last)
    heads = [people[token.i] for token in last if token.i in people] if calls else []
    return paragraph.doc[heads[0]] if len(heads) == 1 else None


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _of_interview(
    tree: Tree, paragraphs: Sequence[Span], paragraph_at: Sequence[int], people: Mapping[int, int]
) -> dict[int, _Spoken]:
    """The one person who is interviewed, for each paragraph from the first question on."""
    asks = [any(token.text == "?" for token in paragraph[-3:]) for paragraph in paragraphs]
    personal = [any(token.lower_ in FIRST_PERSON for token in paragraph) for paragraph in paragraphs]
    answers = sum(personal[i] and asks[i - 1] and not asks[i] for i in range(1, len(paragraphs)))
    asked_in_person = sum(one and asks[i] for i, one in enumerate(personal))
    interviewee = _first_named(tree, people)
    if answers < FEWEST_ANSWERS or asked_in_person * LEAST_ODDS > answers or interviewee is None:
        return {}
    first = asks.index(True)
    cue = tree.doc[interviewee : interviewee + 1]
    return {
        paragraph_at[paragraph.start]: _Spoken(paragraph, interviewee, cue, asks[n])
        for n, paragraph in enumerate(paragraphs[first:], start=first)
    }


def _first_named(tree: Tree, people: Mapping[int, int]) -> int | None:
    """The person named first who does not ask, in an opening that speaks of asking; None if two are named together."""
    opening = [token for sentence in islice(tree.doc.sents, OPENING_SENTENCES) for token in sentence]
    heads = [people[token.i] for token in opening if token.i in people] if any(map(_asks, opening)) else []
    asked = [i for i in heads if not (tree.label(tree.doc[i]).startswith("nsubj") and _asks(tree.head(tree.doc[i])))]
    return asked[0] if asked and tree.child(tree.doc[asked[0]], "conj") is None else None


def _asks(word: Token) -> bool:
    return is_word(word, "asking")
