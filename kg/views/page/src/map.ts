// The map: states and places where they lie, arcs between them coloured as edges are, and a word for what has no place.

import { geoCentroid, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { GeoProjection } from 'd3-geo';
import { select as selection } from 'd3-selection';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent } from 'd3-zoom';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { badge, cssColour, flagOf, toneColour } from './look';
import { button, byId, el, plural } from './dom';
import { allClaims, entities, entityOf, nameOf, order } from './model';
import { pairKey, pairsOf, toneOf, widthOf } from './pairs';
import type { Pair } from './pairs';
import { CanvasPen } from './pen';
import type { Pen } from './pen';
import { placeLabels } from './labels';
import type { Placed } from './labels';
import { labelSize, labelWeight, nodeLabel, textWidth } from './scene';
import { arrowHead, curveOf, curvePath, distanceTo, trimmed } from './shapes';
import type { Curve } from './shapes';
import { chosenPair, isDrawn, passes, reportsOf, select, state, visibleStatements } from './state';

interface Country { type: 'Feature'; id?: string; properties: { name: string }; geometry: GeoJSON.Geometry }
interface Spot { id: string; x: number; y: number; radius: number; exact: boolean }
interface Arc { pair: Pair; curve: Curve; width: number }
interface MapScene { spots: Spot[]; arcs: Arc[]; places: { id: string; x: number; y: number; count: number }[]; labels: Placed[]; nowhere: string[] }

const source = byId('world').textContent ?? 'null';
let countries: Country[] | null = null;
let centres = new Map<string, [number, number]>();
function world(): Country[] {
  if (countries) return countries;
  const topology = JSON.parse(source) as Topology<{ countries: GeometryCollection<{ name: string }> }> | null;
  countries = topology ? (feature(topology, topology.objects.countries).features as unknown as Country[]) : [];
  centres = new Map(countries.flatMap((country) => (country.id ? [[country.id, geoCentroid(country)]] : [])));
  return countries;
}

// Where an actor is: its own place, else that of its state, and then it is not exact.
function located(id: string): { at: [number, number]; exact: boolean } | null {
  const { at, code, kind, country } = entityOf(id);
  if (at) return { at, exact: true };
  if (country && kind !== 'country' && entities[country]?.at) return { at: entities[country].at, exact: false };
  world();
  const centre = code ? centres.get(code) : undefined;
  return centre ? { at: centre, exact: kind === 'country' } : null;
}
// A person or body stands for its state on a map: acts between states are what it shows.
function standIn(id: string): string {
  const { kind, country, at } = entityOf(id);
  return kind !== 'country' && kind !== 'place' && !at && country && entities[country] ? country : id;
}

const canvas = byId<HTMLCanvasElement>('world-picture');
const camera = { x: 0, y: 0, k: 1 };
let scene: MapScene = { spots: [], arcs: [], places: [], labels: [], nowhere: [] };
const view = (): { width: number; height: number } => ({ width: canvas.clientWidth, height: canvas.clientHeight });

function projection(): GeoProjection {
  const { width, height } = view();
  const base = geoNaturalEarth1().fitExtent([[6, 6], [width - 6, height - 6]], { type: 'Sphere' });
  const [x, y] = base.translate();
  return base.scale(base.scale() * camera.k).translate([x * camera.k + camera.x, y * camera.k + camera.y]);
}

