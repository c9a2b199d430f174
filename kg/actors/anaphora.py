"""Resolve pronouns: the third person by learned weights and syntax, the first by the speaker of its quotation."""

from __future__ import annotations

from math import exp

from spacy.tokens import Token

from kg.actors.chain_mentions import ChainMention
from kg.actors.scene import Resolved, Scene
from kg.actors.spots import Spot
from kg.actors.syntax import ARGUMENTS
from kg.actors.words import Pronoun, word_set
from kg.grammar.predicates import is_speech
from kg.model import Entity

LEADS = {"animate": 0.25}  # by which an antecedent must lead: people are told apart more surely than the rest
OTHER_LEAD = 1.0
SPEAKER_SCORE = 0.8
REPORTER_SCORE = 0.85
ISSUER_SCORE = 0.7
OPENING_TOKENS = 60
SENTENCES_BEFORE = 3
LOWEST_SCORE, HIGHEST_SCORE = 0.4, 0.9


def resolve_third_person(scene: Scene, spot: Spot, pronoun: Pronoun) -> Resolved | None:
    """What the ranker holds for most likely of what syntax allows; None when that is a thing, or nothing is clear."""
    token = scene.doc[spot.head]
    speaker = _speaker(scene, spot)
    bound = scene.tree.label(token) == "nmod:poss" or pronoun.form == "reflexive"
    others = set[str]() if bound else beside_in_clause(scene, spot)

    def admits(mention: ChainMention) -> bool:
        entity = scene.ranker.entity_of(mention)
        if entity and (entity in others or (speaker is not None and entity == speaker.id)):
            return False
        return bound or not scene.syntax.excluded(token, scene.doc[mention.head])

    itself = _reporter_itself(scene, token, pronoun)
    if itself is not None:
        return Resolved(spot, itself.id, f"{itself.name} reports of itself", REPORTER_SCORE)
    if pronoun.pronoun == "it" and _is_pleonastic(scene, spot):
        return None
    choice = scene.ranker.choose(token, admits)
    entity = scene.entities.get(choice.entity) if choice is not None else None
    if choice is None or entity is None or not _agrees(pronoun, entity, choice.antecedent):
        return None
    if choice.lead < LEADS.get(pronoun.animacy, OTHER_LEAD):
        return None
    score = max(LOWEST_SCORE, min(HIGHEST_SCORE, 1 / (1 + exp(-choice.lead))))
    return Resolved(spot, entity.id, f"the likeliest that {pronoun.pronoun!r} can mean: {entity.name}", round(score, 3))


def _reporter_itself(scene: Scene, token: Token, pronoun: Pronoun) -> Entity | None:
    """The organisation, country or group whose report a pronoun opens: "the army said it was looking into the raid".

    What it "was" might be said of anything, so a clause with a copula tells nothing.
    """
    tree = scene.tree
    clause = tree.head(token)
    opens = tree.label(token) in ("nsubj", "nsubj:pass") and tree.label(clause) == "ccomp"
    if not opens or pronoun.pronoun not in ("it", "they") or tree.child(clause, "cop") is not None:
        return None
    if clause.lemma_.lower() in word_set("pleonastic predicate") and not tree.child(clause, "obj", "obl"):
        return None  # "said it was raining"
    verb = tree.head(clause)
    subject = tree.child(verb, "nsubj")
    if subject is None or not is_speech(verb) or subject.i > token.i:
        return None
    resolved = scene.named_at(subject.i)
    entity = scene.entities[resolved.entity] if resolved is not None else None
    kinds = {"organization", "group"} | ({"country"} if pronoun.pronoun == "it" else set[str]())
    return entity if entity is not None and entity.kind in kinds else None


def _agrees(pronoun: Pronoun, entity: Entity, antecedent: ChainMention) -> bool:
    """Whether an actor is of a kind that a pronoun can stand for."""
    if pronoun.animacy == "animate":
        return entity.kind == "person" and not antecedent.plural
    if pronoun.number == "plural":
        return antecedent.plural or entity.kind in ("organization", "group")
    return entity.kind not in ("person", "group")


def beside_in_clause(scene: Scene, spot: Spot) -> set[str]:
    """The entities of the other arguments of a pronoun's clause, which it cannot mean."""
    predicate = scene.syntax.clause_of_argument(scene.doc[spot.head])
    arguments = scene.tree.children(predicate, *ARGUMENTS)
    subject = scene.syntax.subject(predicate)
    if subject is not None and scene.syntax.role(scene.doc[spot.head]) != "subject":
        arguments.append(subject)
    return {scene.resolved[t.i].entity for t in arguments if t.i in scene.resolved and t.i != spot.head}


def _is_pleonastic(scene: Scene, spot: Spot) -> bool:
    """Whether "it" stands for nothing ("it is clear that", "it seems", "it rained")."""
    token = scene.doc[spot.head]
    if scene.tree.label(token) == "expl":
        return True
    predicate = scene.syntax.clause_of_argument(token)
    clausal = scene.tree.child(predicate, "csubj", "ccomp") is not None and predicate.pos_ in ("ADJ", "NOUN")
    return clausal or predicate.lemma_.lower() in word_set("pleonastic predicate")


