"""Mends of what parsers get wrong about reports: who says, what is said, and what only stands beside it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.clauses import RELATIVE_TAGS
from kg.grammar.predicates import is_speech, signature_of
from kg.grammar.tree import Tree

FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ"})


def leftwards(token: Token) -> list[Token]:
    """The words before a token in its sentence, the nearest first."""
    return list(token.sent[: token.i - token.sent.start])[::-1]


def preposition_of(tree: Tree, noun: Token) -> str:
    """The one preposition before a noun, lower-cased, or ""."""
    case = tree.child(noun, "case")
    return "" if case is None else case.lower_


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
        if beside and reports and is_speech(above) and not is_speech(said):
            heads[token.i] = above.i
    return tree.changed(heads, {})


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


def source_after_comma(tree: Tree) -> Tree:
    """Hang "…, according to X" on the verb of its sentence: X answers for all of it."""
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
        if root is not None and root.i < noun.i and tree.heads[noun.i] != root.i:
            heads[noun.i], labels[noun.i] = root.i, "obl"
    return tree.changed(heads, labels)


def trailing_report(tree: Tree) -> Tree:
    """Hang "…, saying that …" on the reporting verb before it, not on a word of what that one reports.

    "Iran said the talks had failed, adding that …": Iran added it.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens[1:]:
        if token.tag_ != "VBG" or tree.labels[token.i] not in ("advcl", "acl", "conj", "xcomp") or not is_speech(token):
            continue
        if tree.tokens[token.i - 1].text != "," or not tree.child(token, "ccomp", "obj"):
            continue
        above = [t for t in tree.ancestors(token) if t.i < token.i and t.tag_ in FINITE_TAGS and is_speech(t)]
        if above and above[-1].i != tree.heads[token.i]:
            heads[token.i], labels[token.i] = above[-1].i, "advcl"
    return tree.changed(heads, labels)


def speaker_after_quotation(tree: Tree) -> Tree:
    """Make the noun phrase between a closing quotation mark and a reporting verb without a subject its subject.

    "“It sends a signal,” Ali, the chief of staff, said": Ali is no part of what is quoted.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        if verb.tag_ not in FINITE_TAGS or not is_speech(verb) or tree.child(verb, "nsubj", "nsubj:pass", "expl"):
            continue
        close = next((t for t in leftwards(verb) if _closes(t)), None)
        if close is None:
            continue
        between = range(close.i + 1, verb.i)
        loose = [i for i in between if tree.heads[i] not in (*between, verb.i) and not tree.tokens[i].is_punct]
        if (
            len(loose) == 1
            and tree.tokens[loose[0]].pos_ in ("PROPN", "NOUN", "PRON")
            and tree.heads[loose[0]] < close.i
        ):
            heads[loose[0]], labels[loose[0]] = verb.i, "nsubj"
    return tree.changed(heads, labels)


def _closes(mark: Token) -> bool:
    """Whether a quotation mark is a closing one, with a comma or the like beside it."""
    closing = mark.tag_ == "''" or mark.text in "”»"
    return closing and any(t.text in ",.?!" for t in mark.doc[max(mark.i - 1, 0) : mark.i + 2])


def day_of_saying(tree: Tree) -> Tree:
    """Take a bare date right after a reporting verb for the day, not for what was said: "police said Wednesday"."""
    labels = {
        token.i: "obl:unmarked" for token in tree.tokens
        if tree.labels[token.i] in ("obj", "iobj") and token.ent_type_ == "DATE" and is_speech(tree.head(token))
    }  # fmt: skip
    return tree.changed({}, labels)
