// Curves, arrow heads and hulls, as the data of paths.

export interface Point { x: number; y: number }
export interface Curve { from: Point; bend: Point; to: Point }

const BEND = 0.055;
const n = (value: number): string => (Math.round(value * 10) / 10).toString();

// One curve for a pair, always bent to the same side of it.
export function curveOf(a: Point, b: Point): Curve {
  return { from: a, bend: { x: (a.x + b.x) / 2 - (b.y - a.y) * BEND * 2, y: (a.y + b.y) / 2 + (b.x - a.x) * BEND * 2 }, to: b };
}
export function pointAt({ from, bend, to }: Curve, t: number): Point {
  const s = 1 - t;
  return { x: s * s * from.x + 2 * s * t * bend.x + t * t * to.x, y: s * s * from.y + 2 * s * t * bend.y + t * t * to.y };
}
// The part of a curve outside of the circles about its ends.
export function trimmed(curve: Curve, start: number, end: number): Curve {
  const length = Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) || 1;
  const low = Math.min(0.45, start / length);
  const high = Math.max(0.55, 1 - end / length);
  const [from, to] = [pointAt(curve, low), pointAt(curve, high)];
  const middle = pointAt(curve, (low + high) / 2);
  return { from, bend: { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 }, to };
}
export const curvePath = ({ from, bend, to }: Curve): string => `M${n(from.x)} ${n(from.y)}Q${n(bend.x)} ${n(bend.y)} ${n(to.x)} ${n(to.y)}`;

export function arrowHead(curve: Curve, size: number, back = false): string {
  const tip = back ? curve.from : curve.to;
  const tail = pointAt(curve, back ? 0.12 : 0.88);
  const angle = Math.atan2(tip.y - tail.y, tip.x - tail.x);
  const ahead = { x: tip.x + 0.45 * size * Math.cos(angle), y: tip.y + 0.45 * size * Math.sin(angle) };
  const corner = (turn: number): string => `${n(ahead.x - size * Math.cos(angle + turn))} ${n(ahead.y - size * Math.sin(angle + turn))}`;
  return `M${n(ahead.x)} ${n(ahead.y)}L${corner(0.45)}L${corner(-0.45)}z`;
}

export function distanceTo(curve: Curve, point: Point): number {
  let least = Infinity;
  for (let i = 0; i <= 16; i += 1) {
    const { x, y } = pointAt(curve, i / 16);
    least = Math.min(least, Math.hypot(x - point.x, y - point.y));
  }
  return least;
}

// A soft hull is a broad line along the edges of a community: unlike a convex one it goes about those who are not in it.
export function webPath(points: Point[], edges: { curve: Curve }[]): string {
  const dots = points.map(({ x, y }) => `M${n(x)} ${n(y)}h.01`);
  return [...dots, ...edges.map(({ curve }) => curvePath(curve))].join('');
}
