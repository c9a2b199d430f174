// The panel: at first the strongest statements, then what was chosen, with the sentences that say so.

import { actorPanel } from './actor';
import { spoken } from './days';
import { button, el, link, plural, shorten, signed, tag } from './dom';
import { badge, toneVariable } from './look';
import { articles, claims, claimsOf, data, entityOf, isFront, nameOf, order, ordered, palette, segmentsOf, toneOfStatement, wordsOf } from './model';
import { meanOf, toneOf } from './pairs';
import type { Claim, Statement } from './payload';
import { sparkline } from './sparkline';
import { chosenPair, isDrawn, openArticle, pairStatements, passes, picture, reportsOf, select, state, statementChosen, unfold, visibleStatements } from './state';
import type { Unfold } from './state';

type Content = (Node | null | false)[];
const panel = (): HTMLElement => document.getElementById('panel') as HTMLElement;
const OPEN_AT_ONCE = 6;

let last = '';
export function showPanel(): void {
  const chosen = `${state.statement}|${state.entity}|${state.pair}`;
  const pair = chosenPair();
  const content: Content = pair ? pairPanel(pair) : state.entity ? actorPanel(state.entity) : overview();
  const box = panel();
  box.replaceChildren(...content.filter((each): each is Node => Boolean(each)));
  if (chosen !== last) box.scrollTop = 0;
  last = chosen;
}
export const back = (): Node => button('← All statements', () => select(null), { class: 'crumb' });

function overview(): Content {
  const visible = visibleStatements();
  const acts = visible.filter((statement) => !statement.office);
  const ids = new Set(visible.flatMap(({ subject, object }) => [subject, object]));
  const about = `${plural(visible.length, 'statement')} between ${plural(ids.size, 'entity', 'entities')} shown, `
    + `of ${ordered.length.toLocaleString('en')} that ${plural(Object.keys(articles).length, 'article makes', 'articles make')}.`;
  const inPicture = new Set(picture().ids);
  const listed = order.filter(({ id }) => ids.has(id) && inPicture.has(id)).map(({ id }) => id);
  const alone = order.filter((entity) => ids.has(entity.id) && !inPicture.has(entity.id) && isFront(entity) && isDrawn(entity.id)).map(({ id }) => id);
  return [
    el('h2', {}, 'Strongest statements'),
    el('p', { class: 'soft' }, about, ' “Asserted” means reported as done, never that it is true.'),
    leftOut(),
    longList(acts, 12, (statement) => statementBox(statement), 'statements'),
    folds(visible),
    el('h3', {}, `Actors in the picture (${listed.length})`),
    el('p', {}, longList(listed, 40, entityLink, 'actors')),
    alone.length > 0 && el('h3', {}, `Not joined to another in the picture (${alone.length})`),
    alone.length > 0 && el('p', {}, longList(alone, 20, entityLink, 'actors')),
  ];
}
const leftOut = (): Node | false => {
  const held = Object.keys(claims).length;
  return held < data.claims_in_all && el('p', { class: 'notice', id: 'left-out' },
    `This page holds the ${plural(held, 'claim')} of the strongest statements, of ${data.claims_in_all.toLocaleString('en')} in all. `
    + 'kg serve and kg query answer from all of them.');
};
// What is folded away, with how much of it there is.
const FOLDS: [Unfold, string, (statement: Statement) => boolean][] = [
  ['things', 'Things', ({ subject, object }) => [subject, object].some((id) => entityOf(id).kind === 'thing')],
  ['oneoffs', 'One-offs', ({ subject, object }) => [subject, object].some((id) => entityOf(id).kind !== 'thing' && !isFront(entityOf(id)))],
  ['offices', 'Offices', ({ office }) => Boolean(office)],
];
function folds(visible: Statement[]): Node | null {
  const rows = FOLDS.map(([what, name, test]) => {
    const count = visible.filter(test).length;
    const on = state.unfolded.has(what);
    return (count || on) ? button(`${name} (${count})`, () => unfold(what, !on), { class: 'crumb', 'aria-pressed': String(on), 'data-unfold': what }) : null;
  }).filter((row) => row !== null);
  return rows.length ? el('div', { class: 'folds' }, el('h3', {}, 'Folded away in the picture'), el('p', { class: 'soft' },
    'Actors known by name or told of in two articles stand in the picture; unfold the rest here.'), rows) : null;
}

const briefName = (id: string): string => shorten(nameOf(id), 80);
export const entityLink = (id: string): HTMLElement => button([badge(id), ' ', briefName(id)], () => select('entity', id), { class: 'crumb', dir: 'auto' });

export function longList<T>(items: T[], count: number, make: (item: T) => Node, noun: string): HTMLElement {
  const holder = el('span', {}, items.slice(0, count).map(make));
  if (items.length > count) {
    const more = button(`Show all ${items.length.toLocaleString('en')} ${noun}`, () => more.replaceWith(...items.slice(count).map(make)));
    holder.append(more);
  }
  return holder;
}

