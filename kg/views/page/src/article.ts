// The article, read: its text with every claim marked in place, by its standing, with its source named in the margin.

import { spoken } from './days';
import { button, byId, el, link, plural } from './dom';
import { allClaims, articles, claimOf, nameOf, palette, piecesOf, wordsOf } from './model';
import type { Article, Claim } from './payload';
import { runs } from './runs';
import type { Mark } from './runs';
import { change, openArticle, passes, state } from './state';

const byArticle = new Map<string, Claim[]>(Object.keys(articles).map((id) => [id, []]));
for (const claim of allClaims) byArticle.get(claim.article)?.push(claim);

let made = '';
export function showArticle(): void {
  if (state.view !== 'article') return;
  const id = state.article ?? articleOfChoice();
  const box = byId('article');
  if (!id) { box.replaceChildren(el('p', {}, 'No article was read.')); return; }
  if (made !== id) {
    made = id;
    box.replaceChildren(head(id), el('div', { class: 'text', lang: 'en' }, paragraphs(id)));
    box.scrollTop = 0;
  }
  mark(id);
  settleNotes();
}
// Each note of the margin beside the words it is of, and below the one before.
function settleNotes(): void {
  const wide = byId('article').clientWidth > 640;
  for (const row of byId('article').querySelectorAll<HTMLElement>('.row')) {
    let bottom = 0;
    for (const note of row.querySelectorAll<HTMLElement>('.source')) {
      const words = row.querySelector<HTMLElement>(`.at[data-claims~="${CSS.escape(note.dataset['claim'] ?? '')}"]`);
      note.style.marginTop = '';
      if (!wide || !words) continue;
      const gap = Math.max(0, words.offsetTop - row.offsetTop - bottom);
      note.style.marginTop = `${gap}px`;
      bottom += gap + note.offsetHeight + 3;
    }
  }
}
// The article of what is chosen, else the one with most claims.
function articleOfChoice(): string | null {
  const chosen = state.statement ? allClaims.find((claim) => claim.statement?.id === state.statement)?.article : undefined;
  return chosen ?? [...byArticle].sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}

function head(id: string): Node {
  const { title, publisher, published, url } = articles[id] as Article;
  const ids = Object.keys(articles);
  const chooser = el('select', { id: 'choose-article', 'aria-label': 'Article', onchange: (event: Event) => openArticle((event.target as HTMLSelectElement).value) },
    ids.map((each) => el('option', { value: each, selected: each === id }, articles[each]?.title ?? each)));
  const count = byArticle.get(id)?.length ?? 0;
  return el('div', { class: 'head' },
    ids.length > 1 ? chooser : null,
    el('h2', { dir: 'auto' }, url ? link(url, title) : title),
    el('p', { class: 'soft' }, [publisher, published && spoken(published), plural(count, 'claim')].filter(Boolean).join(' · ')),
    el('div', { class: 'acts' },
      button('← Previous claim', () => step(-1), { id: 'previous-claim' }), button('Next claim →', () => step(1), { id: 'next-claim' }),
      ids.length > 1 ? button('Next article', () => openArticle(ids[(ids.indexOf(id) + 1) % ids.length] as string)) : null));
}

// Claims in the order of the text, those of the same words together.
const inOrder = (id: string): Claim[] => [...(byArticle.get(id) ?? [])].sort((a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1]);
const at = (claim: Claim): [number, number] => wordsOf(claim).spans.relation ?? wordsOf(claim).sentence;
function step(way: number): void {
  const id = state.article ?? made;
  const claims = inOrder(id);
  const spots = claims.filter((claim, i) => i === 0 || String(at(claim)) !== String(at(claims[i - 1] as Claim)));
  const now = spots.findIndex((claim) => state.claim && String(at(claim)) === String(at(claimOf(state.claim))));
  const next = spots[(now + way + spots.length) % spots.length] ?? spots[0];
  if (next) choose(next);
}
// The claim in the text, and beside it in the panel: its statement with the sentence.
function choose(claim: Claim): void {
  change((now) => {
    [now.article, now.claim] = [claim.article, claim.id];
    [now.statement, now.entity, now.pair] = [claim.statement?.id ?? null, claim.statement ? null : claim.subject ?? null, null];
    for (const end of [claim.statement?.subject, claim.statement?.object]) if (end) now.reached.add(end);
  });
}

