import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange } from '../src/layout';
import type { Box, Link } from '../src/layout';

const view = { width: 1000, height: 600 };
const boxes = (count: number, name = 'n'): Box[] => Array.from({ length: count }, (_, i) => ({ id: `${name}${i}`, width: 80, height: 44, radius: 14 }));
const ring = (count: number, name = 'n'): Link[] => Array.from({ length: count }, (_, i) => ({ a: `${name}${i}`, b: `${name}${(i + 1) % count}` }));

test('the same pairs give the same picture', () => {
  assert.deepEqual(arrange(boxes(20), ring(20), view), arrange(boxes(20), ring(20), view));
});

test('no box lies over another, and all are within the view', () => {
  const links = [...ring(40), ...Array.from({ length: 30 }, (_, i) => ({ a: `n${i}`, b: `n${(i * 7 + 3) % 40}` }))];
  const spots = [...arrange(boxes(40), links, view).values()];
  for (const [i, p] of spots.entries()) {
    assert.ok(p.x >= 39 && p.x <= 961 && p.y >= 21 && p.y <= 579);
    for (const q of spots.slice(i + 1)) assert.ok(Math.abs(p.x - q.x) > 72 || Math.abs(p.y - q.y) > 38, `${JSON.stringify([p, q])}`);
  }
});

test('neighbours are nearer than strangers', () => {
  const spots = arrange(boxes(24), ring(24), view);
  const far = (a: string, b: string): number => { const [p, q] = [spots.get(a), spots.get(b)]; return p && q ? Math.hypot(p.x - q.x, p.y - q.y) : NaN; };
  const near = ring(24).reduce((sum, { a, b }) => sum + far(a, b), 0) / 24;
  const across = ring(24).reduce((sum, { a }, i) => sum + far(a, `n${(i + 12) % 24}`), 0) / 24;
  assert.ok(near < across / 2);
});

test('parts that nothing joins lie beside one another', () => {
  const spots = arrange([...boxes(12), ...boxes(2, 'm'), ...boxes(2, 'k')], [...ring(12), { a: 'm0', b: 'm1' }, { a: 'k0', b: 'k1' }], view);
  const frame = (name: string): number[] => {
    const part = [...spots].filter(([id]) => id.startsWith(name)).map(([, spot]) => spot);
    return [Math.min(...part.map(({ x }) => x)), Math.max(...part.map(({ x }) => x)), Math.min(...part.map(({ y }) => y)), Math.max(...part.map(({ y }) => y))];
  };
  const frames = ['n', 'm', 'k'].map(frame) as [number, number, number, number][];
  for (const [i, [l, r, t, b]] of frames.entries()) {
    for (const [l2, r2, t2, b2] of frames.slice(i + 1)) assert.ok(r < l2 || r2 < l || b < t2 || b2 < t);
  }
});

test('an upright view gets an upright picture', () => {
  const line = Array.from({ length: 7 }, (_, i) => ({ a: `n${i}`, b: `n${i + 1}` }));
  const spots = [...arrange(boxes(8), line, { width: 390, height: 700 }).values()];
  const extent = (values: number[]): number => Math.max(...values) - Math.min(...values);
  assert.ok(extent(spots.map(({ y }) => y)) > extent(spots.map(({ x }) => x)));
});

test('nothing is laid out as nothing', () => assert.equal(arrange([], [], view).size, 0));
