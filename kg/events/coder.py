"""Words to event types: the lexicon, and a table of what "refuse to V", "call for N" or "will not V" make of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from spacy.tokens import Token

from kg.events import tables
from kg.events.tables import CameoCode, Entry, Operator
from kg.grammar.phrases import POS, Phrase, infinitive_governors, phrase_at, verb_names
from kg.model import ACTOR_KINDS, Event, EventType, Quad

# A noun of this class stands for what its "of" phrase names: "a series of attacks", "a list of demands".
PART = "part"
NAME = "name"
# The object class that any object meets; it asks for least.
ANY = "any"
SAME = "="
# The object class of actors of any kind, named or not, and the classes of common nouns that it holds.
ACTOR = "actor"
ACTORS = frozenset(
    {"person", "leader", "government", "refugee", "troops", "police", "civilian", "party", "peacekeeper"}
)
# Sport, culture, weather, markets: among such nouns only a frame with an object class of its own makes an event.
LEISURE = "leisure"
# The classes of a noun that no table has, by the kind of entity that it is a mention of.
NO_CLASSES = frozenset[str]()
KINDS = {"person": frozenset({"person"}), "group": frozenset({"person"}), "place": frozenset({"territory"})}
# Classes of subjects that make of an act what soldiers, police or officials would not: a composition is named for each.
DOERS = ("crowd", "disease")
# Verbs that give a name: nothing is done where "what" stands for it.
NAMING = frozenset({"call", "name", "term", "dub", "label", "describe"})
# The lemma of entries that hold for any verb: "jointly", "in protest".
WHATEVER = "*"
# Slots that clauses fill.
CLAUSAL = frozenset({"addressed", "complement", "purpose", "necessity"})
ANY_SLOT = frozenset[str]()
# The weight of an entry whose object class is met: its frame knows better than what is composed of object and verb.
FRAMED = 3


class Coder:
    """Gives claims and phrases their PLOVER type. It is pure: the same words have the same type.

    >>> coder = Coder.load()
    >>> coder.event(Phrase(names=("warn",), pos="verb")).type
    'THREATEN'
    >>> talks = Phrase(names=("talk",), pos="noun")
    >>> coder.event(Phrase(names=("suspend",), pos="verb", objects=(talks,))).cameo
    '164'
    """

    def __init__(
        self,
        *,
        entries: Iterable[Entry],
        operators: Iterable[Operator],
        compositions: dict[tuple[str, str], str],
        object_classes: dict[str, frozenset[str]],
        codes: dict[str, CameoCode],
        quads: dict[EventType, Quad],
    ) -> None:
        self._operators: dict[tuple[str, str], list[Operator]] = {}
        for operator in sorted(operators, key=lambda one: not one.particle):  # "call on" before "call"
            self._operators.setdefault((operator.lemma, operator.pos), []).append(operator)
        self._governing = frozenset(
            lemma for (lemma, _), found in self._operators.items() if any(o.slot in CLAUSAL for o in found)
        )
        self._compositions = compositions
        self._object_classes = object_classes
        self._class_sizes = Counter(name for classes in object_classes.values() for name in classes)
        self._codes = codes
        self._quads = quads
        # By word, with what each entry asks for, the most first; entries that ask for as much in order of the file.
        self._entries: dict[tuple[str, str], list[tuple[float, Entry]]] = {}
        for entry in sorted(entries, key=self._weight, reverse=True):
            self._entries.setdefault((entry.lemma, entry.pos), []).append((self._weight(entry), entry))

    @classmethod
    def load(cls) -> Self:
        """A coder over the tables that come with the package.

        :raises EventTableError: if one of them is damaged.
        """
        return cls(
            entries=tables.lexicon(),
            operators=tables.operators(),
            compositions=tables.compositions(),
            object_classes=tables.object_classes(),
            codes=tables.cameo_codes(),
            quads=tables.quad_classes(),
        )

    def event_at(self, token: Token) -> Event | None:
        """The event that the phrase below a token names."""
        phrase = self.phrase_at(token)
        return None if phrase is None else self.event(phrase)

    def phrase_at(self, token: Token) -> Phrase | None:
        """The phrase below a token, as far as it bears on events; None where the tables do not know its verb."""
        return phrase_at(token, self._governing) if self._knows(token) else None

    def _knows(self, token: Token) -> bool:
        """Whether some table has a verb; what hangs below one that none has need not be read."""
        if POS.get(token.pos_) != "verb":
            return True
        keys = [(name, "verb") for name in verb_names(token)]
        return any(key in self._entries or key in self._operators for key in keys)

    def told_by(self, token: Token) -> list[Token]:
        """The words above whose event, if they have one, tells what a word names already.

        Who agreed to withdraw, or gave a pledge to, has not withdrawn yet.
        """
        above = infinitive_governors(token)
        if not above:
            return []
        pos = POS.get(above[0].pos_, "")
        names = verb_names(above[0]) if pos == "verb" else (above[0].lemma_.lower(),)
        operators = (operator for name in names for operator in self._operators.get((name, pos), ()))
        return above if any(operator.slot in CLAUSAL for operator in operators) else []

    def event(self, phrase: Phrase) -> Event | None:
        """The event that a phrase names."""
        code = self.code(phrase)
        return None if code is None else tables.event_of_code(self._codes[code], self._quads)

    def code(self, phrase: Phrase) -> str | None:
        """The CAMEO code of a phrase: by its operators, else by the lexicon, then as promised, refused or denied."""
        phrase = self._whole(phrase)
        if not NAMING.isdisjoint(phrase.names) and any(obj.lemma == "what" for obj in phrase.objects):
            return None  # "what Moscow calls the X" only names
        code = self._composed(phrase, CLAUSAL) or self._looked_up(phrase, at_least=FRAMED)
        if code is None and not self._leisurely(phrase):
            code = self._composed(phrase) or self._looked_up(phrase)
        if code is not None and phrase.subject is not None:
            code = self._done_by(phrase.subject, code)
        if code is None or phrase.pos == "noun":
            return code
        if phrase.negated:
            return self.compose("refuse" if phrase.future else "negate", code)
        return self.compose("promise", code) if phrase.future else code

    def compose(self, operator: str, code: str) -> str | None:
        """What an operator makes of a code; the row with the longest beginning of the code decides.

        >>> Coder.load().compose("request", "0871")
        '1056'
        """
        for end in range(len(code), -1, -1):
            result = self._compositions.get((operator, code[:end]))
            if result is not None:
                return code if result == SAME else result or None
        return None

    def classes(self, phrase: Phrase) -> frozenset[str]:
        """The object classes of a noun phrase; a name has the class "name"."""
        known = self._listed(phrase) or KINDS.get(phrase.kind, NO_CLASSES)
        known = known | {NAME} if phrase.proper else known
        return known | {ACTOR} if phrase.proper or not known.isdisjoint(ACTORS) or phrase.kind in ACTOR_KINDS else known

    def _listed(self, phrase: Phrase) -> frozenset[str]:
        """The object classes that the table has for a noun phrase, whatever it is a mention of."""
        for name in phrase.names:
            if name in self._object_classes:
                return self._object_classes[name]
        return NO_CLASSES

    def _done_by(self, subject: Phrase, code: str) -> str | None:
        """What a code becomes by who or what acts: a building that farmers hold is a protest, not an occupation."""
        classes = self._listed(self._whole(subject))
        doer = next((name for name in DOERS if name in classes), None)
        return code if doer is None else self.compose(doer, code)

    def _leisurely(self, phrase: Phrase) -> bool:
        """Whether a phrase is of sport, culture, weather or markets, by its own word or those right below it."""
        below = (*phrase.objects, *(inner for _, inner in phrase.prepositions))
        return any(LEISURE in self._listed(word) for word in (phrase, *below))

    def _whole(self, phrase: Phrase) -> Phrase:
        """The phrase itself, or what it is a part or number of."""
        below = phrase.below("of") if phrase.pos == "noun" and PART in self._listed(phrase) else []
        return self._whole(below[0]) if below else phrase

    def _composed(self, phrase: Phrase, slots: frozenset[str] = ANY_SLOT) -> str | None:
        """What the first operator with something in its slot makes of that; without ``slots``, any slot will do."""
        for name in phrase.names:
            for operator in self._operators.get((name, phrase.pos), ()):
                if slots and operator.slot not in slots:
                    continue
                if operator.particle and not _has(phrase, operator.particle):
                    continue
                for inner in _slot(phrase, operator.slot):
                    result = self.compose(operator.operator, self.code(inner) or "")
                    if result is not None:
                        return result
        return None

    def _looked_up(self, phrase: Phrase, *, at_least: int = 0) -> str | None:
        """The code of the entry that asks for most of what the phrase has; of equals, that with the rarest class."""
        held: dict[str, frozenset[str]] = {}
        for name in (*phrase.names, WHATEVER):
            for weight, entry in self._entries.get((name, phrase.pos), ()):
                if weight < at_least:
                    break
                if self._meets(phrase, entry, held):
                    return entry.cameo or None
        return None

    def _weight(self, entry: Entry) -> float:
        """How much an entry asks for."""
        weight = 2.0 * (bool(entry.particle) + bool(entry.preposition))
        if entry.object in ("", ANY):
            return weight + bool(entry.object)
        size = self._class_sizes[entry.object]
        # Of classes that an object has, the rarest says most; the classes of any name or actor say least.
        return weight + FRAMED + (1 / (1 + size) if size else 0)

    def _meets(self, phrase: Phrase, entry: Entry, held: dict[str, frozenset[str]]) -> bool:
        """Whether a phrase has all that an entry asks for.

        ``held`` keeps, by preposition, the classes of the objects and of what is below it, once they were asked for.
        """
        if entry.particle and not _has(phrase, entry.particle):
            return False
        if entry.preposition and not _has(phrase, entry.preposition):
            return False
        if entry.object in ("", ANY):
            return not entry.object or bool(phrase.objects)
        if entry.preposition not in held:
            objects = [*phrase.objects, *(phrase.below(entry.preposition) if entry.preposition else ())]
            held[entry.preposition] = NO_CLASSES.union(*(self.classes(self._whole(obj)) for obj in objects))
        return entry.object in held[entry.preposition]


def _has(phrase: Phrase, word: str) -> bool:
    return word in phrase.particles or bool(phrase.below(word))


def _slot(phrase: Phrase, slot: str) -> list[Phrase]:
    """The phrases that fill an operator's slot: its complement, its objects, or a preposition's."""
    # Whether "to V" completes a verb or tells its purpose is a guess of the parse.
    if slot == "addressed":
        told = phrase.complement or phrase.purpose
        return [told] if told and told.infinitive and phrase.objects else []
    if slot in ("complement", "purpose"):
        asked = slot == "purpose" or not (phrase.complement or phrase.objects)
        below = phrase.purpose if asked else phrase.complement
        return [below] if below else []
    if slot == "necessity":
        return [phrase.complement] if phrase.complement and phrase.complement.necessary else []
    return list(phrase.objects) if slot == "object" else phrase.below(slot)
