"""How a reporting verb or adjective leads to its content: by a clause, an infinitive, an object, a preposition."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.grammar.attribution.quoted import is_worded
from kg.grammar.clauses import clauses, is_finite, marker, preposition
from kg.grammar.predicates import SPEECH_CLASSES, Signature, signature, signature_of
from kg.grammar.tree import Tree
from kg.grammar.words import is_event_noun

CLAUSAL = SPEECH_CLASSES | {"knowledge", "decision", "stance"}
"""Classes whose "that"-clause is somebody's content."""
REPORTING = SPEECH_CLASSES | {"knowledge", "decision"}
"""Classes whose "that"-clause is told by their subject: said, believed, found, ruled."""
INFINITIVAL = frozenset({"request", "commitment", "threat", "desire", "decision", "refusal"})
"""Classes whose infinitive is what their subject says or intends."""
CLAIMING = frozenset({"speech", "denial"})
"""Classes whose infinitive or gerund their subject says of itself."""
GOING_ON = frozenset({"continue", "go"})
"""Verbs that introduce speech, but before an infinitive or gerund only say that it goes on."""
SAYING_SO = frozenset({"request", "commitment", "threat", "refusal"})
"""Those of them that are said: a vow is its speaker's word, a wish or a decision need not have been told."""
NOMINAL = (SPEECH_CLASSES - {"belief"}) | {"stance"}
"""Classes whose object, or noun after a preposition, is what is said."""
CONTENT_PREPOSITIONS = frozenset({"for", "about", "against", "on", "of", "over"})
ARGUMENT_PREPOSITIONS = frozenset({"as", "for", "with", "of", "from", "to"})
CONCESSIVE = frozenset({"though", "although", "even though", "whereas"})
CHARGES = frozenset({"of", "for", "as"})
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
RECIPIENT_VERBS = frozenset({"tell", "inform", "notify", "remind", "brief", "assure", "answer"})
"""Verbs whose object is only who is told."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a cue governs its content.

    ``leading`` is a preposition that belongs to the cue ("called for"), ``told`` and ``aside`` are as in
    :class:`~kg.grammar.attribution.act.Attribution`.
    """

    name: str
    words: tuple[Token, ...]
    leading: Token | None = None
    told: bool = True
    aside: tuple[Token, ...] = ()


def frame_of(tree: Tree, verb: Token) -> Frame | None:
    """How a verb or predicate adjective of the table governs what is said, if it does."""
    found = signature_of(verb)
    kind = found.kind if found is not None else ""
    clause = tree.child(verb, "ccomp")
    if clause is not None and kind in CLAUSAL:
        words = _without_side_clauses(tree, _clause_words(tree, verb, clause))
        return Frame(f"{kind} clause", tuple(words), told=kind in REPORTING)
    return _infinitive_frame(tree, verb, kind) or _noun_frame(tree, verb, found)


def _infinitive_frame(tree: Tree, verb: Token, kind: str) -> Frame | None:
    infinitive = tree.child(verb, "xcomp") or _asked_to(tree, verb, kind)
    if infinitive is None or infinitive.i < verb.i:
        return None
    told = verb.lemma_ in RECIPIENT_VERBS
    recipients = tree.children(verb, "obj", "iobj")
    if told and recipients:
        return Frame(f"{kind} object and complement", tuple(_between(tree, recipients[0], infinitive)))
    objects = [] if told else [t for t in recipients if t.i > verb.i]
    if objects and kind in ("request", "speech", "belief", "knowledge"):
        return Frame(f"{kind} object and complement", tuple(_between(tree, objects[0], infinitive)))
    passive = tree.children(verb, "nsubj:pass")
    if passive and kind in CLAUSAL:
        subject = tree.subtree(passive[0])
        words = (*subject, *tree.subtree(infinitive))
        reported = kind in REPORTING and (kind != "request" or bool(clauses(tree.doc)[verb.i].agents))
        aside = (*subject, *_relative_asides(tree, infinitive))
        return Frame(f"{kind} passive complement", words, told=reported, aside=aside)
    if kind in CLAIMING and not objects and not passive and _is_claimed(tree, verb, infinitive):
        return Frame(f"{kind} infinitive", tuple(_without_side_clauses(tree, tree.subtree(infinitive))))
    intends = kind in INFINITIVAL and (verb.pos_ == "VERB" or kind == "desire")
    if intends and not objects and not _reports(tree, infinitive):
        told = kind in SAYING_SO or _is_of_another(tree, verb, infinitive)
        return Frame(f"{kind} infinitive", tuple(_without_side_clauses(tree, tree.subtree(infinitive))), told=told)
    return None