function sceneNow(project: GeoProjection): MapScene {
  const statements = visibleStatements().filter(({ office, subject, object }) => !office && isDrawn(subject) && isDrawn(object));
  const moved = statements.map((statement) => {
    const [subject, object] = [standIn(statement.subject), standIn(statement.object)];
    return { ...statement, subject, object, pair: pairKey(subject, object) };
  });
  const pairs = [...pairsOf(moved, reportsOf).values()];
  const ids = new Set([...pairs.flatMap(({ a, b }) => [a, b])]);
  const weights = new Map<string, number>();
  for (const { a, b, reports } of pairs) for (const id of [a, b]) weights.set(id, (weights.get(id) ?? 0) + reports);
  const [spots, nowhere] = [new Map<string, Spot>(), [] as string[]];
  for (const { id } of order) {
    if (!ids.has(id)) continue;
    const found = located(id);
    const point = found && project(found.at);
    if (found && point) spots.set(id, { id, x: point[0], y: point[1], radius: Math.min(14, 6 + 1.5 * Math.sqrt(weights.get(id) ?? 1)), exact: found.exact });
    else nowhere.push(id);
  }
  const arcs = pairs.flatMap((pair): Arc[] => {
    const [a, b] = [spots.get(pair.a), spots.get(pair.b)];
    if (!a || !b || Math.hypot(a.x - b.x, a.y - b.y) < 6) return [];
    const width = Math.min(7, widthOf(pair.reports));
    return [{ pair, width, curve: trimmed(curveOf(a, b), a.radius + 2, b.radius + 5) }];
  });
  const all = [...spots.values()];
  return { spots: all, arcs, places: eventPlaces(project), labels: labelsOf(all), nowhere };
}
// Where acts are said to be done.
function eventPlaces(project: GeoProjection): MapScene['places'] {
  const counts = new Map<string, number>();
  for (const claim of allClaims) if (claim.place && claim.event && passes(claim)) counts.set(claim.place, (counts.get(claim.place) ?? 0) + 1);
  return [...counts].flatMap(([id, count]) => {
    const found = located(id);
    const point = found && project(found.at);
    return point ? [{ id, x: point[0], y: point[1], count }] : [];
  });
}
function labelsOf(spots: Spot[]): Placed[] {
  const icons = spots.map(({ id, x, y, radius }) => ({ key: id, left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const wanted = spots.map(({ id, x, y, radius }) => {
    const text = nodeLabel(id);
    const width = textWidth(text, labelSize(id) - 1, labelWeight(id)) + 4;
    const places = [[0, radius + 9], [0, -radius - 9], [radius + width / 2 + 2, 0], [-radius - width / 2 - 2, 0]].map(([dx = 0, dy = 0]) => ({ x: x + dx, y: y + dy }));
    return { key: id, text, width, height: 15, own: id, places };
  });
  return placeLabels(wanted, icons, view());
}

export function paintMap(pen: Pen, project: GeoProjection, now: MapScene): void {
  const path = geoPath(project);
  const [line, land, ground, ink] = ['--line', '--land', '--ground', '--ink'].map(cssColour) as [string, string, string, string];
  for (const country of world()) {
    const d = path(country);
    if (d) pen.path(d, { fill: land, stroke: line, width: 0.7 });
  }
  for (const { x, y, count } of now.places) pen.circle(x, y, 4 + 2 * Math.sqrt(count), { stroke: ink, width: 1.2, dash: [2, 2], opacity: 0.7 });
  const chosen = chosenPair();
  for (const { pair, curve, width } of now.arcs) {
    const colour = toneColour(toneOf(pair.mean));
    const opacity = chosen && chosen !== pair.key ? 0.25 : 0.85;
    pen.path(curvePath(curve), { stroke: colour, width, opacity });
    if (pair.forth) pen.path(arrowHead(curve, 6 + width), { fill: colour, opacity });
    if (pair.back) pen.path(arrowHead(curve, 6 + width, true), { fill: colour, opacity });
  }
  for (const { id, x, y, radius, exact } of [...now.spots].reverse()) {
    const flag = entityOf(id).kind === 'country' ? flagOf(id) : null;
    if (flag) pen.flag(flag, x, y, radius * 2, (radius * 4) / 3, 1);
    else pen.circle(x, y, radius * 0.7, { fill: exact ? ink : ground, stroke: ink, width: 1.5 });
    if (state.entity === id) pen.circle(x, y, radius + 4, { stroke: cssColour('--accent'), width: 3 });
  }
  for (const { key, text, x, y } of now.labels) pen.text(text, x, y, { size: labelSize(key) - 1, weight: labelWeight(key), colour: ink, halo: ground });
}

export function showMap(): void {
  if (state.view !== 'map' || !view().width) return;
  const { width, height } = view();
  const ratio = Math.max(1, window.devicePixelRatio);
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = cssColour('--ground');
  context.fillRect(0, 0, width, height);
  const project = projection();
  scene = sceneNow(project);
  paintMap(new CanvasPen(context, showMap), project, scene);
  showNowhere();
}
export const mapPicture = (pen: Pen): void => paintMap(pen, projection(), scene);
export const mapScene = (): MapScene => scene;

function showNowhere(): void {
  const { nowhere, places } = scene;
  const text = `${plural(scene.spots.length, 'actor')} and ${plural(places.length, 'place')} of acts (dashed rings). Persons and bodies stand at their state.`;
  byId('nowhere').replaceChildren(el('span', {}, text), ...(nowhere.length ? [el('details', {}, el('summary', {}, `${nowhere.length} without a known place`),
    nowhere.slice(0, 40).map((id) => button([badge(id), ' ', nameOf(id)], () => select('entity', id), { class: 'crumb', dir: 'auto' })))] : []));
}

export function bindMap(): void {
  const behaviour = zoom<HTMLCanvasElement, unknown>().scaleExtent([1, 20]).clickDistance(4).on('zoom', ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
    Object.assign(camera, { x: transform.x, y: transform.y, k: transform.k });
    requestAnimationFrame(showMap);
  });
  selection(canvas).call(behaviour).on('dblclick.zoom', null);
  byId('map-fit').addEventListener('click', () => { selection(canvas).call(behaviour.transform, zoomIdentity); frameSpots(); });
  canvas.addEventListener('click', ({ offsetX, offsetY }) => {
    const spot = scene.spots.find(({ x, y, radius }) => Math.hypot(x - offsetX, y - offsetY) <= radius + 3);
    const near = scene.arcs.map((arc) => [distanceTo(arc.curve, { x: offsetX, y: offsetY }) - arc.width / 2, arc] as const).sort(([a], [b]) => a - b)[0];
    if (spot) select('entity', spot.id);
    else if (near && near[0] < 8) select('pair', near[1].pair.key);
    else select(null);
  });
  framing = () => {
    const { width, height } = view();
    const points = scene.spots;
    if (!width || points.length < 2 || camera.k !== 1) return;
    const xs = points.map(({ x }) => x).sort((a, b) => a - b);
    const ys = points.map(({ y }) => y).sort((a, b) => a - b);
    const [left, right, top, bottom] = [xs[0] as number, xs.at(-1) as number, ys[0] as number, ys.at(-1) as number];
    const k = Math.max(1, Math.min(6, (width - 120) / (right - left + 1), (height - 100) / (bottom - top + 1)));
    selection(canvas).call(behaviour.transform, zoomIdentity.translate(width / 2 - (k * (left + right)) / 2, height / 2 - (k * (top + bottom)) / 2).scale(k));
  };
}
// Zoomed to where something is, when the map is first opened.
let framing = (): void => undefined;
export const frameSpots = (): void => { showMap(); framing(); };
