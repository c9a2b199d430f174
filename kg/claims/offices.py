"""Offices and relations that noun phrases state: "Hungarian President Orban", "Blinken, the US secretary of state".

A title before a name and an apposition behind one make a claim of the office or relation. The body in which an office
is held is named by the possessor or the adjective before the title, or by "of X" after it. A rank or an honorific
("General", "Ayatollah") is no office of a country, and a former office is "former president of".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.context import Context, Draft, noun_draft
from kg.claims.lists import listed
from kg.grammar.clauses import preposition
from kg.grammar.words import is_word

TITLE_LABELS = ("nmod:desc", "compound", "appos", "flat", "amod", "nmod")
BODY_LABELS = ("nmod:poss", "amod", "compound", "nmod", "nmod:desc")
BODY_KINDS = frozenset({"country", "organization", "place"})
BODY_PREPOSITIONS = frozenset({"", "of", "to", "for", "at"})
LONGEST_DOMAIN = 6
HYPHENS = frozenset({"-", "–"})
CLOSING = frozenset({",", "–", "—", "-", ")", ".", ";"})


def office_drafts(context: Context) -> Iterator[Draft]:
    """The offices and relations that titles and appositions state, in order of the text."""
    for token in context.doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        if is_word(token, "role"):
            yield from _of_office(context, token)
        elif is_word(token, "relation"):
            yield from _of_apposition(context, token)


def _of_office(context: Context, role: Token) -> Iterator[Draft]:
    """The office that a title or apposition gives a person."""
    holder = _holder(context, role)
    if holder is None or is_rank(context, role):
        return
    name = _ended(context, role) + role_name(context, role)
    bodies = list(_bodies(context, role, holder))
    for body, words in bodies:
        yield noun_draft(role, holder, f"{name} {words}", body, rule="title", in_own_voice=True)
    if not bodies and "designate" in name and context.tree.label(role) != "flat":
        yield noun_draft(role, holder, f"be {name}", None, rule="title", in_own_voice=True)


def _of_apposition(context: Context, noun: Token) -> Iterator[Draft]:
    """What a named actor is to another by its apposition: "Ali, the nearest rival to Osman"."""
    tree = context.tree
    if tree.label(noun) == "appos":
        named = tree.head(noun)
    else:
        named = next((t for t in tree.children(noun, "appos") if _is_named(context, t)), None)
    if named is None or not _is_named(context, named):
        return
    for words, other in related_to(context, noun):
        if context.entity(other) != context.entity(named):
            lemma = _ended(context, noun) + words
            yield noun_draft(noun, named, lemma, other, rule="apposition", in_own_voice=True)


def is_rank(context: Context, role: Token) -> bool:
    """Whether a title is an honorific or a military rank ("Ayatollah", "General"), not an office ("attorney general").

    "General of the army" names its body itself.
    """
    if role.lemma_.lower() not in listed("rank"):
        return False
    before = context.doc[role.i - 1] if role.i else None
    before = context.doc[role.i - 2] if before is not None and before.text in HYPHENS and role.i > 1 else before
    if before is not None and before.lemma_.lower() in listed("office that a rank ends"):
        return is_word(before, "role")  # the claim is that of the first word
    return context.doc[role.i + 1 : role.i + 2].text != "of"


def _ended(context: Context, role: Token) -> str:
    """ "former " of an office that is no longer held, else ""."""
    start = min(t.i for t in context.tree.subtree(role) if t.sent == role.sent)
    before = {t.lower_.rstrip("-") for t in role.doc[max(role.sent.start, min(start, role.i - 3)) : role.i]}
    words = before & {word.rstrip("-") for word in listed("ended office")}
    return "former " if words else ""


def _holder(context: Context, role: Token) -> Token | None:
    """The person who bears a title: named after it, set beside it, or behind the comma that closes it."""
    tree = context.tree
    head = tree.head(role)
    beside = tree.label(role) in TITLE_LABELS and not (tree.label(role) == "nmod" and preposition(tree, role))
    if beside and _is_person(context, head):
        return head
    named = next((t for t in tree.children(role, "appos", "flat", "compound") if _is_person(context, t)), None)
    return named or _name_behind(context, role)


def _name_behind(context: Context, role: Token) -> Token | None:
    """The name right behind a title, or set off by commas, where the parse hangs it elsewhere."""
    doc = context.doc
    phrase = context.tree.subtree(role, without=("appos", "conj", "cc", "punct", "acl:relcl", "acl", "parataxis"))
    end = max(t.i for t in phrase) + 1
    after_comma = doc[end : end + 1].text == ","
    if not after_comma and role.pos_ != "PROPN":
        return None
    name = next((t for t in doc[end + after_comma : end + after_comma + 2] if _is_person(context, t)), None)
    if name is None or not after_comma:
        return name
    behind = context.mention_end(name)
    same = context.entity(role) is not None and context.entity(role) == context.entity(name)
    closed = behind < len(doc) and doc[behind].text in CLOSING
    return name if same or closed else None


def _is_person(context: Context, token: Token) -> bool:
    entity = context.entity(token)
    return entity is not None and entity.kind == "person" and context.mentions[token.i].type == "name"


def _is_named(context: Context, token: Token) -> bool:
    return context.is_actor(token) and context.mentions[token.i].type == "name"


def _bodies(context: Context, role: Token, holder: Token) -> Iterator[tuple[Token, str]]:
    """The countries and organisations in which an office is held; those before a title hang on its bearer."""
    tree = context.tree
    seen: set[int] = set()
    domain = {t.i for t in _domain(context, role)}
    for parent in (role, holder, *_titles_around(context, role, holder)):
        for child in tree.children(parent, *BODY_LABELS):
            inside_title = parent.i != holder.i or child.i < role.i
            words = preposition(tree, child)
            if child.i in seen | domain or not inside_title or words not in BODY_PREPOSITIONS:
                continue
            if _belongs_to_another_title(context, child, role) or _is_scene(context, child, holder):
                continue
            for body in tree.conjuncts(child):
                entity = context.entity(body)
                if entity is not None and entity.kind in BODY_KINDS:
                    seen.add(body.i)
                    yield body, words or "of"


def _titles_around(context: Context, role: Token, holder: Token) -> Iterator[Token]:
    """What "of" in the middle of a title was hung on: in "US secretary of defense", "US" may hang on the last word."""
    for token in _domain(context, role):
        if token.i < holder.i:
            yield token


def _belongs_to_another_title(context: Context, body: Token, role: Token) -> bool:
    """Whether another title stands between a body and the title in question ("Hamas leader and Iran's minister X")."""
    low, high = sorted((body.i, role.i))
    between = context.doc[low + 1 : high]
    return any(t.lower_ in ("and", ",") for t in between) and any(is_word(t, "role") for t in between)


def _is_scene(context: Context, body: Token, holder: Token) -> bool:
    """Whether a place right before a title says where something happens: "In Kenya President Macron met …"."""
    if body.i == 0 or context.tree.label(body) == "nmod:poss" or body.pos_ == "ADJ":
        return False
    before = context.doc[body.i - 1]
    if before.pos_ != "ADP" or before.lower_ not in listed("locating preposition"):
        return False
    above = context.tree.head(before)
    return context.tree.label(holder).startswith("nsubj") or above.i in context.clauses


def related_to(context: Context, noun: Token) -> Iterator[tuple[str, Token]]:
    """The actors of whom a role or relation holds: "a NATO member", "ally of Iran", "Hungary's president"."""
    if not (is_word(noun, "role") or is_word(noun, "relation")) or is_rank(context, noun):
        return
    name = role_name(context, noun)
    domain = {t.i for t in _domain(context, noun)}
    for label in ("nmod:poss", "amod", "compound", "nmod"):
        for child in context.tree.children(noun, label):
            words = preposition(context.tree, child) if label == "nmod" else "of"
            if words in listed("office preposition") and child.i not in domain:
                for head in context.tree.conjuncts(child):
                    if context.entity(head) is not None:
                        yield f"{name} {words}", head


def role_name(context: Context, noun: Token) -> str:
    """A role in full: "foreign minister", "secretary of state", "prime minister-designate"."""
    before = [t.lower_ for t in context.tree.children(noun, "amod", "compound") if _is_of_office(context, t, noun)]
    words = [*before, noun.lemma_.lower() + _suffix(context, noun)]
    domain = [t for t in _domain(context, noun) if t.tag_ not in ("DT", "PRP$")]
    return " ".join([*words, *(t.lower_ for t in domain)])


def _suffix(context: Context, noun: Token) -> str:
    """What ends a role's name behind it: "-designate", "-elect", " general"."""
    behind = context.doc[noun.i + 1 : noun.i + 3]
    if behind and behind[0].lower_ == "general" and noun.lower_ in listed("office that a rank ends"):
        return " general"
    hyphened = len(behind) == 2 and behind[0].text in HYPHENS and not behind[0].whitespace_ and not noun.whitespace_
    return f"-{behind[1].lower_}" if hyphened and behind[1].is_alpha else ""


