// A sentence cut where the parts of a claim stand in it.

import type { Role, Words } from './payload';

// Where spans overlap, the later one in this order is marked: the relation's words are never covered.
const PRIORITY: Role[] = ['cue', 'source', 'object', 'subject', 'relation'];

// As (words, role) pairs; `start` is where the sentence begins in its article, in which the spans are counted.
export function segments(text: string, start: number, spans: Words['spans']): [string, Role | ''][] {
  const marked: (Role | '')[] = Array.from({ length: text.length }, () => '');
  for (const role of PRIORITY) {
    const span = spans[role];
    if (span) marked.fill(role, Math.max(0, span[0] - start), Math.max(0, span[1] - start));
  }
  const found: [string, Role | ''][] = [];
  for (let i = 0; i < text.length; i += 1) {
    const last = found.at(-1);
    if (last && last[1] === marked[i]) last[0] += text[i];
    else found.push([text[i] as string, marked[i] as Role | '']);
  }
  return found;
}
