// The picture as a file: PNG from the canvas, SVG drawn anew from the same places.

function download(name, blob) {
  const link = el('a', { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function savePng() {
  const source = box.querySelector('canvas');
  const picture = el('canvas', { width: source.width, height: source.height });
  const pen = picture.getContext('2d');
  pen.fillStyle = cssColour('--ground');
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(source, 0, 0);
  picture.toBlob((blob) => download('graph.png', blob), 'image/png');
}

function saveSvg() {
  const text = new XMLSerializer().serializeToString(svgPicture());
  download('graph.svg', new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}`], { type: 'image/svg+xml' }));
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
// XML has no place for most control characters, whatever a name holds.
const inXml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
const short = (value) => value.toFixed(1);

function svgPicture() {
  const [width, height] = [box.clientWidth, box.clientHeight];
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': 'system-ui, sans-serif' },
    svg('title', {}, inXml(document.title)),
    svg('rect', { width, height, fill: cssColour('--ground') }),
    svg('g', { fill: 'none' }, ...[...shown.groups.values()].map(svgEdge)),
    svg('g', {}, ...shown.order.map(svgNode)),
    svg('g', { 'text-anchor': 'middle' }, ...placed.map(svgLabel)));
}

function svgEdge(group) {
  const { subject, object } = group[0];
  const { color, width, dashes } = drawnEdge(group, highlighted());
  const line = { stroke: color.color, 'stroke-width': short(width * Math.min(1, network.getScale())), opacity: color.opacity };
  if (dashes) line['stroke-dasharray'] = dashes.join(' ');
  if (subject === object) {
    const { x, y, radius } = iconBox(subject);
    return svg('circle', { cx: short(x), cy: short(y - 2 * radius), r: short(1.3 * radius), ...line });
  }
  const edge = network.body.edges[edgeId(group)].edgeType;
  const points = Array.from({ length: 13 }, (_, i) => network.canvasToDOM(edge.getPoint(i / 12)));
  const target = iconBox(object);
  const outside = points.filter((point) => Math.hypot(point.x - target.x, point.y - target.y) > target.radius + 2);
  const [from, tip] = [outside.at(-2) || points[0], outside.at(-1) || points.at(-1)];
  const end = nearer(tip, target, target.radius + 2);
  return svg('g', {}, svg('path', { d: `M${[...outside, end].map(({ x, y }) => `${short(x)} ${short(y)}`).join('L')}`, ...line }),
    svg('path', { d: arrowHead(from, end), fill: color.color, opacity: color.opacity }));
}
// The point on the way from one to another that is so far away from the other.
function nearer(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: to.x - ((to.x - from.x) * distance) / length, y: to.y - ((to.y - from.y) * distance) / length };
}
function arrowHead(from, tip) {
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const corner = (turn) => `${short(tip.x - 8 * Math.cos(angle + turn))} ${short(tip.y - 8 * Math.sin(angle + turn))}`;
  return `M${short(tip.x)} ${short(tip.y)}L${corner(0.4)}L${corner(-0.4)}z`;
}

function svgNode(id) {
  const { x, y, radius } = iconBox(id);
  const { shape, opacity } = drawnNode(id, highlighted());
  const scale = (radius / 7).toFixed(3);
  return svg('path', {
    d: OUTLINES[shape], fill: look('kinds', entities[id].kind), opacity,
    transform: `translate(${short(x)} ${short(y)}) scale(${scale}) translate(-7 -7)`,
  }, svg('title', {}, inXml(nameOf(id))));
}
function svgLabel({ text, x, y, node, denied }) {
  return svg('text', {
    x: short(x), y: short(y + 4.5), 'font-size': node ? 13 : 12, 'font-weight': node && !isThing(node) ? 600 : 400,
    fill: cssColour(denied ? '--alarm' : node ? '--ink' : '--soft'), stroke: cssColour('--ground'), 'stroke-width': 3, 'paint-order': 'stroke',
  }, inXml(text));
}
