// The panel: at first the strongest statements, then what was chosen, with the sentences that say so. Whatever comes
// from an article is set as text, never as markup.

const panel = document.getElementById('panel');

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
const button = (text, act, attributes) => el('button', { type: 'button', onclick: act, ...attributes }, text);
const tag = (text, attributes) => el('span', { class: 'tag', dir: 'auto', ...attributes }, text);

let last = '';
function showPanel() {
  const chosen = `${state.statement}|${state.entity}`;
  const [content] = [state.statement ? pairPanel(statements[state.statement]) : state.entity ? entityPanel(state.entity) : overview()];
  panel.replaceChildren(...content);
  if (chosen !== last) panel.scrollTop = 0;
  last = chosen;
}
const back = () => button('← All statements', () => select(null), { class: 'crumb' });

function overview() {
  const visible = visibleStatements();
  const ids = new Set(visible.flatMap((statement) => [statement.subject, statement.object]));
  const about = `${plural(visible.length, 'statement')} between ${plural(ids.size, 'entity', 'entities')} shown, `
    + `of ${ordered.length.toLocaleString('en')} that ${plural(Object.keys(articles).length, 'article makes', 'articles make')}.`;
  const listed = [...ids].sort((a, b) => rankOf.get(a) - rankOf.get(b));
  return [
    el('h2', {}, 'Strongest statements'),
    el('p', { class: 'soft' }, about, ' “Asserted” means reported as done, never that it is true.'),
    longList(visible, 12, (statement) => statementBox(statement), 'statements'),
    el('h3', {}, `Entities (${listed.length})`),
    el('p', {}, longList(listed, 40, entityLink, 'entities')),
  ];
}
const briefName = (id) => shorten(nameOf(id), 80);
const entityLink = (id) => button(briefName(id), () => select('entity', id), { class: 'crumb', dir: 'auto' });

function longList(items, count, make, noun) {
  const holder = el('span', {}, items.slice(0, count).map(make));
  if (items.length > count) {
    const more = button(`Show all ${items.length.toLocaleString('en')} ${noun}`, () => more.replaceWith(...items.slice(count).map(make)));
    holder.append(more);
  }
  return holder;
}

function pairPanel(chosen) {
  const { subject, object } = chosen;
  const same = statementsOf.get(subject).filter((s) => s.subject === subject && s.object === object && s !== chosen);
  const opposite = statementsOf.get(subject).filter((s) => s.subject === object && s.object === subject && subject !== object);
  return [
    back(),
    el('h2', { dir: 'auto' }, `${nameOf(subject)} → ${nameOf(object)}`),
    el('div', { class: 'acts' }, entityLink(subject), entityLink(object)),
    markKey(),
    statementBox(chosen, { open: true }),
    same.length ? el('h3', {}, 'Also between these two') : null,
    ...same.map((statement) => statementBox(statement)),
    opposite.length ? el('h3', {}, 'The other way') : null,
    ...opposite.map((statement) => statementBox(statement)),
  ].filter(Boolean);
}

function entityPanel(id) {
  const entity = entities[id];
  const list = statementsOf.get(id);
  const alone = allClaims.filter((claim) => claim.subject === id);
  const section = (title, items) => (items.length ? [el('h3', {}, `${title} (${items.length})`), longList(items, 25, (s) => statementBox(s), 'statements')] : []);
  return [
    back(),
    el('h2', { dir: 'auto' }, entity.name),
    el('p', { class: 'soft' }, glyph(entity.kind), ' ', palette.kinds[entity.kind].name,
      entity.part_of && entities[entity.part_of] ? ` of ${nameOf(entity.part_of)}` : null,
      entity.names ? el('span', { dir: 'auto' }, ` · also ${entity.names.slice(0, 8).join(', ')}`) : null,
      entity.wikidata ? [' · ', link(`https://www.wikidata.org/wiki/${encodeURIComponent(entity.wikidata)}`, entity.wikidata)] : null),
    el('div', { class: 'acts' },
      state.focus === id ? button('Leave focus', () => focusOn(null)) : button('Focus on neighbours', () => focusOn(id)),
      expandButton(id),
      button('Hide', () => hide(id))),
    ...section('What it does', list.filter((s) => s.subject === id)),
    ...section('What is done to it', list.filter((s) => s.object === id && s.subject !== id)),
    ...(alone.length ? [el('h3', {}, `Claims without an object (${alone.length})`), ...alone.map((claim) => claimBox(claim))] : []),
    list.length || alone.length ? null : el('p', { class: 'soft' }, 'No statement of this graph has it as subject or object.'),
  ].filter(Boolean);
}

