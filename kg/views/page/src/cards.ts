// The story first: a few cards above the picture, each one click from its sentence and its place.
//
// What they may show is stated: asserted in an article's own voice, with the target named, of confidence 0.5 or more, and
// among actors, offices left out. Reports are counted after the filters, so the story is that of the days chosen.

import { spoken } from './days';
import { button, byId, el, plural, shorten, signed } from './dom';
import { badge, toneVariable } from './look';
import { allClaims, betweenActors, claimOf, entities, entityOf, isFront, nameOf, sentenceOf, strengthOf, toneOfStatement } from './model';
import { meanOf, pairsOf, toneOf } from './pairs';
import type { Pair } from './pairs';
import type { Claim, Statement, Tone } from './payload';
import { passes, reportsOf, select, visibleStatements } from './state';

export const LEAST_CONFIDENCE = 0.5;
interface Card { title: string; why: string; ids: string[]; note: string; claim?: Claim; tone: Tone; open: () => void }

export const mayLead = (statement: Statement): boolean =>
  statement.standing === 'asserted' && !statement.inferred && (statement.confidence ?? 0) >= LEAST_CONFIDENCE;

export function storyOf(visible: Statement[]): Card[] {
  const actors = betweenActors(visible).filter(({ subject, object }) => isFront(entityOf(subject)) && isFront(entityOf(object)));
  const leading = actors.filter(mayLead);
  const pairs = [...pairsOf(leading, reportsOf).values()];
  return [
    pairCard('Most reported conflict', 'mean Goldstein below −0.5, then most reports', pairs.filter(({ mean }) => mean !== null && mean <= -0.5)),
    newest(leading.filter(({ event }) => event)),
    pairCard('Most reported cooperation', 'mean Goldstein above +0.5, then most reports', pairs.filter(({ mean }) => mean !== null && mean >= 0.5)),
    disputed(actors.filter((statement) => statement.disputed && (statement.confidence ?? 0) >= LEAST_CONFIDENCE)),
    speaker(),
  ].filter((card) => card !== null);
}

function pairCard(title: string, why: string, pairs: Pair[]): Card | null {
  const [best] = pairs.sort((a, b) => b.reports - a.reports || Math.abs(b.mean ?? 0) - Math.abs(a.mean ?? 0) || (a.key < b.key ? -1 : 1));
  if (!best) return null;
  const [lead] = best.statements.filter(({ goldstein }) => typeof goldstein === 'number' && Math.sign(goldstein) === Math.sign(best.mean ?? 0));
  return {
    title, why, ids: [lead?.subject ?? best.a, lead?.object ?? best.b], tone: toneOf(best.mean), claim: firstClaim(lead),
    note: `${plural(best.reports, 'report')}, mean ${signed(best.mean ?? 0)}`, open: () => select('pair', best.key),
  };
}
function newest(list: Statement[]): Card | null {
  const dated = list.filter(({ last }) => last);
  const [best] = dated.sort((a, b) => ((a.last as string) > (b.last as string) ? -1 : (a.last as string) < (b.last as string) ? 1 : strength(a) - strength(b)));
  if (!best) return null;
  return { title: 'Newest', why: 'the latest date', ids: [best.subject, best.object], note: `${best.label}, ${spoken(best.last as string)}`, tone: toneOfStatement(best), claim: firstClaim(best), open: () => select('statement', best.id) };
}
function disputed(list: Statement[]): Card | null {
  const [best] = list.sort((a, b) => b.claims.length - a.claims.length || strength(a) - strength(b));
  if (!best) return null;
  return { title: 'Disputed', why: 'one claim makes it and another denies it', ids: [best.subject, best.object], note: best.label, tone: toneOf(meanOf([best], reportsOf)), claim: firstClaim(best), open: () => select('statement', best.id) };
}
// Who is quoted most, and for whom: a person speaks for the state or body that they are of.
function speaker(): Card | null {
  const counts = new Map<string, Claim[]>();
  for (const claim of allClaims) if (claim.speaker && passesSpoken(claim)) counts.set(claim.speaker, [...(counts.get(claim.speaker) ?? []), claim]);
  const [best] = [...counts].filter(([id]) => entities[id]?.kind !== 'thing').sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  if (!best) return null;
  const [id, said] = best;
  const whole = entityOf(id).part_of ?? entityOf(id).country;
  return { title: 'Most quoted', why: 'the source of most claims', ids: whole && entities[whole] ? [id, whole] : [id], note: `source of ${plural(said.length, 'claim')}`, tone: 'none', claim: said[0], open: () => select('entity', id) };
}
// What is said is not asserted, so the choice of standings does not bind it.
const passesSpoken = (claim: Claim): boolean => passes({ ...claim, standing: 'asserted' });
const strength = ({ id }: Statement): number => strengthOf.get(id) ?? 0;
const firstClaim = (statement?: Statement): Claim | undefined => (statement?.claims[0] ? claimOf(statement.claims[0]) : undefined);

let told = '';
export function showCards(): void {
  const cards = storyOf(visibleStatements());
  const key = cards.map(({ title, ids, note }) => [title, ...ids, note].join('|')).join('\n');
  if (key === told) return;
  told = key;
  byId('cards').replaceChildren(...cards.map(cardBox));
  byId('cards').hidden = !cards.length;
}
function cardBox(card: Card): HTMLElement {
  const words = el('span', { class: 'sentence', dir: 'auto' });
  const joint = card.title === 'Most quoted' ? ' for ' : card.title === 'Newest' || card.title === 'Disputed' ? ' → ' : ' – ';
  const names = card.ids.flatMap((id, i) => [i ? joint : '', badge(id), ' ', el('b', {}, shorten(nameOf(id), 32))]);
  const box = button([el('span', { class: 'title' }, card.title), el('span', { class: 'names', dir: 'auto' }, names), el('span', { class: 'note' }, card.note), words], card.open, { class: 'card', title: `Ranked by: ${card.why}` });
  box.style.setProperty('--tone', toneVariable(card.tone));
  // The words of a large page are parsed when there is time for them.
  const { claim } = card;
  if (claim) whenIdle(() => { words.textContent = shorten(sentenceOf(claim).replace(/\s+/g, ' '), 130); });
  return box;
}
const LARGE = 4_000_000;
const whenIdle = (work: () => void): void => {
  if ((byId('evidence').textContent ?? '').length < LARGE) work();
  else setTimeout(work, 1500);
};
