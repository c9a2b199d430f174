// Labels keep their size on the screen at any zoom, and never overlap: the weightier is drawn, and the other comes
// into sight as the reader zooms in.

const NODE_FONT = '600 13px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const THING_FONT = NODE_FONT.replace('600 ', ''); // actors first
const EDGE_FONT = '12px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const UNASSERTED_FONT = `italic ${EDGE_FONT}`;
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73];
const widths = new Map();
let placed = []; // the labels in the picture, as boxes in pixels

network.on('afterDrawing', (pen) => {
  const ratio = pen.canvas.width / pen.canvas.clientWidth;
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  const lit = highlighted();
  const icons = shown.order.map(iconBox).filter(inSight);
  const labelled = strongestInSight(lit);
  const lines = labelled.length > MOST_LINES ? [] : labelled.map(([{ subject, object }]) => [iconBox(subject), iconBox(object)]);
  const usual = lines.length ? icons.map((icon) => ({ node: icon.node, ...roomsOf(pen, icon)[0] })) : [];
  placed = [];
  const first = (isLit) => (lit ? isLit === true : isLit);
  for (const pass of lit ? [true, false] : [true]) {
    for (const icon of icons) {
      if (!lit || lit.ids.has(icon.node) === pass) write(pen, nodeLabel(pen, icon, icons, { lines, usual }), pass);
    }
    for (const group of labelled) {
      if (!lit || lit.edge(group) === pass) write(pen, linkLabel(pen, group, icons), first(pass));
    }
  }
  pen.restore();
  if (shown.order.length && !performance.getEntriesByName('kg-drawn').length) performance.mark('kg-drawn');
});

// In a crowd only the strongest edges are worth a label; those of what was chosen come before all others.
const MOST_LABELS = 250;
const MOST_LINES = 150; // of more edges, names are not kept off
function strongestInSight(lit) {
  const groups = [...shown.groups.values()];
  if (groups.length <= MOST_LABELS) return groups;
  const near = lit ? groups.filter((group) => lit.edge(group)) : [];
  const sight = ({ subject, object }) => [subject, object].some((id) => inSight(iconBox(id)));
  return [...near, ...groups.filter((group) => !lit || !lit.edge(group))].filter((group) => sight(group[0])).slice(0, MOST_LABELS);
}

function iconBox(id) {
  const scale = network.getScale();
  const point = network.canvasToDOM(network.getPosition(id));
  const radius = sizeOf(id) * scale;
  return { node: id, left: point.x - radius, right: point.x + radius, top: point.y - radius, bottom: point.y + radius, ...point, radius };
}
const inSight = (b) => b.right > -200 && b.left < box.clientWidth + 200 && b.bottom > -50 && b.top < box.clientHeight + 50;
const inside = (b) => b.left >= 0 && b.right <= box.clientWidth && b.top >= 0 && b.bottom <= box.clientHeight;
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function sized(pen, text, font) {
  const key = font + text;
  pen.font = font;
  if (!widths.has(key)) widths.set(key, pen.measureText(text).width);
  return widths.get(key);
}
const around = (x, y, width, height) => ({ x, y, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

const fontOf = (id) => (isThing(id) ? THING_FONT : NODE_FONT);
function roomsOf(pen, icon) {
  const width = sized(pen, nodeOf.get(icon.node).label, fontOf(icon.node)) + 6;
  const [down, across] = [icon.radius + 10, icon.radius + width / 2 + 2];
  const aside = width / 2 - 4;
  const spots = [[0, down], [0, -down], [across, 0], [-across, 0], [aside, down], [-aside, down], [aside, -down], [-aside, -down]];
  return spots.map(([dx, dy]) => around(icon.x + dx, icon.y + dy, width, 17));
}

// Under its icon, or where else there is room: where fewest edges run, and it least takes the place of other names.
function nodeLabel(pen, icon, icons, { lines, usual }) {
  const { node } = icon;
  const rooms = roomsOf(pen, icon);
  const cost = (room) => lines.filter((line) => crosses(line, room)).length + 2 * usual.filter((b) => b.node !== node && meet(b, room)).length;
  // where all is crowded, a name may lie on the icon of a thing, an actor's on any, but never on a name
  const solid = isThing(node) ? icons.filter((other) => !isThing(other.node)) : [];
  const free = least(rooms.filter((room) => isFree(room, icons, icon)), cost) || rooms.find((room) => isFree(room, solid));
  return free && { ...free, text: nodeOf.get(node).label, font: fontOf(node), node };
}

const least = (rooms, cost) => rooms.map((room) => [cost(room), room]).sort(([a], [b]) => a - b)[0]?.[1];
// Whether a line goes through a box: what is left of it between the box's sides, each way.
function crosses([from, to], room) {
  let [enter, leave] = [0, 1];
  for (const [start, way, low, high] of [[from.x, to.x - from.x, room.left, room.right], [from.y, to.y - from.y, room.top, room.bottom]]) {
    if (!way && (start < low || start > high)) return false;
    const [a, b] = way ? [(low - start) / way, (high - start) / way].sort((x, y) => x - y) : [0, 1];
    [enter, leave] = [Math.max(enter, a), Math.min(leave, b)];
  }
  return enter < leave;
}

// Along its edge; where there is no room for the words of a denial, at least its cross.
function linkLabel(pen, group, icons) {
  const edge = network.body.edges[edgeId(group)];
  if (!edge || !edge.edgeType) return null;
  const font = group[0].standing === 'asserted' ? EDGE_FONT : UNASSERTED_FONT;
  const denied = group[0].standing === 'denied';
  const loop = group[0].subject === group[0].object;
  for (const text of [edgeLabel(group), ...(denied ? ['✗'] : [])]) {
    for (const share of ALONG) {
      const point = network.canvasToDOM(loop ? above(group[0].subject) : edge.edgeType.getPoint(share));
      const room = around(point.x, point.y, sized(pen, text, font) + 6, 16);
      if (isFree(room, icons)) return { ...room, text, font, edge: edgeId(group), denied };
    }
  }
  return null;
}
function above(id) {
  const { x, y } = network.getPosition(id);
  return { x, y: y - 3.4 * sizeOf(id) };
}

function isFree(room, icons, own) {
  return inside(room) && !placed.some((b) => meet(b, room)) && !icons.some((b) => b !== own && meet(b, room));
}

function write(pen, label, bright) {
  if (!label) return;
  placed.push(label);
  pen.font = label.font;
  pen.globalAlpha = bright ? 1 : 0.3;
  pen.strokeStyle = cssColour('--ground');
  pen.lineWidth = 4;
  pen.strokeText(label.text, label.x, label.y);
  pen.fillStyle = cssColour(label.denied ? '--alarm' : label.node ? '--ink' : '--soft');
  pen.fillText(label.text, label.x, label.y);
  pen.globalAlpha = 1;
}

const labelAt = ({ x, y }) => placed.find((b) => x >= b.left && x <= b.right && y >= b.top && y <= b.bottom);
