// What the reader has chosen. It lives in the address, so that a link opens the same picture.

const DEFAULT_OFF = data.standings.filter((standing) => standing !== 'asserted');
const state = emptyState();
const listeners = [];

function emptyState() {
  return {
    statement: null,
    entity: null,
    focus: null,
    hidden: new Set(),
    reached: new Set(), // entities beyond the limit that a search brought in
    limit: data.limit,
    off: { standing: new Set(DEFAULT_OFF), kind: new Set(), event: new Set(), source: new Set(), article: new Set() },
  };
}

function change(edit) {
  edit(state);
  writeAddress();
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
});
const toggle = (facet, value, on) => change((now) => { on ? now.off[facet].delete(value) : now.off[facet].add(value); });
const toggleAll = (facet, on) => change((now) => { now.off[facet] = new Set(on ? [] : FACETS[facet].values.keys()); });
const assertedOnly = () => DEFAULT_OFF.every((standing) => state.off.standing.has(standing));
const reset = () => change((now) => Object.assign(now, emptyState()));

// Which claims, statements and entities the choices let through.
function passes(claim) {
  const { off } = state;
  return !off.standing.has(claim.standing) && !off.event.has(eventOf(claim)) && !off.source.has(sourceOf(claim))
    && !off.article.has(claim.article);
}
function admits(id) {
  if (state.hidden.has(id)) return false;
  const chosen = id === state.focus || id === state.entity;
  if (state.off.kind.has(entities[id].kind) && !chosen) return false;
  return chosen || rankOf.get(id) < state.limit || state.reached.has(id) || neighbourOfFocus(id);
}
const neighbourOfFocus = (id) => Boolean(state.focus) && statementsOf.get(state.focus).some((s) => other(s, state.focus) === id);
function shows(statement) {
  if (statement.id === state.statement) return true;
  const { subject, object } = statement;
  if (!admits(subject) || !admits(object)) return false;
  if (state.focus && !(inFocus(subject) && inFocus(object))) return false;
  return claimsOf(statement).some(passes);
}
const inFocus = (id) => id === state.focus || neighbourOfFocus(id);
const visibleStatements = () => ordered.filter(shows);

// The address: only what differs from the start, with a key for each value.
function writeAddress() {
  if (location.protocol === 'about:') return; // in a notebook's frame there is no address to share
  const query = new URLSearchParams();
  for (const key of ['statement', 'entity', 'focus']) if (state[key]) query.append(key, state[key]);
  for (const id of state.hidden) query.append('hide', id);
  for (const standing of data.standings) {
    if (DEFAULT_OFF.includes(standing) === !state.off.standing.has(standing)) query.append('standing', standing);
  }
  for (const facet of ['kind', 'event', 'source', 'article']) {
    for (const value of state.off[facet]) query.append(`no-${facet}`, value);
  }
  if (state.limit !== data.limit) query.append('limit', state.limit);
  const fragment = query.toString();
  history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname + location.search);
}

function readAddress() {
  const query = new URLSearchParams(location.hash.slice(1));
  const known = (id, table) => (id !== null && Object.hasOwn(table, id) ? id : null);
  Object.assign(state, emptyState(), {
    statement: known(query.get('statement'), statements),
    entity: known(query.get('entity'), entities),
    focus: known(query.get('focus'), entities),
    hidden: new Set(query.getAll('hide').filter((id) => known(id, entities))),
    limit: Math.max(1, Number.parseInt(query.get('limit') || '', 10) || data.limit),
  });
  for (const standing of query.getAll('standing')) {
    state.off.standing.delete(standing) || state.off.standing.add(standing);
  }
  for (const facet of ['kind', 'event', 'source', 'article']) state.off[facet] = new Set(query.getAll(`no-${facet}`));
  for (const listener of listeners) listener();
}
