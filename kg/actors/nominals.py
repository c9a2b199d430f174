"""Resolve nominals: parts and groups of a whole, offices, nouns that point back, pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.actors.anaphora import beside_in_clause, represented
from kg.actors.antecedents import Antecedent
from kg.actors.clusters import plain_name
from kg.actors.folding import fold
from kg.actors.groups import pair_entity, part_entity
from kg.actors.knowledge_base import CLASSES
from kg.actors.mentions import is_plural
from kg.actors.offices import StatedOffice
from kg.actors.people import counterpart, has_function, holder_at_date, holder_in_article, state_of_office
from kg.actors.roles import role_of
from kg.actors.scene import Resolved, Scene
from kg.actors.sectors import sector_of_title
from kg.actors.spots import Spot
from kg.actors.words import ActorNoun, singular_of, word_set
from kg.grammar.clauses import preposition
from kg.model import Entity

PART_SCORE = 0.8
OFFICE_SCORE = 0.85
OFFICE_AT_DATE_SCORE = 0.7
HEAD_MATCH_SCORE = 0.8
POINTS_BACK_SCORE = 0.7
PAIR_SCORE = 0.7
LOCAL_SCORE = 0.5
LONG_LOOK_BACK = 30
COUNTRY_LOOK_BACK = 4
PAIR_LOOK_BACK = 4
PAIR_KINDS = frozenset({"country", "organization", "group"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
CHANGES = frozenset({"become", "remain", "be"})
GOVERNMENT = "government"  # by which "regime" and "administration" of a country go, too
POSTED = frozenset({"to", "in", "from"})
WHOLE_PREPOSITIONS = frozenset({"of", "from", "in"})


def resolve_nominal(scene: Scene, spot: Spot) -> Resolved | None:
    """The entity of a nominal, or None where it names none (a predicate: "becomes a member")."""
    if spot.pair and (spot.noun is None or _whole(scene, spot) is None):  # "two Hezbollah members" are any two
        return _pair(scene, spot)
    noun = spot.noun
    if noun is None or _is_predicate(scene, spot):
        return None
    whole = _whole(scene, spot)
    if whole is not None and whole.kind == "person" and _serves(noun):
        whole = represented(scene, whole) or _led_country(scene, noun, whole) or whole
    if is_plural(scene.doc[spot.head], noun):
        return _group(scene, spot, noun, whole)
    if noun.kind == "person":
        return _person(scene, spot, noun, whole)
    if whole is not None and noun.noun in word_set("nation itself") and whole.kind == "country":
        return Resolved(spot, whole.id, f"the {noun.noun} is {whole.name} itself", PART_SCORE)
    if whole is None and _is_definite(scene, spot):
        found = _points_back(scene, spot, noun)
        if found is not None:
            return found
    return _local(scene, spot, noun, whole)


def _led_country(scene: Scene, noun: ActorNoun, leader: Entity) -> Entity | None:
    """The country of which a leader's "administration", "government" or "regime" is the government."""
    governs = noun.noun in word_set("government")
    return scene.country(leader.country) if governs and leader.wikidata and leader.country else None


def _serves(noun: ActorNoun) -> bool:
    """Whether "his <noun>" belongs to the country or organisation that he speaks for, as a minister or an army does."""
    return noun.role in ("body", "office") or noun.noun in word_set("nation itself")


def _is_predicate(scene: Scene, spot: Spot) -> bool:
    """Whether a nominal says what something is or becomes rather than naming an actor."""
    token = scene.doc[spot.head]
    if scene.tree.child(token, "cop") is not None:
        return True
    changes = scene.tree.label(token) in ("obj", "xcomp") and scene.tree.head(token).lemma_.lower() in CHANGES
    return changes and not _is_definite(scene, spot)


def _is_definite(scene: Scene, spot: Spot) -> bool:
    return any(child.lower_ in DEFINITE for child in scene.tree.children(scene.doc[spot.head], "det"))


