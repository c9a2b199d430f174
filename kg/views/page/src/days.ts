// Days as whole numbers since 1970, from ISO 8601 dates of any precision.

export const DAY = 86400000;

const parts = (text: string): number[] => text.split('-').map(Number);
export function dayOf(text: string): number {
  const [year = 0, month, day] = parts(text);
  return Date.UTC(year, (month || 1) - 1, day || 1) / DAY;
}
export function lastDayOf(text: string): number {
  const [year = 0, month, day] = parts(text);
  return Date.UTC(year, day && month ? month - 1 : month || 12, day || 0) / DAY;
}
export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
export const dayRange = (start: number, end: number): string => (start === end ? isoDay(start) : `${isoDay(start)} to ${isoDay(end)}`);

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
// A date as a reader says it: "3 February 2023".
export function spoken(text: string): string {
  const [first = '', last] = text.split('/');
  if (last) return `${spoken(first)} to ${spoken(last)}`;
  const [year, month, day] = parts(first);
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(' ');
}
export const monthOf = (day: number): string => isoDay(day).slice(0, 7);
export const monthName = (month: string): string => `${(MONTHS[Number(month.slice(5, 7)) - 1] ?? '').slice(0, 3)} ${month.slice(0, 4)}`;

export interface Span { first: number; last: number; low: number; high: number }
export interface Bin { start: number; end: number; name?: string }

// Where nearly all dates lie, and the very first and last of them: a few of long ago must not squeeze the others.
export function usualSpan(days: number[]): Span | null {
  if (!days.length) return null;
  const at = (share: number): number => days[Math.round(share * (days.length - 1))] as number;
  const [first, last, low, high] = [at(0), at(1), at(0.04), at(0.96)];
  const far = 30 + (high - low);
  return { first, last, low: low - first > far ? low : first, high: last - high > far ? high : last };
}

const BIN_DAYS = [1, 7, 30.4375, 91.3125, 365.25];
const MOST_BINS = 40;
export function binsOf({ first, last, low, high }: Span): Bin[] {
  const length = BIN_DAYS.find((days) => (high - low) / days < MOST_BINS) ?? (high - low + 1) / MOST_BINS;
  const count = Math.floor((high - low) / length) + 1;
  const edge = (position: number): number => Math.round(low + position * length);
  const usual = Array.from({ length: count }, (_, i) => ({ start: edge(i), end: edge(i + 1) - 1 }));
  const end = (usual.at(-1) as Bin).end;
  return [
    ...(first < low ? [{ start: first, end: low - 1, name: 'earlier' }] : []),
    ...usual,
    ...(last > end ? [{ start: end + 1, end: last, name: 'later' }] : []),
  ];
}
