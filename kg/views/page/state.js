// What the reader has chosen. It lives in the address, so that a link opens the same picture.

const VIEWS = ['graph', 'timeline', 'matrix'];
const DEFAULT_OFF = data.standings.filter((standing) => standing !== 'asserted');
const state = emptyState();
const listeners = [];

function emptyState() {
  return {
    statement: null,
    entity: null,
    focus: null,
    view: 'graph',
    from: null, // the first and last day of the range of dates
    to: null,
    hidden: new Set(),
    reached: new Set(), // entities beyond the limit that a search brought in
    expanded: new Set(), // entities whose neighbours are all shown
    frozen: false, // nothing moves: neither by a drag nor when other statements come into sight
    limit: data.limit,
    off: { standing: new Set(DEFAULT_OFF), kind: new Set(), event: new Set(), source: new Set(), article: new Set() },
  };
}

function change(edit) {
  edit(state);
  writeAddress();
  tellAll();
}
function tellAll() {
  changes += 1;
  for (const listener of listeners) listener();
}

const select = (kind, id) => change((now) => {
  now.statement = kind === 'statement' ? id : null;
  now.entity = kind === 'entity' ? id : null;
  if (kind === 'entity') { now.hidden.delete(id); now.reached.add(id); }
});
const focusOn = (id) => change((now) => { now.focus = id; if (id) now.hidden.delete(id); });
const hide = (id) => change((now) => {
  now.hidden.add(id);
  if (now.entity === id) now.entity = null;
  if (now.focus === id) now.focus = null;
  now.expanded.delete(id);
});
const expand = (id) => change((now) => {
  now.expanded.add(id);
  for (const near of neighboursOf(id)) now.hidden.delete(near);
});
const neighboursOf = (id) => new Set(statementsOf.get(id).map((statement) => other(statement, id)));
const toggle = (facet, value, on) => change((now) => { on ? now.off[facet].delete(value) : now.off[facet].add(value); });
const toggleAll = (facet, on) => change((now) => { now.off[facet] = new Set(on ? [] : FACETS[facet].values.keys()); });
const assertedOnly = () => DEFAULT_OFF.every((standing) => state.off.standing.has(standing));
const reset = () => change((now) => Object.assign(now, emptyState(), { view: now.view, frozen: now.frozen }));

// Which claims, statements and entities the choices let through.
function passes(claim) {
  const { off } = state;
  return !off.standing.has(claim.standing) && !off.event.has(eventOf(claim)) && !off.source.has(sourceOf(claim))
    && !off.article.has(claim.article) && isInTime(claim);
}
function admits(id) {
  if (state.hidden.has(id)) return false;
  const chosen = id === state.focus || id === state.entity;
  if (state.off.kind.has(entities[id].kind) && !chosen) return false;
  return chosen || rankOf.get(id) < state.limit || state.reached.has(id) || drawnIn().has(id);
}
// The neighbours of the focus, and of what was expanded, are shown whatever their weight.
const drawnIn = oncePerChange(() => {
  const centres = [...state.expanded, ...(state.focus ? [state.focus] : [])];
  return new Set(centres.flatMap((id) => [id, ...neighboursOf(id)]));
});
function shows(statement) {
  if (statement.id === state.statement) return true;
  const { subject, object } = statement;
  if (!admits(subject) || !admits(object)) return false;
  if (state.focus && !(inFocus(subject) && inFocus(object))) return false;
  return claimsOf(statement).some(passes);
}
const inFocus = (id) => drawnIn().has(id);
const visibleStatements = oncePerChange(() => ordered.filter(shows));

// The address: only what differs from the start, with a key for each value.
function writeAddress() {
  if (location.protocol === 'about:') return; // in a notebook's frame there is no address to share
  const query = narrowing();
  if (state.view !== 'graph') query.append('view', state.view);
  for (const key of ['statement', 'entity']) if (state[key]) query.append(key, state[key]);
  const fragment = query.toString();
  history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname + location.search);
}
// What decides which statements are shown.
function narrowing() {
  const query = new URLSearchParams();
  if (state.focus) query.append('focus', state.focus);
  for (const key of ['from', 'to']) if (state[key] !== null) query.append(key, isoDay(state[key]));
  for (const id of state.hidden) query.append('hide', id);
  for (const id of state.expanded) query.append('expand', id);
  for (const standing of data.standings) {
    if (DEFAULT_OFF.includes(standing) === !state.off.standing.has(standing)) query.append('standing', standing);
  }
  for (const facet of ['kind', 'event', 'source', 'article']) {
    for (const value of state.off[facet]) query.append(`no-${facet}`, value);
  }
  if (state.limit !== data.limit) query.append('limit', state.limit);
  return query;
}
const isNarrowed = () => narrowing().size > 0;

function readAddress() {
  const query = new URLSearchParams(location.hash.slice(1));
  const known = (id, table) => (id !== null && Object.hasOwn(table, id) ? id : null);
  Object.assign(state, emptyState(), {
    statement: known(query.get('statement'), statements),
    entity: known(query.get('entity'), entities),
    focus: known(query.get('focus'), entities),
    view: VIEWS.includes(query.get('view')) ? query.get('view') : 'graph',
    frozen: state.frozen,
    from: dayIn(query.get('from')),
    to: dayIn(query.get('to')),
    hidden: new Set(query.getAll('hide').filter((id) => known(id, entities))),
    expanded: new Set(query.getAll('expand').filter((id) => known(id, entities))),
    limit: Math.max(1, Number.parseInt(query.get('limit') || '', 10) || data.limit),
  });
  for (const standing of query.getAll('standing')) {
    state.off.standing.delete(standing) || state.off.standing.add(standing);
  }
  for (const facet of ['kind', 'event', 'source', 'article']) state.off[facet] = new Set(query.getAll(`no-${facet}`));
  tellAll();
}
const dayIn = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || '') && Number.isFinite(dayOf(text)) ? dayOf(text) : null);
