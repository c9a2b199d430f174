// What the reader has chosen. It lives in the address, so that a link opens the same picture.

import { dayOf, isoDay } from './days';
import {
  FACETS, FACET_NAMES, articles, between, claimOf, data, entities, entityOf, eventOf, isFront, isPair, isThing, neighboursOf,
  nameOf, order, ordered, sourceOf, statements,
} from './model';
import type { FacetName } from './model';
import { pairKey, pairsOf } from './pairs';
import type { Pair } from './pairs';
import type { Claim, Standing, Statement } from './payload';

export const VIEWS = ['graph', 'map', 'timeline', 'matrix', 'article'] as const;
export type ViewName = (typeof VIEWS)[number];
export const DEFAULT_OFF: Standing[] = data.standings.filter((standing) => standing !== 'asserted');
const UNFOLDS = ['things', 'oneoffs', 'offices'] as const;
export type Unfold = (typeof UNFOLDS)[number];

export interface State {
  statement: string | null;
  entity: string | null;
  pair: string | null;
  claim: string | null; // in the article
  article: string | null;
  focus: string | null;
  view: ViewName;
  from: number | null; // the first and last day of the range of dates
  to: number | null;
  textDates: boolean; // only dates that the text gives, not those of publication
  hidden: Set<string>;
  reached: Set<string>; // entities beyond the limit that a search brought in
  expanded: Set<string>; // entities whose neighbours are all shown
  unfolded: Set<Unfold>;
  groups: boolean; // hulls about communities
  limit: number;
  off: Record<FacetName, Set<string>>;
}

const emptyState = (): State => ({
  statement: null, entity: null, pair: null, claim: null, article: null, focus: null, view: 'graph', from: null, to: null,
  textDates: false, hidden: new Set(), reached: new Set(), expanded: new Set(), unfolded: new Set(), groups: true, limit: data.limit,
  off: { standing: new Set(DEFAULT_OFF), kind: new Set(), event: new Set(), source: new Set(), article: new Set() },
});

export const state = emptyState();
export const listeners: (() => void)[] = [];
let changes = 0;

export function change(edit: (now: State) => void): void {
  edit(state);
  writeAddress();
  tellAll();
}
export function tellAll(): void {
  changes += 1;
  for (const listener of listeners) listener();
}
// What follows from the state alone is worked out once for each change of it.
export function oncePerChange<T>(work: () => T): () => T {
  let made: T;
  let at = -1;
  return () => {
    if (at !== changes) [made, at] = [work(), changes];
    return made;
  };
}

type Chosen = 'statement' | 'entity' | 'pair';
export const select = (kind: Chosen | null, id: string | null = null): void => change((now) => {
  for (const each of ['statement', 'entity', 'pair'] as const) now[each] = kind === each ? id : null;
  now.claim = null;
  if (kind === 'entity' && id) { now.hidden.delete(id); now.reached.add(id); }
  if (kind === 'statement' && id) for (const end of [statements[id]?.subject, statements[id]?.object]) if (end) now.reached.add(end);
  if (kind === 'pair' && id) for (const end of id.split('~')) now.reached.add(end);
});
export const focusOn = (id: string | null): void => change((now) => { now.focus = id; if (id) now.hidden.delete(id); });
export const hide = (id: string): void => change((now) => {
  now.hidden.add(id);
  if (now.entity === id) now.entity = null;
  if (now.focus === id) now.focus = null;
  now.expanded.delete(id);
});
export const expand = (id: string): void => change((now) => {
  now.expanded.add(id);
  for (const near of neighboursOf(id)) now.hidden.delete(near);
});
export const toggle = (facet: FacetName, value: string, on: boolean): void => change((now) => { if (on) now.off[facet].delete(value); else now.off[facet].add(value); });
export const toggleAll = (facet: FacetName, on: boolean): void => change((now) => { now.off[facet] = new Set(on ? [] : FACETS[facet].values.keys()); });
export const unfold = (what: Unfold, on: boolean): void => change((now) => { if (on) now.unfolded.add(what); else now.unfolded.delete(what); });
export const openArticle = (article: string, claim: string | null = null): void => change((now) => {
  [now.view, now.article, now.claim] = ['article', article, claim];
});
export const assertedOnly = (): boolean => DEFAULT_OFF.every((standing) => state.off.standing.has(standing));
export const toggleUnasserted = (): void => change((now) => { now.off.standing = new Set(assertedOnly() ? [] : DEFAULT_OFF); });
export const reset = (): void => change((now) => Object.assign(now, emptyState(), { view: now.view, article: now.article }));

