// The timeline: a row for each pair of actors, and in it a mark for each statement on each of its days, from cooperation
// above the line to conflict below it, by Goldstein score.

import { isoDay } from './days';
import { button, byId, el, plural, signed } from './dom';
import { toneVariable } from './look';
import { betweenActors, claimsOf, counted, nameOf, palette, strengthOf, toneOfStatement } from './model';
import { pairKey } from './pairs';
import type { Statement } from './payload';
import { rove } from './rove';
import { isDrawn, passes, select, state, visibleStatements } from './state';
import { span } from './time';

const ROWS = 25;
const MARK = 12; // pixels between marks of the same day and score
const replace = rove(byId('timeline'), '.mark');
let rowsShown = ROWS;

interface Mark { statement: Statement; day: number; count: number }
interface Placed extends Mark { left: number; aside: number; top: number }
interface Scale { low: number; high: number; share: (day: number) => number; earlier: boolean; later: boolean }

export function showTimeline(): void {
  if (state.view !== 'timeline') return;
  const acts = betweenActors(visibleStatements()).filter(({ subject, object }) => isDrawn(subject) && isDrawn(object));
  const pairs = [...marksOf(acts)].sort(([, a], [, b]) => b.length - a.length);
  const scale = pairs.length ? timeScale(pairs.flatMap(([, marks]) => marks.map(({ day }) => day))) : null;
  replace(
    el('p', { class: 'soft hint' }, 'A row for each pair of actors, a mark for each statement on its day: cooperation above the line, conflict below it, by Goldstein score from +10 to −10. Larger marks have more claims; things, offices and one-offs are left out.'),
    scale ? axisOf(scale) : el('p', {}, 'No dated statement between actors passes the filters.'),
    scale && el('ol', { class: 'lanes' }, pairs.slice(0, rowsShown).map(([key, marks], row) => laneOf(key, marks, row, scale))),
    pairs.length > rowsShown && button(`Show more of ${plural(pairs.length, 'pair')}`, () => { rowsShown += ROWS; showTimeline(); }),
  );
}

// The marks of each pair, whichever of the two acts.
function marksOf(list: Statement[]): Map<string, Mark[]> {
  const pairs = new Map<string, Mark[]>();
  for (const statement of list) {
    const days = counted(claimsOf(statement).filter((claim) => passes(claim) && claim.begin !== undefined).map(({ begin }) => begin as number));
    if (!days.size || statement.subject === statement.object) continue;
    const key = pairKey(statement.subject, statement.object);
    const marks = pairs.get(key) ?? [];
    for (const [day, count] of days) marks.push({ statement, day, count });
    pairs.set(key, marks);
  }
  return pairs;
}

// Days as shares of a lane's width; those out of the usual span lie at its ends.
function timeScale(days: number[]): Scale {
  const usual = span ?? { low: 0, high: 0 };
  const within = days.filter((day) => day >= usual.low && day <= usual.high);
  const [low, high] = within.length ? [Math.min(...within), Math.max(...within)] : [usual.low, usual.high];
  const [left, right] = [days.some((day) => day < low) ? 0.14 : 0, days.some((day) => day > high) ? 0.86 : 1];
  const share = (day: number): number => {
    if (day < low) return 0;
    if (day > high) return 1;
    return low === high ? 0.5 : left + ((right - left) * (day - low)) / (high - low);
  };
  return { low, high, share, earlier: left > 0, later: right < 1 };
}
const boxWidth = (): number => byId('timeline').clientWidth;
function axisOf({ low, high, share, earlier, later }: Scale): Node {
  const steps = Math.min(high - low, boxWidth() < 600 ? 2 : 5);
  const all = steps ? Array.from({ length: steps + 1 }, (_, i) => Math.round(low + (i * (high - low)) / steps)) : [low];
  const days = earlier && steps < 3 ? all.slice(1) : all;
  const tick = (text: string, at: number): Node => { const mark = el('span', {}, text); mark.style.left = `${100 * at}%`; return mark; };
  return el('div', { class: 'axis', 'aria-hidden': 'true' }, el('div', {},
    earlier ? tick('earlier', 0) : null, days.map((day) => tick(isoDay(day), share(day))), later ? tick('later', 1) : null));
}

