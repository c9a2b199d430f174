// Labels that never overlap: each takes the first of its places that is free, the weightiest first; who finds none is left
// out, and comes into sight as the reader zooms in.

export interface Rect { left: number; right: number; top: number; bottom: number }
export interface Wanted { key: string; text: string; width: number; height: number; places: { x: number; y: number }[]; own?: string; over?: boolean } // over: it may lie on icons
export interface Placed extends Rect { key: string; text: string; x: number; y: number }
export interface Obstacle extends Rect { key: string; isLabel?: boolean }

const CELL = 64;
export const meet = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// What lies where, in squares, so that a thousand labels need not be held against each other.
class Ground {
  private readonly cells = new Map<string, Obstacle[]>();

  add(rect: Obstacle): void {
    for (const key of this.keys(rect)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(rect);
      else this.cells.set(key, [rect]);
    }
  }

  taken(rect: Rect, own?: string, over = false): boolean {
    return this.keys(rect).some((key) => (this.cells.get(key) ?? []).some((each) => each.key !== own && !(over && !each.isLabel) && meet(each, rect)));
  }

  private keys({ left, right, top, bottom }: Rect): string[] {
    const keys: string[] = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) keys.push(`${x} ${y}`);
    }
    return keys;
  }
}

export function placeLabels(wanted: Wanted[], icons: Obstacle[], view: { width: number; height: number }, cost?: (rect: Rect, own?: string) => number): Placed[] {
  const ground = new Ground();
  for (const icon of icons) ground.add(icon);
  const placed: Placed[] = [];
  for (const { key, text, width, height, places, own, over } of wanted) {
    let best: Placed | null = null;
    let least = Infinity;
    for (const { x, y } of places) {
      const rect = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
      const inside = rect.left >= 0 && rect.right <= view.width && rect.top >= 0 && rect.bottom <= view.height;
      if (!inside || ground.taken(rect, own, over)) continue;
      const price = cost ? cost(rect, own) : 0;
      if (price < least) [best, least] = [{ key, text, x, y, ...rect }, price];
      if (!price) break;
    }
    if (!best) continue;
    placed.push(best);
    ground.add({ ...best, key: `label ${key}`, isLabel: true });
  }
  return placed;
}

// Whether a line goes through a rectangle: what is left of it between the sides, each way.
export function crosses(from: { x: number; y: number }, to: { x: number; y: number }, rect: Rect): boolean {
  let [enter, leave] = [0, 1];
  const ways: [number, number, number, number][] = [[from.x, to.x - from.x, rect.left, rect.right], [from.y, to.y - from.y, rect.top, rect.bottom]];
  for (const [start, way, low, high] of ways) {
    if (!way && (start < low || start > high)) return false;
    const a = way ? (low - start) / way : 0;
    const b = way ? (high - start) / way : 1;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter < leave;
}
