// The picture: statements between a pair, in one direction, are one edge, drawn as the strongest of them.

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const look = (group, key) => palette[group][key][darkness.matches ? 'dark' : 'light'];
const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const box = document.getElementById('network');
const shown = { nodes: new vis.DataSet(), edges: new vis.DataSet(), groups: new Map(), order: [] };
const moved = { core: new Map(), wide: new Map() }; // where the reader has dragged nodes to
const network = new vis.Network(box, { nodes: shown.nodes, edges: shown.edges }, data.options);
const CROWD = 120; // so many nodes are drawn as small as they come
let arrangement = '';
let stretch = { x: 1, y: 1 };
let enlarged = 1; // on a small screen nodes are drawn larger than the picture's scale makes them
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
// place is turned upright on an upright screen, and stretched to fill it.
const layoutName = () => (assertedOnly() ? 'core' : 'wide');
const isUpright = () => box.clientHeight > 1.15 * box.clientWidth;
function plainPlaceOf(id) {
  const node = nodeOf.get(id);
  const [x, y] = layoutName() === 'wide' ? node.wide : [node.x, node.y];
  return isUpright() ? { x: y, y: x } : { x, y };
}
function placeOf(id) {
  const plain = moved[layoutName()].get(id) || plainPlaceOf(id);
  return { x: plain.x * stretch.x, y: plain.y * stretch.y };
}

function draw() {
  const visible = visibleStatements();
  shown.groups = groupsOf(visible);
  const ids = new Set(visible.flatMap((statement) => [statement.subject, statement.object]));
  for (const id of [state.focus, state.entity]) if (id) ids.add(id);
  shown.order = [...ids].sort((a, b) => rankOf.get(a) - rankOf.get(b));
  const lit = highlighted();
  replace(shown.nodes, shown.order.map((id) => drawnNode(id, lit)));
  replace(shown.edges, [...shown.groups.values()].map((group) => drawnEdge(group, lit)));
  markSelection();
  const name = `${layoutName()} ${isUpright()} ${state.focus || ''}`;
  if (name !== arrangement) fit();
  arrangement = name;
}

function replace(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
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
    width: palette.quads[quadOf(lead)].width * (shown.groups.size > 5 * CROWD ? 0.4 : 1),
    dashes: edgeOf.get(lead.id).dashes,
    smooth: opposite && subject !== object ? { enabled: true, type: 'curvedCW', roundness: 0.16 } : false,
  };
}

function edgeLabel(group) {
  const [lead] = group;
  const text = (lead.standing === 'denied' ? '✗ ' : '') + edgeOf.get(lead.id).label;
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
  if (!shown.order.length || !box.clientWidth) return;
  const room = { width: box.clientWidth - Math.min(130, box.clientWidth / 4), height: box.clientHeight - 70 };
  const plain = extent(shown.order.map(plainPlaceOf));
  const ratio = (room.width / plain.width) / (room.height / plain.height);
  stretch = { x: Math.min(MOST_STRETCH, Math.max(1, ratio)), y: Math.min(MOST_STRETCH, Math.max(1, 1 / ratio)) };
  const whole = extent(shown.order.map(placeOf));
  const scale = Math.max(0.05, Math.min(room.width / whole.width, room.height / whole.height, 1.3));
  enlarged = Math.min(shown.order.length > CROWD ? 1 : 2, Math.max(1, 0.75 / scale));
  shown.nodes.update(shown.order.map((id) => ({ id, size: sizeOf(id), ...placeOf(id) })));
  network.moveTo({ position: { x: whole.x, y: whole.y }, scale, animation: animated && !calm() ? { duration: 250 } : false });
}
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function savePicture() {
  const source = box.querySelector('canvas');
  const picture = document.createElement('canvas');
  [picture.width, picture.height] = [source.width, source.height];
  const pen = picture.getContext('2d');
  pen.fillStyle = cssColour('--ground');
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(source, 0, 0);
  const link = document.createElement('a');
  link.download = 'graph.png';
  link.href = picture.toDataURL('image/png');
  link.click();
}

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
    moved[layoutName()].set(id, { x: x / stretch.x, y: y / stretch.y });
  }
});
for (const [event, cursor] of [['hoverNode', 'pointer'], ['hoverEdge', 'pointer'], ['blurNode', ''], ['blurEdge', '']]) {
  network.on(event, () => { box.style.cursor = cursor; });
}