// Which claims and statements the choices let through; whether an actor is drawn is asked after that.
export function passes(claim: Claim): boolean {
  const { off } = state;
  return !off.standing.has(claim.standing) && !off.event.has(eventOf(claim)) && !off.source.has(sourceOf(claim))
    && !off.article.has(claim.article) && isInTime(claim);
}
// Whether a claim is within the dates that were chosen; what has no date is, unless some were.
function isInTime({ begin, end, dated }: Claim): boolean {
  if (state.textDates && !dated) return false;
  if (state.from === null && state.to === null) return true;
  return begin !== undefined && end !== undefined && (state.to === null || begin <= state.to) && (state.from === null || end >= state.from);
}
const admits = (id: string): boolean => !state.hidden.has(id) && (!state.off.kind.has(entityOf(id).kind) || id === state.focus || id === state.entity);
// How many of a statement's claims are let through; the statement that is chosen is always shown.
function countOf(statement: Statement): number {
  const least = statement.id === state.statement ? 1 : 0;
  const { subject, object } = statement;
  if (!admits(subject) || !admits(object)) return least;
  if (state.focus && !(inFocus().has(subject) && inFocus().has(object))) return least;
  let count = 0;
  for (const id of statement.claims) if (passes(claimOf(id))) count += 1;
  return Math.max(count, least);
}
const counts = oncePerChange(() => {
  const found = new Map<string, number>();
  for (const statement of ordered) {
    const count = countOf(statement);
    if (count) found.set(statement.id, count);
  }
  return found;
});
// The neighbours of the focus, and of what was expanded, are shown whatever their weight.
export const inFocus = oncePerChange(() => {
  const centres = [...state.expanded, ...(state.focus ? [state.focus] : [])];
  return new Set(centres.flatMap((id) => [id, ...neighboursOf(id)]));
});
export const visibleStatements = oncePerChange(() => ordered.filter(({ id }) => counts().has(id)));
export const reportsOf = (statement: Statement): number => counts().get(statement.id) ?? 0;

// Whether something stands in the picture by itself, or only in the captions of edges until it is unfolded.
const drawn = oncePerChange(() => new Map<string, boolean>());
export function isDrawn(id: string): boolean {
  let found = drawn().get(id);
  if (found === undefined) drawn().set(id, (found = standsAlone(id)));
  return found;
}
function standsAlone(id: string): boolean {
  if (id === state.focus || state.reached.has(id) || inFocus().has(id)) return true;
  if (isThing(id)) return state.unfolded.has('things');
  return state.unfolded.has('oneoffs') || isFront(entityOf(id));
}
const isAct = (statement: Statement): boolean => statement.subject !== statement.object
  && (!statement.office || state.unfolded.has('offices') || statement.id === state.statement);

// The pairs of the picture: both ends drawn, and among the weightiest actors that have any pair.
export interface Picture { pairs: Map<string, Pair>; ids: string[]; left: number }
export const picture = oncePerChange((): Picture => pictureOf(visibleStatements(), reportsOf));
export function pictureOf(list: Statement[], reports: (statement: Statement) => number): Picture {
  const acts = list.filter((statement) => isAct(statement) && isDrawn(statement.subject) && isDrawn(statement.object));
  const pairs = pairsOf(acts, reports);
  const all = new Set([...pairs.values()].flatMap(({ a, b }) => [a, b]));
  for (const id of [state.focus, state.entity]) if (id) all.add(id);
  const ranked = order.filter(({ id }) => all.has(id)).map(({ id }) => id);
  const near = inFocus();
  const ids = ranked.filter((id, rank) => rank < state.limit || state.reached.has(id) || near.has(id) || id === state.entity);
  const inside = new Set(ids);
  for (const [key, { a, b }] of pairs) if (!inside.has(a) || !inside.has(b)) pairs.delete(key);
  return { pairs, ids: trimmed(ids, pairs), left: ranked.length - ids.length };
}
// Within the limit some stand alone, since their only neighbours are beyond it.
function trimmed(ids: string[], pairs: Map<string, Pair>): string[] {
  const joined = new Set([...pairs.values()].flatMap(({ a, b }) => [a, b]));
  return ids.filter((id) => joined.has(id) || state.reached.has(id) || id === state.focus || id === state.entity);
}

