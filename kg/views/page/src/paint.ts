// The scene under a pen: soft hulls of communities, then edges, actors and labels.

import { cssColour, flagOf, GLYPHS, kindColour, toneColour } from './look';
import { entityOf, palette } from './model';
import { toneOf } from './pairs';
import type { Pen } from './pen';
import { labelSize, labelWeight } from './scene';
import type { Actor, Edge, Scene } from './scene';
import { arrowHead, curvePath, webPath } from './shapes';
import { state } from './state';

const DIM = 0.16;
const FULL = 0.82;
const FAINT = 0.4; // of so many edges that they would cover one another
const DENSE = 400;
const LEAST_JOINED = 4; // smaller communities, and those of a small picture, need no hull
const LEAST_DRAWN = 14;
const FLAG = 1.5; // as wide as high
const HULLS = ['#4c78a8', '#f58518', '#54a24b', '#b279a2', '#e45756', '#72b7b2', '#9d755d', '#eeca3b'];

export function paint(pen: Pen, scene: Scene, hovered: string | null = null): void {
  if (scene.actors.length >= LEAST_DRAWN) for (const web of webs(scene)) pen.path(webPath(web.actors, web.edges), { stroke: web.colour, width: 74, opacity: 0.1 });
  for (const edge of [...scene.edges].sort((a, b) => Number(a.bright) - Number(b.bright) || a.width - b.width)) paintEdge(pen, edge, hovered === edge.pair.key, scene.edges.length > DENSE ? FAINT : FULL);
  for (const actor of [...scene.actors].reverse()) paintActor(pen, actor, hovered === actor.id);
  const [ground, ink, soft, alarm] = ['--ground', '--ink', '--soft', '--alarm'].map(cssColour) as [string, string, string, string];
  const bright = new Map(scene.actors.map(({ id, bright: lit }) => [id, lit]));
  for (const { key, text, x, y } of scene.labels) {
    if (key.startsWith('dispute ')) {
      pen.circle(x, y, 8, { fill: ground, stroke: alarm, width: 1.5 });
      pen.text(text, x, y + 0.5, { size: 12, weight: 700, colour: alarm });
    } else if (key.startsWith('pair ')) pen.text(text, x, y, { size: 12, colour: text.startsWith('✗') ? alarm : soft, halo: ground });
    else pen.text(text, x, y, { size: labelSize(key), weight: labelWeight(key), colour: ink, halo: ground, opacity: bright.get(key) ? 1 : 0.35 });
  }
}

// What of each community the edges of the picture join, where that is more than a few.
function webs(scene: Scene): { actors: Actor[]; edges: Edge[]; colour: string }[] {
  const found = [];
  for (const [group, actors] of scene.groups) {
    const inside = new Set(actors.map(({ id }) => id));
    const edges = scene.edges.filter(({ pair }) => inside.has(pair.a) && inside.has(pair.b));
    for (const part of joined(edges)) {
      if (part.size < LEAST_JOINED) continue;
      found.push({ actors: actors.filter(({ id }) => part.has(id)), edges: edges.filter(({ pair }) => part.has(pair.a)), colour: HULLS[group % HULLS.length] as string });
    }
  }
  return found;
}
function joined(edges: Edge[]): Set<Set<string>> {
  const partOf = new Map<string, Set<string>>();
  for (const { pair: { a, b } } of edges) {
    const whole = new Set([...(partOf.get(a) ?? [a]), ...(partOf.get(b) ?? [b])]);
    for (const id of whole) partOf.set(id, whole);
  }
  return new Set(partOf.values());
}

function paintEdge(pen: Pen, { pair, curve, width, bright }: Edge, hovered: boolean, full: number): void {
  const colour = toneColour(toneOf(pair.mean));
  const opacity = bright ? (hovered ? 1 : full) : DIM;
  if (hovered) pen.path(curvePath(curve), { stroke: cssColour('--hover'), width: width + 8 });
  pen.path(curvePath(curve), { stroke: colour, width, dash: palette.standings[pair.standing].dashes, opacity });
  const size = 8 + 1.3 * width;
  if (pair.forth) pen.path(arrowHead(curve, size), { fill: colour, opacity });
  if (pair.back) pen.path(arrowHead(curve, size, true), { fill: colour, opacity });
}

function paintActor(pen: Pen, { id, x, y, radius, bright }: Actor, hovered: boolean): void {
  const entity = entityOf(id);
  const [ground, ink] = [cssColour('--ground'), cssColour('--ink')];
  const flag = flagOf(id);
  const opacity = bright ? 1 : DIM * 1.6;
  const chosen = state.entity === id;
  if (chosen || hovered) pen.circle(x, y, radius + 5, { stroke: cssColour('--accent'), width: chosen ? 3 : 2 });
  if (entity.kind === 'country' && flag) {
    const [width, height] = [radius * 2 * 0.98, (radius * 2 * 0.98) / FLAG];
    pen.circle(x, y, radius, { fill: ground });
    pen.path(frame(x, y, width + 2, height + 2), { fill: ground, stroke: ink, width: 0.8, opacity: bright ? 0.55 : DIM });
    pen.flag(flag, x, y, width, height, opacity);
    return;
  }
  pen.circle(x, y, radius, { fill: ground });
  pen.circle(x, y, radius - 1, { fill: kindColour(entity.kind), opacity });
  pen.path(GLYPHS[entity.kind], { fill: cssColour('--on'), opacity }, { x, y, scale: radius / 16 });
  if (flag && radius > 9) {
    const [fx, fy] = [x + radius * 0.72, y + radius * 0.66];
    const width = Math.max(11, radius * 0.86);
    pen.path(frame(fx, fy, width + 2.4, width / FLAG + 2.4), { fill: ground, opacity: bright ? 1 : DIM });
    pen.flag(flag, fx, fy, width, width / FLAG, opacity);
  }
}
const frame = (x: number, y: number, width: number, height: number): string =>
  `M${x - width / 2} ${y - height / 2}h${width}v${height}h${-width}z`;
