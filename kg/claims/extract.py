"""Drafts to claims: resolve participants, give each its standing, source, arguments and id, and link content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.claims.casualties import casualty_drafts
from kg.claims.chains import signature_kind
from kg.claims.concerns import can_take_part, concerns_an_actor, with_content
from kg.claims.confidence import confidence
from kg.claims.context import ArgumentDraft, Context, Draft
from kg.claims.inherent import inherent_drafts
from kg.claims.nominal import nominal_drafts
from kg.claims.numbers import numbers_of
from kg.claims.offices import office_drafts
from kg.claims.participants import Participants, phrase, span_of
from kg.claims.received import received_drafts
from kg.claims.targets import inferred_drafts
from kg.claims.verbal import verbal_drafts
from kg.grammar.attribution import attribution_of, quotation_at
from kg.grammar.certainty import Mark, Standing
from kg.grammar.clauses import governor
from kg.grammar.rules import is_left_out, rules_at
from kg.grammar.standing import NAMELESS_CHARGE, standing
from kg.language.dates import normalise
from kg.language.extensions import article_of
from kg.model import Argument, Claim, Entity, Modality, Relation, Source, Span, content_id

COUNTING_BACK = frozenset({"ago", "earlier", "later"})
STILL_TO_COME: frozenset[Modality] = frozenset({"future", "necessary", "possible", "conditional", "hypothetical"})


def claims_of(doc: Doc, *, open: bool = False) -> tuple[list[Claim], list[Entity]]:
    """The claims of a Doc that has gone through ``kg_actors``, in order of the text, and the things they speak of.

    :param open: keep every claim; otherwise only those that concern an actor (:mod:`kg.claims.concerns`).
    """
    context = Context.of(doc, article_of(doc), open=open)
    drafts = [
        *verbal_drafts(context),
        *casualty_drafts(context),
        *nominal_drafts(context),
        *received_drafts(context),
        *office_drafts(context),
        *(inherent_drafts(context) if open else ()),
    ]
    drafts += list(inferred_drafts(context, drafts))
    drafts = [draft for draft in drafts if not is_left_out(*draft.rules)]
    worded = [d for d in drafts if _is_word(context, d.subject) and (d.object is None or _is_word(context, d.object))]
    builder = _Builder(context)
    claims = builder.build(_in_order(d for d in worded if open or can_take_part(context, d)))
    if not open:
        kept = with_content((c for c in claims if builder.concerning[c.id]), claims)
        claims = [claim for claim in claims if claim.id in kept]
    used = {p.entity for claim in claims for p in (claim.subject, claim.object) if p is not None}
    return claims, [entity for id, entity in sorted(builder.participants.things.items()) if id in used]


def _in_order(drafts: Iterable[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: (d.predicate.i, d.subject.i, d.object.i if d.object is not None else -1))


def _is_word(context: Context, head: Token) -> bool:
    """Whether a participant's head can name something: a parse may hang a bracket or a dash where a noun belongs.

    A currency sign names its amount.
    """
    amount = head.is_currency and context.tree.child(head, "nummod") is not None
    return amount or any(character.isalnum() for character in head.text)


class _Builder:
    """Turns drafts into claims; a second pass links each claim to those that it reports."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.participants = Participants(context)
        self.concerning: dict[str, bool] = {}

    def build(self, drafts: list[Draft]) -> list[Claim]:
        made = {claim.id: (claim, draft) for draft in drafts for claim in [self._claim(draft)]}
        self.concerning = {id: concerns_an_actor(self.context, draft) for id, (_, draft) in made.items()}
        by_predicate: dict[int, list[str]] = {}
        for claim, draft in made.values():
            by_predicate.setdefault(draft.predicate.i, []).append(claim.id)
        content = self._content(by_predicate)
        return [self._linked(claim, draft, by_predicate, content) for claim, draft in made.values()]

    def _claim(self, draft: Draft) -> Claim:
        context = self.context
        sentence = draft.predicate.sent
        subject = self.participants.make(draft.subject)
        object_ = None if draft.object is None else self.participants.make(draft.object, inferred=draft.inferred)
        relation = self._relation(draft)
        status = self._standing(draft)
        ahead = status.modality in STILL_TO_COME
        object_span = object_.span if object_ else ""
        identity = (context.article.id, relation.span, draft.lemma, subject.span, object_span, draft.inferred)
        claim = Claim(
            id=content_id("claim", *identity),
            article=context.article.id,
            sentence=_trimmed(context.text, sentence.start_char, sentence.end_char),
            subject=subject,
            relation=relation,
            object=object_,
            arguments=tuple(self._argument(a, ahead=ahead) for a in draft.arguments if not a.is_clause),
            source=None if draft.in_own_voice or NAMELESS_CHARGE.name in status.rules else self._source(draft),
            polarity=status.polarity,
            modality=status.modality,
            factuality=status.factuality,
            ground=status.ground or None,
            numbers=numbers_of(context, draft),
            rules=tuple(dict.fromkeys((*draft.rules, *self._traced(draft), *status.rules))),
        )
        return replace(claim, confidence=confidence(claim, context.doc))

    def _traced(self, draft: Draft) -> tuple[str, ...]:
        """The rules of grammar that had a part in reading the relation and its participants."""
        heads = (draft.predicate, draft.subject, *(() if draft.object is None else (draft.object,)))
        return rules_at(self.context.doc, *heads)

    def _relation(self, draft: Draft) -> Relation:
        words = self._adjacent(draft)
        span = span_of(words)
        return Relation(span.of(self.context.text), span, draft.lemma, draft.nominal)

    def _adjacent(self, draft: Draft) -> list[Token]:
        """The relation's words, left to right, as far as neither subject nor object stands between them."""
        others = {draft.subject.i} | ({draft.object.i} if draft.object is not None else set[int]())
        words = [t for t in draft.words if t.sent == draft.predicate.sent]
        start = end = draft.predicate.i
        for token in reversed([t for t in words if t.i < start]):
            if any(token.i < i < start for i in others):
                break
            start = token.i
        for token in [t for t in words if t.i > end]:
            if any(end < i < token.i for i in others):
                break
            end = token.i
        return list(self.context.doc[start : end + 1])

    def _standing(self, draft: Draft) -> Standing:
        if draft.standing is not None:
            return draft.standing
        if draft.chain is None:
            return standing(self.context.doc, draft.predicate)
        top = standing(self.context.doc, draft.chain)
        needed = signature_kind(draft.chain) == "modal" and not self.context.tree.child(draft.chain, "obj")  # "have to"
        return top.with_mark(Mark("necessary", "modal to", draft.chain.lower_ + " to"), "embedded") if needed else top

    def _source(self, draft: Draft) -> Source | None:
        told = draft.chain if draft.chain is not None else draft.predicate
        found = attribution_of(self.context.doc, told)
        if found is None or (found.speaker is not None and found.speaker.i == draft.predicate.i):
            return None
        cue_span = span_of(list(found.cue))
        cue = cue_span.of(self.context.text)
        quoted = quotation_at(self.context.doc, told) is not None
        if found.speaker is None:
            return Source(cue=cue, cue_span=cue_span, quoted=quoted)
        if cue == ":" and not quoted and self._names_itself(draft, found.speaker):
            return None
        speaker = self.participants.make(found.speaker)
        return Source(
            cue=cue, cue_span=cue_span, text=speaker.text, span=speaker.span, entity=speaker.entity, name=speaker.name,
            quoted=quoted,
        )  # fmt: skip

    def _names_itself(self, draft: Draft, speaker: Token) -> bool:
        """Whether a label only says what the text is about: "EU: The European Union banned …"."""
        subject = self.context.mentions.get(draft.subject.i)
        return (
            subject is not None
            and subject.type == "name"
            and self.context.entity(draft.subject) == self.context.entity(speaker)
        )

    def _argument(self, draft: ArgumentDraft, *, ahead: bool) -> Argument:
        words = phrase(self.context, draft.head)
        if draft.role == "time":  # "since 2014" is another time than "in 2014"
            counting = draft.head.lower_ in COUNTING_BACK  # "two weeks ago" hangs below its last word
            words = self.context.tree.subtree(draft.head) if counting else words
            words = [*self.context.tree.children(draft.head, "case"), *(t for t in words if not t.is_punct)]
        span = span_of(sorted(words, key=lambda t: t.i))
        text = span.of(self.context.text)
        entity = self.context.entity(draft.head)
        if draft.role == "place" and entity is None:  # "on a market in Donetsk" was in Donetsk
            entity = next((e for t in words if (e := self.context.entity(t)) is not None and e.kind == "place"), None)
        value = normalise(text, published=self.context.article.published, ahead=ahead) if draft.role == "time" else None
        return Argument(draft.role, text, span, value=value, entity=entity.id if entity else None)

    def _content(self, by_predicate: dict[int, list[str]]) -> dict[int, list[str]]:
        """The claims of the clauses that each predicate governs, by the index of the predicate."""
        found: dict[int, list[str]] = {}
        for i in sorted(by_predicate):
            above = self._reporter(self.context.doc[i], by_predicate)
            if above is not None:
                found.setdefault(above.i, []).extend(by_predicate[i])
        return found

    def _reporter(self, predicate: Token, by_predicate: dict[int, list[str]]) -> Token | None:
        """The nearest predicate above that makes claims of its own, or the cue of the quotation it stands in."""
        if predicate.i not in self.context.clauses:
            return None
        above = governor(self.context.tree, predicate)
        while above is not None and above.i not in by_predicate:
            above = governor(self.context.tree, above) if above.i in self.context.clauses else self._clause_above(above)
        if above is not None:
            return above
        found = attribution_of(self.context.doc, predicate)
        return found.head if found is not None else None

    def _clause_above(self, noun: Token) -> Token | None:
        return next((t for t in self.context.tree.ancestors(noun) if t.i in self.context.clauses), None)

    def _linked(
        self, claim: Claim, draft: Draft, by_predicate: dict[int, list[str]], content: dict[int, list[str]]
    ) -> Claim:
        conditions = tuple(
            Argument("condition", claim=id)
            for a in draft.arguments if a.is_clause for id in by_predicate.get(a.head.i, ())
        )  # fmt: skip
        below = content.get(draft.governs.i, []) if draft.governs is not None else []
        return replace(
            claim,
            arguments=claim.arguments + conditions,
            content=tuple(id for id in dict.fromkeys(below) if id not in (claim.id, *by_predicate[draft.predicate.i])),
        )


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