def _whole(scene: Scene, spot: Spot) -> Entity | None:
    """The entity to which a nominal's owner, adjective or "of" phrase ties it."""
    token = scene.doc[spot.head]
    relative = next((c for c in scene.tree.children(token, "nmod:poss") if c.tag_ == "WP$"), None)
    if relative is not None:
        return _antecedent_of_relative(scene, relative)
    for child in scene.tree.children(token, "nmod:poss", "amod", "compound", "nmod"):
        if scene.tree.label(child) == "nmod" and child.i > spot.head and not _ties(scene, child):
            continue
        resolved = scene.resolved.get(child.i)
        if resolved is not None and scene.entities[resolved.entity].kind != "thing":
            return scene.entities[resolved.entity]
    inside = [i for i in range(spot.start, spot.end) if i in scene.resolved and i != spot.head]
    names = [i for i in inside if scene.resolved[i].spot.type == "name" or i > spot.head]
    return scene.entities[scene.resolved[names[0]].entity] if names else None


def _antecedent_of_relative(scene: Scene, relative: Token) -> Entity | None:
    """Whom "whose" means: what its relative clause hangs below."""
    clause = scene.syntax.predicate(relative)
    while scene.tree.label(clause) == "conj":
        clause = scene.tree.head(clause)
    resolved = scene.resolved.get(scene.tree.heads[clause.i])
    return scene.entities[resolved.entity] if resolved is not None and scene.tree.label(clause) != "ROOT" else None


def _ties(scene: Scene, child: Token) -> bool:
    case = scene.tree.child(child, "case")
    return case is not None and case.lower_ in WHOLE_PREPOSITIONS


def _group(scene: Scene, spot: Spot, noun: ActorNoun, whole: Entity | None) -> Resolved:
    """A group: that of the same words before, else one of its own, part of its whole."""
    if whole is None and _is_definite(scene, spot):
        found = _same_head(scene, spot)
        if found is not None:
            return found
    kind = "place" if noun.kind == "place" else "group"
    qualities = _qualities(scene, spot)
    entity = part_entity(
        singular_of(scene.doc[spot.head]),
        kind=kind,
        text=_described(scene, spot, whole),
        whole=whole,
        qualities=qualities,
        bound_to="" if whole else scene.article.id if qualities else f"{scene.article.id}:{spot.head}",
    )
    scene.add_entity(entity)
    reason = f"a group or part of {whole.name}" if whole else "a group of its own"
    return Resolved(spot, entity.id, reason, PART_SCORE if whole else LOCAL_SCORE)


def _described(scene: Scene, spot: Spot, whole: Entity | None) -> str:
    """The name of a local entity: its words, with the owner's name in place of a pronoun ("its allies")."""
    owner = scene.doc[spot.start]
    if whole is not None and owner.tag_ in ("PRP$", "WP$") and spot.start < spot.head:
        return f"{scene.doc[spot.start + 1 : spot.head + 1].text} of {whole.name}"
    return _plain_text(scene, spot)


def _plain_text(scene: Scene, spot: Spot) -> str:
    """The words of a nominal without its article."""
    start = spot.start
    while start < spot.head and (scene.doc[start].pos_ == "DET" or scene.doc[start].tag_ == "WP$"):
        start += 1
    return plain_name(scene.doc[start : spot.end].text)


def _qualities(scene: Scene, spot: Spot) -> list[str]:
    """The words that tell a group from its like: modifiers that name nobody and count nothing."""
    unspecific = word_set("unspecific determiner") | DEFINITE | word_set("distributive")
    words: list[str] = []
    for i in range(spot.start, spot.head):
        token = scene.doc[i]
        names_somebody = i in scene.resolved or scene.is_in_name(i)
        if not names_somebody and token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM") and token.lower_ not in unspecific:
            words.append(token.lemma_.lower())
    return words


