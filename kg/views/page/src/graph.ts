// The graph under the reader's hands: it pans, zooms, hovers, drags, and answers to keys.

import { select as selection } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent } from 'd3-zoom';
import { byId, el, plural, shorten, signed } from './dom';
import { cssColour } from './look';
import { entityOf, flags, isPair, nameOf, palette } from './model';
import { captions } from './pairs';
import type { Pair } from './pairs';
import { paint } from './paint';
import { CanvasPen, imageOf } from './pen';
import { moveTo, sceneOf, sheetFactor, spotOf } from './scene';
import type { Actor, Camera, Scene, View } from './scene';
import { distanceTo } from './shapes';
import { chosenPair, focusOn, picture, reportsOf, select, state } from './state';

const REACH = 9; // pixels about an edge in which a click is meant for it
const MOST_VERBS = 5;
const canvas = byId<HTMLCanvasElement>('network');
const tip = byId('tip');
const camera: Camera = { x: 0, y: 0, k: 1 };
let scene: Scene = { view: { width: 0, height: 0 }, actors: [], edges: [], labels: [], groups: new Map() };
let hovered: string | null = null;
let waiting = false;
let fitted = 1; // the sheet for which the picture was last fitted

export const viewOf = (): View => ({ width: canvas.clientWidth, height: canvas.clientHeight });
export const currentScene = (): Scene => scene;

export function draw(): void {
  if (state.view !== 'graph' || waiting) return;
  waiting = true;
  requestAnimationFrame(drawNow);
}
export function drawNow(): void {
  waiting = false;
  const view = viewOf();
  if (state.view !== 'graph' || !view.width || !view.height) return;
  const ratio = Math.max(1, window.devicePixelRatio);
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = cssColour('--ground');
  context.fillRect(0, 0, view.width, view.height);
  const factor = sheetFactor(view);
  if (factor !== fitted) {
    fitted = factor;
    if (!state.entity && !chosenPair()) { fit(); return; }
  }
  scene = sceneOf(view, camera);
  paint(new CanvasPen(context, draw), scene, hovered);
  if (scene.actors.length && !performance.getEntriesByName('kg-drawn').length) performance.mark('kg-drawn');
}
// Flags are made ready before the first picture, so that none comes in late.
export const loadFlags = (): Promise<unknown> => Promise.all(Object.values(flags).map((flag) => imageOf(flag).decode().catch(() => undefined)));

const behaviour = zoom<HTMLCanvasElement, unknown>()
  .scaleExtent([0.04, 14])
  .filter((event: Event) => (event.type === 'wheel' || !(event as MouseEvent).button) && !dragged)
  .clickDistance(4)
  .on('zoom', ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
    Object.assign(camera, { x: transform.x, y: transform.y, k: transform.k });
    tip.hidden = true;
    draw();
  });
let dragged: string | null = null;

