"""Acts that verbs and predicate adjectives make: who says, asks, believes or finds what.

A cue is a verb group ("has also said"), with the preposition that leads to what it is about ("called for"). The source
is the words of the noun phrase without clauses about it; the content the clause, the phrase or the quoted words, in
pieces where other words interrupt them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.grammar.attribution.act import Attribution, pieces, without_edges
from kg.grammar.attribution.frames import RECIPIENT_VERBS, Frame, frame_of, is_governing, written_source
from kg.grammar.attribution.quoted import Quotation, has_verb, is_utterance
from kg.grammar.clauses import RELATIVE_TAGS, antecedent, clauses
from kg.grammar.predicates import signature_of
from kg.grammar.report_corrections import FINITE_TAGS
from kg.grammar.tree import Tree
from kg.grammar.words import is_event_noun, is_word

CHAIN = frozenset({
    "refusal", "desire", "attempt", "aspectual", "raising", "commitment", "implicative", "modal", "decision",
})  # fmt: skip
"""Classes whose verb is part of the cue when its infinitive reports."""
SHORTEST_SENTENCE = 3
PARENTHESES = frozenset({",", "--", "—", "–"})
LOOSE = ("acl", "acl:relcl", "advcl", "parataxis", "ccomp", "discourse", "punct")


def of_verb(tree: Tree, verb: Token, quoted: list[Quotation]) -> Iterator[Attribution]:
    """The act of a verb or predicate adjective; ``quoted`` are the quotations that it introduces."""
    found = signature_of(verb)
    if verb.i not in clauses(tree.doc) or (found is None and not quoted and not is_governing(tree, verb)):
        return
    source = written_source(tree, verb) or next((q.speaker for q in quoted if q.speaker is not None), None)
    frame = frame_of(tree, verb)
    cue = cue_of(tree, verb, frame.leading if frame is not None else None)
    if found is not None and found.kind in ("speech", "belief") and source is not None and not quoted:
        frame = _parenthesis(tree, verb, cue, source) or frame
    if frame is None and found is not None and found.kind == "speech":
        frame = _loose_frame(tree, verb, cue, source, quoted)
    if frame is None:
        if not quoted:
            return
        frame = Frame("quotation", ())
    if not quoted and verb.tag_ in ("VB", "VBG", "VBP") and (source is None or _is_bare(tree, verb, cue)):
        return
    if source is not None and source.lower_ == "you" and not quoted:
        return
    yield _act(tree, verb, source, cue, frame, quoted)


def can_speak(token: Token) -> bool:
    """Whether a noun may be somebody or something that says: no event ("the talks")."""
    return not is_event_noun(token) or is_word(token, "role") or signature_of(token) is not None


def of_quotation(tree: Tree, cue: Token, quoted: list[Quotation]) -> Iterator[Attribution]:
    """The act of a dash or a noun that introduces direct speech: "“…” — Name", "in a statement by X: …"."""
    speaker = next((q.speaker for q in quoted if q.speaker is not None), None)
    span = tree.doc[cue.i : cue.i + 1]
    yield Attribution(
        None if speaker is None else source_phrase(tree, speaker, span), span,
        pieces(tree.doc, (), (q.span for q in quoted)), "quotation", speaker=speaker, head=cue,
    )  # fmt: skip


def of_unnamed(tree: Tree, quotation: Quotation) -> Iterator[Attribution]:
    """The act of a quoted sentence whose speaker the text does not name; it is not the article's own all the same."""
    span = quotation.span
    whole = span[0].text[0].isupper() and len(span) > SHORTEST_SENTENCE and has_verb(span)
    if whole and any(tree.label(t).startswith("nsubj") for t in span) and span.start > 0:
        mark = tree.doc[quotation.span.start - 1 : quotation.span.start]
        yield Attribution(None, mark, pieces(tree.doc, (), (quotation.span,)), "quotation mark", head=mark[0])