// All that stands between two actors: a word on the whole, then each statement by its date, with its sentences.
const when = (statement: Statement): string => statement.first ?? '9999';
function pairPanel(key: string): Content {
  const [a = '', b = ''] = key.split('~');
  const all = pairStatements(key);
  const shown = all.filter((statement) => claimsOf(statement).some(passes) || statement === statementChosen());
  const rest = all.filter((statement) => !shown.includes(statement));
  const chosen = statementChosen();
  const byDate = (list: Statement[]): Statement[] => [...list].sort((s, t) => (when(s) < when(t) ? -1 : when(s) > when(t) ? 1 : 0));
  const mean = meanOf(shown, reportsOf);
  const reports = shown.reduce((sum, statement) => sum + reportsOf(statement), 0);
  const boxes = byDate(shown.filter((statement) => statement !== chosen)).map((statement, i) => statementBox(statement, { open: !chosen && i < OPEN_AT_ONCE, dated: true }));
  const number = mean === null ? null : el('b', { class: 'score' }, signed(mean));
  number?.style.setProperty('--tone', toneVariable(toneOf(mean)));
  const heading = chosen ? `${nameOf(chosen.subject)} → ${nameOf(chosen.object)}` : `${nameOf(a)} – ${nameOf(b)}`;
  return [
    back(),
    el('h2', { dir: 'auto' }, heading),
    el('div', { class: 'acts' }, entityLink(chosen?.subject ?? a), entityLink(chosen?.object ?? b)),
    el('p', { class: 'soft' }, plural(reports, 'report'), number && [' · mean Goldstein ', number], shown.some(({ disputed }) => disputed) && tag('Disputed', { class: 'tag alarm' })),
    sparkline(shown),
    markKey(),
    chosen ? statementBox(chosen, { open: true, dated: true }) : null,
    chosen && boxes.length ? el('h3', {}, 'Also between these two') : null,
    ...boxes,
    rest.length > 0 && el('h3', {}, `Not shown by the filters (${rest.length})`),
    ...byDate(rest).map((statement) => statementBox(statement, { dated: true })),
  ];
}
export const markKey = (): Node => el('p', { class: 'marks' }, 'Marked: ', ['subject', 'relation', 'object', 'source'].map((role) => [el('mark', { class: role }, role), ' ']));

// A statement that opens on its evidence, which is made when it is first opened.
export function statementBox(statement: Statement, { open = false, dated = false } = {}): HTMLElement {
  const evidence = el('div', {});
  const fill = (): void => { if (!evidence.childElementCount) evidence.append(...claimsOf(statement).map((claim) => claimBox(claim)), ...chooser(statement)); };
  const classes = ['statement', statement.standing === 'asserted' ? '' : 'unasserted', statement.standing === 'denied' ? 'denied' : ''];
  const details = el('details', { class: classes.join(' ').trim(), 'data-statement': statement.id, ontoggle: () => { if (details.open) fill(); } },
    el('summary', {}, dated && statement.first ? el('span', { class: 'day' }, spoken(statement.first), ' ') : null, el('b', { dir: 'auto' }, briefName(statement.subject)), ' ',
      el('span', { class: 'verb' }, statement.label), ' ', el('b', { dir: 'auto' }, briefName(statement.object)), ' ', statementTags(statement)),
    evidence);
  details.style.setProperty('--tone', toneVariable(toneOfStatement(statement)));
  if (open) { fill(); details.open = true; }
  return details;
}
function statementTags(statement: Statement): (Node | null)[] {
  const { standing, event, quad } = statement;
  return [
    event ? tag(event, { title: quad }) : null,
    standing === 'asserted' ? null : tag(palette.standings[standing].name, { class: standing === 'denied' ? 'tag alarm' : 'tag' }),
    statement.disputed ? tag('Disputed', { class: 'tag alarm', title: 'One claim makes it, another denies it' }) : null,
    statement.inferred ? tag('target inferred') : null,
    statement.claims.length > 1 ? tag(`${statement.claims.length} claims`) : null,
  ];
}
const chooser = (statement: Statement): Node[] => (state.statement === statement.id ? [] : [button('Show on the graph', () => { select('statement', statement.id); }, { class: 'crumb' })]);

export function claimBox(claim: Claim): HTMLElement {
  const article = articles[claim.article];
  const where = [article?.publisher, article?.published && spoken(article.published)].filter(Boolean).join(', ');
  const title = article?.title ?? claim.article;
  return el('article', { class: 'claim', 'data-claim': claim.id },
    el('blockquote', { dir: 'auto' }, segmentsOf(claim).map(([text, role]) => (role ? el('mark', { class: role, title: role }, text) : text))),
    el('cite', { dir: 'auto' }, article?.url ? link(article.url, title) : title, where ? ` · ${where}` : null),
    el('div', {}, claimTags(claim), button('Read in the article', () => openArticle(claim.article, claim.id), { class: 'crumb' })));
}
function claimTags(claim: Claim): (Node | null)[] {
  const words = wordsOf(claim);
  const said = claim.source ? `said by ${claim.source}${words.quoted ? ', in quotation marks' : ''}` : null;
  return [
    tag(palette.standings[claim.standing].name, { class: claim.standing === 'denied' ? 'tag alarm' : 'tag', title: `polarity ${words.polarity}, modality ${words.modality}` }),
    words.polarity === 'negative' && words.modality !== 'asserted' ? tag(words.modality) : null,
    said ? tag(said, { title: `cue: ${words.cue}` }) : tag("in the article's own voice"),
    words.event ? tag(words.mode ? `${words.event}: ${words.mode}` : words.event, { title: words.quad }) : null,
    words.cameo ? tag(`CAMEO ${words.cameo}`) : null,
    typeof words.goldstein === 'number' ? tag(`Goldstein ${signed(words.goldstein)}`) : null,
    words.inferred ? tag('target inferred', { title: 'No grammatical argument names it' }) : null,
    claim.when ? tag(claim.dated ? spoken(claim.when) : `published ${spoken(claim.when)}`, { title: claim.dated ? 'The date of the act, as the words give it' : 'The words give no date' }) : null,
    claim.place ? tag(`in ${nameOf(claim.place)}`) : null,
    tag(`confidence ${(words.confidence ?? 0).toFixed(2)}`),
  ];
}
