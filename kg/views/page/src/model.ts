// What the page knows: the data that was written into it, and look-ups made from it once.

import { dayOf, lastDayOf } from './days';
import { byId } from './dom';
import { pairKey } from './pairs';
import type { Claim, Entity, Evidence, Payload, Range, Role, Statement, Words } from './payload';
import { segments } from './segments';

export const data = JSON.parse(byId('data').textContent ?? '') as Payload;
export const { entities, statements, claims, articles, palette, flags } = data;
export const OWN_VOICE = "Article's own voice";
export const NO_EVENT = 'No event type';

for (const table of [entities, statements, claims]) for (const [id, each] of Object.entries(table)) each.id = id;

// All come with the weightiest first.
export const order = Object.values(entities);
export const ordered = Object.values(statements);
export const allClaims = Object.values(claims);
export const rankOf = new Map(order.map(({ id }, rank) => [id, rank]));
export const strengthOf = new Map(ordered.map(({ id }, rank) => [id, rank]));
const statementsById = new Map<string, Statement[]>(order.map(({ id }) => [id, []]));
const statementsByPair = new Map<string, Statement[]>();

for (const statement of ordered) {
  for (const end of new Set([statement.subject, statement.object])) statementsById.get(end)?.push(statement);
  const key = pairKey(statement.subject, statement.object);
  statement.pair = key;
  const list = statementsByPair.get(key);
  if (list) list.push(statement);
  else statementsByPair.set(key, [statement]);
  for (const id of statement.claims) claimOf(id).statement = statement;
}
for (const claim of allClaims) {
  if (!claim.when) continue;
  const [begin = '', end] = claim.when.split('/');
  [claim.begin, claim.end] = [dayOf(begin), lastDayOf(end ?? begin)];
}

export function entityOf(id: string): Entity { return entities[id] as Entity; }
export function claimOf(id: string): Claim { return claims[id] as Claim; }
export const statementOf = (id: string): Statement => statements[id] as Statement;
export const statementsOf = (id: string): Statement[] => statementsById.get(id) ?? [];
export const between = (a: string, b: string): Statement[] => statementsByPair.get(pairKey(a, b)) ?? [];
export const isPair = (key: string): boolean => statementsByPair.has(key);
export const claimsOf = (statement: Statement): Claim[] => statement.claims.map(claimOf);
export const nameOf = (id: string): string => entities[id]?.name ?? id;
export const other = (statement: Statement, id: string): string => (statement.subject === id ? statement.object : statement.subject);
export const neighboursOf = (id: string): Set<string> => new Set(statementsOf(id).map((statement) => other(statement, id)));
export const sourceOf = (claim: Claim): string => claim.source ?? OWN_VOICE;
export const eventOf = (claim: Claim): string => claim.event ?? NO_EVENT;
export const toneOfStatement = ({ quad }: Statement): 'none' | NonNullable<Statement['quad']> => quad ?? 'none';
export const isThing = (id: string): boolean => entities[id]?.kind === 'thing';
export const betweenActors = (list: Statement[]): Statement[] =>
  list.filter(({ subject, object, office }) => !office && !isThing(subject) && !isThing(object));

// Actors that stand on their own: known by name to the world, or to several articles. The others are one-offs; where
// there are few of the first, the weightiest of the others stand with them.
const FEW_ARTICLES = 2;
const FEWEST = 30;
const few = Object.keys(articles).length <= FEW_ARTICLES;
const isKnown = ({ wikidata, articles: told = 0 }: Entity): boolean => few || Boolean(wikidata) || told > 1;
const fronts = frontActors();
export const isFront = ({ id }: Entity): boolean => fronts.has(id);
function frontActors(): Set<string> {
  const actors = order.filter(({ kind }) => kind !== 'thing');
  const found = new Set(actors.filter(isKnown).map(({ id }) => id));
  const joined = new Set<string>();
  const join = (ends: string[]): void => { for (const end of ends) joined.add(end); };
  const acts = ordered.filter(({ standing, office, subject, object }) => standing === 'asserted' && !office && subject !== object && !isThing(subject) && !isThing(object));
  for (const { subject, object } of acts) if (found.has(subject) && found.has(object)) join([subject, object]);
  for (const { subject, object } of acts) {
    if (joined.size >= FEWEST) break;
    join([subject, object]);
    found.add(subject).add(object);
  }
  return found;
}

// The words are parsed only when somebody first asks for them: they are most of a large page.
let evidence: Evidence | null = null;
const allEvidence = (): Evidence => (evidence ??= JSON.parse(byId('evidence').textContent ?? '') as Evidence);
export const wordsOf = (claim: Claim): Words => allEvidence().claims[claim.id] as Words;
export const reasonsOf = (id: string): [string, string, number][] => allEvidence().reasons[id] ?? [];
export const piecesOf = (article: string): [number, string][] => allEvidence().texts[article] ?? [];

export function sentenceOf(claim: Claim): string {
  const { sentence } = wordsOf(claim);
  return cut(claim.article, sentence);
}
export function cut(article: string, [start, end]: Range): string {
  for (const [at, text] of piecesOf(article)) if (start >= at && end <= at + text.length) return text.slice(start - at, end - at);
  return '';
}

// The sentence as (words, role) pairs. Where spans overlap, the relation's words are never covered.
export function segmentsOf(claim: Claim): [string, Role | ''][] {
  const { sentence, spans } = wordsOf(claim);
  return segments(sentenceOf(claim), sentence[0], spans);
}
// What the filters offer: each value with the number of claims, or of entities, that have it.
export function counted<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
export interface Facet { name: string; values: Map<string, number>; label: (key: string) => string }
export type FacetName = 'standing' | 'kind' | 'event' | 'source' | 'article';
export const FACETS: Record<FacetName, Facet> = {
  standing: { name: 'Polarity and modality', values: counted(allClaims.map(({ standing }) => standing)), label: (key) => palette.standings[key as Claim['standing']].name },
  kind: { name: 'Kinds of entity', values: counted(order.map(({ kind }) => kind)), label: (key) => palette.kinds[key as Entity['kind']].name },
  event: { name: 'Event types', values: counted(allClaims.map(eventOf)), label: (key) => key },
  source: { name: 'Sources', values: counted(allClaims.map(sourceOf)), label: (key) => key },
  article: { name: 'Articles', values: counted(allClaims.map(({ article }) => article)), label: (key) => articles[key]?.title ?? key },
};
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];
