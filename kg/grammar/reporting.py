"""Acts of attribution: every source, cue and content of a Doc, as spans.

A cue is a verb group ("has also said"), with the preposition that leads to what it is about ("called for"), a noun
("the claim that …"), a predicate adjective ("is confident that …"), a phrase ("according to"), or the colon or dash of
a headline, a transcript or a quotation set apart. The source is the words of the noun phrase without clauses about it;
the content the clause, the phrase or the quoted words, in pieces where other words interrupt them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.grammar.clauses import clauses, preposition
from kg.grammar.layout import Attribution, of_colons, of_dashes, without_edges
from kg.grammar.predicates import SPEECH_CLASSES, Signature, signature, signature_of
from kg.grammar.quotations import Quotation, is_utterance, quotations
from kg.grammar.tree import Tree, tree_of
from kg.grammar.words import is_word

CLAUSAL = SPEECH_CLASSES | {"knowledge", "decision", "stance"}
"""Classes whose "that"-clause is somebody's content."""
INFINITIVAL = frozenset({"request", "commitment", "threat", "desire", "decision", "refusal"})
"""Classes whose infinitive is what their subject says or intends."""
NOMINAL = (SPEECH_CLASSES - {"belief"}) | {"stance"}
"""Classes whose object, or noun after a preposition, is what is said."""
NOUN_CUES = SPEECH_CLASSES | {"desire", "decision", "refusal", "stance"}
CHAIN = frozenset({
    "refusal", "desire", "attempt", "aspectual", "raising", "commitment", "implicative", "modal", "decision",
})  # fmt: skip
"""Classes whose verb is part of the cue when its infinitive reports."""
ABOUT = frozenset({"about", "over", "on", "of", "against", "toward", "towards", "for"})
CONTENT_PREPOSITIONS = frozenset({"for", "about", "against", "on", "of", "over"})
LOOSE = ("acl", "acl:relcl", "advcl", "parataxis", "ccomp", "discourse", "punct")
RECIPIENT_VERBS = frozenset({"tell", "inform", "notify", "remind", "brief", "assure", "answer"})
"""Verbs whose object is only who is told."""
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")


def attributions(doc: Doc) -> list[Attribution]:
    """Every act of attribution in a Doc in order of the text, those inside another's content too."""
    tree = tree_of(doc)
    quoted: dict[int, list[Quotation]] = {}
    for quotation in quotations(doc):
        if quotation.cue is not None:
            quoted.setdefault(quotation.cue.i, []).append(quotation)
    found = [act for token in doc for act in _of_token(tree, token, quoted.get(token.i, []))]
    found += [*_of_phrases(tree), *of_colons(doc), *of_dashes(doc)]
    return sorted(found, key=lambda act: (act.cue.start, act.cue.end))


def outermost(acts: Iterable[Attribution]) -> list[Attribution]:
    """The acts whose cue lies in no other act's content: what the article itself attributes."""
    kept = list(acts)
    pieces = [(piece.start, piece.end, act) for act in kept for piece in act.content]
    return [
        act for act in kept
        if not any(start <= act.cue.start and act.cue.end <= end for start, end, other in pieces if other is not act)
    ]  # fmt: skip


def _of_token(tree: Tree, token: Token, quoted: list[Quotation]) -> Iterator[Attribution]:
    found = signature_of(token)
    if found is None and not quoted and _governed(tree, token) is None:
        return
    if token.i in clauses(tree.doc):
        yield from _of_clause(tree, token, found, quoted)
    elif token.pos_ == "NOUN" and found is not None and found.kind in NOUN_CUES:
        yield from _of_verb_and_noun(tree, token) or _of_noun(tree, token)