def _is_claimed(tree: Tree, verb: Token, infinitive: Token) -> bool:
    """Whether an infinitive or gerund tells what its subject says of itself: "claims to have won", "denied going"."""
    done = infinitive.tag_ == "VBG" or any(t.lemma_ == "have" for t in tree.children(infinitive, "aux"))
    return done and verb.lemma_ not in GOING_ON


def _asked_to(tree: Tree, verb: Token, kind: str) -> Token | None:
    """What somebody is asked to do, though the parse took it for the purpose of asking: "called on Iran to leave"."""
    if kind != "request" or not tree.child(verb, "obl", "obj", "iobj"):
        return None
    return next((t for t in tree.children(verb, "advcl") if t.tag_ == "VB" and marker(tree, t) == "to"), None)


def _is_of_another(tree: Tree, verb: Token, infinitive: Token) -> bool:
    """Whether an infinitive is what somebody else shall do ("called on Iran to leave") rather than the own vow."""
    below = clauses(tree.doc).get(infinitive.i)
    doers = {t.i for t in clauses(tree.doc)[verb.i].doers}
    return signature_of(verb) is not None and below is not None and not doers & {t.i for t in below.subjects}


def _noun_frame(tree: Tree, verb: Token, found: Signature | None) -> Frame | None:
    kind = found.kind if found is not None else ""
    objects = [] if verb.lemma_ in RECIPIENT_VERBS else _objects(tree, verb)
    passive = tree.children(verb, "nsubj:pass")
    told = kind in SPEECH_CLASSES and not presupposes(found)
    if (
        kind in ("belief", "knowledge")
        and objects
        and not passive
        and (_shows(tree, verb, objects[0]) or (kind == "belief" and is_event_noun(objects[0])))
    ):
        about = (t for clause in tree.children(objects[0], "acl", "acl:relcl") for t in tree.subtree(clause))
        return Frame(f"{kind} object", tuple(_with_arguments(tree, verb, objects[0])), aside=tuple(about))
    governed = _governed(tree, verb)
    if governed is not None and not passive:
        case, words = governed
        return Frame(f"with {case.lower_}", tuple(words), case, told=told)
    if kind not in NOMINAL:
        return None
    if objects:
        return Frame(f"{kind} object", tuple(_with_arguments(tree, verb, objects[0])), told=told)
    if passive:
        return _passive_frame(tree, verb, kind, passive[0], told=told)
    about = [t for t in tree.children(verb, "obl") if t.i > verb.i and preposition(tree, t) in CONTENT_PREPOSITIONS]
    for noun in about:
        case = tree.children(noun, "case")[0]
        if tree.doc[case.i - 1] in (verb, tree.child(verb, "compound:prt")):
            words = tuple(t for t in tree.subtree(noun) if t.i > case.i)
            return Frame(f"{kind} {case.lower_}", words, case, told=told)
    return None


def _objects(tree: Tree, verb: Token) -> list[Token]:
    return [t for t in tree.children(verb, "obj") if t.i > verb.i]


def presupposes(found: Signature | None) -> bool:
    """Whether a predicate takes for granted what it is about: whoever condemns an attack does not report it."""
    return found is not None and found.finite.modality == "asserted" and found.negated_finite == found.finite


def _shows(tree: Tree, verb: Token, noun: Token) -> bool:
    """Whether an object is what a text tells ("polls show a lead"), or taken for something ("see it as a threat")."""
    source = written_source(tree, verb)
    found = None if source is None or source.pos_ != "NOUN" else signature_of(source)
    told = found is not None and found.kind == "speech"
    taken = any(preposition(tree, t) == "as" and t.i > noun.i for t in tree.children(verb, "obl"))
    return told or taken


def is_governing(tree: Tree, verb: Token) -> bool:
    """Whether a verb governs a preposition by the table ("point to")."""
    return _governed(tree, verb) is not None


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
    return signature_of(infinitive) is not None and frame_of(tree, infinitive) is not None