def _is_of_office(context: Context, word: Token, noun: Token) -> bool:
    """Whether a word before a role is part of its name ("foreign"), not of what is thought of it ("far-right")."""
    if word.i > noun.i or word.i in context.named or not word.is_alpha or word.ent_type_ in ("PERSON", "GPE"):
        return False
    lower = word.lower_
    if lower in listed("no part of an office") | listed("ended office") or _is_hyphened(context, word):
        return False
    if lower in ("first", "second", "third"):
        following = context.doc[word.i + 1]
        return following.i == noun.i and noun.lower_ in listed("office that opens by rank")
    if not is_word(noun, "role"):
        return word.pos_ == "NOUN"
    return word.pos_ in ("NOUN", "PROPN") or lower in listed("quality of an office")


def _is_hyphened(context: Context, word: Token) -> bool:
    """Whether a word stands in a compound with a hyphen that names no office: "far-right", "centre-left"."""
    doc = context.doc
    around = doc[max(word.i - 1, 0) : word.i + 2]
    opens = word.lower_ in ("vice", "deputy", "co", "under")
    return not opens and any(t.text in HYPHENS for t in around)


def _domain(context: Context, noun: Token) -> list[Token]:
    """The words right behind a role that say what it is for, where they name no actor: "of state", "for defence"."""
    tree = context.tree
    if not is_word(noun, "role"):
        return []
    for child in tree.children(noun, "nmod"):
        case = tree.child(child, "case")
        if case is None or case.i != noun.i + 1 or case.lower_ not in ("of", "for") or child.i in context.named:
            continue
        words = tree.subtree(child, without=("appos", "acl", "acl:relcl", "conj", "cc", "punct", "advcl"))
        words = [t for t in words if t.i < _end_of_run(words)]
        named = any(t.i in context.named or t.pos_ == "PRON" for t in words)
        if child.pos_ in ("NOUN", "PROPN") and not named and len(words) <= LONGEST_DOMAIN:
            return words
    return []


def _end_of_run(words: list[Token]) -> int:
    """Where the first unbroken run of some words ends."""
    end = words[0].i
    for token in words:
        if token.i != end:
            break
        end += 1
    return end
