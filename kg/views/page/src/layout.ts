// Where actors stand: each part that pairs join by stress (Zheng, Pawar and Goodman, Graph Drawing by Stochastic Gradient
// Descent, 2018), the parts packed beside one another, all of it brought to the shape of the view, and what overlaps moved
// apart. There is no chance in it: the same pairs in the same view always give the same picture.

import potpack from 'potpack';

export interface Spot { x: number; y: number }
export interface Box { id: string; width: number; height: number; radius: number; group?: number }
export interface Link { a: string; b: string }
export interface View { width: number; height: number }

const EDGE = 118; // between the centres of neighbours, in pixels
const SHORT = 84; // the same in a part of few, so that the large parts have the room
const FEW = 4;
const APART = 1.35; // so many times as far, between communities
const ROUNDS = 40;
const GAP = 26; // between parts
const MOST_STRETCH = 1.5;
const MOST_SCALE = 2.1;
const PUSHES = 160;
const PRECISE = 12_000; // boxes times edges, up to which boxes are kept off edges

export function arrange(boxes: Box[], links: Link[], view: View): Map<string, Spot> {
  const placed = new Map<string, Spot>();
  if (!boxes.length) return placed;
  const upright = view.height > view.width;
  const parts = partsOf(boxes, links).map((part) => turned(spread(part), upright));
  const frames = parts.map((part) => frameOf(part));
  pack(frames, view.width / view.height);
  parts.forEach((part, i) => {
    const frame = frames[i] as Frame;
    for (const [id, { x, y }] of part.spots) placed.set(id, { x: x - frame.left + frame.x, y: y - frame.top + frame.y });
  });
  fill(placed, boxes, view);
  separate(placed, boxes, links, view);
  return placed;
}

interface Part { boxes: Box[]; near: number[][]; spots: Map<string, Spot> }
interface Frame { left: number; top: number; w: number; h: number; x: number; y: number }

// Parts that links join, the largest first.
function partsOf(boxes: Box[], links: Link[]): Part[] {
  const index = new Map(boxes.map(({ id }, i) => [id, i]));
  const near: number[][] = boxes.map(() => []);
  for (const { a, b } of links) {
    const [i, j] = [index.get(a), index.get(b)];
    if (i === undefined || j === undefined || i === j) continue;
    near[i]?.push(j);
    near[j]?.push(i);
  }
  const part = new Int32Array(boxes.length).fill(-1);
  const parts: number[][] = [];
  boxes.forEach((_, start) => {
    if (part[start] !== -1) return;
    const members = [start];
    part[start] = parts.length;
    for (const i of members) for (const j of near[i] ?? []) if (part[j] === -1) { part[j] = parts.length; members.push(j); }
    parts.push(members);
  });
  return parts.sort((a, b) => b.length - a.length).map((members) => {
    const inside = new Map(members.map((i, position) => [i, position]));
    return {
      boxes: members.map((i) => boxes[i] as Box),
      near: members.map((i) => (near[i] ?? []).map((j) => inside.get(j) as number)),
      spots: new Map(),
    };
  });
}

// Stress by descent over all pairs of boxes, from a spiral in the order of weight.
function spread(part: Part): Part {
  const count = part.boxes.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    xs[i] = EDGE * Math.sqrt(i) * Math.cos(i * 2.399963);
    ys[i] = EDGE * Math.sqrt(i) * Math.sin(i * 2.399963);
  }
  const wanted = distances(part);
  const order = shuffled((count * (count - 1)) / 2);
  const rounds = count > 1500 ? ROUNDS / 5 : count > 600 ? ROUNDS / 2 : ROUNDS;
  const farthest = wanted.reduce((most, each) => (each > most ? each : most), EDGE);
  const decay = Math.log((farthest * farthest) / (0.1 * EDGE * EDGE)) / Math.max(1, rounds - 1);
  for (let round = 0; round < rounds; round += 1) {
    const eta = farthest * farthest * Math.exp(-decay * round);
    for (const pair of order) {
      const j = Math.floor((1 + Math.sqrt(1 + 8 * pair)) / 2);
      const i = pair - (j * (j - 1)) / 2;
      const want = wanted[i * count + j] as number;
      const [dx, dy] = [(xs[i] as number) - (xs[j] as number), (ys[i] as number) - (ys[j] as number)];
      const far = Math.hypot(dx, dy) || 1e-6;
      const move = (Math.min(1, eta / (want * want)) * (far - want)) / 2 / far;
      xs[i] = (xs[i] as number) - move * dx;
      ys[i] = (ys[i] as number) - move * dy;
      xs[j] = (xs[j] as number) + move * dx;
      ys[j] = (ys[j] as number) + move * dy;
    }
  }
  part.boxes.forEach(({ id }, i) => part.spots.set(id, { x: xs[i] as number, y: ys[i] as number }));
  return part;
}

