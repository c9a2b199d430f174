// The matrix: who acts (rows) on whom (columns), with how many statements, and of which quad classes.

const SIDE = 15;
const replaceMatrix = rove(byId('matrix'), '.cell');
let sideShown = SIDE;

function showMatrix() {
  if (state.view !== 'matrix') return;
  const list = betweenActors(visibleStatements());
  const cells = groupsOf(list);
  const [rows, columns] = ['subject', 'object'].map((end) => mostFrequent(list, end));
  const total = Math.max(rows.length, columns.length);
  const more = total > sideShown && button(`Show more of ${plural(total, 'actor')}`, () => { sideShown += SIDE; showMatrix(); });
  const table = () => el('table', {},
    el('caption', { class: 'unseen' }, 'Who acts on whom: the number of statements'),
    el('thead', {}, el('tr', {}, el('td', { class: 'corner' }, 'who ↓ to whom →'), columns.slice(0, sideShown).map((id) => headOf(id, 'col')))),
    el('tbody', {}, rows.slice(0, sideShown).map((subject, row) => el('tr', {}, headOf(subject, 'row'),
      columns.slice(0, sideShown).map((object, column) => cellOf(cells.get(`${subject}\u0000${object}`), row, column))))));
  replaceMatrix(
    el('div', { class: 'choices' }, eventChooser(), el('p', { class: 'soft hint' }, 'Rows act, columns are acted on. The number counts statements, the bar below it their quad classes; things are left out.')),
    list.length ? el('div', { class: 'scroller' }, table()) : el('p', {}, 'No statement between actors passes the filters.'),
    more,
  );
}

const mostFrequent = (list, end) => [...counted(list.map((statement) => statement[end]))]
  .sort(([a, m], [b, n]) => n - m || rankOf.get(a) - rankOf.get(b)).map(([id]) => id);
const headOf = (id, scope) => el('th', { scope }, el('button', { type: 'button', dir: 'auto', title: briefName(id), onclick: () => select('entity', id) }, shorten(nameOf(id), 24)));

// The event types are the same filter as in the list of filters: one of them, or all.
function eventChooser() {
  const types = sortedValues('event', FACETS.event.values);
  const on = types.filter(([type]) => !state.off.event.has(type));
  const chosen = on.length === types.length ? 'all' : on.length === 1 ? on[0][0] : 'some';
  const choose = ({ target }) => change((now) => {
    now.off.event = new Set(target.value === 'all' ? [] : types.map(([type]) => type).filter((type) => type !== target.value));
  });
  const option = (value, text) => el('option', { value, selected: value === chosen }, text);
  return el('label', {}, 'Event type ', el('select', { id: 'event-type', 'data-key': 'event type', onchange: choose },
    option('all', 'All'), chosen === 'some' ? option('some', `${on.length} chosen in the filters`) : null,
    types.map(([type, count]) => option(type, `${type} (${count.toLocaleString('en')})`))));
}

function cellOf(group, row, column) {
  if (!group) return el('td', {});
  const [{ subject, object }] = group;
  const quads = counted(group.map(quadOf));
  const types = [...counted(group.map((statement) => statement.event || statement.label))].map(([type, count]) => `${type} ${count}`);
  const about = `${briefName(subject)} to ${briefName(object)}: ${plural(group.length, 'statement')}: ${types.join(', ')}`;
  const bar = el('span', { class: 'shares', 'aria-hidden': 'true' }, Object.keys(palette.quads).filter((quad) => quads.has(quad)).map((quad) => {
    const part = el('i', {});
    part.style.flexGrow = quads.get(quad);
    part.style.background = `var(--quads-${quad.replace(' ', '-')})`;
    return part;
  }));
  return el('td', {}, el('button', {
    type: 'button', class: 'cell', title: about, 'aria-label': about, 'aria-pressed': String(group.some((s) => s.id === state.statement)), tabindex: -1,
    'data-row': row, 'data-column': column, 'data-key': `${subject} ${object}`, onclick: () => select('statement', group[0].id),
  }, String(group.length), bar));
}