function paragraphs(id: string): Node[] {
  const marks: Mark[] = inOrder(id).map((claim) => ({ range: at(claim), claim: claim.id }));
  const found: Node[] = [];
  piecesOf(id).forEach(([start, text], nth) => {
    if (nth) found.push(el('p', { class: 'soft gap' }, '…'));
    let from = start;
    for (const line of text.split('\n')) {
      if (line.trim()) found.push(paragraph(line, from, marks, from === 0 && line === articles[id]?.title));
      from += line.length + 1;
    }
  });
  return found;
}
function paragraph(line: string, start: number, marks: Mark[], isTitle: boolean): Node {
  const end = start + line.length;
  const inside = marks.filter(({ range }) => range[0] >= start && range[1] <= end);
  const words = runs(line, start, inside).map(({ text, claims }) => (claims.length ? markOf(text, claims.map(claimOf)) : text));
  const notes = sources(inside.map(({ claim }) => claimOf(claim)));
  return el('div', { class: isTitle ? 'row first' : 'row' }, el('p', { dir: 'auto' }, words), el('aside', { 'aria-label': 'Sources' }, notes));
}
function markOf(text: string, here: Claim[]): Node {
  const [lead] = here as [Claim];
  const told = here.map((claim) => {
    const { subject, label, object } = claim.statement ?? claim;
    return `${nameOf(subject ?? '')} ${label ?? ''} ${object ? nameOf(object) : ''} (${palette.standings[claim.standing].name.toLowerCase()}${claim.source ? `, ${claim.source}` : ''})`;
  }).join('; ');
  return el('button', { type: 'button', class: `at ${lead.standing}`, title: told, 'aria-label': `${text}: ${told}`, 'data-claims': here.map(({ id }) => id).join(' '), onclick: () => choose(nextOf(here)) }, text);
}
// Of several claims in the same words, each click shows the next.
const nextOf = (here: Claim[]): Claim => here[(here.findIndex(({ id }) => id === state.claim) + 1) % here.length] as Claim;
function sources(here: Claim[]): Node[] {
  const seen = new Map<string, Claim>();
  for (const claim of here) if (claim.source) seen.set(`${claim.source} ${wordsOf(claim).cue}`, claim);
  return [...seen.values()].map((claim) => {
    const { cue = '', quoted } = wordsOf(claim);
    return button([el('b', {}, claim.source), ` ${cue === claim.source ? '' : cue}${quoted ? ' “…”' : ''}`], () => choose(claim), { class: 'source', dir: 'auto', 'data-claim': claim.id });
  });
}

function mark(id: string): void {
  for (const node of byId('article').querySelectorAll<HTMLElement>('.at')) {
    const here = (node.dataset['claims'] ?? '').split(' ');
    const chosen = state.claim !== null && here.includes(state.claim);
    node.classList.toggle('chosen', chosen);
    node.classList.toggle('faint', !here.some((each) => passesAnyStanding(claimOf(each))));
    if (chosen && shownClaim !== state.claim) node.scrollIntoView({ block: 'center' });
  }
  shownClaim = state.claim;
  const chooser = document.getElementById('choose-article') as HTMLSelectElement | null;
  if (chooser) chooser.value = id;
}
let shownClaim: string | null = null;
// All standings are marked in the text, whatever the graph shows; the other filters hold.
const passesAnyStanding = (claim: Claim): boolean => passes({ ...claim, standing: 'asserted' });
