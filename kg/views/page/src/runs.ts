// A text cut where claims are marked in it. Marks of the same words are one; where marks overlap, the first keeps its words.

import type { Range } from './payload';

export interface Mark { range: Range; claim: string }
export interface Run { text: string; claims: string[] }

// `marks` are in the order of the text, and positions those of the article, in which `text` begins at `start`.
export function runs(text: string, start: number, marks: Mark[]): Run[] {
  const found: Run[] = [];
  let at = start;
  for (const { range: [from, to], claim } of marks) {
    const last = found.at(-1);
    if (last?.claims.length && from < at) { last.claims.push(claim); continue; }
    if (from > at) found.push({ text: text.slice(at - start, from - start), claims: [] });
    found.push({ text: text.slice(from - start, to - start), claims: [claim] });
    at = to;
  }
  if (at - start < text.length) found.push({ text: text.slice(at - start), claims: [] });
  return found;
}