export function fit(): void {
  const view = viewOf();
  if (view.width) selection(canvas).call(behaviour.transform, zoomIdentity.scale(1 / sheetFactor(view)));
}
// Some actors in the middle of the view, with all their neighbours in sight.
export function centre(ids: string[]): void {
  const view = viewOf();
  if (!view.width || !ids.length) return;
  const near = [...picture().pairs.values()].filter(({ a, b }) => ids.length === 1 && (ids.includes(a) || ids.includes(b))).flatMap(({ a, b }) => [a, b]);
  const middles = ids.map((id) => spotOf(id, view));
  const middle = { x: mean(middles.map(({ x }) => x)), y: mean(middles.map(({ y }) => y)) };
  const all = [...new Set([...ids, ...near])].map((id) => spotOf(id, view));
  const across = Math.max(60, ...all.map(({ x }) => Math.abs(x - middle.x)));
  const down = Math.max(50, ...all.map(({ y }) => Math.abs(y - middle.y)));
  const k = Math.min(2.2, Math.max(Math.min(0.5, 1 / sheetFactor(view)), Math.min((view.width / 2 - 70) / across, (view.height / 2 - 45) / down)));
  selection(canvas).call(behaviour.transform, zoomIdentity.translate(view.width / 2 - k * middle.x, view.height / 2 - k * middle.y).scale(k));
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

interface Hit { actor?: Actor; pair?: Pair }
export function hitAt(x: number, y: number): Hit {
  const actor = [...scene.actors].filter(({ x: ax, y: ay, radius }) => Math.hypot(ax - x, ay - y) <= radius + 3).sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
  if (actor) return { actor };
  const label = scene.labels.find(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
  const named = label && scene.actors.find(({ id }) => id === label.key);
  if (named) return { actor: named };
  const key = label?.key.replace(/^(pair|dispute) /, '');
  let [best, least]: [Pair | undefined, number] = [undefined, REACH];
  for (const { pair, curve, width } of scene.edges) {
    if (pair.key === key) return { pair };
    const far = distanceTo(curve, { x, y }) - width / 2;
    if (far < least) [best, least] = [pair, far];
  }
  return best ? { pair: best } : {};
}

export function bindGraph(): void {
  const chosen = selection(canvas);
  canvas.addEventListener('pointerdown', startDrag);
  chosen.call(behaviour).on('dblclick.zoom', null);
  canvas.addEventListener('pointermove', ({ offsetX, offsetY, buttons }) => { if (!buttons) hover(offsetX, offsetY); });
  canvas.addEventListener('pointerleave', () => hover(-1e6, -1e6));
  canvas.addEventListener('click', ({ offsetX, offsetY }) => {
    const { actor, pair } = hitAt(offsetX, offsetY);
    if (actor) select('entity', actor.id);
    else if (pair) select('pair', pair.key);
    else select(null);
  });
  canvas.addEventListener('dblclick', ({ offsetX, offsetY }) => {
    const { actor } = hitAt(offsetX, offsetY);
    if (actor) focusOn(actor.id);
  });
  canvas.addEventListener('keydown', keyed);
}

function startDrag(event: PointerEvent): void {
  const { actor } = hitAt(event.offsetX, event.offsetY);
  if (!actor || event.button || event.pointerType === 'touch') return;
  dragged = actor.id;
  canvas.setPointerCapture(event.pointerId);
  const [startX, startY] = [event.offsetX, event.offsetY];
  const move = ({ offsetX, offsetY }: PointerEvent): void => {
    if (Math.hypot(offsetX - startX, offsetY - startY) < 4) return;
    moveTo(actor.id, { x: (offsetX - camera.x) / camera.k, y: (offsetY - camera.y) / camera.k });
    draw();
  };
  const end = (): void => {
    dragged = null;
    canvas.removeEventListener('pointermove', move);
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', end, { once: true });
  canvas.addEventListener('pointercancel', end, { once: true });
}

function hover(x: number, y: number): void {
  const { actor, pair } = hitAt(x, y);
  const now = actor?.id ?? pair?.key ?? null;
  canvas.style.cursor = now ? 'pointer' : 'grab';
  if (now !== hovered) {
    hovered = now;
    draw();
  }
  tip.hidden = !now;
  if (!now) return;
  tip.replaceChildren(...(actor ? actorTip(actor.id) : pairTip(pair as Pair)));
  const view = viewOf();
  tip.style.left = `${Math.max(4, Math.min(x + 14, view.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > view.height ? Math.max(4, y - tip.offsetHeight - 10) : y + 18}px`;
}
function actorTip(id: string): Node[] {
  const pairs = [...picture().pairs.values()].filter(({ a, b }) => a === id || b === id);
  const reports = pairs.reduce((sum, pair) => sum + pair.reports, 0);
  return [el('b', { dir: 'auto' }, nameOf(id)), el('div', {}, `${palette.kinds[entityOf(id).kind].name}, ${plural(reports, 'report')} with ${plural(pairs.length, 'other')}`)];
}
function pairTip(pair: Pair): Node[] {
  const rows = captions(pair, reportsOf).map(({ from, to, verbs }) => el('div', { dir: 'auto' },
    el('b', {}, nameOf(from)), ' ', verbs.slice(0, MOST_VERBS).map(([verb, count]) => shorten(verb, 50) + (count > 1 ? ` (${count})` : '')).join(', '),
    verbs.length > MOST_VERBS ? ' …' : '', ' ', el('b', {}, nameOf(to))));
  const mean_ = pair.mean === null ? '' : `, mean Goldstein ${signed(pair.mean)}`;
  return [...rows, el('small', {}, plural(pair.reports, 'report') + mean_ + (pair.disputed ? ', disputed' : ''))];
}

// Arrow keys go from the chosen actor to the nearest in that direction; with Shift they move the picture.
const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function keyed(event: KeyboardEvent): void {
  const way = WAYS[event.key];
  const chosen = selection(canvas);
  if (way) {
    event.preventDefault();
    if (event.shiftKey) chosen.call(behaviour.translateBy, (-60 * way[0]) / camera.k, (-60 * way[1]) / camera.k);
    else step(way);
  } else if (event.key === '+' || event.key === '=') chosen.call(behaviour.scaleBy, 1.25);
  else if (event.key === '-') chosen.call(behaviour.scaleBy, 0.8);
  else if (event.key === '0') fit();
}
function step([dx, dy]: [number, number]): void {
  const from = scene.actors.find(({ id }) => id === state.entity);
  if (!from) { if (scene.actors[0]) select('entity', scene.actors[0].id); return; }
  let [best, least]: [Actor | undefined, number] = [undefined, Infinity];
  for (const actor of scene.actors) {
    const [x, y] = [actor.x - from.x, actor.y - from.y];
    const ahead = x * dx + y * dy;
    if (actor === from || ahead <= 1) continue;
    const price = ahead + 2.5 * Math.abs(x * dy - y * dx);
    if (price < least) [best, least] = [actor, price];
  }
  if (best) select('entity', best.id);
}

// What was found by a search, a card or an address is brought into sight.
export function showChosen(): void {
  const key = chosenPair();
  if (key && isPair(key)) centre(key.split('~'));
  else if (state.entity) centre([state.entity]);
  else fit();
}
