// The picture to pass on: PNG and SVG at twice the size, with title, legend, dates, source line and address; links and an
// embed snippet.

import { byId, download, el, svg } from './dom';
import { currentScene } from './graph';
import { cssColour, GLYPHS, kindColour, toneColour } from './look';
import { data, entities, palette } from './model';
import { mapPicture } from './map';
import { paint } from './paint';
import { CanvasPen, FAMILY, SvgPen } from './pen';
import type { Pen } from './pen';
import { textWidth } from './scene';
import type { Kind, Tone } from './payload';
import { isNarrowed, state } from './state';

const [MARGIN, HEAD, FOOT, TWICE] = [24, 66, 58, 2];
interface Sheet { width: number; height: number; top: number }

const titleField = (): string => byId<HTMLInputElement>('share-title').value.trim() || data.title;
const address = (): string => (/^https?:$/.test(location.protocol) ? location.href : '');

function sheet(): Sheet {
  const canvas = byId(state.view === 'map' ? 'world-picture' : 'network');
  return { width: Math.max(canvas.clientWidth, 560) + 2 * MARGIN, height: canvas.clientHeight + HEAD + FOOT + 2 * MARGIN, top: MARGIN + HEAD };
}

// All but the picture itself: what it is, how to read it, and where it is from.
function frame(pen: Pen, { width, height }: Sheet): void {
  const [ink, soft, line] = ['--ink', '--soft', '--line'].map(cssColour) as [string, string, string];
  const size = Math.min(22, (22 * (width - 2 * MARGIN)) / textWidth(titleField(), 22, 700));
  pen.text(titleField(), MARGIN, MARGIN + 12, { size: Math.max(12, size), weight: 700, colour: ink, anchor: 'start' });
  pen.text([data.line, period()].filter(Boolean).join(' · '), MARGIN, MARGIN + 38, { size: 13, colour: soft, anchor: 'start' });
  pen.path(`M${MARGIN} ${MARGIN + 54}H${width - MARGIN}`, { stroke: line, width: 1 });
  const base = height - MARGIN - FOOT + 18;
  pen.path(`M${MARGIN} ${base - 14}H${width - MARGIN}`, { stroke: line, width: 1 });
  legend(pen, MARGIN, base + 4, width - MARGIN);
  const made = `Made with kg. Edges are what articles report as done, not what is true.${address() ? ` ${address()}` : ''}`;
  pen.text(made, MARGIN, base + 32, { size: 11, colour: soft, anchor: 'start' });
}
function period(): string {
  const range = document.getElementById('range')?.textContent;
  return (state.from !== null || state.to !== null) && range ? `shown: ${range}` : isNarrowed() ? 'filtered' : '';
}
function legend(pen: Pen, left: number, y: number, right: number): void {
  const ink = cssColour('--ink');
  let x = left;
  const word = (text: string, weight = 400): void => {
    pen.text(text, x, y, { size: 11.5, weight, colour: ink, anchor: 'start' });
    x += textWidth(text, 11.5, weight) + 12;
  };
  word('Mean Goldstein', 600);
  for (const tone of Object.keys(palette.quads) as Tone[]) {
    pen.path(`M${x} ${y}h18`, { stroke: toneColour(tone), width: 4 });
    x += 25;
    word(palette.quads[tone].short);
  }
  const used = new Set(Object.values(entities).map(({ kind }) => kind));
  for (const kind of (Object.keys(palette.kinds) as Kind[]).filter((each) => used.has(each) && each !== 'thing')) {
    if (x > right - 110) return;
    pen.circle(x + 7, y, 7, { fill: kindColour(kind) });
    pen.path(GLYPHS[kind], { fill: cssColour('--on') }, { x: x + 7, y, scale: 0.42 });
    x += 20;
    word(palette.kinds[kind].name);
  }
}
const draw = (pen: Pen): void => (state.view === 'map' ? mapPicture(pen) : paint(pen, currentScene()));

export function pictureCanvas(): HTMLCanvasElement {
  const size = sheet();
  const canvas = el('canvas', { width: size.width * TWICE, height: size.height * TWICE });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.scale(TWICE, TWICE);
  context.fillStyle = cssColour('--ground');
  context.fillRect(0, 0, size.width, size.height);
  frame(new CanvasPen(context), size);
  context.translate(MARGIN, size.top);
  context.beginPath();
  context.rect(0, 0, size.width - 2 * MARGIN, size.height - HEAD - FOOT - 2 * MARGIN);
  context.clip();
  draw(new CanvasPen(context));
  return canvas;
}
export function pictureSvg(): SVGElement {
  const size = sheet();
  const [inner, outer] = [svg('g', { transform: `translate(${MARGIN} ${size.top})` }), svg('g')];
  const whole = svg('svg', { viewBox: `0 0 ${size.width} ${size.height}`, width: size.width * TWICE, height: size.height * TWICE, 'font-family': FAMILY.replaceAll('"', "'") },
    svg('title', {}, titleField()), svg('rect', { width: size.width, height: size.height, fill: cssColour('--ground') }), outer, inner);
  frame(new SvgPen(outer), size);
  draw(new SvgPen(inner));
  return whole;
}

const fileName = (suffix: string): string => `${titleField().normalize('NFKD').replace(/[^\w]+/g, '-').replace(/^-|-$/g, '').toLowerCase().slice(0, 60) || 'graph'}.${suffix}`;
const savePng = (): void => pictureCanvas().toBlob((blob) => { if (blob) download(fileName('png'), blob); }, 'image/png');
const saveSvg = (): void => download(fileName('svg'), new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(pictureSvg())}`], { type: 'image/svg+xml' }));

const embed = (): string => {
  const file = address() || `${fileName('html')}${location.hash}`;
  const title = titleField().replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return `<iframe src="${file.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}" title="${title}" width="100%" height="720" style="border:0" sandbox="allow-scripts allow-downloads allow-popups"></iframe>`;
};
function copy(text: string): void {
  const field = byId<HTMLTextAreaElement>('share-text');
  field.value = text;
  field.hidden = false;
  field.select();
  const done = (): void => { byId('share-told').textContent = 'Copied.'; };
  const failed = (): void => { byId('share-told').textContent = 'Copy it from the field.'; };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, failed);
  else failed();
}

export function bindShare(): void {
  const dialog = byId<HTMLDialogElement>('share');
  byId('share-button').addEventListener('click', () => {
    byId<HTMLInputElement>('share-title').value ||= data.title;
    byId('share-told').textContent = '';
    byId('share-text').hidden = true;
    const hasPicture = state.view === 'graph' || state.view === 'map';
    for (const id of ['png', 'svg']) byId<HTMLButtonElement>(id).disabled = !hasPicture;
    byId('share-note').textContent = hasPicture ? 'The picture as it stands, at twice its size, with title, legend and source line.' : 'Graph and map can be saved as pictures; this view can be printed.';
    dialog.showModal();
  });
  byId('png').addEventListener('click', savePng);
  byId('svg').addEventListener('click', saveSvg);
  byId('copy-link').addEventListener('click', () => copy(location.href));
  byId('copy-embed').addEventListener('click', () => copy(embed()));
  byId('print').addEventListener('click', () => { dialog.close(); window.print(); });
  byId('share-close').addEventListener('click', () => dialog.close());
}
