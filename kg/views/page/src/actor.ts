// An actor's page: who it is, what it did, what was done to it, what it says and what is said of it.

import { spoken } from './days';
import { button, el, link, plural, signed } from './dom';
import { badge, toneVariable } from './look';
import { allClaims, claimOf, entities, entityOf, nameOf, neighboursOf, other, palette, rankOf, reasonsOf, statementsOf } from './model';
import { meanOf, pairKey, toneOf } from './pairs';
import { back, claimBox, longList, statementBox } from './panel';
import type { Statement } from './payload';
import { expand, focusOn, hide, isDrawn, passes, reportsOf, select, state, change, picture } from './state';

const MOST = 12;
const NEIGHBOURS = 10;

export function actorPanel(id: string): (Node | null | false)[] {
  const list = statementsOf(id);
  const acts = list.filter(({ office }) => !office);
  const seen = acts.filter((statement) => statement.claims.some((claim) => passes(claimOf(claim))));
  const does = seen.filter(({ subject }) => subject === id);
  const suffers = seen.filter(({ subject, object }) => object === id && subject !== id);
  const says = allClaims.filter((claim) => claim.speaker === id);
  const told = acts.filter(({ standing }) => standing === 'reported');
  const alone = allClaims.filter((claim) => claim.subject === id && !claim.statement);
  return [
    back(),
    ...heading(id),
    el('div', { class: 'acts' },
      state.focus === id ? button('Leave focus', () => focusOn(null)) : button('Focus on neighbours', () => focusOn(id)),
      expandButton(id), button('Hide', () => hide(id))),
    ...offices(id, list),
    ...neighbours(id, seen),
    ...section('What it does', does),
    ...section('What is done to it', suffers),
    ...(says.length ? [el('h3', {}, `What it says (${says.length})`), longList(says, 5, (claim) => claimBox(claim), 'claims')] : []),
    ...section('What others say of it', told.filter((statement) => !statement.claims.every((claim) => isBy(claim, id)))),
    ...(alone.length ? [el('h3', {}, `Claims without an object (${alone.length})`), longList(alone, 5, (claim) => claimBox(claim), 'claims')] : []),
    ...reasons(id),
    !list.length && !alone.length && !says.length && el('p', { class: 'soft' }, 'No statement of this graph has it as subject or object.'),
  ];
}

function heading(id: string): (Node | null)[] {
  const { kind, names, country, part_of: whole, wikidata, sector, articles = 0, name } = entityOf(id);
  const of = whole ?? country;
  return [
    el('h2', { dir: 'auto' }, badge(id), ' ', name),
    el('p', { class: 'soft' }, palette.kinds[kind].name,
      of && entities[of] ? [' of ', button(nameOf(of), () => select('entity', of), { class: 'plain' })] : null,
      sector ? ` · sector ${sector}` : null, ` · in ${plural(articles, 'article')}`,
      wikidata ? [' · ', link(`https://www.wikidata.org/wiki/${encodeURIComponent(wikidata)}`, wikidata)] : null),
    names ? el('p', { class: 'soft', dir: 'auto' }, `Also ${names.slice(0, 8).join(', ')}`) : null,
  ];
}

// Offices with the dates of the articles, or of the words, that give them.
function offices(id: string, list: Statement[]): Node[] {
  const held = list.filter(({ office }) => office);
  if (!held.length) return [];
  const dates = ({ first, last }: Statement): string => (first ? ` (${spoken(first)}${last && last !== first ? ` to ${spoken(last)}` : ''})` : '');
  const word = ({ subject, object, label }: Statement): string => (subject === id ? `${label} ${nameOf(object)}` : `${nameOf(subject)}, ${label} ${nameOf(object)}`);
  return [el('h3', {}, 'Offices'), el('ul', { class: 'offices' }, held.map((statement) => el('li', {},
    button(word(statement), () => select('statement', statement.id), { class: 'plain', dir: 'auto' }), el('span', { class: 'soft' }, dates(statement)))))];
}

// With whom it has most to do, and how.
function neighbours(id: string, list: Statement[]): Node[] {
  const near = new Map<string, Statement[]>();
  for (const statement of list) {
    const end = other(statement, id);
    if (end !== id && isDrawn(end)) near.set(end, [...(near.get(end) ?? []), statement]);
  }
  const count = (statements: Statement[]): number => statements.reduce((sum, statement) => sum + reportsOf(statement), 0);
  const ranked = [...near].sort(([a, m], [b, n]) => count(n) - count(m) || (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0)).slice(0, NEIGHBOURS);
  if (!ranked.length) return [];
  const most = Math.max(...ranked.map(([, statements]) => count(statements)));
  return [el('h3', {}, 'With whom'), el('ul', { class: 'bars' }, ranked.map(([end, statements]) => {
    const mean = meanOf(statements, reportsOf);
    const bar = el('i', { 'aria-hidden': 'true' });
    bar.style.width = `${(100 * count(statements)) / most}%`;
    bar.style.background = toneVariable(toneOf(mean));
    return el('li', {}, button([badge(end), ' ', nameOf(end)], () => select('pair', pairKey(id, end)), { class: 'plain', dir: 'auto' }),
      el('span', { class: 'track' }, bar), el('small', {}, `${count(statements)}${mean === null ? '' : ` · ${signed(mean)}`}`));
  }))];
}

const section = (title: string, items: Statement[]): Node[] =>
  (items.length ? [el('h3', {}, `${title} (${items.length})`), longList(items, MOST, (statement) => statementBox(statement), 'statements')] : []);

function reasons(id: string): Node[] {
  const found = reasonsOf(id);
  if (!found.length) return [];
  return [el('details', { class: 'reasons' }, el('summary', {}, 'Why these words were taken to be it'),
    el('ul', {}, found.map(([text, reason, count]) => el('li', { dir: 'auto' }, el('b', {}, text), `: ${reason}`, count > 1 ? el('small', {}, ` (${count} times)`) : null))))];
}

// Neighbours that are hidden, or too light for the picture, come in on request.
function expandButton(id: string): Node | null {
  if (state.expanded.has(id)) return button('Collapse', () => change((now) => now.expanded.delete(id)));
  const inPicture = new Set(picture().ids);
  const missing = [...neighboursOf(id)].filter((near) => !inPicture.has(near));
  return missing.length ? button(`Expand (${missing.length.toLocaleString('en')} more)`, () => expand(id)) : null;
}
const isBy = (claim: string, id: string): boolean => claimOf(claim).speaker === id;