def _counterpart(scene: Scene, spot: Spot) -> Resolved | None:
    """ "his Japanese counterpart": the holder in that country of the office that he holds."""
    children = scene.tree.children(scene.doc[spot.head], "nmod:poss", "amod", "compound")
    entities = [scene.entities[scene.resolved[c.i].entity] for c in children if c.i in scene.resolved]
    owner = next((entity for entity in entities if entity.kind == "person"), None)
    country = next((entity for entity in entities if entity.kind == "country"), None)
    if owner is None or country is None or not country.country:
        return None
    person = counterpart(scene, owner, country.country)
    return Resolved(spot, person, f"has the office of {owner.name} in {country.name}", OFFICE_SCORE) if person else None


def _has_domain(scene: Scene, spot: Spot) -> bool:
    """Whether a leader is one of a part of the whole: "police chief", "union leader"; a "top leader" is not."""
    return any(quality not in word_set("level of a leader") for quality in _qualities(scene, spot))


def _heads_something_else(scene: Scene, spot: Spot, whole: Entity | None) -> bool:
    """Whether words say what somebody is the leader of, and it is not the country ("China's chief of mission")."""
    noun = scene.doc[spot.head]
    of = [t for t in scene.tree.children(noun, "nmod") if preposition(scene.tree, t) == "of"]
    known = (scene.resolved.get(t.i) for t in of)
    leads = spot.noun is not None and spot.noun.role == "leader"
    return leads and any(one is None or whole is None or one.entity != whole.id for one in known)


def _person(scene: Scene, spot: Spot, noun: ActorNoun, whole: Entity | None) -> Resolved | None:
    """One person: by office in the article, by office in the knowledge base, by the same noun before, or unknown."""
    if noun.noun in word_set("counterpart"):
        found = _counterpart(scene, spot)
        if found is not None:
            return found
    country = whole.country if whole is not None and whole.kind == "country" else None
    title = " ".join([*_qualities(scene, spot), noun.noun])
    office = StatedOffice(title, country, whole.id if whole else None)
    definite = _is_definite(scene, spot) or whole is not None
    indefinite = any(c.lower_ in ("a", "an", "another", "one") for c in scene.tree.children(scene.doc[spot.head]))
    domain = noun.role == "leader" and _has_domain(scene, spot)
    if definite and not indefinite and not domain and noun.role in ("office", "leader", "post"):
        person = holder_in_article(scene, noun, office, head=spot.head, country=country)
        if person is not None:
            return Resolved(spot, person, f"the article's {title}", OFFICE_SCORE)
    holds = noun.role in ("office", "leader") and not domain and not _heads_something_else(scene, spot, whole)
    if definite and not indefinite and holds:
        entity = holder_at_date(scene, noun, office)
        if entity is not None:
            scene.add_entity(entity)
            scene.offices[entity.id].append(office)
            reason = f"held the office of {title} on {scene.article.published}"
            return Resolved(spot, entity.id, reason, OFFICE_AT_DATE_SCORE)
        if noun.role == "office" and (state := whole if country is not None else state_of_office(scene, title)):
            if country is None:
                entity = holder_at_date(scene, noun, replace(office, country=state.country, body=state.id))
                if entity is not None:
                    scene.add_entity(entity)
                    reason = f"held the office of {title} of {state.name} on {scene.article.published}"
                    return Resolved(spot, entity.id, reason, OFFICE_AT_DATE_SCORE)
            return _office_itself(scene, spot, title, state)
    if whole is None and _is_definite(scene, spot):
        found = _same_head(scene, spot)
        if found is not None:
            return found
    return _local(scene, spot, noun, whole)


