// The filters, the legend and the buttons about the picture.

import { button, byId, el, plural } from './dom';
import { fit } from './graph';
import { cssColour, glyph, stroke, toneColour } from './look';
import { articles, data, entities, FACETS, FACET_NAMES, nameOf, palette } from './model';
import type { FacetName } from './model';
import type { Kind, Standing, Tone } from './payload';
import {
  assertedOnly, change, focusOn, isNarrowed, picture, reset, select, state, toggle, toggleAll, toggleUnasserted, unfold, VIEWS, visibleStatements,
} from './state';
import type { Unfold, ViewName } from './state';

export function showLegend(): void {
  const used = new Set(Object.values(entities).map(({ kind }) => kind));
  const row = (picture_: Node, text: string): Node => el('li', {}, picture_, text);
  const plain = cssColour('--ink');
  const dashes = (standing: Standing): number[] | false => palette.standings[standing].dashes;
  byId('legend').lastElementChild?.replaceChildren(
    el('ul', { 'aria-label': 'Colour of edges' }, el('li', {}, el('b', {}, 'Mean Goldstein')), (Object.keys(palette.quads) as Tone[]).map((tone) => row(stroke(toneColour(tone), 4, false), palette.quads[tone].short))),
    el('ul', {}, (Object.keys(palette.kinds) as Kind[]).filter((kind) => used.has(kind) && kind !== 'thing').map((kind) => row(glyph(kind), palette.kinds[kind].name))),
    el('ul', {}, row(stroke(plain, 1.6, false), 'one report'), row(stroke(plain, 6, false), 'many'),
      ([['reported', 'said, possible, future …'], ['denied', '✗ denied']] as const).map(([standing, text]) => row(stroke(plain, 2, dashes(standing)), text)),
      el('li', {}, el('b', { class: 'alarm' }, '≠'), ' disputed')),
  );
}

export function buildFilters(): void {
  const groups = FACET_NAMES.map((facet, position) => el('details', { open: position < 2 },
    el('summary', {}, FACETS[facet].name),
    el('fieldset', {}, el('legend', { class: 'unseen' }, FACETS[facet].name),
      el('div', { class: 'both' }, button('All', () => toggleAll(facet, true), { 'aria-label': `All: ${FACETS[facet].name}` }), button('None', () => toggleAll(facet, false), { 'aria-label': `None: ${FACETS[facet].name}` })),
      sortedValues(facet).map(([value, count]) => choice(facet, value, FACETS[facet].label(value), count)))));
  const close = button('Close', closeFilters, { class: 'close', 'aria-label': 'Close the filters' });
  byId('filters').replaceChildren(close, unfolding(), ...groups, el('div', { id: 'hidden' }));
}
function unfolding(): Node {
  const rows: [Unfold, string][] = [['things', 'Things (weapons, talks, plans)'], ['oneoffs', 'One-offs, told of in one article'], ['offices', 'Offices (president of …)']];
  const box = (id: string, text: string, act: (on: boolean) => void): Node => el('label', {}, el('input', { type: 'checkbox', id, onchange: (event: Event) => act((event.target as HTMLInputElement).checked) }), text);
  return el('details', { open: true }, el('summary', {}, 'In the picture'), el('fieldset', {}, el('legend', { class: 'unseen' }, 'In the picture'),
    rows.map(([what, text]) => box(`unfold-${what}`, text, (on) => unfold(what, on))), box('groups', 'Hulls about communities', (on) => change((now) => { now.groups = on; }))));
}
export function sortedValues(facet: FacetName): [string, number][] {
  const rank = ([value, count]: [string, number]): number => (facet === 'standing' ? data.standings.indexOf(value as Standing) : -count);
  return [...FACETS[facet].values].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
}
function choice(facet: FacetName, value: string, text: string, count: number): Node {
  const input = el('input', { type: 'checkbox', 'data-facet': facet, onchange: () => toggle(facet, value, input.checked) });
  input.value = value;
  return el('label', { dir: 'auto' }, input, facet === 'kind' ? glyph(value as Kind) : null, text, el('small', {}, count.toLocaleString('en')));
}

