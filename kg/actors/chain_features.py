"""What speaks for or against two mentions being the same: named features, whose weights are learned.

A feature is a short string; ``chain_weights.json`` gives its weight. Those of pronouns begin with the class of pronoun
("he|…") and again with "P|", those of noun phrases with their form ("def|…") and with "N|", so that rare combinations
fall back on common ones. Features of a mention alone ("new|…") speak for its being the first of its chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.actors.chain_mentions import ChainMention, Reader
from kg.actors.folding import is_acronym

Chain = list[ChainMention]
FIRST_AND_SECOND = frozenset({"I", "we", "you"})
ENDINGS = frozenset({"a", "e", "i"})


@dataclass(slots=True)
class Features:
    """The features of the mentions of one Doc; ``chains`` grow while they are asked for."""

    reader: Reader
    mentions: Sequence[ChainMention]
    chains: list[Chain] = field(default_factory=list[Chain])
    seen: Counter[str] = field(default_factory=Counter[str])
    _counts: Counter[str] = field(init=False)
    _asking_paragraphs: set[int] = field(init=False)
    _asking_sentences: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self._counts = Counter(mention.lemma for mention in self.mentions)
        asking = [token.i for token in self.reader.doc if token.text == "?"]
        self._asking_paragraphs = {self.reader.paragraph_at[i] for i in asking}
        self._asking_sentences = {self.reader.syntax.sentences[i] for i in asking}

    def first(self, m: ChainMention, candidates: int) -> list[str]:
        """What speaks for a mention's being the first of its chain."""
        k = m.kind
        found = [
            f"new|{k}",
            "new|P" if m.pronoun else "new|N",
            f"new|{k},seen={min(self.seen[m.lemma], 2)}",
            f"new|{k},len={min(m.end - m.start, 5)}",
            f"new|{k},post={m.end - m.head > 1}",
            f"new|{k},role={m.role}",
            f"new|{k},anim={m.animacy}",
            f"new|{k},actor={bool(m.entity)}",
            f"new|{k},title={m.sentence == 0}",
            f"new|{k},n={min(candidates, 2)}",
        ]
        if m.label == "compound" or m.predicate:
            found.append(f"new|{k},{'comp' if m.label == 'compound' else 'cop'}")
        if m.pronoun:
            found.append(f"new|{k},{m.case}")
        if m.pronoun in ("it", "this"):
            head = self.reader.tree.heads[m.head]
            above = self.reader.doc[head]
            found.append(f"new|{k},below={above.lemma_.lower()}")
            clauses = self.reader.tree.children(above, "ccomp", "csubj", "xcomp")
            found.extend(f"new|{k},{self.reader.tree.label(c)},{above.pos_}" for c in clauses)
        return found

    def pair(self, m: ChainMention, a: ChainMention) -> list[str]:
        """What speaks for a mention's being the same as one before it."""
        chain = self.chains[a.chain]
        if not m.pronoun:
            general, own = self._of_phrase(m, a, chain), self._of_phrase_alone(m, a)
            return [*(f"{m.form}|{f}" for f in general), *(f"N|{f}" for f in general), *own]
        general = self._of_pronoun(m, a, chain)
        own = self._of_pronoun_alone(m, a, chain)
        return [
            *(f"{m.pronoun}|{f}" for f in general),
            *(f"P|{f}" for f in general),
            *(f"{m.pronoun}|{f}" for f in own),
        ]

    def _of_pronoun(self, m: ChainMention, a: ChainMention, chain: Chain) -> list[str]:
        sentences = m.sentence - a.sentence
        genders = "".join(sorted({x.gender for x in chain if x.gender}))
        classes = sorted({x.animacy for x in chain if x.animacy}) or ["?"]
        found = [
            f"a={a.kind}",
            f"sd={min(sentences, 4)}",
            f"md={bucket(m.order - a.order)}",
            f"role={a.role}",
            f"rr={m.role},{a.role}",
            f"size={min(len(chain), 5)}",
            f"num={'s' if not m.plural else 'p'}{'s' if not a.plural else 'p'}",
            f"anim={a.animacy}",
            f"g={genders}",
            f"q={'same' if a.quotation == m.quotation else 'out' if a.quotation >= 0 else 'in'}",
            f"par={min(m.paragraph - a.paragraph, 2)}",
            *(f"canim={c}" for c in classes),
        ]
        found += ["named"] if any(x.form == "name" for x in chain) else []
        found += ["samepron"] if any(x.pronoun == m.pronoun for x in chain) else []
        found += [f"actor={a.animacy}"] if a.entity else []
        found += [f"beside={a.label}"] if a.label in ("conj", "compound") else []
        found += ["within"] if m.start <= a.head < m.end else []
        found += ["last"] if chain[-1] is a else []
        return found + (self._within_sentence(m, a) if sentences == 0 else [])

    def _within_sentence(self, m: ChainMention, a: ChainMention) -> list[str]:
        syntax, doc = self.reader.syntax, self.reader.doc
        token, other = doc[m.head], doc[a.head]
        found: list[str] = []
        if m.case == "reflexive":
            found.append(f"refl,{syntax.excluded(token, other)}")
        elif m.case == "possessive":
            subject = syntax.subject(syntax.predicate(token))
            if subject is not None and syntax.first_conjunct(other).i == subject.i:
                found.append("subjclause")
        elif syntax.excluded(token, other):
            found.append("excluded")
        if syntax.governs(other, token):
            found.append(f"governs,{m.role}")
        if syntax.coordinated_subjects(token, other):
            found.append("coord")
        return found

    def _of_pronoun_alone(self, m: ChainMention, a: ChainMention, chain: Chain) -> list[str]:
        near = min(m.sentence - a.sentence, 2)
        found = [
            f"sd={min(m.sentence - a.sentence, 3)},{a.role}",
            f"form={m.case},{a.role}",
            f"{a.kind},{a.role},{near}",
            f"k={a.form},{a.animacy or '?'},{near}",
        ]
        if m.pronoun in FIRST_AND_SECOND:
            found += self._of_speech(m, a, chain)
        elif m.pronoun == "they":
            found.append(f"na={a.plural},{a.animacy},{a.kind}")
        elif m.pronoun == "it":
            found += [f"ra={a.role},{a.animacy},{near}", *([] if a.form == "name" else [f"lem={a.lemma}"])]
        elif m.pronoun in ("he", "she") and a.form == "name" and not any(x.gender for x in chain):
            words = a.text.split()
            ending = words[0][-1:] if len(words) > 1 else ""
            found.append(f"ends={ending if ending in ENDINGS else ''}")
        return found

    def _of_speech(self, m: ChainMention, a: ChainMention, chain: Chain) -> list[str]:
        """Who "I", "we" and "you" are: speakers of quotations, the person that an article is about, questioners."""
        largest = max((len(c) for c in self.chains if any(_names_person(x) for x in c)), default=9)
        classes = {x.animacy for x in chain}
        kind = "person" if "person" in classes else "org" if "org" in classes else "?"
        asks = (a.paragraph in self._asking_paragraphs, m.paragraph in self._asking_paragraphs)
        asked = (a.sentence in self._asking_sentences, m.sentence in self._asking_sentences)
        others = sorted({x.pronoun for x in chain if x.pronoun in ("I", "you", "we", "he", "she")})
        found = [
            f"top={len(chain) >= largest},{kind},{bool(a.pronoun)},{m.quotation >= 0}",
            f"chs={min(len(chain), 8)},{kind},{any(x.form == 'name' for x in chain)}",
            f"qa={a.kind},{asks[0]},{asks[1]},{min(m.paragraph - a.paragraph, 2)}",
            f"qq={a.kind},{asked[0]},{asked[1]},{min(m.sentence - a.sentence, 2)}",
            f"first={min(x.sentence for x in chain) < 3},{kind}",
            f"in={'/'.join(others)}",
            f"{a.kind},quot={a.quotation >= 0},{m.quotation >= 0},{a.quotation == m.quotation}",
        ]
        if m.speaker >= 0:
            found.append(
                f"spk={any(x.head == m.speaker for x in chain)},{a.quotation == m.quotation},{bool(a.pronoun)}"
            )
        return found

    def _of_phrase(self, m: ChainMention, a: ChainMention, chain: Chain) -> list[str]:
        same_head = a.lemma == m.lemma
        fits, fitted = m.before <= a.words | a.before, a.before <= m.words | m.before
        found = [
            f"hm={same_head},{a.kind}",
            f"size={min(len(chain), 5)}",
            f"ov={bool(m.words & a.words)},{same_head}",
            f"q={'same' if a.quotation == m.quotation else 'diff'}",
            f"lab={_tie(m)}/{_tie(a)}",
        ]
        if same_head:
            found += [f"hmod={fits},{fitted}", f"postsub={m.after <= a.words},{a.after <= m.words}"]
            found += ["hmnum"] if m.plural != a.plural else []
            found += [f"dig={bool(m.digits)},{bool(a.digits)}"] if m.digits != a.digits else []
            found += [f"hm,anim={m.animacy}"] if m.animacy else []
        else:
            found += [f"sd={min(m.sentence - a.sentence, 3)}", f"md={bucket(m.order - a.order)}"]
            found += [f"num={m.plural}/{a.plural}", f"an={m.animacy}/{a.animacy}"]
        found += ["exact"] if a.text == m.text else []
        found += [f"sub,{same_head}"] if m.words and m.words <= a.words else []
        found += ["cexact"] if any(x.text == m.text for x in chain) else []
        found += ["chead"] if any(x.lemma == m.lemma for x in chain) else []
        return found + _of_entities(m, a, chain) + self._of_syntax(m, a)

    def _of_syntax(self, m: ChainMention, a: ChainMention) -> list[str]:
        tree, doc = self.reader.tree, self.reader.doc
        found: list[str] = []
        if m.label == "appos" and tree.heads[m.head] == a.head:
            found += [f"appos,{a.kind}", "appos"]
        if m.predicate and any(child.i == a.head for child in tree.children(doc[m.head], "nsubj")):
            found += [f"cop,{a.kind}", "cop"]
        if a.start <= m.head < a.end or m.start <= a.head < m.end:
            found.append("around" if a.start <= m.head < a.end else "within")
        if m.form == a.form == "name" and (is_acronym(doc[m.head].text) or is_acronym(doc[a.head].text)):
            found.append("acr")
        return found

    def _of_phrase_alone(self, m: ChainMention, a: ChainMention) -> list[str]:
        k = m.form
        if a.lemma != m.lemma:
            near = min(m.sentence - a.sentence, 3)
            return [f"{k}|an=,{a.form},{near}"] if m.animacy and m.animacy == a.animacy else []
        fits, fitted = m.before <= a.words | a.before, a.before <= m.words | m.before
        sentences = bucket(m.sentence - a.sentence)
        found = [
            f"{k}|{a.form},hmod={fits},{fitted}",
            f"{k}|hm,sd={min(sentences, 10)}",
            f"N|hm,rare={min(self._counts[m.lemma], 4)}",
            f"{k}|hm,post={m.end - m.head > 1},{a.end - a.head > 1}",
            f"N|hm,{k},{a.kind},{min(sentences, 4)},{fits and fitted}",
            f"{k}|hm,{m.role},{a.role}",
            f"N|hm,num={m.plural},{k},{a.kind}",
        ]
        found += [] if m.lemma[:1].isdigit() else [f"N|hm,lem={m.lemma}"]
        found += [f"{k}|exact,{a.form},len{min(len(m.text.split()), 3)}"] if a.text == m.text else []
        return found


def _of_entities(m: ChainMention, a: ChainMention, chain: Chain) -> list[str]:
    """Whether the rules for actors hold two mentions for the same."""
    found: list[str] = []
    if m.entity and a.entity:
        same = m.entity == a.entity
        found += [f"ent={same}", f"ent={same},{a.form},hm={a.lemma == m.lemma}"]
    elif m.entity or a.entity:
        found.append("entone")
    entities = {x.entity for x in chain if x.entity}
    return [*found, f"cent={m.entity in entities}"] if m.entity and entities else found


def _names_person(mention: ChainMention) -> bool:
    return mention.form == "name" and mention.animacy == "person"


def _tie(mention: ChainMention) -> str:
    return mention.label if mention.label in ("compound", "appos", "nmod:poss") else "-"


def bucket(number: int) -> int:
    """A distance in rough steps.

    >>> [bucket(n) for n in (0, 3, 5, 8, 15, 400)]
    [0, 3, 4, 6, 10, 20]
    """
    if number < 4:
        return number
    return next(step for limit, step in ((6, 4), (10, 6), (20, 10), (float("inf"), 20)) if number < limit)