// Neighbours that are hidden, or too light for the picture, come in on request.
function expandButton(id) {
  if (state.expanded.has(id)) return button('Collapse', () => change((now) => now.expanded.delete(id)));
  const missing = [...neighboursOf(id)].filter((near) => !admits(near) || (state.focus && !inFocus(near)));
  return missing.length ? button(`Expand (${missing.length.toLocaleString('en')} more)`, () => expand(id)) : null;
}

const link = (url, text) => el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto' }, text);
const markKey = () => el('p', { class: 'marks' }, 'Marked: ', ['subject', 'relation', 'object', 'source'].map((role) => [el('mark', { class: role }, role), ' ']));

// A statement that opens on its evidence, which is made when it is first opened.
function statementBox(statement, { open = false } = {}) {
  const evidence = el('div', {});
  const fill = () => { if (!evidence.childElementCount) evidence.append(...claimsOf(statement).map(claimBox), chooser(statement)); };
  const classes = ['statement', statement.standing === 'asserted' ? '' : 'unasserted', statement.standing === 'denied' ? 'denied' : ''];
  const details = el('details', { class: classes.join(' ').trim(), 'data-statement': statement.id, ontoggle: () => details.open && fill() },
    el('summary', {}, el('b', { dir: 'auto' }, briefName(statement.subject)), ' ', el('span', { class: 'verb' }, statement.label), ' ',
      el('b', { dir: 'auto' }, briefName(statement.object)), ' ', statementTags(statement)),
    evidence);
  details.style.setProperty('--tone', `var(--quads-${quadOf(statement).replace(' ', '-')})`);
  if (open) { fill(); details.open = true; }
  return details;
}
function statementTags(statement) {
  const { standing } = statement;
  return [
    statement.event ? tag(statement.event, { title: statement.quad }) : null,
    standing === 'asserted' ? null : tag(palette.standings[standing].name, { class: standing === 'denied' ? 'tag alarm' : 'tag' }),
    statement.disputed ? tag('Disputed', { class: 'tag alarm', title: 'One claim makes it, another denies it' }) : null,
    statement.inferred ? tag('target inferred') : null,
    statement.claims.length > 1 ? tag(`${statement.claims.length} claims`) : null,
  ];
}
const chooser = (statement) => (state.statement === statement.id ? '' : button('Show on the graph', () => select('statement', statement.id), { class: 'crumb' }));

function claimBox(brief) {
  const claim = inFull(brief);
  const article = articles[claim.article];
  const where = [article.publisher, article.published].filter(Boolean).join(', ');
  return el('article', { class: 'claim', 'data-claim': claim.id },
    el('blockquote', { dir: 'auto' }, claim.segments.map(([text, role]) => (role ? el('mark', { class: role, title: role }, text) : text))),
    el('cite', { dir: 'auto' }, article.url ? link(article.url, article.title) : article.title, where ? ` · ${where}` : null),
    el('div', {}, claimTags(claim)));
}
function claimTags(claim) {
  const standing = palette.standings[claim.standing].name;
  const said = claim.source && `said by ${claim.source}${claim.quoted ? ', in quotation marks' : ''}`;
  return [
    tag(standing, { class: claim.standing === 'denied' ? 'tag alarm' : 'tag', title: `polarity ${claim.polarity}, modality ${claim.modality}` }),
    claim.polarity === 'negative' && claim.modality !== 'asserted' ? tag(claim.modality) : null,
    said ? tag(said, { title: `cue: ${claim.cue}` }) : tag("in the article's own voice"),
    claim.event ? tag(claim.mode ? `${claim.event}: ${claim.mode}` : claim.event, { title: claim.quad }) : null,
    claim.cameo ? tag(`CAMEO ${claim.cameo}`) : null,
    claim.goldstein === undefined || claim.goldstein === null ? null : tag(`Goldstein ${claim.goldstein > 0 ? '+' : ''}${claim.goldstein}`),
    claim.inferred ? tag('target inferred', { title: 'No grammatical argument names it' }) : null,
    claim.time ? tag(`time ${claim.time}`) : null,
    claim.place ? tag(`in ${claim.place}`) : null,
    tag(`confidence ${(claim.confidence || 0).toFixed(2)}`),
  ];
}