export const statementChosen = (): Statement | undefined => (state.statement ? statements[state.statement] : undefined);

// The pair that is chosen, by itself or with a statement of it.
export const chosenPair = (): string | null => {
  const statement = statementChosen();
  return statement ? pairKey(statement.subject, statement.object) : state.pair;
};
export const pairStatements = (key: string): Statement[] => { const [a = '', b = ''] = key.split('~'); return between(a, b); };
export const pairName = (key: string): string => { const [a = '', b = ''] = key.split('~'); return `${nameOf(a)} and ${nameOf(b)}`; };

// The address: only what differs from the start, with a key for each value.
export function writeAddress(): void {
  if (location.protocol === 'about:') return; // in a notebook's frame there is no address to share
  const query = narrowing();
  if (state.view !== 'graph') query.append('view', state.view);
  for (const key of ['statement', 'entity', 'pair', 'article', 'claim'] as const) {
    const value = state[key];
    if (value && (state.view === 'article' || (key !== 'article' && key !== 'claim'))) query.append(key, value);
  }
  const fragment = query.toString();
  history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname + location.search);
}
// What decides which statements are shown.
function narrowing(): URLSearchParams {
  const query = new URLSearchParams();
  if (state.focus) query.append('focus', state.focus);
  for (const key of ['from', 'to'] as const) { const day = state[key]; if (day !== null) query.append(key, isoDay(day)); }
  if (state.textDates) query.append('dates', 'text');
  for (const id of state.hidden) query.append('hide', id);
  for (const id of state.expanded) query.append('expand', id);
  for (const what of UNFOLDS) if (state.unfolded.has(what)) query.append('unfold', what);
  if (!state.groups) query.append('groups', 'off');
  for (const standing of data.standings) {
    if (DEFAULT_OFF.includes(standing) === !state.off.standing.has(standing)) query.append('standing', standing);
  }
  for (const facet of FACET_NAMES) if (facet !== 'standing') for (const value of state.off[facet]) query.append(`no-${facet}`, value);
  if (state.limit !== data.limit) query.append('limit', String(state.limit));
  return query;
}
export const isNarrowed = (): boolean => narrowing().size > 0;

export function readAddress(): void {
  const query = new URLSearchParams(location.hash.slice(1));
  const known = (key: string, table: object): string | null => { const id = query.get(key); return id !== null && Object.hasOwn(table, id) ? id : null; };
  const all = (key: string): string[] => query.getAll(key).filter((id) => Object.hasOwn(entities, id));
  const pair = query.get('pair');
  const view = query.get('view') as ViewName;
  Object.assign(state, emptyState(), {
    statement: known('statement', statements), entity: known('entity', entities), focus: known('focus', entities),
    article: known('article', articles), claim: known('claim', data.claims), pair: pair && isPair(pair) ? pair : null,
    view: VIEWS.includes(view) ? view : 'graph',
    from: dayIn(query.get('from')), to: dayIn(query.get('to')), textDates: query.get('dates') === 'text',
    hidden: new Set(all('hide')), expanded: new Set(all('expand')), groups: query.get('groups') !== 'off',
    unfolded: new Set(query.getAll('unfold').filter((what) => (UNFOLDS as readonly string[]).includes(what))),
    limit: Math.max(1, Number.parseInt(query.get('limit') ?? '', 10) || data.limit),
  });
  for (const standing of query.getAll('standing')) if (!state.off.standing.delete(standing)) state.off.standing.add(standing);
  for (const facet of FACET_NAMES) if (facet !== 'standing') state.off[facet] = new Set(query.getAll(`no-${facet}`));
  const statement = statementChosen();
  const ends = [state.entity, ...(state.pair ?? '').split('~'), statement?.subject, statement?.object];
  for (const id of ends) if (id) state.reached.add(id);
  tellAll();
}
function dayIn(text: string | null): number | null {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? '') && Number.isFinite(dayOf(text as string)) ? dayOf(text as string) : null;
}
