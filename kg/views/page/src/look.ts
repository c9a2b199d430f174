// Colours, glyphs and flags, in the reader's light or dark.

import { svg } from './dom';
import { entities, flags, palette } from './model';
import type { Kind, Tone } from './payload';

export const darkness = window.matchMedia('(prefers-color-scheme: dark)');
export const kindColour = (kind: Kind): string => palette.kinds[kind][darkness.matches ? 'dark' : 'light'];
export const toneColour = (tone: Tone): string => palette.quads[tone][darkness.matches ? 'dark' : 'light'];
export const toneVariable = (tone: Tone): string => `var(--quads-${tone.replace(' ', '-')})`;

const colours = new Map<string, string>();
darkness.addEventListener('change', () => colours.clear());
export function cssColour(name: string): string {
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    colours.set(name, value);
  }
  return value;
}

// A glyph for each kind, in a square of 24 about its middle.
export const GLYPHS: Record<Kind, string> = {
  person: 'M0 -8.2a4 4 0 1 0 .01 0zM-7.6 8c0 -5 3.1 -7.2 7.6 -7.2s7.6 2.2 7.6 7.2z',
  country: 'M-6 -9h1.8v18h-1.8zM-3.4 -8.4h9.6l-2 3.4 2 3.4h-9.6z',
  organization: 'M0 -8.6 8.2 -4.4v1.6h-16.4v-1.6zM-6.6 -1.6h2.6v7h-2.6zM-1.3 -1.6h2.6v7h-2.6zM4 -1.6h2.6v7h-2.6zM-8.2 6.4h16.4v2.2h-16.4z',
  group: 'M-4.4 -6.4a3 3 0 1 0 .01 0zM4.4 -6.4a3 3 0 1 0 .01 0zM-9.8 6.4c0 -4.2 2.2 -5.9 5.4 -5.9 1.8 0 3.2.5 4.4 1.6 1.2 -1.1 2.6 -1.6 4.4 -1.6 3.2 0 5.4 1.7 5.4 5.9z',
  place: 'M0 -9.2c3.7 0 6 2.6 6 6 0 4 -6 12 -6 12s-6 -8 -6 -12c0 -3.4 2.3 -6 6 -6zM0 -5.6a2.4 2.4 0 1 0 .01 0z',
  thing: 'M0 -7.6 7.6 0 0 7.6 -7.6 0z',
};

export const flagOf = (id: string): string | null => flags[entities[id]?.code ?? ''] ?? null;
export const flagUrl = (source: string): string => `data:image/svg+xml,${encodeURIComponent(source)}`;

// In the panel: a flag for a state, a glyph for all else.
export function badge(id: string): Element {
  const entity = entities[id];
  const flag = entity?.kind === 'country' ? flagOf(id) : null;
  if (flag) return flagImage(flag);
  return glyph(entity?.kind ?? 'thing');
}
export function flagImage(source: string): HTMLImageElement {
  const image = new Image(21, 14);
  image.src = flagUrl(source);
  image.alt = '';
  image.className = 'flag';
  return image;
}
export const glyph = (kind: Kind): SVGElement => svg('svg', { class: 'glyph', width: 16, height: 16, viewBox: '-12 -12 24 24', 'aria-hidden': 'true' },
  svg('circle', { r: 12, fill: kindColour(kind) }), svg('path', { d: GLYPHS[kind], fill: 'var(--on)', transform: 'scale(.78)', 'fill-rule': 'evenodd' }));
export const stroke = (colour: string, width: number, dashes: number[] | false): SVGElement =>
  svg('svg', { class: 'glyph', width: 30, height: 14, viewBox: '0 0 30 14', 'aria-hidden': 'true' },
    svg('path', { d: 'M1 7H29', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dashes ? dashes.join(' ') : null, fill: 'none' }));
