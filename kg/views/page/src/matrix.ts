// The matrix: who acts (rows) on whom (columns), with how many statements, and of which quad classes.

import { sortedValues } from './controls';
import { button, byId, el, plural, shorten } from './dom';
import { toneVariable } from './look';
import { betweenActors, counted, nameOf, palette, rankOf, toneOfStatement } from './model';
import { pairKey } from './pairs';
import type { Statement, Tone } from './payload';
import { rove } from './rove';
import { change, isDrawn, select, state, visibleStatements } from './state';

const SIDE = 15;
const replace = rove(byId('matrix'), '.cell');
let sideShown = SIDE;

export function showMatrix(): void {
  if (state.view !== 'matrix') return;
  const list = betweenActors(visibleStatements()).filter(({ subject, object }) => isDrawn(subject) && isDrawn(object));
  const cells = new Map<string, Statement[]>();
  for (const statement of list) cells.set(cellKey(statement.subject, statement.object), [...(cells.get(cellKey(statement.subject, statement.object)) ?? []), statement]);
  const [rows, columns] = [mostFrequent(list.map(({ subject }) => subject)), mostFrequent(list.map(({ object }) => object))];
  const total = Math.max(rows.length, columns.length);
  const table = (): Node => el('table', {},
    el('caption', { class: 'unseen' }, 'Who acts on whom: the number of statements'),
    el('thead', {}, el('tr', {}, el('td', { class: 'corner' }, 'who ↓ to whom →'), columns.slice(0, sideShown).map((id) => headOf(id, 'col')))),
    el('tbody', {}, rows.slice(0, sideShown).map((subject, row) => el('tr', {}, headOf(subject, 'row'),
      columns.slice(0, sideShown).map((object, column) => cellOf(cells.get(cellKey(subject, object)), row, column))))));
  replace(
    el('div', { class: 'choices' }, eventChooser(), el('p', { class: 'soft hint' }, 'Rows act, columns are acted on. The number counts statements, the bar below it their quad classes; things, offices and one-offs are left out.')),
    list.length ? el('div', { class: 'scroller' }, table()) : el('p', {}, 'No statement between actors passes the filters.'),
    total > sideShown && button(`Show more of ${plural(total, 'actor')}`, () => { sideShown += SIDE; showMatrix(); }),
  );
}
const cellKey = (subject: string, object: string): string => `${subject} ${object}`;

const mostFrequent = (ids: string[]): string[] => [...counted(ids)].sort(([a, m], [b, n]) => n - m || (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0)).map(([id]) => id);
const headOf = (id: string, scope: string): Node => el('th', { scope }, el('button', { type: 'button', dir: 'auto', title: nameOf(id), onclick: () => select('entity', id) }, shorten(nameOf(id), 24)));

// The event types are the same filter as in the list of filters: one of them, or all.
function eventChooser(): Node {
  const types = sortedValues('event');
  const on = types.filter(([type]) => !state.off.event.has(type));
  const chosen = on.length === types.length ? 'all' : on.length === 1 ? on[0]?.[0] : 'some';
  const choose = ({ target }: Event): void => change((now) => {
    const { value } = target as HTMLSelectElement;
    now.off.event = new Set(value === 'all' ? [] : types.map(([type]) => type).filter((type) => type !== value));
  });
  const option = (value: string, text: string): Node => el('option', { value, selected: value === chosen }, text);
  return el('label', {}, 'Event type ', el('select', { id: 'event-type', 'data-key': 'event type', onchange: choose },
    option('all', 'All'), chosen === 'some' ? option('some', `${on.length} chosen in the filters`) : null,
    types.map(([type, count]) => option(type, `${type} (${count.toLocaleString('en')})`))));
}

function cellOf(group: Statement[] | undefined, row: number, column: number): Node {
  const lead = group?.[0];
  if (!group || !lead) return el('td', {});
  const { subject, object } = lead;
  const quads = counted(group.map(toneOfStatement));
  const types = [...counted(group.map(({ event, label }) => event ?? label))].map(([type, count]) => `${type} ${count}`);
  const about = `${nameOf(subject)} to ${nameOf(object)}: ${plural(group.length, 'statement')}: ${types.join(', ')}`;
  const bar = el('span', { class: 'shares', 'aria-hidden': 'true' }, (Object.keys(palette.quads) as Tone[]).filter((quad) => quads.has(quad)).map((quad) => {
    const part = el('i');
    part.style.flexGrow = String(quads.get(quad));
    part.style.background = toneVariable(quad);
    return part;
  }));
  return el('td', {}, el('button', {
    type: 'button', class: 'cell', title: about, 'aria-label': about, 'aria-pressed': String(state.pair === pairKey(subject, object) || group.some(({ id }) => id === state.statement)), tabindex: -1,
    'data-row': row, 'data-column': column, 'data-key': `${subject} ${object}`, onclick: () => select('statement', lead.id),
  }, String(group.length), bar));
}
