"""Find names: what the named entity recogniser found, trimmed to the name, and what only the knowledge base knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.actors.folding import fold, is_acronym
from kg.actors.lookups import SETTLED
from kg.actors.spots import DEMONYM, DEMONYMS, Spot
from kg.actors.words import given_names, noun_of, pronouns, titles, word_set
from kg.grammar.noun_phrases import PERSON_LABELS, head_of
from kg.grammar.tree import Tree, tree_of

ACTOR_LABELS = frozenset({"PERSON", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT"})
LONGEST_NAME = 7
SHORTEST_WORD = 3
LONGEST_ABBREVIATION = 4
WORDS_OF_A_HEADLINE = 4
NAME_LINKS = frozenset({"of", "the", "and", "for", "de", "al", "-", "’s", "'s", "in", "on", "&", "’", "'"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
NOT_LAST = POSSESSIVES | {"and", "of", "&", "in", "on", "for", "the"}
MODIFIER_LABELS = frozenset({"amod", "compound", "nmod", "nmod:desc", "nmod:poss", "flat", "conj", "xcomp", "ROOT"})
LABELS_OF_NATIONS = frozenset({"GPE", "LOC", "NORP"})
ARABIC = re.compile(r"(al|el|as|ad|an|ar|at|az|ash)-[A-Z]")
WHOLE = frozenset({SETTLED, "label"})  # what begins like a title may be a name ("DR Congo")
NOUN_LIKE = frozenset({"NOUN", "ADJ", "X"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})

#: The types of alias ("label", "acronym", "demonym" ...) under which a name is known; empty if it is not.
AliasTypes = Callable[[str], frozenset[str]]


def name_spots(doc: Doc, alias_types: AliasTypes) -> list[Spot]:
    """The names of a Doc in order of the text; they overlap only where a place ends a longer name."""
    tree = tree_of(doc)
    spots = list(_longer_than_recognised(tree, alias_types))
    longer = {i for spot in spots for i in range(spot.start, spot.end)}
    for ent in doc.ents:
        if ent.label_ in ACTOR_LABELS and not longer.intersection(range(ent.start, ent.end)):
            for start, end in _within_sentences(doc, ent.start, ent.end):
                spots.extend(_from_recogniser(tree, start, end, ent.label_, alias_types))
    covered = {i for spot in spots for i in range(spot.start, spot.end)}
    spots.extend(_from_knowledge_base(tree, covered, alias_types))
    covered.update(i for spot in spots for i in range(spot.start, spot.end))
    spots.extend(_repeated(tree, covered, spots))
    spots.extend([within for spot in spots for within in _names_within(tree, spot, alias_types)])
    return sorted(spots, key=lambda spot: spot.start)


def _longer_than_recognised(tree: Tree, alias_types: AliasTypes) -> Iterator[Spot]:
    """Names of several words and one meaning of which the recogniser saw a part only ("[Doctors] Without Borders"), or
    which it takes for a person."""
    doc = tree.doc
    known = {ent.start: ent for ent in doc.ents}
    for ent in doc.ents:
        starts = (s for s in range(max(ent.start - 2, ent.sent.start), ent.start + 1) if _is_capitalised(doc[s]))
        for start in starts:
            end, types = _longest_known(doc, start, set(), alias_types)
            more = start < ent.start or end > ent.end
            parts = [e for e in known.values() if e.start < end and e.end > start]
            inside = all(start <= e.start and e.end <= end for e in parts)
            if more and inside and end - start > 1 and SETTLED in types and "demonym" not in types:
                yield Spot(start, end, head_of(tree, start, end), "name", "")
                break


def _names_within(tree: Tree, spot: Spot, alias_types: AliasTypes) -> Iterator[Spot]:
    """The known names inside a longer one, the longest first ("University of Basel", "US State Department").

    Nothing within people and places, since "South Sudan" is not the south of Sudan.
    """
    doc = tree.doc
    if spot.is_person_name or spot.label in (DEMONYM, DEMONYMS) or spot.end - spot.start == 1:
        return
    if alias_types(spot.text(doc)) & {"country", "place"}:
        return
    start = spot.start
    while start < spot.end:
        ends = (end for end in range(spot.end, start, -1) if (start, end) != (spot.start, spot.end))
        end = next((end for end in ends if _is_name_within(doc, start, end, alias_types)), start)
        if end > start and spot.head not in range(start, end):
            yield Spot(start, end, head_of(tree, start, end), "name", within=True)
        start = max(end, start + 1)


def _is_name_within(doc: Doc, start: int, end: int, alias_types: AliasTypes) -> bool:
    """Whether some words of a longer name name a place or country, or an organisation that nothing else is called."""
    first, last = doc[start], doc[end - 1]
    if not (_is_capitalised(first) and _is_capitalised(last)) or first.pos_ == "DET":
        return False
    text = doc[start:end].text
    types = alias_types(text)
    if end == start + 1 and (noun_of(first) is not None or is_title(first)) or _names_another(doc, start, end):
        return False
    if "country" in types:
        return True
    if is_acronym(text):
        return len(text) >= SHORTEST_WORD and bool(types & {"acronym", "label", "alternative"})
    return "place" in types or (end > start + 1 and "label" in types)


def _names_another(doc: Doc, start: int, end: int) -> bool:
    """Whether a word beside a place's name makes it the name of another ("East Timor", "Mexico City")."""
    before = doc[start - 1].lower_.removesuffix("ern") if start else ""
    return before in word_set("side of a place") or (end < len(doc) and doc[end].text == "City")