export const VIEW_BOXES: Record<ViewName, string> = { graph: 'picture', map: 'map', timeline: 'timeline', matrix: 'matrix', article: 'article' };
export function showControls(): void {
  for (const input of byId('filters').querySelectorAll<HTMLInputElement>('input[data-facet]')) input.checked = !state.off[input.dataset['facet'] as FacetName].has(input.value);
  for (const what of ['things', 'oneoffs', 'offices'] as const) byId<HTMLInputElement>(`unfold-${what}`).checked = state.unfolded.has(what);
  byId<HTMLInputElement>('groups').checked = state.groups;
  byId('everything').setAttribute('aria-pressed', String(!assertedOnly()));
  byId('hidden').replaceChildren(...(state.hidden.size ? [el('h3', {}, 'Hidden')] : []), ...[...state.hidden].map((id) =>
    button(`Show ${nameOf(id)}`, () => change((now) => now.hidden.delete(id)), { class: 'crumb', dir: 'auto' })));
  for (const view of VIEWS) {
    const chosen = view === state.view;
    byId(`view-${view}`).setAttribute('aria-selected', String(chosen));
    byId(`view-${view}`).tabIndex = chosen ? 0 : -1;
    byId(VIEW_BOXES[view]).classList.toggle('away', !chosen);
  }
  document.body.dataset['view'] = state.view;
  document.body.toggleAttribute('data-chosen', Boolean(state.entity || state.statement || state.pair));
  byId('reset').classList.toggle('idle', !isNarrowed());
  showNotice();
  byId('status').textContent = `${plural(visibleStatements().length, 'statement')} shown`;
}
export const show = (view: ViewName): void => change((now) => { now.view = view; });
const otherView = (step: number): ViewName => VIEWS[(VIEWS.indexOf(state.view) + step + VIEWS.length) % VIEWS.length] as ViewName;

// Why the picture shows less than there is, and the way to the rest.
function showNotice(): void {
  const { ids, left, pairs } = picture();
  const parts: (Node | string)[] = [];
  if (state.focus) parts.push(`Only the neighbours of ${nameOf(state.focus)}.`, button('Show all', () => focusOn(null)));
  else if (!visibleStatements().length) parts.push(Object.keys(articles).length ? 'Nothing passes the filters.' : 'No article was read.', button('Reset', reset));
  else if (left && (state.view === 'graph' || state.view === 'map')) {
    parts.push(`The ${ids.length.toLocaleString('en')} weightiest of ${(ids.length + left).toLocaleString('en')} actors.`,
      button('Show more', () => change((now) => { now.limit += data.limit; })));
  } else if (!pairs.size && state.view === 'graph' && !state.entity) parts.push('No two actors are joined by what is shown: the panel lists it.');
  byId('notice').hidden = !parts.length;
  byId('notice').replaceChildren(...parts);
}

export function bindControls(): void {
  byId('fit').addEventListener('click', fit);
  byId('zoom-in').addEventListener('click', () => byId('network').dispatchEvent(new KeyboardEvent('keydown', { key: '+' })));
  byId('zoom-out').addEventListener('click', () => byId('network').dispatchEvent(new KeyboardEvent('keydown', { key: '-' })));
  for (const view of VIEWS) {
    byId(`view-${view}`).addEventListener('click', () => show(view));
    byId(`view-${view}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { show(otherView(step)); byId(`view-${state.view}`).focus(); }
    });
  }
  byId('reset').addEventListener('click', () => { reset(); fit(); });
  byId('everything').addEventListener('click', toggleUnasserted);
  byId('filters-button').addEventListener('click', () => openFilters(Boolean(byId('filters').hidden)));
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.key === '/' && !target.matches('input, select')) { event.preventDefault(); byId('search').focus(); }
    if (event.key !== 'Escape' || target.matches('#search') || document.querySelector('dialog[open]')) return;
    if (!byId('filters').hidden && byId('filters').contains(target)) closeFilters();
    else if (state.statement || state.entity || state.pair) select(null);
    else if (state.focus) focusOn(null);
  });
}
function closeFilters(): void {
  openFilters(false);
  byId('filters-button').focus();
}
function openFilters(open: boolean): void {
  byId('filters').hidden = !open;
  byId('filters-button').setAttribute('aria-expanded', String(open));
}