def _of_clause(tree: Tree, verb: Token, found: Signature | None, quoted: list[Quotation]) -> Iterator[Attribution]:
    """A reporting verb or predicate adjective with what stands below it."""
    source = _source(tree, verb) or next((q.speaker for q in quoted if q.speaker is not None), None)
    kind = found.kind if found else ""
    frame, words, leading = _frame(tree, verb, kind)
    cue = _cue(tree, verb, leading)
    if not words and kind == "speech":
        frame, words = _loose_frame(tree, verb, cue, source, quoted)
    if not words and not quoted:
        return
    if not quoted and verb.tag_ in ("VB", "VBG", "VBP") and (source is None or _is_bare(tree, verb, cue)):
        return
    if source is not None and source.lower_ == "you" and not quoted:
        return
    source_span = None if source is None else source_phrase(tree, source, cue)
    barrier = {t.i for t in cue} | ({t.i for t in source_span} if source_span is not None else set[int]())
    inside = {t.i for t in words} - barrier
    spans = [q.span for q in quoted if not inside or is_utterance(q.span) or inside & {t.i for t in q.span}]
    content = _pieces(tree.doc, inside, spans)
    yield Attribution(source_span, cue, content, frame or "quotation")


def _is_bare(tree: Tree, verb: Token, cue: Span) -> bool:
    """Whether a verb is an infinitive of purpose or the like, that nobody is said to have carried out."""
    return verb.tag_ == "VB" and cue.start == verb.i and not tree.child(verb, "nsubj") and tree.label(verb) != "ROOT"


def _frame(tree: Tree, verb: Token, kind: str) -> tuple[str, list[Token], Token | None]:
    """How a cue governs its content: the name of the frame, the content's words, and a preposition of the cue."""
    clause = _complement(tree, verb)
    if clause is not None and kind in CLAUSAL:
        return f"{kind} clause", _clause_words(tree, verb, clause), None
    infinitive = tree.child(verb, "xcomp")
    told = verb.lemma_ in RECIPIENT_VERBS
    objects = [t for t in tree.children(verb, "obj") if t.i > verb.i and not told]
    passive = tree.children(verb, "nsubj:pass")
    if infinitive is not None and infinitive.i > verb.i:
        if told and tree.child(verb, "obj", "iobj"):
            recipient = tree.children(verb, "obj", "iobj")[0]
            return f"{kind} object and complement", _between(tree, recipient, infinitive), None
        if objects and kind in ("request", "speech", "belief", "knowledge"):
            return f"{kind} object and complement", _between(tree, objects[0], infinitive), None
        if passive and kind in CLAUSAL:
            return f"{kind} passive complement", [*tree.subtree(passive[0]), *tree.subtree(infinitive)], None
        intends = kind in INFINITIVAL and (verb.pos_ == "VERB" or kind == "desire")
        if intends and not objects and not _reports(tree, infinitive):
            return f"{kind} infinitive", tree.subtree(infinitive), None
    if kind in ("belief", "knowledge") and objects and not passive and _shows(tree, verb, objects[0]):
        return f"{kind} object", _with_arguments(tree, verb, objects[0]), None
    governed = _governed(tree, verb)
    if governed is not None and not passive:
        case, words = governed
        return f"with {case.lower_}", words, case
    if kind in NOMINAL:
        return _nominal_frame(tree, verb, kind, objects, passive)
    return "", [], None


def _shows(tree: Tree, verb: Token, noun: Token) -> bool:
    """Whether an object is what a text tells ("polls show a lead"), or taken for something ("see it as a threat")."""
    source = _source(tree, verb)
    found = None if source is None or source.pos_ != "NOUN" else signature_of(source)
    told = found is not None and found.kind == "speech"
    taken = any(preposition(tree, t) == "as" and t.i > noun.i for t in tree.children(verb, "obl"))
    return told or taken


def _governed(tree: Tree, verb: Token) -> tuple[Token, list[Token]] | None:
    """The preposition that a verb governs by the table ("point to"), and what stands after it."""
    if verb.pos_ != "VERB":
        return None
    for child in tree.children(verb, "obl", "advcl"):
        for case in tree.children(child, "case", "mark"):
            between = tree.doc[verb.i + 1 : case.i]
            near = all(t.pos_ in ("ADV", "ADP") for t in between) and case.i > verb.i
            words = tree.doc[verb.i + 1 : case.i + 1].text.lower()
            if near and signature(f"{verb.lemma_} {words}", "phrase") is not None:
                return case, [t for t in tree.subtree(child) if t.i > case.i]
    return None