def _speaker(scene: Scene, spot: Spot) -> Entity | None:
    """Who speaks the words around a mention: of its quotation, else of its paragraph."""
    head = scene.ranker.reader.speaker(scene.doc[spot.head])
    if head < 0:
        return None
    beside = scene.tree.children(scene.doc[head], "appos")
    nearer = next((c for c in beside if _other_person(scene, scene.doc[head], c)), None)
    resolved = scene.named_at(nearer.i if nearer is not None else head)
    return scene.entities[resolved.entity] if resolved is not None else None


def _other_person(scene: Scene, one: Token, other: Token) -> bool:
    """Whether two names that were parsed as an apposition are of two people ("After meeting A, B said")."""
    first, second = scene.named.get(one.i), scene.named.get(other.i)
    if first is None or second is None or first.entity == second.entity:
        return False
    return scene.entities[first.entity].kind == scene.entities[second.entity].kind == "person"


def resolve_first_person(scene: Scene, spot: Spot, pronoun: Pronoun) -> Resolved | None:
    """ "I" is the speaker of the quotation; "we" is the country or organisation that the speaker speaks for."""
    speaker = _speaker(scene, spot)
    if speaker is None:
        return None
    if pronoun.number == "singular":
        if speaker.kind != "person":
            return None
        return Resolved(spot, speaker.id, f"{speaker.name} speaks", SPEAKER_SCORE)
    party = represented(scene, speaker)
    if party is None:
        return None
    return Resolved(spot, party.id, f"{speaker.name} speaks for {party.name}", SPEAKER_SCORE - 0.1)


def represented(scene: Scene, speaker: Entity) -> Entity | None:
    """Whom a speaker speaks for: an official for the country or organisation served, a country or group for itself."""
    if speaker.kind in ("country", "organization", "group"):
        return speaker
    if speaker.kind != "person":
        return None
    for office in scene.offices.get(speaker.id, ()):
        if office.body is not None and office.body in scene.entities:
            return scene.entities[office.body]
    in_office = speaker.wikidata is not None and scene.knowledge.offices_of(speaker.id)
    return scene.country(speaker.country) if in_office and speaker.country else None


def resolve_own_voice(scene: Scene, spot: Spot) -> Resolved | None:
    """Whom "we" means where nobody is quoted, as in a communiqué: whom it names itself, the issuer, the last group.

    "We, the ministers of …" names them; else the opening names who issued it ("Statement of the Government of …");
    else it is the actors that were last named together.
    """
    if scene.quotation_at(spot.head) >= 0 or _speaker(scene, spot) is not None:
        return None
    for find, how in ((_beside_we, "says who it is"), (_issuer, "issued it"), (_last_together, "named together last")):
        entity = find(scene, spot)
        if entity is not None:
            return Resolved(spot, entity.id, f"{entity.name} {how}", ISSUER_SCORE)
    return None


def _beside_we(scene: Scene, spot: Spot) -> Entity | None:
    """The apposition of the first "we" that has one: "We, the leaders of …"."""
    doc = scene.doc
    for token in doc:
        if token.lower_ != "we" or doc[token.i + 1 : token.i + 2].text != ",":
            continue
        behind = doc[token.i + 2 : token.i + 12]
        found = next((t for t in behind if t.i in scene.resolved), None)
        opens = behind and (behind[0].lower_ == "the" or behind[0].i in scene.resolved)
        if found is not None and opens:
            heads = [t for t in (*scene.tree.ancestors(found), found) if t.i in scene.resolved and t.i > token.i]
            entity = scene.entities[scene.resolved[min(heads, key=lambda t: t.i).i].entity]
            return entity if entity.kind in ("group", "organization", "country") else None
    return None


def _issuer(scene: Scene, spot: Spot) -> Entity | None:
    """Who issued a statement, by the lines it opens with."""
    doc = scene.doc
    for token in doc[:OPENING_TOKENS]:
        if token.is_space and token.text.count("\n") > 1 and token.i > OPENING_TOKENS // 2:
            return None
        if token.lower_ not in word_set("kind of statement"):
            continue
        line = [t for t in token.sent if t.i > token.i and t.i in scene.resolved]
        actors = [scene.entities[scene.resolved[t.i].entity] for t in line]
        return next((e for e in actors if e.kind in ("group", "organization", "country")), None)
    return None


def _last_together(scene: Scene, spot: Spot) -> Entity | None:
    """The countries, organisations or members last named together as a subject, in the sentences right before."""
    for antecedent in scene.discourse.recent(spot.head, sentences=SENTENCES_BEFORE):
        entity = scene.entities.get(antecedent.entity)
        together = antecedent.number == "plural" and antecedent.role == "subject"
        if entity is not None and entity.kind == "group" and together and antecedent.head < spot.head:
            return entity
    return None