def _passive_frame(tree: Tree, verb: Token, kind: str, subject: Token, *, told: bool) -> Frame:
    """The content and the cue's preposition of a passive: "X was [accused of] lying", "X was [endorsed by] Y"."""
    words = tuple(tree.subtree(subject))
    charged = sorted(tree.children(verb, "obl", "obl:agent", "advcl"), key=lambda t: t.tag_ != "VBG")
    for child in charged:
        introducing = [t for t in tree.children(child, "case", "mark") if t.i == verb.i + 1 or _charges(verb, child, t)]
        if introducing and introducing[0].lower_ == "by":
            return Frame(f"{kind} passive", words, introducing[0], told=told)
        if introducing and introducing[0].lower_ in CHARGES:
            charge = (t for t in tree.subtree(child) if t.i > introducing[0].i)
            leading = introducing[0] if introducing[0].i == verb.i + 1 else None
            return Frame(f"{kind} passive", (*words, *charge), leading, told=told, aside=words)
    return Frame(f"{kind} passive", words, told=told)


def _charges(verb: Token, gerund: Token, mark: Token) -> bool:
    """Whether a preposition leads from a passive to what somebody is said to do: "was accused by X of lying"."""
    return gerund.tag_ == "VBG" and mark.lower_ == "of" and mark.i > verb.i


def _with_arguments(tree: Tree, verb: Token, noun: Token) -> list[Token]:
    """An object with what follows it without a comma: "cited the vote as a reason", "blamed Iran for the attack"."""
    words = tree.subtree(noun)
    for child in tree.children(verb, "obl", "advcl", "xcomp"):
        below = tree.subtree(child)
        if below[0].i == words[-1].i + 1 and _introduced_by(tree, child) in ARGUMENT_PREPOSITIONS:
            words = [*words, *below]
    return words


def _introduced_by(tree: Tree, head: Token) -> str:
    """The preposition before a noun or a gerund."""
    word = tree.child(head, "case", "mark")
    return "" if word is None or word.tag_ == "TO" else word.lower_


def _clause_words(tree: Tree, verb: Token, clause: Token) -> list[Token]:
    """A clause's words; an object before a clause without a subject of its own is that clause's subject."""
    objects = [t for t in tree.children(verb, "obj") if verb.i < t.i < clause.i]
    if objects and not tree.child(clause, *SUBJECTS, "mark", "expl"):
        return _between(tree, objects[0], clause)
    return tree.subtree(clause)


def _without_side_clauses(tree: Tree, words: list[Token]) -> list[Token]:
    """Words without what the reporter adds behind a comma: "…, though it denies that", "…, citing its own sources"."""
    for word in words:
        below = tree.subtree(word)
        closes = below[-1].i >= words[-1].i - 1 and word.i != words[0].i
        if tree.label(word) == "advcl" and closes and _is_side_clause(tree, word, below[0]):
            start = next(t.i for t in below if not t.is_punct)
            return [t for t in words if t.i < start]
    return words


def _relative_asides(tree: Tree, infinitive: Token) -> list[Token]:
    """The relative clauses behind a comma below an infinitive: what is only to come cannot be told of what was.

    "It is expected to march on Goma, where it killed monks": the article tells of the killing.
    """
    below = tree.subtree(infinitive)
    relative = (t for t in below if tree.label(t) in ("acl:relcl", "advcl:relcl") and is_finite(tree, t))
    phrases = (tree.subtree(t) for t in relative)
    return [t for words in phrases if words[0].i and "," in (words[0].text, words[0].nbor(-1).text) for t in words]


def _is_side_clause(tree: Tree, clause: Token, start: Token) -> bool:
    """Whether a clause behind a comma concedes, goes with the report as a participle, or is a loose "with X doing"."""
    comma = start if start.text == "," else tree.tokens[max(start.i - 1, 0)]
    if comma.text != ",":
        return False
    introducing = marker(tree, clause)
    if introducing == "with":
        return tree.child(clause, "nsubj", "nsubj:pass") is not None
    return introducing in CONCESSIVE or (
        not introducing and clause.tag_ in ("VBG", "VBN") and not is_finite(tree, clause)
    )


def _between(tree: Tree, first: Token, last: Token) -> list[Token]:
    words = [t.i for t in (*tree.subtree(first), *tree.subtree(last))]
    return list(tree.doc[min(words) : max(words) + 1])


def written_source(tree: Tree, verb: Token) -> Token | None:
    """The subject as it is written, a relative pronoun as such; the agent of a passive."""
    clause = clauses(tree.doc)[verb.i]
    own = [] if clause.passive else [t for t in tree.children(verb, "nsubj") if t.pos_ != "SCONJ"]
    return next((t for t in own or clause.doers if is_worded(t)), None)