def _office_itself(scene: Scene, spot: Spot, title: str, whole: Entity | None) -> Resolved | None:
    """The holder of an office whose name nobody tells: one entity for a state and office, whatever its words; an office
    that many hold at a time ("ambassador") is bound to the article, and to where its holder is posted."""
    role = role_of(title, whole.country if whole else None)
    posted = "" if role in CLASSES else f"{scene.article.id}:{_posting(scene, spot)}"
    shared = whole is not None and role in CLASSES
    text = f"{title} of {whole.name}" if whole is not None and shared else _described(scene, spot, whole)
    name = role if role in CLASSES else title
    entity = part_entity(name, kind="person", text=text, whole=whole, bound_to=posted)
    scene.add_entity(replace(entity, part_of=None, sector=sector_of_title(title, whole.country if whole else None)))
    return Resolved(spot, entity.id, "an office whose holder is not known", LOCAL_SCORE)


def _posting(scene: Scene, spot: Spot) -> str:
    """Where somebody is posted ("ambassador to Chad"), as written; nothing where nobody says it."""
    tied = [t for t in scene.tree.children(scene.doc[spot.head], "nmod", "obl") if preposition(scene.tree, t) in POSTED]
    return fold(tied[0].text) if tied else ""


def _same_head(scene: Scene, spot: Spot) -> Resolved | None:
    """ "the protesters" after "protesters in the capital": the last nominal or name with the same noun at its head."""
    noun = singular_of(scene.doc[spot.head])
    plural = is_plural(scene.doc[spot.head], spot.noun)
    qualities = set(_qualities(scene, spot))
    for antecedent in scene.discourse.recent(spot.head, sentences=LONG_LOOK_BACK):
        if not antecedent.entity:
            continue
        is_name = scene.resolved[antecedent.head].spot.type == "name"
        head = scene.doc[antecedent.end - 1 if is_name else antecedent.head]
        same_number = is_plural(head, spot.noun) == plural
        if singular_of(head) == noun and same_number and head.i != spot.head:
            earlier = {t.lemma_.lower() for t in scene.doc[antecedent.start : antecedent.end]}
            if qualities <= earlier:
                return Resolved(spot, antecedent.entity, f"the same noun before: {noun}", HEAD_MATCH_SCORE)
    return None


def _points_back(scene: Scene, spot: Spot, noun: ActorNoun) -> Resolved | None:
    """ "the alliance", "the country": the last mention that fits its kind and, where asked for, its words."""
    if _qualities(scene, spot):
        return _same_head(scene, spot)
    same = _same_head(scene, spot) if noun.cues or noun.kind in ("organization", "group") else None
    if same is not None:
        return same
    if not noun.refers_to:
        return None
    token = scene.doc[spot.head]
    look_back = LONG_LOOK_BACK if noun.cues else COUNTRY_LOOK_BACK
    before = [_country_of_place(scene, noun, a) for a in scene.discourse.recent(spot.head, sentences=look_back)]
    candidates = [a for a in before if _fits(scene, noun, a) and not scene.syntax.excluded(token, scene.doc[a.head])]
    best = scene.discourse.best(spot, candidates, lambda a: scene.discourse.nearness(spot, a))
    if best is None:
        return None
    antecedent, _ = best
    name = scene.entities[antecedent.entity].name
    return Resolved(spot, antecedent.entity, f"the {noun.noun} mentioned last that fits: {name}", POINTS_BACK_SCORE)


def _country_of_place(scene: Scene, noun: ActorNoun, antecedent: Antecedent) -> Antecedent:
    """For "the country", a town stands for the country that it lies in, as a less likely antecedent."""
    entity = scene.entities.get(antecedent.entity)
    if "country" not in noun.refers_to or entity is None or entity.kind != "place" or not entity.country:
        return antecedent
    country = scene.country(entity.country)
    return replace(antecedent, entity=country.id, kind="country", adjective=True) if country else antecedent


def _fits(scene: Scene, noun: ActorNoun, antecedent: Antecedent) -> bool:
    if not antecedent.entity or antecedent.number == "plural":
        return False
    entity = scene.entities[antecedent.entity]
    if entity.kind not in noun.refers_to:
        return False
    if not noun.cues:
        return scene.resolved[antecedent.head].spot.type != "nominal" or entity.kind == "country"
    words = {word for name in (*entity.names, *scene.names_of(entity.id)) for word in fold(name).split()}
    return bool(words & noun.cues)


