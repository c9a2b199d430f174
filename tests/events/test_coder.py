"""Words to event types, one case a line.

A phrase is written as its lemma, then its parts: ``obj:`` and a noun, a preposition with its noun (``to:talk``),
``-off`` for a particle, ``by:`` and who acts, ``not``, ``will``, ``must`` or ``to`` before the lemma, ``>`` before a
complement and ``=>`` before a purpose; a noun with a capital is a name, and ``n:`` or ``a:`` marks a noun or adjective.
"""

from __future__ import annotations

import pytest

from kg.events.coder import Coder
from kg.grammar.phrases import Phrase, Pos

KINDS: dict[str, Pos] = {"n": "noun", "a": "adjective"}


def nominal(word: str) -> Phrase:
    lemma = word.replace("_", " ").lower()
    return Phrase(names=tuple(dict.fromkeys((lemma, lemma.split()[-1]))), pos="noun", proper=word[0].isupper())


def phrase(markup: str) -> Phrase:
    main, arrow, rest = markup.partition(" > ")
    purpose, _, goal = main.partition(" => ")
    words = purpose.split()
    flags = {word for word in words if word in ("not", "will", "must", "to")}
    head, *parts = [word for word in words if word not in flags]
    kind, colon, lemma = head.partition(":")
    objects = tuple(nominal(p[4:]) for p in parts if p.startswith("obj:"))
    prepositions = tuple(
        (p.partition(":")[0], nominal(p.partition(":")[2]))
        for p in parts
        if ":" in p and not p.startswith(("obj:", "by:"))
    )
    return Phrase(
        names=((lemma if colon else head).replace("_", " "),),
        pos=KINDS[kind] if colon else "verb",
        particles=frozenset(p[1:] for p in parts if p.startswith("-")),
        objects=objects,
        prepositions=prepositions,
        complement=phrase(rest) if arrow else None,
        purpose=phrase(goal) if goal else None,
        negated="not" in flags,
        future="will" in flags,
        necessary="must" in flags,
        infinitive="to" in flags,
        subject=next((nominal(p[3:]) for p in parts if p.startswith("by:")), None),
    )


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


CASES = """
warn obj:Utopia                                 THREATEN 130
reject obj:demand                               REJECT 120
amass obj:troop                                 MOBILIZE 154
impose obj:sanction on:Utopia                   SANCTION 163
send obj:weapon to:Utopia                       AID 072
send obj:demand                                 REQUEST 100
n:invasion of:Utopia                            ASSAULT 190
n:talk with:Utopia                              CONSULT 040
speak with:Leader                               CONSULT 040
hold obj:talk with:Utopia                       CONSULT 040
launch obj:attack on:Utopia                     ASSAULT 190
visit obj:Utopia                                CONSULT 042
call obj:Leader                                 CONSULT 041
call for:ceasefire                              REQUEST 1056
call -off obj:strike                            CONCEDE 082
release obj:prisoner                            RETREAT 0841
release obj:peacekeeper                         RETREAT 0841
will release obj:peacekeeper                    AGREE 0353
cancel obj:visit to:Utopia                      REJECT 125
fight obj:rebel                                 ASSAULT 190
launch obj:scathing_attack on:Leader            ACCUSE 111
call obj:Leader > congratulate obj:Leader       SUPPORT 051
allow obj:Agency => deliver obj:food            RETREAT 0863
will not go to:Utopia => meet obj:Leader        REJECT 125
arrive obj:peacekeeper in:Utopia                AID 074
lift obj:sanction                               RETREAT 085
suspend obj:talk                                SANCTION 164
suspend obj:military_aid                        SANCTION 1622
expel obj:diplomat                              SANCTION 166
deport obj:migrant                              COERCE 174
arrest obj:activist                             COERCE 173
impose obj:curfew                               COERCE 1723
recognize obj:Utopia                            SUPPORT 054
sign obj:treaty                                 SUPPORT 057
conduct obj:joint_exercise                      COOPERATE 062
conduct obj:military_exercise                   MOBILIZE 150
share obj:intelligence with:Utopia              COOPERATE 064
grant obj:asylum                                AID 075
accuse obj:Utopia of:corruption                 ACCUSE 1121
summon obj:ambassador                           ACCUSE 114
investigate obj:Company                         ACCUSE 090
protest against:government                      PROTEST 141
stage obj:hunger_strike                         PROTEST 142
veto obj:resolution                             REJECT 129
violate obj:ceasefire                           ASSAULT 196
violate obj:treaty                              REJECT 128
set obj:deadline                                THREATEN 139
a:critical of:government                        ACCUSE 110
resign                                          RETREAT 0831
shoot -down obj:drone                           ASSAULT 190
withdraw obj:troop                              RETREAT 087
withdraw obj:peacekeeper                        SANCTION 1661
withdraw obj:ambassador                         SANCTION 161
withdraw from:treaty                            REJECT 128
"""

