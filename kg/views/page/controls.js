// The filters, the legend and the buttons above the picture.

const byId = (id) => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
const OUTLINES = {
  dot: 'M7 1a6 6 0 1 0 .01 0z', square: 'M1.5 1.5h11v11h-11z', diamond: 'M7 .5 13.5 7 7 13.5.5 7z',
  triangle: 'M7 1 13.2 12.5H.8z', triangleDown: 'M7 13 .8 1.5h12.4z', hexagon: 'M3.8 1.3h6.4L13.4 7l-3.2 5.7H3.8L.6 7z',
};

const drawing = (width, path) => svg('svg', { class: 'glyph', width, height: 14, viewBox: `0 0 ${width} 14`, 'aria-hidden': 'true' }, svg('path', path));
const glyph = (kind) => drawing(14, { d: OUTLINES[palette.kinds[kind].shape], fill: look('kinds', kind) });
const stroke = (colour, width, dashes) => drawing(34, {
  d: 'M1 7H33', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dashes ? dashes.join(' ') : 'none', fill: 'none',
});

function showLegend() {
  const used = new Set(Object.values(entities).map((entity) => entity.kind));
  const row = (picture, text) => el('li', {}, picture, text);
  const plain = cssColour('--ink');
  byId('legend').lastElementChild.replaceChildren(
    el('ul', {}, Object.keys(palette.quads).map((quad) => row(stroke(look('quads', quad), palette.quads[quad].width), palette.quads[quad].name))),
    el('ul', {}, Object.keys(palette.kinds).filter((kind) => used.has(kind)).map((kind) => row(glyph(kind), palette.kinds[kind].name))),
    el('ul', {}, [['asserted', 'Asserted'], ['reported', 'Said, possible, future …'], ['denied', '✗ Denied']]
      .map(([standing, text]) => row(stroke(plain, 2, palette.standings[standing].dashes), text))),
  );
}

function buildFilters() {
  const groups = Object.entries(FACETS).map(([facet, { name, values, label }], position) => el('details', { open: position < 2 },
    el('summary', {}, name),
    el('fieldset', {}, el('legend', { class: 'unseen' }, name),
      el('div', { class: 'both' }, button('All', () => toggleAll(facet, true), { 'aria-label': `All: ${name}` }), button('None', () => toggleAll(facet, false), { 'aria-label': `None: ${name}` })),
      sortedValues(facet, values).map(([value, count]) => choice(facet, value, label(value), count)))));
  const close = button('Close', closeFilters, { class: 'close', 'aria-label': 'Close the filters' });
  byId('filters').replaceChildren(...[close, dateFilter(), ...groups].filter(Boolean), el('div', { id: 'hidden' }));
}
function sortedValues(facet, values) {
  const rank = facet === 'standing' ? ([value]) => data.standings.indexOf(value) : ([, count]) => -count;
  return [...values].sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
}
function choice(facet, value, text, count) {
  const input = el('input', { type: 'checkbox', 'data-facet': facet, onchange: () => toggle(facet, value, input.checked) });
  input.value = value;
  return el('label', { dir: 'auto' }, input, facet === 'kind' ? glyph(value) : null, text, el('small', {}, count.toLocaleString('en')));
}

function showControls() {
  for (const input of byId('filters').querySelectorAll('input[data-facet]')) input.checked = !state.off[input.dataset.facet].has(input.value);
  byId('everything').setAttribute('aria-pressed', String(!assertedOnly()));
  byId('hidden').replaceChildren(...(state.hidden.size ? [el('h3', {}, 'Hidden')] : []), ...[...state.hidden].map((id) =>
    button(`Show ${nameOf(id)}`, () => change((now) => now.hidden.delete(id)), { class: 'crumb', dir: 'auto' })));
  showDates();
  for (const view of VIEWS) {
    const chosen = view === state.view;
    byId(`view-${view}`).setAttribute('aria-selected', String(chosen));
    byId(`view-${view}`).tabIndex = chosen ? 0 : -1;
    byId(VIEW_BOXES[view]).classList.toggle('away', !chosen);
  }
  byId('picture-tools').classList.toggle('away', state.view !== 'graph');
  byId('freeze').setAttribute('aria-pressed', String(state.frozen));
  byId('reset').classList.toggle('idle', !isNarrowed());
  showNotice();
  byId('status').textContent = `${plural(visibleStatements().length, 'statement')} shown`;
}
function freeze(frozen) {
  network.setOptions({ interaction: { dragNodes: !frozen } });
  change((now) => { now.frozen = frozen; });
}
const VIEW_BOXES = { graph: 'picture', timeline: 'timeline', matrix: 'matrix' };
const show = (view) => change((now) => { now.view = view; });
const otherView = (step) => VIEWS[(VIEWS.indexOf(state.view) + step + VIEWS.length) % VIEWS.length];

// Why the picture shows less than there is, and the way to the rest.
function showNotice() {
  const total = rankOf.size;
  const parts = [];
  if (state.focus) parts.push(`Only the neighbours of ${nameOf(state.focus)}.`, button('Show all', () => focusOn(null)));
  else if (total > state.limit) {
    const edges = shown.more && state.view === 'graph' ? ` and the strongest of their edges, ${shown.more.toLocaleString('en')} of which are left out` : '';
    parts.push(`The ${state.limit.toLocaleString('en')} weightiest of ${total.toLocaleString('en')} entities${edges}; search reaches the others.`,
      button('Show more', () => change((now) => { now.limit += data.limit; })));
  } else if (!visibleStatements().length) parts.push('Nothing passes the filters.', button('Reset', reset));
  byId('notice').hidden = !parts.length;
  byId('notice').replaceChildren(...parts);
}

function bindControls() {
  byId('fit').addEventListener('click', () => fit(true));
  byId('png').addEventListener('click', savePng);
  byId('svg').addEventListener('click', saveSvg);
  byId('freeze').addEventListener('click', () => freeze(!state.frozen));
  for (const view of VIEWS) {
    byId(`view-${view}`).addEventListener('click', () => show(view));
    byId(`view-${view}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { show(otherView(step)); byId(`view-${state.view}`).focus(); }
    });
  }
  byId('reset').addEventListener('click', () => { reset(); fit(); });
  byId('everything').addEventListener('click', () => toggleUnasserted());
  byId('filters-button').addEventListener('click', () => openFilters(byId('filters').hidden));
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !event.target.matches('input, select')) { event.preventDefault(); byId('search').focus(); }
    if (event.key !== 'Escape' || event.target.matches('#search')) return;
    if (!byId('filters').hidden && byId('filters').contains(event.target)) closeFilters();
    else if (state.statement || state.entity) select(null);
    else if (state.focus) focusOn(null);
  });
}
const toggleUnasserted = () => change((now) => { now.off.standing = new Set(assertedOnly() ? [] : DEFAULT_OFF); });
function closeFilters() {
  openFilters(false);
  byId('filters-button').focus();
}
function openFilters(open) {
  byId('filters').hidden = !open;
  byId('filters-button').setAttribute('aria-expanded', String(open));
}
