// The picture: statements between a pair, in one direction, are one edge, drawn as the strongest of them.

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const look = (group, key) => palette[group][key][darkness.matches ? 'dark' : 'light'];
const cssColours = new Map();
function cssColour(name) {
  if (!cssColours.has(name)) cssColours.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return cssColours.get(name);
}
darkness.addEventListener('change', () => cssColours.clear());
const box = document.getElementById('network');
const shown = { nodes: new vis.DataSet(), edges: new vis.DataSet(), groups: new Map(), order: [], more: 0 };
const moved = { core: new Map(), wide: new Map() }; // where the reader has dragged nodes to
const network = new vis.Network(box, { nodes: shown.nodes, edges: shown.edges }, data.options);
const CROWD = 120; // so many nodes are drawn as small as they come
const EDGES_PER_ENTITY = 5; // of the strongest edges, so many are drawn for each entity of the limit
let arrangement = '';
let layout = 'core';
let stretch = { x: 1, y: 1 };
// On a small screen nodes and edges are drawn larger than the picture's scale makes them.
let enlarged = 1;
let thickened = 1;
const sizeOf = (id) => nodeOf.get(id).size * enlarged;

function groupsOf(list) {
  const groups = new Map();
  for (const statement of list) {
    const key = `${statement.subject}\u0000${statement.object}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(statement);
  }
  return groups;
}

// With asserted statements alone, entities stand close; with everything shown, where there is room for all. Either
// place is turned upright on an upright screen, and stretched to fill it. A large graph has places for its weightiest
// entities alone: another one goes beside a neighbour.
const isLarge = rankOf.size > data.limit;
const layoutName = () => (assertedOnly() || isLarge ? 'core' : 'wide');
const isUpright = () => box.clientHeight > 1.15 * box.clientWidth;
function plainPlaceOf(id) {
  const node = nodeOf.get(id);
  const [x, y] = layout === 'wide' ? node.wide : beside.get(id) || [node.x, node.y];
  return isUpright() ? { x: y, y: x } : { x, y };
}
function placeOf(id) {
  const plain = moved[layout].get(id) || plainPlaceOf(id);
  return { x: plain.x * stretch.x, y: plain.y * stretch.y };
}

const beside = new Map();
const RINGS = 30;
const ROOM_STEPS = 16;
function placeBeside(ids) {
  const homeless = ids.filter((id) => nodeOf.get(id).x === undefined && !beside.has(id));
  if (layout === 'wide' || !homeless.length) return;
  const taken = ids.filter((id) => nodeOf.get(id).x !== undefined || beside.has(id)).map((id) => roomOf(id, beside.get(id) || [nodeOf.get(id).x, nodeOf.get(id).y]));
  for (const id of homeless) {
    const near = new Set(statementsOf.get(id).map((statement) => other(statement, id)));
    const { x, y } = taken.find((room) => near.has(room.id)) || { x: 0, y: 0 };
    const spot = ringsAround(x, y).find((place) => taken.every((room) => !crowds(roomOf(id, place), room))) || [x, y];
    beside.set(id, spot);
    taken.push(roomOf(id, spot));
  }
}
const ringsAround = (x, y) => Array.from({ length: RINGS * ROOM_STEPS }, (_, i) => {
  const [ring, angle] = [1 + Math.floor(i / ROOM_STEPS), (2 * Math.PI * i) / ROOM_STEPS];
  return [Math.round(x + 120 * ring * Math.cos(angle)), Math.round(y + 90 * ring * Math.sin(angle))];
});
function roomOf(id, [x, y]) {
  const { size, label } = nodeOf.get(id);
  return { id, x, y, width: Math.max(2 * size, 6.6 * label.length) + 14, height: 2 * size + 34 };
}
const crowds = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

function draw() {
  if (state.view !== 'graph') return;
  const groups = [...groupsOf(visibleStatements())];
  const count = EDGES_PER_ENTITY * state.limit;
  const chosen = groups.slice(count).filter(([, group]) => group.some(({ id, subject, object }) => id === state.statement || state.entity === subject || state.entity === object));
  shown.groups = new Map([...groups.slice(0, count), ...chosen]);
  shown.more = groups.length - shown.groups.size;
  const ids = new Set([...shown.groups.values()].flatMap(([{ subject, object }]) => [subject, object]));
  for (const id of [state.focus, state.entity]) if (id) ids.add(id);
  shown.order = [...ids].sort((a, b) => rankOf.get(a) - rankOf.get(b));
  if (!state.frozen) layout = layoutName();
  placeBeside(shown.order);
  const lit = highlighted();
  replace(shown.nodes, shown.order.map((id) => drawnNode(id, lit)));
  replace(shown.edges, [...shown.groups.values()].map((group) => drawnEdge(group, lit)));
  markSelection();
  const name = [layout, isUpright(), state.focus, state.limit, ...state.expanded].join(' ');
  if (name !== arrangement && !state.frozen) fit();
  arrangement = name;
}

// Only what is drawn differently from before is told to vis-network, which is slow to take in edges.
const drawnBefore = new Map();
function replace(set, items) {
  if (!drawnBefore.has(set)) drawnBefore.set(set, new Map());
  const before = drawnBefore.get(set);
  const now = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  set.remove([...before.keys()].filter((id) => !now.has(id)));
  set.update(items.filter((item) => before.get(item.id) !== now.get(item.id)));
  drawnBefore.set(set, now);
}

// What stands out while something is chosen: it, and what it touches. Null when nothing is.
function highlighted() {
  if (state.statement) {
    const { subject, object } = statements[state.statement];
    return { ids: new Set([subject, object]), edge: (group) => group[0].subject === subject && group[0].object === object };
  }
  if (!state.entity) return null;
  const touches = (statement) => statement.subject === state.entity || statement.object === state.entity;
  const near = [...shown.groups.values()].flat().filter(touches);
  return { ids: new Set([state.entity, ...near.map((s) => other(s, state.entity))]), edge: (group) => touches(group[0]) };
}

function drawnNode(id, lit) {
  const colour = look('kinds', entities[id].kind);
  const border = cssColour('--ground');
  return {
    id, ...placeOf(id),
    shape: nodeOf.get(id).shape,
    size: sizeOf(id),
    opacity: !lit || lit.ids.has(id) ? 1 : 0.3,
    color: { background: colour, border, highlight: { background: colour, border: cssColour('--ink') }, hover: { background: colour, border: cssColour('--ink') } },
  };
}

const edgeId = (group) => `${group[0].subject}\u0000${group[0].object}`;
function drawnEdge(group, lit) {
  const [lead] = group;
  const { subject, object } = lead;
  const colour = look('quads', quadOf(lead));
  const opposite = shown.groups.has(`${object}\u0000${subject}`);
  return {
    id: edgeId(group), from: subject, to: object,
    color: { color: colour, highlight: colour, hover: colour, opacity: !lit || lit.edge(group) ? 1 : 0.2 },
    width: widthOf(lead),
    dashes: palette.standings[lead.standing].dashes,
    smooth: opposite && subject !== object ? { enabled: true, type: 'curvedCW', roundness: 0.16 } : false,
  };
}

const widthOf = (lead) => palette.quads[quadOf(lead)].width * thickness();
function thickness() {
  if (shown.groups.size > 5 * CROWD) return 0.4;
  return shown.groups.size > CROWD ? 1 : thickened;
}

function edgeLabel(group) {
  const [lead] = group;
  const text = (lead.standing === 'denied' ? '✗ ' : '') + lead.label;
  return shorten(text, 30) + (group.length > 1 ? ` +${group.length - 1}` : '');
}
const shorten = (text, length) => (text.length > length ? text.slice(0, length - 1).trimEnd() + '…' : text);

function markSelection() {
  const chosen = state.statement && statements[state.statement];
  const edge = chosen ? `${chosen.subject}\u0000${chosen.object}` : null;
  network.setSelection({ nodes: state.entity ? [state.entity] : [], edges: edge && shown.edges.get(edge) ? [edge] : [] }, { highlightEdges: false });
}

// Zoom so that all nodes are in the picture, and their labels, which keep their size on the screen.
const MOST_STRETCH = 1.5;
function extent(points) {
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left + 40, height: bottom - top + 40 };
}
function fit(animated) {
  if (state.view !== 'graph' || !shown.order.length || !box.clientWidth) return;
  const room = { width: box.clientWidth - Math.min(130, box.clientWidth / 4), height: box.clientHeight - 70 };
  const plain = extent(shown.order.map(plainPlaceOf));
  const ratio = (room.width / plain.width) / (room.height / plain.height);
  stretch = { x: Math.min(MOST_STRETCH, Math.max(1, ratio)), y: Math.min(MOST_STRETCH, Math.max(1, 1 / ratio)) };
  const whole = extent(shown.order.map(placeOf));
  const scale = Math.max(0.05, Math.min(room.width / whole.width, room.height / whole.height, 1.3));
  const most = shown.order.length > CROWD ? 1 : 3;
  enlarged = Math.min(most, Math.max(1, 0.75 / scale));
  thicken(Math.min(most, Math.max(1, 0.9 / scale)));
  shown.nodes.update(shown.order.map((id) => ({ id, size: sizeOf(id), ...placeOf(id) })));
  network.moveTo({ position: { x: whole.x, y: whole.y }, scale, animation: animated && !calm() ? { duration: 250 } : false });
}
function thicken(times) {
  if (times === thickened) return;
  thickened = times;
  shown.edges.update([...shown.groups.values()].map((group) => ({ id: edgeId(group), width: widthOf(group[0]) })));
}
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

network.on('click', ({ nodes, edges, pointer }) => {
  const label = labelAt(pointer.DOM);
  if (nodes.length) return select('entity', nodes[0]);
  if (label && label.node) return select('entity', label.node);
  const edge = label ? label.edge : edges[0];
  const group = edge && shown.groups.get(edge);
  return group ? select('statement', group[0].id) : select(null);
});
network.on('doubleClick', ({ nodes }) => { if (nodes.length) focusOn(nodes[0]); });
network.on('dragEnd', ({ nodes }) => {
  for (const [id, { x, y }] of Object.entries(network.getPositions(nodes))) {
    moved[layout].set(id, { x: x / stretch.x, y: y / stretch.y });
  }
});
for (const [event, cursor] of [['hoverNode', 'pointer'], ['hoverEdge', 'pointer'], ['blurNode', ''], ['blurEdge', '']]) {
  network.on(event, () => { box.style.cursor = cursor; });
}