// How far apart any two boxes of a part should be: steps between them, longer from one community to another.
function distances({ boxes, near }: Part): Float32Array {
  const count = boxes.length;
  const all = new Float32Array(count * count);
  const edge = count <= FEW ? SHORT : EDGE;
  for (let start = 0; start < count; start += 1) {
    const steps = new Int32Array(count).fill(-1);
    steps[start] = 0;
    const queue = [start];
    for (const i of queue) {
      for (const j of near[i] ?? []) if (steps[j] === -1) { steps[j] = (steps[i] as number) + 1; queue.push(j); }
    }
    for (let end = 0; end < count; end += 1) {
      const [a, b] = [boxes[start] as Box, boxes[end] as Box];
      const other = a.group !== b.group ? APART : 1;
      all[start * count + end] = edge * other * (steps[end] as number) ** 0.9 + (a.radius + b.radius) / 2;
    }
  }
  return all;
}

// All numbers below the count in a fixed disorder.
function shuffled(count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let seed = 20220201;
  for (let i = count - 1; i > 0; i -= 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((seed / 4294967296) * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

// Its longest direction lies as the view's does.
function turned(part: Part, upright: boolean): Part {
  const spots = [...part.spots.values()];
  const [mx, my] = [mean(spots.map(({ x }) => x)), mean(spots.map(({ y }) => y))];
  let [xx, yy, xy] = [0, 0, 0];
  for (const { x, y } of spots) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2 - (upright ? Math.PI / 2 : 0);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  for (const spot of spots) {
    const [x, y] = [spot.x - mx, spot.y - my];
    spot.x = x * cosine + y * sine;
    spot.y = y * cosine - x * sine;
  }
  return part;
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

function frameOf({ boxes, spots }: Part): Frame {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { id, width, height } of boxes) {
    const { x, y } = spots.get(id) as Spot;
    [left, right] = [Math.min(left, x - width / 2), Math.max(right, x + width / 2)];
    [top, bottom] = [Math.min(top, y - height / 2), Math.max(bottom, y + height / 2)];
  }
  return { left: left - GAP / 2, top: top - GAP / 2, w: right - left + GAP, h: bottom - top + GAP, x: 0, y: 0 };
}

// Side by side in the shape of the view.
function pack(frames: Frame[], aspect: number): void {
  for (const frame of frames) frame.w /= aspect;
  potpack([...frames]); // it sorts what it is given
  for (const frame of frames) { frame.w *= aspect; frame.x *= aspect; }
}

// To the shape of the view, as far as that does not distort.
function fill(placed: Map<string, Spot>, boxes: Box[], view: View): void {
  const spots = [...placed.values()];
  const [left, right] = [Math.min(...spots.map(({ x }) => x)), Math.max(...spots.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...spots.map(({ y }) => y)), Math.max(...spots.map(({ y }) => y))];
  const widest = Math.min(view.width / 3, Math.max(...boxes.map(({ width }) => width)));
  const tallest = Math.max(...boxes.map(({ height }) => height));
  const across = Math.max(60, view.width - widest - 8) / (right - left || 1);
  const down = Math.max(60, view.height - tallest - 8) / (bottom - top || 1);
  const scale = Math.min(across, down, MOST_SCALE);
  const [sx, sy] = [Math.min(across, scale * MOST_STRETCH), Math.min(down, scale * MOST_STRETCH)];
  for (const spot of spots) {
    spot.x = view.width / 2 + (spot.x - (left + right) / 2) * sx;
    spot.y = view.height / 2 + (spot.y - (top + bottom) / 2) * sy;
  }
}

// Boxes that overlap are pushed apart the shorter way, and off edges that are not theirs, within the view.
function separate(placed: Map<string, Spot>, boxes: Box[], links: Link[], view: View): void {
  const lines = boxes.length * links.length <= PRECISE ? links : [];
  const rounds = boxes.length > 600 ? 30 : PUSHES;
  for (let round = 0; round < rounds; round += 1) {
    let still = true;
    for (const [a, b] of overlapping(placed, boxes)) {
      still = false;
      const [p, q] = [placed.get(a.id) as Spot, placed.get(b.id) as Spot];
      const dx = (a.width + b.width) / 2 - Math.abs(q.x - p.x);
      const dy = (a.height + b.height) / 2 - Math.abs(q.y - p.y);
      if (dx < dy) { const move = (Math.sign(q.x - p.x || 1) * Math.min(dx, 24)) / 2; p.x -= move; q.x += move; }
      else { const move = (Math.sign(q.y - p.y || 1) * Math.min(dy, 24)) / 2; p.y -= move; q.y += move; }
    }
    if (round < rounds * 0.8) for (const { a, b } of lines) offLine(placed, boxes, a, b);
    for (const { id, width, height } of boxes) {
      const spot = placed.get(id) as Spot;
      spot.x = Math.min(Math.max(spot.x, width / 2), Math.max(view.width - width / 2, width / 2));
      spot.y = Math.min(Math.max(spot.y, height / 2), Math.max(view.height - height / 2, height / 2));
    }
    if (still && round > 20) break;
  }
}

function* overlapping(placed: Map<string, Spot>, boxes: Box[]): Generator<[Box, Box]> {
  const leftOf = (box: Box): number => (placed.get(box.id) as Spot).x - box.width / 2;
  const order = [...boxes].sort((a, b) => leftOf(a) - leftOf(b) || (a.id < b.id ? -1 : 1));
  const lefts = order.map(leftOf);
  for (let i = 0; i < order.length; i += 1) {
    const a = order[i] as Box;
    const p = placed.get(a.id) as Spot;
    for (let j = i + 1; j < order.length && (lefts[j] as number) < (lefts[i] as number) + a.width + 48; j += 1) {
      const b = order[j] as Box;
      const q = placed.get(b.id) as Spot;
      if (Math.abs(p.x - q.x) < (a.width + b.width) / 2 - 0.5 && Math.abs(p.y - q.y) < (a.height + b.height) / 2 - 0.5) yield [a, b];
    }
  }
}

function offLine(placed: Map<string, Spot>, boxes: Box[], a: string, b: string): void {
  const [p, q] = [placed.get(a), placed.get(b)];
  if (!p || !q) return;
  const [wx, wy] = [q.x - p.x, q.y - p.y];
  const long = wx * wx + wy * wy || 1;
  for (const { id, radius } of boxes) {
    if (id === a || id === b) continue;
    const spot = placed.get(id) as Spot;
    const along = ((spot.x - p.x) * wx + (spot.y - p.y) * wy) / long;
    if (along <= 0.05 || along >= 0.95) continue;
    const [dx, dy] = [spot.x - p.x - along * wx, spot.y - p.y - along * wy];
    const far = Math.hypot(dx, dy);
    const want = radius + 9;
    if (far >= want) continue;
    const push = (0.25 * (want - far)) / (far || 1);
    spot.x += far ? dx * push : (-wy / Math.sqrt(long)) * 2;
    spot.y += far ? dy * push : (wx / Math.sqrt(long)) * 2;
  }
}