function laneOf(key: string, marks: Mark[], row: number, scale: Scale): Node {
  const strongest = marks.reduce((best, mark) => ((strengthOf.get(mark.statement.id) ?? 0) < (strengthOf.get(best.statement.id) ?? 0) ? mark : best)).statement;
  const scores = marks.map(({ statement }) => statement.goldstein).filter((score) => typeof score === 'number');
  const mean = scores.length ? `, mean ${signed(scores.reduce((sum, score) => sum + score, 0) / scores.length)}` : '';
  const placed = placedMarks(marks, scale);
  const words = placed.map((mark, i) => wordsOf(mark, placed[i - 1], placed[i + 1]));
  return el('li', {},
    el('button', { type: 'button', class: 'pair', dir: 'auto', onclick: () => select('pair', key) },
      `${nameOf(strongest.subject)} – ${nameOf(strongest.object)} `, el('small', {}, plural(marks.length, 'mark') + mean)),
    el('div', { class: 'lane' }, words, placed.map((mark, column) => markOf(mark, row, column))));
}

// Marks in the order of time; those of the same day and score lie side by side.
function placedMarks(marks: Mark[], scale: Scale): Placed[] {
  const taken = new Map<string, number>();
  return marks.sort((a, b) => a.day - b.day || (strengthOf.get(a.statement.id) ?? 0) - (strengthOf.get(b.statement.id) ?? 0)).map((mark) => {
    const score = mark.statement.goldstein ?? 0;
    const spot = `${Math.round(100 * scale.share(mark.day))} ${Math.round(score / 2)}`;
    const nth = taken.get(spot) ?? 0;
    taken.set(spot, nth + 1);
    // to the right and to the left by turns, so that they stay about their day
    return { ...mark, left: scale.share(mark.day), aside: MARK * Math.ceil(nth / 2) * (nth % 2 ? 1 : -1), top: 0.5 - 0.04 * score };
  });
}
// Who does what to whom, beside a mark that has room for the words.
function wordsOf({ statement, left, top }: Placed, before?: Placed, after?: Placed): Node | null {
  const room = [(after ? after.left : 1.03) - left, left - (before ? before.left : -0.03)] as const;
  const need = (text: string): number => (7 * text.length + 30) / laneWidth();
  const { subject, object, label } = statement;
  const text = [`${nameOf(subject)} ${label} ${nameOf(object)}`, `${label} ${nameOf(object)}`, label].find((each) => need(each) < Math.max(...room));
  if (!text) return null;
  const right = need(text) < room[0];
  const words = el('span', { class: 'words', 'aria-hidden': 'true' }, text);
  words.style[right ? 'left' : 'right'] = `calc(${(100 * (right ? left : 1 - left)).toFixed(2)}% + 16px)`;
  words.style.top = `${(100 * top).toFixed(1)}%`;
  return words;
}
function laneWidth(): number {
  const width = boxWidth() - 96;
  return width < 500 ? width : width - 210;
}
function markOf({ statement, day, count, left, aside, top }: Placed, row: number, column: number): Node {
  const { subject, object, label, standing, event, goldstein } = statement;
  const about = [isoDay(day), `${nameOf(subject)} ${label} ${nameOf(object)}`, event && `${event} ${typeof goldstein === 'number' ? signed(goldstein) : ''}`,
    standing === 'asserted' ? null : palette.standings[standing].name, count > 1 ? plural(count, 'claim') : null].filter(Boolean).join(', ');
  const mark = el('button', {
    type: 'button', class: `mark ${standing === 'asserted' ? '' : 'unasserted'}`.trim(), title: about, 'aria-label': about,
    'aria-pressed': String(state.statement === statement.id), tabindex: -1,
    'data-row': row, 'data-column': column, 'data-key': `${statement.id} ${day}`, onclick: () => select('statement', statement.id),
  });
  mark.style.left = `calc(${(100 * left).toFixed(2)}% + ${aside}px)`;
  mark.style.top = `${(100 * top).toFixed(1)}%`;
  mark.style.setProperty('--tone', toneVariable(toneOfStatement(statement)));
  mark.style.setProperty('--size', `${Math.min(18, 9 + 2 * Math.sqrt(count))}px`);
  return mark;
}
