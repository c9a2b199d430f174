// The picture of the graph in pixels: where each actor, edge and label is under the camera.

import { arrange } from './layout';
import type { Spot } from './layout';
import { crosses, meet, placeLabels } from './labels';
import type { Placed, Rect, Wanted } from './labels';
import { entityOf, isThing, nameOf, ordered, rankOf } from './model';
import { captions, widthOf } from './pairs';
import type { Pair } from './pairs';
import { FAMILY } from './pen';
import { curveOf, pointAt, trimmed } from './shapes';
import type { Curve } from './shapes';
import { assertedOnly, chosenPair, picture, pictureOf, reportsOf, state } from './state';
import { shorten } from './dom';

export interface Camera { x: number; y: number; k: number }
export interface View { width: number; height: number }
export interface Actor { id: string; x: number; y: number; radius: number; bright: boolean }
export interface Edge { pair: Pair; curve: Curve; width: number; bright: boolean }
export interface Scene { view: View; actors: Actor[]; edges: Edge[]; labels: Placed[]; groups: Map<number, Actor[]> }

const CROWD = 150; // actors in sight
const NAMED = 40;
const CROWDING = 1.3; // so much more area than actors and names need
const LEAST_GROWTH = 0.35;
const NOTICE = 36;
const TOOLS = { width: 50, height: 108 }; // the buttons over the picture
const NAME_LIMIT = 26;
const CAPTION_LIMIT = 30;
const CAPTIONS = 45; // of more edges than these in sight, no verbs are written along them
const LINES = 400; // of more edges, labels are not kept off

const nodeRadius = (id: string): number => Math.min(24, 9 + 2.6 * Math.sqrt(weights().get(id) ?? 1));
let counted: { at: object; counts: Map<string, number> } | null = null;
// How many reports the pairs of an actor have, in the picture.
function weights(): Map<string, number> {
  const now = picture();
  if (counted?.at === now) return counted.counts;
  const counts = new Map<string, number>();
  for (const { a, b, reports } of now.pairs.values()) for (const id of [a, b]) counts.set(id, (counts.get(id) ?? 0) + reports);
  counted = { at: now, counts };
  return counts;
}