def _repeated(tree: Tree, covered: set[int], spots: list[Spot]) -> Iterator[Spot]:
    """Surnames, and names of one word, that the recogniser saw elsewhere in the article and missed here."""
    doc = tree.doc
    known = {doc[spot.end - 1].text: spot.label for spot in spots if spot.is_person_name}
    known |= {doc[spot.start].text: spot.label for spot in spots if spot.is_person_name}
    known |= {doc[spot.start].text: spot.label for spot in spots if spot.end == spot.start + 1 and spot.label == "ORG"}
    for token in doc:
        can_be_name = token.pos_ in ("PROPN", "NOUN", "PRON", "X") and token.lower_ not in pronouns()
        label = known.get(token.text) if can_be_name and token.i not in covered and _is_capitalised(token) else None
        if label and not _touches_another_name(tree, token.i, covered):
            start = _with_particles(tree.doc, token.i, covered)
            yield Spot(start, token.i + 1, head_of(tree, start, token.i + 1), "name", label)


def _with_particles(doc: Doc, i: int, covered: set[int]) -> int:
    """Where a surname begins that has particles before it ("von der Leyen")."""
    while i and i - 1 not in covered and doc[i - 1].lower_ in word_set("name particle"):
        i -= 1
    return i


def _within_sentences(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A name cut where a sentence ends inside it ("... in Mosul. Daesh"); a full stop behind few letters is a point."""
    first = start
    for i in range(start + 1, end):
        ends = doc[i].text == "." and len(doc[i - 1].text) > LONGEST_ABBREVIATION
        if ends or doc[i].is_sent_start:
            yield first, i
            first = i + 1 if ends else i
    if first < end:
        yield first, end


def _from_recogniser(tree: Tree, start: int, end: int, label: str, alias_types: AliasTypes) -> Iterator[Spot]:
    start, end = _trimmed(tree.doc, start, end)
    if label in LABELS_OF_NATIONS and _is_nation(tree.doc, start - 1, end, alias_types):
        start -= 1
    if label in PERSON_LABELS and not (end - start > 1 and alias_types(tree.doc[start:end].text) & WHOLE):
        start = _after_titles(tree.doc, start, end, alias_types)
    if start >= end or not any(_is_capitalised(token) or token.is_digit for token in tree.doc[start:end]):
        return
    types = alias_types(tree.doc[start:end].text)
    if "demonym" in types and label not in PERSON_LABELS and not types & {"label", "acronym"}:
        label = _demonym_label(tree, end - 1)
    if label:
        yield Spot(start, end, head_of(tree, start, end), "name", label)


def _is_nation(doc: Doc, start: int, end: int, alias_types: AliasTypes) -> bool:
    """Whether words name a country or a people, of which the recogniser saw all but the first ("North [Korean]")."""
    if start < 0 or start + 1 >= end or doc[start].ent_type_ or not _is_capitalised(doc[start]):
        return False
    if doc[start].pos_ == "DET":
        return False
    return bool(alias_types(doc[start:end].text) & {"country", "demonym"})


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Without an article in front, and without space, punctuation or a possessive ending on either side."""
    while start < end and (doc[start].is_space or _is_outer_mark(doc[start]) or doc[start].pos_ == "DET"):
        start += 1
    while end > start and (doc[end - 1].is_space or _is_outer_mark(doc[end - 1]) or doc[end - 1].text in NOT_LAST):
        end -= 1
    return start, end


def _is_outer_mark(token: Token) -> bool:
    return token.is_punct and not (token.text[0].isalnum() or token.text == ")")


def _after_titles(doc: Doc, start: int, end: int, alias_types: AliasTypes) -> int:
    """Where a person's name begins once titles, offices and nationalities before it are passed."""
    first = start
    while first < end - 1 and (is_title(doc[first]) or "demonym" in alias_types(doc[first].text)):
        first += 1
        while first < end - 1 and (doc[first].is_punct or doc[first].lower_ in ("of", "and")):
            first += 1
    return first


def is_title(token: Token) -> bool:
    """Whether a word before a person's name belongs to a form of address or an office rather than to the name."""
    lower = token.lower_.rstrip(".")
    noun = noun_of(token)
    return lower in titles() or lower in word_set("title modifier") or (noun is not None and noun.kind == "person")


def _demonym_label(tree: Tree, last: int) -> str:
    """What a word such as "Russian" is here: an adjective for the country, its people ("Russians", "the Dutch"), or
    neither ("a Russian", the language)."""
    token = tree.doc[last]
    if token.tag_ in PLURAL_TAGS:
        return DEMONYMS
    if token.pos_ == "ADJ" or tree.label(token) in MODIFIER_LABELS:
        return DEMONYM
    article = tree.child(token, "det")
    return DEMONYMS if article is not None and article.lower_ == "the" else ""


def _from_knowledge_base(tree: Tree, covered: set[int], alias_types: AliasTypes) -> Iterator[Spot]:
    doc = tree.doc
    headline = _headline_tokens(doc)
    i = 0
    while i < len(doc):
        if i in covered or not _is_capitalised(doc[i]):
            i += 1
            continue
        end, types = _longest_known(doc, i, covered, alias_types)
        label = _label_of_known(tree, i, end, types, headline, covered) if end else None
        if label is None:
            i += 1
            continue
        yield Spot(i, end, head_of(tree, i, end), "name", label)
        i = end


def _is_capitalised(token: Token) -> bool:
    """Whether a word begins like a name, also behind an Arabic article ("al-Shabaab")."""
    if token.text[0].isupper() or ARABIC.match(token.text):
        return True
    doc, i = token.doc, token.i
    article = i + 2 < len(doc) and doc[i + 1].text == "-" and not doc[i + 1].whitespace_
    return bool(article and ARABIC.match(f"{token.text}-{doc[i + 2].text}"))


def _longest_known(doc: Doc, start: int, covered: set[int], alias_types: AliasTypes) -> tuple[int, frozenset[str]]:
    """The end of the longest known name that begins at ``start``, and its alias types; 0 if there is none."""
    end = start + 1
    while end < len(doc) and end - start < LONGEST_NAME and end not in covered and not doc[end].is_sent_start:
        if not (_is_capitalised(doc[end]) or doc[end].text in NAME_LINKS):
            break
        end += 1
    while end > start:
        if _is_capitalised(doc[end - 1]):
            types = alias_types(doc[start:end].text)
            if types:
                return end, types
        end -= 1
    return 0, frozenset()


def _label_of_known(
    tree: Tree, start: int, end: int, types: frozenset[str], headline: set[int], covered: set[int]
) -> str | None:
    """The label of a known name, or None where the words need not be that name.

    A single word may be a common noun at the start of a sentence or in a headline, or part of an unknown longer name.
    """
    token = tree.doc[start]
    if "demonym" in types and not types & {"label", "acronym"}:
        return _demonym_label(tree, end - 1) or None
    if end > start + 1:
        return None if is_title(token) else ""
    settled = SETTLED in types and noun_of(token) is None
    acronym = settled and is_acronym(token.text) and len(token.text) >= SHORTEST_WORD and start not in headline
    can_be_name = token.pos_ == "PROPN" or acronym or (settled and token.pos_ in NOUN_LIKE)
    if not can_be_name or _opens_longer_name(tree.doc, end):
        return None
    if _touches_another_name(tree, start, covered) and not _names_country_before(tree, start, types):
        return None
    if token.text.isupper():
        return "" if len(token.text.replace(".", "")) > 1 else None
    ambiguous_case = token.is_sent_start or start in headline or noun_of(token) is not None
    clear = bool(types & {"country", "capital metonym"}) or (settled and token.pos_ == "PROPN")
    if len(token.text) < SHORTEST_WORD or (ambiguous_case and not clear):
        return None
    return ""


def _opens_longer_name(doc: Doc, end: int) -> bool:
    """Whether a name goes on behind a word that is known by itself ("Temple of the Sun")."""
    following = [token for token in doc[end : end + 3] if token.lower_ != "the"]
    return len(following) > 1 and following[0].lower_ == "of" and _is_capitalised(following[1])


def _names_country_before(tree: Tree, i: int, types: frozenset[str]) -> bool:
    """Whether a word is a country, or known by its initials, and says whose the thing is that the next word names."""
    token = tree.doc[i]
    modifies = tree.heads[i] > i and tree.label(token) in MODIFIER_LABELS and fold(token.text) not in given_names()
    return modifies and ("country" in types or (is_acronym(token.text) and len(token.text) >= SHORTEST_WORD))


def _touches_another_name(tree: Tree, i: int, covered: set[int]) -> bool:
    """Whether a neighbour that is a proper noun of no known name hangs together with the word ("John Paris")."""
    for j in (i - 1, i + 1):
        if 0 <= j < len(tree.doc) and j not in covered:
            neighbour = tree.doc[j]
            linked = tree.heads[j] == i or tree.heads[i] == j
            if linked and neighbour.pos_ == "PROPN" and _is_capitalised(neighbour) and noun_of(neighbour) is None:
                return True
    return False


def _headline_tokens(doc: Doc) -> set[int]:
    """The tokens of sentences in which every longer word is capitalised, so that capitals tell nothing."""
    found: set[int] = set()
    if not doc.has_annotation("SENT_START"):
        return found
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha and len(t) > WORDS_OF_A_HEADLINE - 1 and not t.is_stop]
        if len(words) >= WORDS_OF_A_HEADLINE and all(_is_capitalised(t) for t in words):
            found.update(range(sentence.start, sentence.end))
    return found