def _reports(tree: Tree, infinitive: Token) -> bool:
    """Whether an infinitive is a cue itself, so that the verb above it only belongs to that cue."""
    found = signature_of(infinitive)
    return found is not None and bool(_frame(tree, infinitive, found.kind)[1])


def _nominal_frame(
    tree: Tree, verb: Token, kind: str, objects: list[Token], passive: list[Token]
) -> tuple[str, list[Token], Token | None]:
    about = [t for t in tree.children(verb, "obl") if t.i > verb.i and preposition(tree, t) in CONTENT_PREPOSITIONS]
    if objects:
        return f"{kind} object", _with_arguments(tree, verb, objects[0]), None
    if passive:
        return f"{kind} passive", *_of_passive(tree, verb, passive[0])
    for noun in about:
        case = tree.children(noun, "case")[0]
        if tree.doc[case.i - 1] in (verb, tree.child(verb, "compound:prt")):
            return f"{kind} {case.lower_}", [t for t in tree.subtree(noun) if t.i > case.i], case
    return "", [], None


def _of_passive(tree: Tree, verb: Token, subject: Token) -> tuple[list[Token], Token | None]:
    """The content and the cue's preposition of a passive: "X was [accused of] lying", "X was [endorsed by] Y"."""
    words = tree.subtree(subject)
    for child in tree.children(verb, "obl", "obl:agent", "advcl"):
        introducing = [t for t in tree.children(child, "case", "mark") if t.i == verb.i + 1]
        if introducing and introducing[0].lower_ == "by":
            return words, introducing[0]
        if introducing and introducing[0].lower_ in ("of", "for", "as"):
            return [*words, *(t for t in tree.subtree(child) if t.i > introducing[0].i)], introducing[0]
    return words, None


def _with_arguments(tree: Tree, verb: Token, noun: Token) -> list[Token]:
    """An object with what follows it without a comma: "cited the vote as a reason", "blamed Iran for the attack"."""
    words = tree.subtree(noun)
    for child in tree.children(verb, "obl", "advcl", "xcomp"):
        below = tree.subtree(child)
        if below[0].i == words[-1].i + 1 and preposition(tree, child) in ("as", "for", "with", "of", "from", "to"):
            words = [*words, *below]
    return words


def _loose_frame(
    tree: Tree, verb: Token, cue: Span, source: Token | None, quoted: list[Quotation]
) -> tuple[str, list[Token]]:
    """The content of a verb of saying that the parse gave none: what follows "that", or stands before "…, he said"."""
    sentence = verb.sent
    after = tree.doc[cue.end : sentence.end]
    if after and after[0].lower_ == "that" and any(t.pos_ in ("VERB", "AUX") for t in after):
        return "that", list(after)
    if source is None or quoted or tree.child(verb, "obj", "ccomp", "xcomp"):
        return "", []
    phrase = source_phrase(tree, source, cue)
    start = min(phrase.start, cue.start)
    after_comma = start - sentence.start > 3 and tree.doc[start - 1].text == ","
    if after_comma and _ends_clause(sentence, max(phrase.end, cue.end)):
        return "aside", list(tree.doc[sentence.start : start - 1])
    return "", []


def _ends_clause(sentence: Span, end: int) -> bool:
    """Whether a clause is over at a token index: at the sentence's end, at a comma, or before an adjunct of time."""
    rest = sentence.doc[end : sentence.end]
    return not any(t.pos_ in ("VERB", "AUX") for t in rest)


def _complement(tree: Tree, verb: Token) -> Token | None:
    return tree.child(verb, "ccomp")


def _clause_words(tree: Tree, verb: Token, clause: Token) -> list[Token]:
    """A clause's words; an object before a clause without a subject of its own is that clause's subject."""
    objects = [t for t in tree.children(verb, "obj") if verb.i < t.i < clause.i]
    if objects and not tree.child(clause, *SUBJECTS, "mark", "expl"):
        return _between(tree, objects[0], clause)
    return tree.subtree(clause)


