// The search box: entities by any of their names, then statements; arrow keys choose, Enter opens.

const field = document.getElementById('search');
const suggestions = document.getElementById('suggestions');
const MOST = 12;
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
let offered = [];
let current = -1;

// Every word that was typed must begin a word of what is offered.
function matcher(typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  return (text) => { const folded = ` ${fold(text)}`; return words.every((word) => folded.includes(` ${word}`)); };
}
function found(typed) {
  if (!typed.trim()) return [];
  const matches = matcher(typed);
  const actors = Object.keys(entities)
    .filter((id) => matches([entities[id].name, ...(entities[id].names || [])].join(' ')))
    .map((id) => ({ kind: 'entity', id, text: nameOf(id), note: palette.kinds[entities[id].kind].name }));
  const sentences = [];
  for (const s of ordered) {
    if (sentences.length === MOST) break;
    const text = `${nameOf(s.subject)} ${s.label} ${nameOf(s.object)}`;
    if (matches(text)) sentences.push({ kind: 'statement', id: s.id, text, note: s.standing === 'asserted' ? s.event || '' : palette.standings[s.standing].name });
  }
  const few = sentences.length ? MOST - Math.min(4, sentences.length) : MOST;
  return [...actors.slice(0, few), ...sentences].slice(0, MOST);
}

function offer() {
  offered = found(field.value);
  current = offered.length ? 0 : -1;
  suggestions.replaceChildren(...offered.map((item, position) => el('li', {
    role: 'option', id: `suggestion-${position}`, 'data-kind': item.kind, onmousedown: (event) => { event.preventDefault(); choose(position); },
  }, el('span', { dir: 'auto' }, shorten(item.text, 120)), el('small', {}, item.note))));
  if (field.value.trim() && !offered.length) suggestions.append(el('li', { role: 'option', 'aria-disabled': 'true' }, 'Nothing has that name'));
  suggestions.hidden = !field.value.trim();
  field.setAttribute('aria-expanded', String(!suggestions.hidden));
  point();
}
function point() {
  [...suggestions.children].forEach((row, position) => row.setAttribute('aria-selected', String(position === current)));
  if (current >= 0) field.setAttribute('aria-activedescendant', `suggestion-${current}`);
  else field.removeAttribute('aria-activedescendant');
  suggestions.children[current]?.scrollIntoView({ block: 'nearest' });
}
function choose(position) {
  const item = offered[position];
  if (!item) return;
  closeSuggestions();
  select(item.kind, item.id);
  const points = item.kind === 'entity' ? [item.id] : [statements[item.id].subject];
  if (shown.nodes.get(points[0])) network.moveTo({ position: network.getPosition(points[0]), animation: calm() ? false : { duration: 250 } });
}
function closeSuggestions() {
  suggestions.hidden = true;
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-activedescendant');
}

field.addEventListener('input', offer);
field.addEventListener('focus', () => { if (field.value.trim()) offer(); });
field.addEventListener('blur', closeSuggestions);
field.addEventListener('keydown', (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && offered.length) {
    event.preventDefault();
    current = (current + steps[event.key] + offered.length) % offered.length;
    point();
  } else if (event.key === 'Enter') choose(current);
  else if (event.key === 'Escape') { if (suggestions.hidden) field.value = ''; closeSuggestions(); }
});
