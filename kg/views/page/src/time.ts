// Time: a strip of claims by date under the picture, a range of it, and play.

import { binsOf, dayRange, isoDay, usualSpan } from './days';
import type { Bin } from './days';
import { button, byId, calm, el, plural } from './dom';
import { allClaims } from './model';
import { change, state } from './state';

const dated = allClaims.filter(({ begin }) => begin !== undefined);
export const span = usualSpan(dated.map(({ begin }) => begin as number).sort((a, b) => a - b));
const bins: Bin[] = span ? binsOf(span) : [];
const STEP = 900; // milliseconds that a step of the play stands
let playing: number | null = null;

const binAt = (day: number): number => Math.max(0, bins.findLastIndex((bin) => bin.start <= day));
const bin = (i: number): Bin => bins[Math.min(Math.max(i, 0), bins.length - 1)] as Bin;
const binName = (i: number): string => (bin(i).name ? `${bin(i).name}, ` : '') + dayRange(bin(i).start, bin(i).end);
const firstBin = (): number => (state.from === null ? 0 : binAt(state.from));
const lastBin = (): number => (state.to === null ? bins.length - 1 : binAt(state.to));
const chooseFrom = (i: number): void => change((now) => { now.from = i ? bin(Math.min(i, lastBin())).start : null; });
const chooseTo = (i: number): void => change((now) => { now.to = i < bins.length - 1 ? bin(Math.max(i, firstBin())).end : null; });

export function buildTime(): void {
  const strip = byId('time');
  strip.hidden = bins.length < 2;
  if (strip.hidden) return;
  const counts = bins.map(() => [0, 0] as [number, number]);
  for (const { begin, dated: byText } of dated) (counts[binAt(begin as number)] as [number, number])[byText ? 0 : 1] += 1;
  const tallest = Math.max(...counts.map(([a, b]) => a + b));
  const bars = counts.map(([text, published], i) => {
    const column = el('span', { title: `${binName(i)}: ${plural(text + published, 'claim')}, ${text} dated by the words` });
    for (const [count, kind] of [[published, 'published'], [text, 'stated']] as const) {
      const bar = el('i', { class: kind });
      bar.style.height = `${(100 * count) / tallest}%`;
      column.append(bar);
    }
    return column;
  });
  const slider = (id: string, name: string, move: (i: number) => void): HTMLElement => el('input', {
    type: 'range', id, min: 0, max: bins.length - 1, 'aria-label': name, oninput: (event: Event) => { stop(); move(Number((event.target as HTMLInputElement).value)); },
  });
  const undated = allClaims.length - dated.length;
  strip.replaceChildren(
    button('▶', play, { id: 'play', 'aria-label': 'Play', title: 'Play from date to date' }),
    el('div', { class: 'track' }, el('div', { class: 'histogram', 'aria-hidden': 'true' }, bars), el('div', { class: 'sliders' }, slider('from', 'From date', chooseFrom), slider('to', 'To date', chooseTo))),
    el('div', { class: 'told' }, el('span', { id: 'range' }),
      el('label', { title: 'Where the words give no date, the day of publication stands for it. This leaves those claims out.' + (undated ? ` ${plural(undated, 'claim')} without any date.` : '') },
        el('input', { type: 'checkbox', id: 'text-dates', onchange: (event: Event) => change((now) => { now.textDates = (event.target as HTMLInputElement).checked; }) }), 'dated by the words')),
  );
}

export function showTime(): void {
  if (bins.length < 2) return;
  const [first, last] = [firstBin(), lastBin()];
  byId('range').textContent = dayRange(bin(first).start, bin(last).end);
  for (const [id, at, day] of [['from', first, bin(first).start], ['to', last, bin(last).end]] as const) {
    byId<HTMLInputElement>(id).value = String(at);
    byId(id).setAttribute('aria-valuetext', isoDay(day));
  }
  byId<HTMLInputElement>('text-dates').checked = state.textDates;
  document.querySelectorAll('.histogram span').forEach((column, i) => column.classList.toggle('out', i < first || i > last));
  const button_ = byId('play');
  button_.textContent = playing === null ? '▶' : '❚❚';
  button_.setAttribute('aria-label', playing === null ? 'Play' : 'Pause');
}

// A window of the chosen length, or of a sixth of all, goes from the first date to the last.
function play(): void {
  if (playing !== null) { stop(); showTime(); return; }
  const whole = state.from === null && state.to === null;
  const length = whole ? Math.max(1, Math.ceil(bins.length / 6)) : lastBin() - firstBin() + 1;
  let at = whole || lastBin() === bins.length - 1 ? 0 : firstBin();
  const show = (): void => change((now) => { [now.from, now.to] = [bin(at).start, bin(at + length - 1).end]; });
  playing = window.setInterval(() => {
    at += 1;
    if (at + length > bins.length) { stop(); showTime(); return; }
    show();
  }, calm() ? 2 * STEP : STEP);
  show();
}
function stop(): void {
  if (playing !== null) clearInterval(playing);
  playing = null;
}