def _between(tree: Tree, first: Token, last: Token) -> list[Token]:
    words = [t.i for t in (*tree.subtree(first), *tree.subtree(last))]
    return list(tree.doc[min(words) : max(words) + 1])


def _source(tree: Tree, verb: Token) -> Token | None:
    """The subject as it is written, a relative pronoun as such; the agent of a passive."""
    clause = clauses(tree.doc)[verb.i]
    if clause.passive:
        return next(iter(clause.agents), None)
    own = [t for t in tree.children(verb, "nsubj") if t.pos_ != "SCONJ"]
    return own[0] if own else next(iter(clause.subjects), None)


def _cue(tree: Tree, verb: Token, leading: Token | None) -> Span:
    """The verb group: auxiliaries, negation and adverbs that stand right before, a particle or preposition after."""
    members = {t.i for t in tree.children(verb, "aux", "aux:pass", "cop")}
    members |= {t.i for t in tree.children(verb, "advmod") if t.pos_ in ("ADV", "PART") and t.tag_ != "WRB"}
    start = verb.i
    while start - 1 in members:
        start -= 1
    start = _chain_start(tree, verb, start)
    after = [t.i for t in (*tree.children(verb, "compound:prt"), *([leading] if leading is not None else []))]
    return tree.doc[start : max([verb.i, *after]) + 1]


def _chain_start(tree: Tree, verb: Token, start: int) -> int:
    """Where the cue starts with the verbs that an infinitive hangs on: "went on to say", "refused to endorse"."""
    to = tree.child(verb, "mark")
    above = tree.head(verb)
    found = signature_of(above)
    if tree.label(verb) != "xcomp" or to is None or found is None or found.kind not in CHAIN:
        return start
    if any(t.pos_ in ("NOUN", "PROPN", "PRON", "PUNCT") for t in tree.doc[above.i : start]):
        return start
    return _cue(tree, above, None).start


def source_phrase(tree: Tree, speaker: Token, cue: Span) -> Span:
    """The noun phrase of a speaker on its side of the cue, without loose clauses about it.

    A comma that closes an apposition belongs to it: "Ban, the secretary general, | said".
    """
    words = {t.i for t in tree.subtree(speaker, without=LOOSE)}
    for child in tree.children(speaker):
        below = {t.i for t in tree.subtree(child)}
        if cue.root.i in below:
            words -= below
    for clause in tree.children(speaker, "acl", "acl:relcl"):
        below = {t.i for t in tree.subtree(clause)}
        if cue.root.i not in below and not any(t.is_punct for t in tree.doc[speaker.i + 1 : min(below) + 1]):
            words |= below
    words -= {t.i for t in tree.children(speaker, "case") if t.i < speaker.i}
    words = {i for i in words if (i < cue.start) == (speaker.i < cue.start) and not cue.start <= i < cue.end}
    start, end = min([speaker.i, *words]), max([speaker.i, *words]) + 1
    start = _with_title(tree, start, cue)
    span = without_edges(tree.doc[start:end])
    closed = span.end < cue.start and tree.doc[span.end].text == "," and any(t.text == "," for t in span)
    return tree.doc[span.start : span.end + 1] if closed else span


def _with_title(tree: Tree, start: int, cue: Span) -> int:
    """Where a speaker's phrase starts, a noun before the name that the parse left out counted in ("lawyer Ali")."""
    while start > tree.doc[start].sent.start and tree.doc[start].pos_ == "PROPN":
        before = tree.doc[start - 1]
        is_title = before.pos_ in ("NOUN", "PROPN") and not before.ent_type_ and tree.heads[before.i] == cue.root.i
        if not is_title:
            break
        start = tree.subtree(before)[0].i
    return start


