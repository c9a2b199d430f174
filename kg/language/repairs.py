"""Mends what parsers of news often get wrong, where grammar leaves no doubt. Each repair takes a tree and gives one."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.predicates import is_speech, signature_of
from kg.language.tree import Tree

FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
WANTING_INFINITIVE = frozenset({"implicative", "attempt", "raising", "desire", "commitment", "decision", "refusal"})
"""Classes of verbs whose infinitive says what, and never to what end."""
NAMING_PREPOSITIONS = frozenset({"including", "as", "like", "of"})
"""What may introduce a second name of a thing: "including X", "such as X"."""
BEFORE_NOUN = frozenset({"compound", "amod", "det", "flat", "nummod"})
INDEFINITE = frozenset({"a", "an", "some", "several", "many", "another"})


def repaired(tree: Tree) -> Tree:
    """The tree after every repair."""
    for repair in REPAIRS:
        tree = repair(tree)
    return tree


def _changed(tree: Tree, heads: dict[int, int], labels: dict[int, str]) -> Tree:
    if not heads and not labels:
        return tree
    new_heads, new_labels = list(tree.heads), list(tree.labels)
    for i, head in heads.items():
        new_heads[i] = head
    for i, label in labels.items():
        new_labels[i] = label
    return Tree(tree.doc, new_heads, new_labels, tree.tokens)


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
    return _changed(tree, heads, {})


def _is_nonfinite(tree: Tree, verb: Token) -> bool:
    bare = verb.tag_ in ("VB", "VBG") and not tree.child(verb, "aux", "cop")
    return bare and tree.child(verb, "mark", "case") is not None


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
    return _changed(tree, heads, labels)


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
    return _changed(tree, heads, labels)


def trailing_participle(tree: Tree) -> Tree:
    """Take a participle after a comma for an adjunct, not for what is said: "… the army said, rejecting the claim"."""
    labels: dict[int, str] = {}
    for token in tree.tokens[1:]:
        bare = token.tag_ == "VBG" and not tree.child(token, "mark", "aux", "nsubj", "cop")
        if bare and tree.labels[token.i] == "ccomp" and token.i > tree.heads[token.i]:
            before = tree.subtree(token)[0].i - 1
            if tree.tokens[max(before, 0)].text == "," or tree.subtree(token)[0].text == ",":
                labels[token.i] = "advcl"
    return _changed(tree, {}, labels)


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
    return _changed(tree, heads, {})


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
        before = next((t for t in _leftwards(verb) if t.pos_ not in ("ADV", "AUX")), None)
        if before is None or before.pos_ not in ("PROPN", "PRON"):
            continue
        name = tree.head(before) if tree.labels[before.i] == "flat" else before
        first = next(t for t in tree.subtree(name) if not t.is_punct)
        after_comma = first.i > 0 and tree.tokens[first.i - 1].text == ","
        if tree.labels[name.i] in ("appos", "conj", "dep") and after_comma and not tree.child(name, "cc"):
            heads[name.i], labels[name.i] = verb.i, "nsubj"
    return _changed(tree, heads, labels)


def _leftwards(token: Token) -> list[Token]:
    return list(token.sent[: token.i - token.sent.start])[::-1]


def reporter_aside(tree: Tree) -> Tree:
    """Raise a reporting verb set beside what it reports over it.

    "The troops withdrew, the army said": what the army said is that the troops withdrew.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for token in tree.tokens:
        said = _sentence_before(tree, token) or tree.head(token)
        if not is_speech(token) or said.i in labels or not (_is_aside(tree, token) or _sentence_before(tree, token)):
            continue
        content = [t for t in tree.children(token, "ccomp", "obj", "xcomp") if t.tag_ != "VBG"]
        if tree.child(token, "nsubj") and not content and not tree.child(said, "ccomp"):
            root = tree.heads[said.i] == said.i
            heads[token.i], labels[token.i] = (token.i if root else tree.heads[said.i]), tree.labels[said.i]
            heads[said.i], labels[said.i] = token.i, "ccomp"
    return _changed(tree, heads, labels)


def list_taken_for_apposition(tree: Tree) -> Tree:
    """Coordinate the items of a list that were taken for appositions: "hit a tank, two bridges and a depot".

    What names a thing a second time is definite or a name, or what it names again is; two indefinite nouns are two.
    """
    labels = {
        token.i: "conj" for token in tree.tokens
        if tree.labels[token.i] == "appos" and _is_indefinite(tree, token) and _is_indefinite(tree, tree.head(token))
    }  # fmt: skip
    return _changed(tree, {}, labels)


def _is_indefinite(tree: Tree, noun: Token) -> bool:
    before = tree.children(noun, "det", "nummod")
    return noun.pos_ == "NOUN" and any(t.lower_ in INDEFINITE or t.pos_ == "NUM" for t in before)


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
    return _changed(tree, heads, {})


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


def preposition_of(tree: Tree, noun: Token) -> str:
    """The one preposition before a noun, lower-cased, or ""."""
    case = tree.child(noun, "case")
    return "" if case is None else case.lower_


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
    return _changed(tree, heads, labels)


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
    return _changed(tree, heads, labels)


def speaker_after_quotation(tree: Tree) -> Tree:
    """Make the noun phrase between a closing quotation mark and a reporting verb without a subject its subject.

    "“It sends a signal,” Ali, the chief of staff, said": Ali is no part of what is quoted.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    for verb in tree.tokens:
        if verb.tag_ not in FINITE_TAGS or not is_speech(verb) or tree.child(verb, "nsubj", "nsubj:pass", "expl"):
            continue
        close = next((t for t in _leftwards(verb) if _closes(t)), None)
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
    return _changed(tree, heads, labels)


def _closes(mark: Token) -> bool:
    """Whether a quotation mark is a closing one, with a comma or the like beside it."""
    closing = mark.tag_ == "''" or mark.text in "”»"
    return closing and any(t.text in ",.?!" for t in mark.doc[max(mark.i - 1, 0) : mark.i + 2])


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
    return _changed(tree, {}, labels)


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
    return _changed(tree, heads, labels)


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
    return _changed(tree, heads, {})


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
    return _changed(tree, heads, labels)


def _phrase_after(tree: Tree, noun: Token, words: str) -> list[Token]:
    """The head of the phrase that follows a noun phrase at once, if it has this preposition."""
    after = tree.subtree(noun)[-1].i + 1
    if after >= len(tree.tokens) or tree.labels[after] != "case" or tree.tokens[after].lower_ != words:
        return []
    return [tree.head(tree.tokens[after])]


def day_of_saying(tree: Tree) -> Tree:
    """Take a bare date right after a reporting verb for the day, not for what was said: "police said Wednesday"."""
    labels = {
        token.i: "obl:unmarked" for token in tree.tokens
        if tree.labels[token.i] in ("obj", "iobj") and token.ent_type_ == "DATE" and is_speech(tree.head(token))
    }  # fmt: skip
    return _changed(tree, {}, labels)


REPAIRS = (
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
