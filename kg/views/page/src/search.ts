// The search box: actors by any of their names, then pairs and statements; arrow keys choose, Enter opens and centres.

import { byId, el, shorten } from './dom';
import { showChosen } from './graph';
import { badge } from './look';
import { entityOf, isPair, nameOf, order, ordered, palette } from './model';
import { pairKey } from './pairs';
import { select } from './state';

interface Offer { kind: 'entity' | 'statement' | 'pair'; id: string; text: string; note: string; of?: string }

const MOST = 12;
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
let offered: Offer[] = [];
let current = -1;

// Every word that was typed must begin a word of what is offered.
export function matcher(typed: string): (text: string) => boolean {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return (text) => { const folded = ` ${fold(text)}`; return words.every((word) => folded.includes(` ${word}`)); };
}
const allNames = (id: string): string => [entityOf(id).name, ...(entityOf(id).names ?? [])].join(' ');

function found(typed: string): Offer[] {
  if (!typed.trim()) return [];
  const matches = matcher(typed);
  const actors = order.filter(({ id }) => matches(allNames(id))).map(({ id, kind }): Offer => ({ kind: 'entity', id, text: nameOf(id), note: palette.kinds[kind].name, of: id }));
  const sentences: Offer[] = [];
  for (const { id, subject, object, label, standing, event } of ordered) {
    if (sentences.length === MOST) break;
    const text = `${nameOf(subject)} ${label} ${nameOf(object)}`;
    if (matches(text)) sentences.push({ kind: 'statement', id, text, note: standing === 'asserted' ? event ?? '' : palette.standings[standing].name });
  }
  const pair = pairTyped(typed);
  const few = sentences.length ? MOST - Math.min(4, sentences.length) : MOST;
  return [...pair, ...actors.slice(0, few), ...sentences].slice(0, MOST);
}
// "Russia Ukraine": the first words name one actor, the rest another.
function pairTyped(typed: string): Offer[] {
  const words = typed.trim().split(/\s+/).filter((word) => word !== 'and' && word !== '–');
  for (let cut = 1; cut < words.length; cut += 1) {
    const [one, two] = [words.slice(0, cut), words.slice(cut)].map((part) => order.filter(({ id, kind }) => kind !== 'thing' && matcher(part.join(' '))(allNames(id))).slice(0, 5));
    for (const { id: a } of one ?? []) {
      for (const { id: b } of two ?? []) if (a !== b && isPair(pairKey(a, b))) return [{ kind: 'pair', id: pairKey(a, b), text: `${nameOf(a)} – ${nameOf(b)}`, note: 'Pair' }];
    }
  }
  return [];
}

export function bindSearch(): void {
  const field = byId<HTMLInputElement>('search');
  field.addEventListener('input', offer);
  field.addEventListener('focus', () => { if (field.value.trim()) offer(); });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) {
      event.preventDefault();
      current = (current + step + offered.length) % offered.length;
      point();
    } else if (event.key === 'Enter') choose(current);
    else if (event.key === 'Escape') { if (byId('suggestions').hidden) field.value = ''; close(); }
  });
}
function offer(): void {
  const [field, suggestions] = [byId<HTMLInputElement>('search'), byId('suggestions')];
  offered = found(field.value);
  current = offered.length ? 0 : -1;
  suggestions.replaceChildren(...offered.map((item, position) => el('li', {
    role: 'option', id: `suggestion-${position}`, 'data-kind': item.kind, onmousedown: (event: Event) => { event.preventDefault(); choose(position); },
  }, item.of ? badge(item.of) : null, el('span', { dir: 'auto' }, shorten(item.text, 120)), el('small', {}, item.note))));
  if (field.value.trim() && !offered.length) suggestions.append(el('li', { role: 'option', 'aria-disabled': 'true' }, 'Nothing has that name'));
  suggestions.hidden = !field.value.trim();
  field.setAttribute('aria-expanded', String(!suggestions.hidden));
  point();
}
function point(): void {
  const rows = [...byId('suggestions').children];
  rows.forEach((row, position) => row.setAttribute('aria-selected', String(position === current)));
  if (current >= 0) byId('search').setAttribute('aria-activedescendant', `suggestion-${current}`);
  else byId('search').removeAttribute('aria-activedescendant');
  rows[current]?.scrollIntoView({ block: 'nearest' });
}
function choose(position: number): void {
  const item = offered[position];
  if (!item) return;
  close();
  select(item.kind, item.id);
  showChosen();
}
function close(): void {
  byId('suggestions').hidden = true;
  byId('search').setAttribute('aria-expanded', 'false');
  byId('search').removeAttribute('aria-activedescendant');
}
