// The monthly mean Goldstein of some statements, as a line of bars above and below zero.

import { monthName, monthOf } from './days';
import { el, plural, signed, svg } from './dom';
import { toneVariable } from './look';
import { claimsOf } from './model';
import { toneOf } from './pairs';
import type { Statement } from './payload';
import { passes } from './state';

const HEIGHT = 54;
const STEP = 14;
const MOST_MONTHS = 120;

export interface Month { month: string; mean: number; reports: number }

// A mean for each month with a coded, dated report; what is denied does not count.
export function monthly(statements: Statement[]): Month[] {
  const sums = new Map<string, [number, number]>();
  for (const statement of statements) {
    if (typeof statement.goldstein !== 'number') continue;
    for (const claim of claimsOf(statement)) {
      if (claim.begin === undefined || claim.standing === 'denied' || !passes(claim)) continue;
      const month = monthOf(claim.begin);
      const [sum, count] = sums.get(month) ?? [0, 0];
      sums.set(month, [sum + statement.goldstein, count + 1]);
    }
  }
  return [...sums].map(([month, [sum, count]]) => ({ month, mean: sum / count, reports: count })).sort((a, b) => (a.month < b.month ? -1 : 1));
}
const numberOf = (month: string): number => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7));

export function sparkline(statements: Statement[]): HTMLElement | null {
  const months = monthly(statements);
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last || months.length < 2) return null;
  const start = Math.max(numberOf(first.month), numberOf(last.month) - MOST_MONTHS);
  const shown = months.filter(({ month }) => numberOf(month) >= start);
  const width = (numberOf(last.month) - start + 1) * STEP;
  const bars = shown.map(({ month, mean, reports }) => {
    const height = Math.max(1.5, (Math.abs(mean) / 10) * (HEIGHT / 2));
    return svg('rect', { x: (numberOf(month) - start) * STEP + 2, width: STEP - 4, y: mean > 0 ? HEIGHT / 2 - height : HEIGHT / 2, height, fill: toneVariable(toneOf(mean)) },
      svg('title', {}, `${monthName(month)}: ${signed(mean)}, ${plural(reports, 'report')}`));
  });
  const told = shown.map(({ month, mean }) => `${monthName(month)} ${signed(mean)}`).join(', ');
  return el('figure', { class: 'sparkline' },
    svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `Mean Goldstein by month: ${told}` },
      svg('path', { d: `M0 ${HEIGHT / 2}H${width}`, stroke: 'var(--line)' }), ...bars),
    el('figcaption', {}, el('span', {}, monthName(first.month)), el('span', {}, 'mean Goldstein by month'), el('span', {}, monthName(last.month))));
}
