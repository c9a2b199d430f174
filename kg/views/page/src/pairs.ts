// Statements folded into pairs: all that stands between two actors, in both directions, is one edge.

import type { Statement, Standing, Tone } from './payload';

export interface Pair {
  key: string;
  a: string;
  b: string;
  statements: Statement[]; // in the order given: the strongest first
  reports: number;
  mean: number | null; // Goldstein, by reports
  forth: boolean; // a acts on b
  back: boolean;
  standing: Standing;
  disputed: boolean;
}

const JOINT = '~';
export const pairKey = (one: string, other: string): string => (one < other ? one + JOINT + other : other + JOINT + one);

export function pairsOf(statements: Iterable<Statement>, reportsOf: (statement: Statement) => number): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const statement of statements) {
    const { subject, object, pair: key } = statement;
    if (subject === object) continue;
    let pair = pairs.get(key);
    if (!pair) {
      const [a, b] = subject < object ? [subject, object] : [object, subject];
      pair = { key, a, b, statements: [], reports: 0, mean: null, forth: false, back: false, standing: statement.standing, disputed: false };
      pairs.set(key, pair);
    }
    pair.statements.push(statement);
    pair.reports += reportsOf(statement);
    pair.disputed ||= Boolean(statement.disputed);
    if (subject === pair.a) pair.forth = true;
    else pair.back = true;
  }
  for (const pair of pairs.values()) pair.mean = meanOf(pair.statements, reportsOf);
  return pairs;
}

// What is asserted decides, where anything is: a denied attack must not redden an edge of talks.
export function meanOf(statements: Statement[], reportsOf: (statement: Statement) => number): number | null {
  const coded = statements.filter(({ goldstein }) => goldstein !== undefined && goldstein !== null);
  const asserted = coded.filter(({ standing }) => standing === 'asserted');
  const counted = (asserted.length ? asserted : coded).filter(({ standing }) => standing !== 'denied');
  const reports = counted.reduce((sum, statement) => sum + reportsOf(statement), 0);
  if (!reports) return null;
  return counted.reduce((sum, statement) => sum + reportsOf(statement) * (statement.goldstein ?? 0), 0) / reports;
}

// The five tones of the scale from conflict to cooperation.
export function toneOf(mean: number | null | undefined): Tone {
  if (mean === null || mean === undefined || Math.abs(mean) < 0.5) return 'none';
  if (mean < 0) return mean <= -5 ? 'material conflict' : 'verbal conflict';
  return mean >= 5 ? 'material cooperation' : 'verbal cooperation';
}

export const widthOf = (reports: number): number => Math.min(9, 1.6 + 1.5 * Math.log2(Math.max(1, reports)));

// The verbs of a pair in each direction, the most reported first, with how often: what a hover tells.
export function captions(pair: Pair, reportsOf: (statement: Statement) => number): { from: string; to: string; verbs: [string, number][] }[] {
  return [[pair.a, pair.b], [pair.b, pair.a]].map(([from = '', to = '']) => {
    const counts = new Map<string, number>();
    for (const statement of pair.statements) {
      if (statement.subject !== from) continue;
      const words = (statement.standing === 'asserted' ? '' : statement.standing === 'denied' ? '✗ ' : '? ') + statement.label;
      counts.set(words, (counts.get(words) ?? 0) + reportsOf(statement));
    }
    return { from, to, verbs: [...counts].sort(([, m], [, n]) => n - m) };
  }).filter(({ verbs }) => verbs.length);
}