def _act(
    tree: Tree, verb: Token, source: Token | None, cue: Span, frame: Frame, quoted: list[Quotation]
) -> Attribution:
    source_span = None if source is None else source_phrase(tree, source, cue)
    barrier = {t.i for t in cue} | ({t.i for t in source_span} if source_span is not None else set[int]())
    inside = {t.i for t in frame.words} - barrier
    spans = [q.span for q in quoted if not inside or is_utterance(q.span) or inside & {t.i for t in q.span}]
    return Attribution(
        source_span, cue, pieces(tree.doc, inside, spans), frame.name,
        speaker=None if source is None else antecedent(tree, source),
        head=verb,
        told=bool(spans) or (frame.told and (source is None or verb.tag_ != "VBG" or can_speak(source))),
        aside=frozenset(t.i for t in frame.aside),
    )  # fmt: skip


def _is_bare(tree: Tree, verb: Token, cue: Span) -> bool:
    """Whether a verb is an infinitive of purpose or the like, that nobody is said to have carried out."""
    return verb.tag_ == "VB" and cue.start == verb.i and not tree.child(verb, "nsubj") and tree.label(verb) != "ROOT"


def _loose_frame(tree: Tree, verb: Token, cue: Span, source: Token | None, quoted: list[Quotation]) -> Frame | None:
    """The content of a verb of saying that the parse gave none: what follows "that", or stands before "…, he said"."""
    sentence = verb.sent
    after = tree.doc[cue.end : sentence.end]
    if after and after[0].lower_ == "that" and any(t.pos_ in ("VERB", "AUX") for t in after):
        return Frame("that", tuple(after))
    told = tree.child(verb, "obj", "iobj") if verb.lemma_ in RECIPIENT_VERBS else None
    if source is None or quoted or tree.child(verb, "ccomp", "xcomp") or (tree.child(verb, "obj") and told is None):
        return None
    phrase = source_phrase(tree, source, cue)
    start, end = min(phrase.start, cue.start), max(phrase.end, cue.end)
    after_comma = start - sentence.start > 3 and tree.doc[start - 1].text == ","
    goes_on = next((t.i for t in tree.doc[end : sentence.end] if t.tag_ == "VBG" and t.nbor(-1).text == ","), 0)
    if after_comma and _ends_clause(tree.doc[sentence.start : goes_on] if goes_on else sentence, end):
        return Frame("aside", tuple(tree.doc[sentence.start : start - 1]))
    return None


def _parenthesis(tree: Tree, verb: Token, cue: Span, source: Token) -> Frame | None:
    """The content of a report put between two commas: all of the sentence around it ("Iran, he said, had left")."""
    doc, sentence = tree.doc, verb.sent
    phrase = source_phrase(tree, source, cue)
    start, end = min(phrase.start, cue.start), max(phrase.end, cue.end)
    if verb.tag_ not in FINITE_TAGS or source.tag_ in RELATIVE_TAGS or tree.child(verb, "obj"):
        return None
    if end - start > len(phrase) + len(cue) + 1 or start - sentence.start < 2:
        return None
    close = next((t for t in doc[end : sentence.end] if t.is_punct or t.pos_ in ("VERB", "AUX", "SCONJ", "PRON")), None)
    if doc[start - 1].text not in PARENTHESES or close is None or close.text not in PARENTHESES:
        return None
    before = list(doc[sentence.start : start - 1])
    opening = next((t.i + 1 for t in reversed(before) if t.is_quote or t.tag_ in RELATIVE_TAGS), sentence.start)
    before = [t for t in before if t.i >= opening + (doc[opening].pos_ == "CCONJ")]
    after = doc[close.i + 1 : sentence.end]
    goes_on = after and after[0].tag_ not in ("CC", "VBG", "VBN", "WDT", "WP", "WRB")
    if not goes_on or not any(t.pos_ in ("VERB", "AUX", "NOUN", "PROPN") for t in after):
        return None
    return Frame("parenthesis", (*before, *after))


def _ends_clause(sentence: Span, end: int) -> bool:
    """Whether a clause is over at a token index: at the sentence's end, at a comma, or before an adjunct of time."""
    rest = sentence.doc[end : sentence.end]
    return not any(t.pos_ in ("VERB", "AUX") for t in rest)


def cue_of(tree: Tree, verb: Token, leading: Token | None) -> Span:
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
    return cue_of(tree, above, None).start


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