def _pieces(doc: Doc, words: set[int], quoted: list[Span]) -> tuple[Span, ...]:
    """Runs of words, with the quotations that they reach into, as spans in order of the text."""
    runs = _runs(doc, words)
    spans = [(run.start, run.end) for run in runs if any(t.is_alpha or t.like_num for t in run)]
    for quotation in quoted:
        spans.append((quotation.start, quotation.end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(without_edges(doc[start:end]) for start, end in joined)


def _runs(doc: Doc, words: set[int]) -> list[Span]:
    """Runs of words; punctuation and white space between two words of a content do not divide it."""
    runs: list[list[int]] = []
    for i in sorted(words):
        if runs and all(doc[j].is_punct or doc[j].is_space for j in range(runs[-1][-1] + 1, i)):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [doc[run[0] : run[-1] + 1] for run in runs]


def _of_verb_and_noun(tree: Tree, noun: Token) -> list[Attribution]:
    """A verb with a reporting noun for its object: "announced plans to …", "expressed outrage over …"."""
    verb = tree.head(noun)
    light, found = is_word(verb, "light"), signature_of(verb)
    speaks = found is not None and found.kind in NOMINAL and not light
    if tree.label(noun) != "obj" or verb.i > noun.i or verb.i not in clauses(tree.doc) or speaks:
        return []
    source, content = _source(tree, verb), _of_noun_content(tree, noun, phrases=light)
    if source is None or not content:
        return []
    group = _cue(tree, verb, None)
    cue = tree.doc[group.start : max(group.end, content[0].i)]
    if any(t.is_punct for t in cue):
        return []
    pieces = _pieces(tree.doc, {t.i for t in content}, [])
    return [Attribution(source_phrase(tree, source, cue), cue, pieces, "verb and noun")]


def _of_noun_content(tree: Tree, noun: Token, *, phrases: bool) -> list[Token]:
    """What a reporting noun says: its clause, and with ``phrases`` the noun after a preposition, that left out."""
    clause = _clause_of_noun(tree, noun)
    if clause is not None:
        gerund = clause.tag_ == "VBG"
        return [t for t in tree.subtree(clause) if not (gerund and t in tree.children(clause, "mark", "case"))]
    for child in tree.children(noun, "nmod") if phrases else ():
        if preposition(tree, child) in ABOUT and child.i > noun.i:
            return [t for t in tree.subtree(child) if t not in tree.children(child, "case")]
    return []


def _clause_of_noun(tree: Tree, noun: Token) -> Token | None:
    clause = tree.child(noun, "acl", "ccomp")
    return clause if clause is not None and clause.i > noun.i and tree.child(clause, "mark") else None


def _of_noun(tree: Tree, noun: Token) -> list[Attribution]:
    """A reporting noun with its owner and its clause: "Iran's claim that …", "its plans to …"."""
    clause = _clause_of_noun(tree, noun)
    if clause is None:
        return []
    owner = next(iter(tree.children(noun, "nmod:poss")), None)
    if owner is None:
        return []
    cue = tree.doc[noun.i : noun.i + 1]
    source = without_edges(_phrase(tree, owner))
    words = {t.i for t in tree.subtree(clause)} - {noun.i}
    return [Attribution(source, cue, _pieces(tree.doc, words, []), "noun clause")]


def _phrase(tree: Tree, head: Token) -> Span:
    words = [t.i for t in tree.subtree(head, without=LOOSE)]
    return tree.doc[min(words) : max(words) + 1]


def _of_phrases(tree: Tree) -> Iterator[Attribution]:
    """ "According to X, …" and its like."""
    for token in tree.doc:
        if not tree.label(token).startswith(("obl", "nmod")) or not signature(preposition(tree, token), "phrase"):
            continue
        words = [t for c in tree.children(token, "case") for t in (c, *tree.children(c, "fixed"))]
        cue = tree.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
        below = tree.subtree(token)
        rest = {t.i for t in tree.subtree(tree.head(token))} - {t.i for t in below}
        source = tree.doc[cue.end : max([cue.end, *(t.i for t in tree.subtree(token, without=LOOSE))]) + 1]
        yield Attribution(without_edges(source), cue, _pieces(tree.doc, rest, []), "phrase")