def _pair(scene: Scene, spot: Spot) -> Resolved | None:
    """ "both", "both countries", "the two leaders": the two named together, or alone in the sentence before."""
    kinds = PAIR_KINDS
    if spot.noun is not None and spot.noun.kind != "group":
        kinds = spot.noun.refers_to or frozenset({spot.noun.kind})
    for members in _pairs_before(scene, spot, kinds):
        pair = scene.add_entity(pair_entity([scene.entities[member] for member in members]))
        return Resolved(spot, pair.id, f"the pair {pair.name}", PAIR_SCORE)
    if spot.noun is None:
        return None
    return _group(scene, spot, spot.noun, _whole(scene, spot))


def _pairs_before(scene: Scene, spot: Spot, kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The two of these kinds that were joined by "and", nearest first, or the only two of the last sentences."""
    here = scene.syntax.sentences[spot.head]
    together: dict[str, None] = {}
    for number in range(here, max(-1, here - PAIR_LOOK_BACK), -1):
        before = [a for a in scene.discourse.by_sentence.get(number, ()) if a.head < spot.head and a.entity]
        adjectives = "country" not in kinds or kinds == PAIR_KINDS  # "the two countries" may be named by adjectives
        single = [a for a in before if scene.resolved[a.head].entity == a.entity and not (adjectives and a.adjective)]
        possible = [a for a in single if not scene.syntax.excluded(scene.doc[spot.head], scene.doc[a.head])]
        actors = [a for a in possible if _can_be_of_pair(scene, spot, a, kinds)]
        for later in sorted(actors, key=lambda a: -a.head):
            first = scene.resolved.get(scene.syntax.first_conjunct(scene.doc[later.head]).i)
            if first is not None and first.entity != later.entity and scene.entities[first.entity].kind in kinds:
                yield first.entity, later.entity
        named = [a for a in actors if scene.resolved[a.head].spot.type != "nominal"]
        nearest_first = dict.fromkeys(a.entity for a in sorted(named, key=lambda a: -a.head))
        # "the two leaders" may be named a sentence apart; "both sides" of that might be any two actors
        together = nearest_first if kinds == PAIR_KINDS else together | nearest_first
        if len(together) == 2:
            one, other = together
            yield one, other


def _can_be_of_pair(scene: Scene, spot: Spot, antecedent: Antecedent, kinds: frozenset[str]) -> bool:
    """Whether somebody may be one of "both leaders": of that kind and office, and not beside them in the clause."""
    entity = scene.entities[antecedent.entity]
    if entity.kind not in kinds or entity.id in beside_in_clause(scene, spot):
        return False
    noun = spot.noun
    return noun is None or noun.role not in ("office", "leader") or has_function(scene, entity.id, noun)


def _local(scene: Scene, spot: Spot, noun: ActorNoun, whole: Entity | None) -> Resolved | None:
    """An actor that only these words name: a part of its whole, or somebody of this article alone."""
    definite_part = whole is not None and noun.role == "body"
    bound = "" if definite_part else f"{scene.article.id}:{spot.head}"
    if whole is None and scene.syntax.role(scene.doc[spot.head]) not in ("subject", "object", "oblique", "possessor"):
        return None
    governs = whole is not None and whole.kind == "country" and noun.noun in word_set("government")
    entity = part_entity(
        GOVERNMENT if governs else noun.noun,
        kind=noun.kind,
        text=_described(scene, spot, whole),
        whole=whole,
        qualities=_qualities(scene, spot),
        bound_to=bound,
    )
    scene.add_entity(entity if noun.kind in ("organization", "group") else replace(entity, part_of=None))
    reason = f"a part of {whole.name}" if whole else "known by these words alone"
    return Resolved(spot, entity.id, reason, PART_SCORE if definite_part else LOCAL_SCORE)