DOERS = """
blockade obj:port by:navy                       COERCE 191
blockade obj:port by:fisherman                  PROTEST 144
occupy obj:province by:army                     ASSAULT 192
occupy obj:province by:peasant                  PROTEST 144
storm obj:palace by:crowd                       PROTEST 145
storm obj:palace by:soldier                     ASSAULT 190
kill obj:civilian by:crowd                      ASSAULT 1823
"""

WHATEVER = """
hum in:protest                                  PROTEST 140
vote in:favour                                  SUPPORT 051
patrol -jointly                                 MOBILIZE 150
research -jointly                               COOPERATE 060
"""

COMPOSED = """
want obj:Utopia > to release obj:prisoner       REQUEST 1053
want > to meet obj:Leader                       AGREE 036
tell obj:Utopia > to eat                        REQUEST 100
want obj:resignation                            REQUEST 1041
ban obj:import                                  SANCTION 163
threaten > impose obj:sanction                  THREATEN 1312
threaten > attack obj:Utopia                    THREATEN 1384
agree > withdraw obj:troop                      AGREE 0356
agree > meet obj:Leader                         AGREE 036
offer > send obj:troop                          AGREE 0332
plan > deploy obj:troop                         THREATEN 138
refuse > negotiate                              REJECT 125
refuse > release obj:hostage                    REJECT 1243
refuse > lift obj:sanction                      REJECT 1244
demand > withdraw obj:troop                     REQUEST 1056
urge > release obj:prisoner                     REQUEST 1053
begin > shell obj:city                          ASSAULT 194
try > de-escalate                               RETREAT 087
stop > bomb obj:city                            RETREAT 087
decide > lift obj:embargo                       RETREAT 085
will meet obj:Leader                            AGREE 036
will attack obj:Utopia                          THREATEN 1384
will impose obj:curfew                          THREATEN 1323
will not lift obj:embargo                       REJECT 1244
will not attack obj:Utopia                      AGREE 0356
not negotiate                                   REJECT 125
not attack obj:Utopia                           ASSAULT 190
say > must withdraw obj:troop                   REQUEST 1056
say > must eat                                  REQUEST 100
fail > reach obj:agreement                      REJECT 127
force > impose obj:sanction                     SANCTION 163
deny > attack obj:Utopia                        REJECT 120
call obj:Leader => praise obj:government        SUPPORT 051
send obj:plane => bomb obj:city                 ASSAULT 195
n:threat > attack obj:Utopia                    THREATEN 1384
a:ready > negotiate                             AGREE 036
reject obj:ceasefire                            REJECT 1246
announce obj:ceasefire                          RETREAT 0871
"""

NOTHING = """
be
have obj:capital
say
n:president of:Utopia
n:minister of:Utopia
beat obj:Utopia in:final
beat obj:Utopia
defeat obj:Utopia
win obj:match
score obj:goal
attack obj:striker
release obj:album
sign obj:striker
launch obj:smartphone
return obj:serve
recall obj:car
strike
rally in:inning
save obj:penalty_kick
break obj:record
raise obj:forecast
cut obj:price
withdraw from:tournament
host obj:championship
visit obj:museum
celebrate obj:birthday
support obj:theory
lift obj:trophy
defend obj:title
play obj:concert
open obj:restaurant
close obj:window
hold obj:concert
join obj:orchestra
plan > swim
begin > sing
force > dance
n:weather in:Utopia
n:heart_attack
kill obj:civilian by:cholera
tell obj:Utopia > eat
will rain
will play obj:Utopia
"""


def rows(table: str) -> list[list[str]]:
    return [line.rsplit(maxsplit=2) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("markup", "type_", "cameo"), rows(CASES))
def test_lexicon(coder: Coder, markup: str, type_: str, cameo: str) -> None:
    event = coder.event(phrase(markup))
    assert event is not None
    assert (event.type, event.cameo) == (type_, cameo)


@pytest.mark.parametrize(("markup", "type_", "cameo"), rows(COMPOSED))
def test_composition(coder: Coder, markup: str, type_: str, cameo: str) -> None:
    event = coder.event(phrase(markup))
    assert event is not None
    assert (event.type, event.cameo) == (type_, cameo)


@pytest.mark.parametrize(("markup", "type_", "cameo"), rows(DOERS))
def test_who_acts_decides_what_an_act_is(coder: Coder, markup: str, type_: str, cameo: str) -> None:
    event = coder.event(phrase(markup))
    assert event is not None
    assert (event.type, event.cameo) == (type_, cameo)


@pytest.mark.parametrize(("markup", "type_", "cameo"), rows(WHATEVER))
def test_some_frames_hold_for_any_verb(coder: Coder, markup: str, type_: str, cameo: str) -> None:
    event = coder.event(phrase(markup))
    assert event is not None
    assert (event.type, event.cameo) == (type_, cameo)


@pytest.mark.parametrize("markup", NOTHING.strip().splitlines())
def test_no_event(coder: Coder, markup: str) -> None:
    assert coder.event(phrase(markup)) is None