const measure = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
const widths = new Map<string, number>();
export function textWidth(text: string, size: number, weight = 400): number {
  const key = `${size} ${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    measure.font = `${weight} ${size}px ${FAMILY}`;
    width = measure.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}
export const nodeLabel = (id: string): string => shorten(nameOf(id).replace(/\s+/g, ' '), NAME_LIMIT);
export const labelSize = (id: string): number => (isThing(id) ? 12 : nodeRadius(id) > 17 ? 14 : 13);
export const labelWeight = (id: string): number => (isThing(id) ? 400 : 600);

// Places are worked out for all that could be in the picture whatever the dates, types, sources and articles chosen: those
// filters take actors out and bring them back where they were. They stay, too, where the reader has put them.
const moved = new Map<string, Spot>();
let arranged: { key: string; spots: Map<string, Spot>; factor: number } = { key: '', spots: new Map(), factor: 1 };
export function spots(view: View): Map<string, Spot> {
  const key = [view.width, view.height, assertedOnly(), state.focus, state.limit, ...state.unfolded, ...state.hidden, ...state.expanded].join(' ');
  if (key !== arranged.key) {
    moved.clear();
    const steady = assertedOnly() ? ordered.filter(({ standing }) => standing === 'asserted') : ordered;
    const { pairs, ids } = pictureOf(steady.filter(isSteady), ({ claims }) => claims.length);
    arranged = { key, ...placed(ids, [...pairs.values()], view) };
  }
  const missing = picture().ids.filter((id) => !arranged.spots.has(id));
  for (const id of missing) arranged.spots.set(id, besideNeighbours(id, view));
  return arranged.spots;
}
function isSteady({ subject, object }: Pair['statements'][number]): boolean {
  const near = [subject, object];
  if (near.some((id) => state.hidden.has(id))) return false;
  return !state.focus || near.includes(state.focus) || near.every((id) => focusNear().has(id));
}
function focusNear(): Set<string> {
  return new Set(ordered.filter(({ subject, object }) => subject === state.focus || object === state.focus).flatMap(({ subject, object }) => [subject, object]));
}
function placed(ids: string[], pairs: Pair[], view: View): { spots: Map<string, Spot>; factor: number } {
  const boxes = ids.map((id) => {
    const radius = nodeRadius(id);
    return { id, radius, width: Math.max(2 * radius, textWidth(nodeLabel(id), labelSize(id), labelWeight(id))) + 12, height: 2 * radius + 26, group: entityOf(id).group };
  });
  // At the foot of the view lies the word on who is left out. Many are laid out on a larger sheet, seen from further away.
  const height = view.height - (picture().left ? NOTICE : 0);
  const needed = CROWDING * boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const factor = Math.max(1, Math.sqrt(needed / (view.width * height)));
  return { spots: arrange(boxes, pairs, { width: view.width * factor, height: height * factor }), factor };
}
// How many times as wide as the view the sheet is.
export function sheetFactor(view: View): number {
  spots(view);
  return arranged.factor;
}
// The free spot nearest to the neighbours that are in the picture.
function besideNeighbours(id: string, view: View): Spot {
  const near = [...picture().pairs.values()].filter(({ a, b }) => a === id || b === id).map(({ a, b }) => arranged.spots.get(a === id ? b : a)).filter((spot) => spot !== undefined);
  const middle = near.length ? { x: near.reduce((sum, { x }) => sum + x, 0) / near.length, y: near.reduce((sum, { y }) => sum + y, 0) / near.length } : { x: (view.width * arranged.factor) / 2, y: (view.height * arranged.factor) / 2 };
  const taken = [...arranged.spots.values()];
  for (let step = 0; step < 600; step += 1) {
    const far = 60 + 6 * Math.sqrt(step) * 5;
    const spot = { x: middle.x + far * Math.cos(step * 2.399963), y: middle.y + 0.75 * far * Math.sin(step * 2.399963) };
    if (taken.every(({ x, y }) => Math.abs(x - spot.x) > 80 || Math.abs(y - spot.y) > 44)) return spot;
  }
  return middle;
}
export function moveTo(id: string, spot: Spot): void { moved.set(id, spot); }
export const spotOf = (id: string, view: View): Spot => moved.get(id) ?? spots(view).get(id) ?? { x: 0, y: 0 };

// What stands out while something is chosen: it, and what it touches. Null when nothing is.
export function highlighted(): { ids: Set<string>; edge: (pair: Pair) => boolean } | null {
  const key = chosenPair();
  if (key) return { ids: new Set(key.split('~')), edge: (pair) => pair.key === key };
  const { entity } = state;
  if (!entity) return null;
  const near = [...picture().pairs.values()].filter(({ a, b }) => a === entity || b === entity);
  return { ids: new Set([entity, ...near.flatMap(({ a, b }) => [a, b])]), edge: ({ a, b }) => a === entity || b === entity };
}

export function sceneOf(view: View, camera: Camera): Scene {
  const lit = highlighted();
  const { pairs, ids } = picture();
  const grow = camera.k < 1 ? Math.max(LEAST_GROWTH, camera.k) : Math.min(1.6, Math.sqrt(camera.k));
  const actors = ids.map((id): Actor => {
    const { x, y } = spotOf(id, view);
    return { id, x: x * camera.k + camera.x, y: y * camera.k + camera.y, radius: nodeRadius(id) * grow, bright: !lit || lit.ids.has(id) };
  });
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const edges = [...pairs.values()].map((pair) => edgeOf(pair, byId, lit, Math.min(1, grow))).filter((edge) => edge !== null);
  const groups = new Map<number, Actor[]>();
  for (const actor of state.groups ? actors : []) {
    const { group } = entityOf(actor.id);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), actor]);
  }
  return { view, actors, edges, labels: labelsOf(view, actors, edges, Boolean(lit)), groups };
}
function edgeOf(pair: Pair, actors: Map<string, Actor>, lit: ReturnType<typeof highlighted>, thin: number): Edge | null {
  const [a, b] = [actors.get(pair.a), actors.get(pair.b)];
  if (!a || !b) return null;
  const width = widthOf(pair.reports) * thin;
  const head = 5 + 0.6 * width;
  const room = ({ radius }: Actor, arrow: boolean): number => radius + 2.5 + (arrow ? head : 0);
  return { pair, curve: trimmed(curveOf(a, b), room(a, pair.back), room(b, pair.forth)), width, bright: !lit || lit.edge(pair) };
}

function labelsOf(view: View, actors: Actor[], edges: Edge[], chosen: boolean): Placed[] {
  const inSight = actors.filter(({ x, y, radius }) => x > -radius && y > -radius && x < view.width + radius && y < view.height + radius);
  const icons = inSight.map(({ id, x, y, radius }) => ({ key: id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const ranked = [...inSight].sort((a, b) => Number(b.bright) - Number(a.bright) || (rankOf.get(a.id) ?? 0) - (rankOf.get(b.id) ?? 0));
  // In a crowd the weightiest are named even where that lies on lesser icons.
  const crowd = inSight.length > CROWD;
  const names = ranked.map((actor, i) => ({ ...nameWanted(actor), over: crowd && i < NAMED }));
  const seen = edges.filter(({ curve: { from, to } }) => [from, to].some(({ x, y }) => x > 0 && y > 0 && x < view.width && y < view.height));
  const bright = seen.filter((edge) => edge.bright);
  const verbs = (chosen ? bright : seen).length <= CAPTIONS ? [...(chosen ? bright : seen)].sort((a, b) => b.pair.reports - a.pair.reports).map(captionWanted) : [];
  const marks = seen.filter(({ pair }) => pair.disputed).map(disputeWanted);
  const lines = seen.length <= LINES ? seen : [];
  // A name should be off the edges, nearer to its own icon than to another, and not where another name stands best.
  const usual = names.map(({ key, width, height, places: [place = { x: 0, y: 0 }] }) => ({ key, left: place.x - width / 2, right: place.x + width / 2, top: place.y - height / 2, bottom: place.y + height / 2 }));
  const cost = (rect: Rect, own?: string): number => lines.filter(({ curve }) => crosses(curve.from, curve.to, rect)).length
    + (icons.length > 150 ? 0 : 2 * icons.filter((icon) => icon.key !== own && meet(icon, wider(rect))).length
      + 1.5 * usual.filter((room) => room.key !== own && meet(room, rect)).length);
  return placeLabels([...marks, ...names, ...verbs], [...icons, { key: 'tools', left: view.width - TOOLS.width, right: view.width, top: 0, bottom: TOOLS.height }], view, cost);
}
const wider = ({ left, right, top, bottom }: Rect): Rect => ({ left: left - 5, right: right + 5, top: top - 7, bottom: bottom + 7 });
function nameWanted({ id, x, y, radius }: Actor): Wanted {
  const text = nodeLabel(id);
  const [width, height] = [textWidth(text, labelSize(id), labelWeight(id)) + 6, 17];
  const [down, across, aside] = [radius + 10.5, radius + width / 2 + 2, width / 2 - 4];
  const places = [[0, down], [0, -down], [across, 0], [-across, 0], [aside, down], [-aside, down], [aside, -down], [-aside, -down]];
  return { key: id, text, width, height, own: id, places: places.map(([dx = 0, dy = 0]) => ({ x: x + dx, y: y + dy })) };
}
const ALONG = [0.5, 0.42, 0.58, 0.34, 0.66];
function captionWanted({ pair, curve }: Edge): Wanted {
  const [lead] = pair.statements;
  const denied = lead?.standing === 'denied' ? '✗ ' : '';
  const more = captions(pair, reportsOf).reduce((sum, { verbs }) => sum + verbs.length, 0) - 1;
  const text = denied + shorten(lead?.label ?? '', CAPTION_LIMIT) + (more > 0 ? ` +${more}` : '');
  return { key: `pair ${pair.key}`, text, width: textWidth(text, 12) + 6, height: 15, places: ALONG.map((share) => pointAt(curve, share)) };
}
const disputeWanted = ({ pair, curve }: Edge): Wanted => ({ key: `dispute ${pair.key}`, text: '≠', width: 17, height: 17, places: ALONG.map((share) => pointAt(curve, share)) });
