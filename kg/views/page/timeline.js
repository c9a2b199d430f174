// The timeline: a row for each pair of actors, and in it a mark for each statement on each of its days, from
// cooperation above the line to conflict below it, by Goldstein score.

const ROWS = 25;
const MARK = 12; // pixels between marks of the same day and score
const replaceTimeline = rove(byId('timeline'), '.mark');
let rowsShown = ROWS;

function showTimeline() {
  if (state.view !== 'timeline') return;
  const pairs = [...pairsOf(betweenActors(visibleStatements()))].sort(([, a], [, b]) => b.length - a.length);
  const scale = pairs.length && timeScale(pairs.flatMap(([, marks]) => marks.map((mark) => mark.day)));
  const more = pairs.length > rowsShown && button(`Show more of ${plural(pairs.length, 'pair')}`, () => { rowsShown += ROWS; showTimeline(); });
  replaceTimeline(
    el('p', { class: 'soft hint' }, 'A row for each pair of actors, a mark for each statement on its day: cooperation above the line, conflict below it, by Goldstein score from +10 to −10. Larger marks have more claims; things are left out.'),
    pairs.length ? axisOf(scale) : el('p', {}, 'No dated statement between actors passes the filters.'),
    el('ol', { class: 'lanes' }, pairs.slice(0, rowsShown).map(([, marks], row) => laneOf(marks, row, scale))),
    more,
  );
}

// The marks of each pair, whichever of the two acts.
function pairsOf(list) {
  const pairs = new Map();
  for (const statement of list) {
    const days = counted(claimsOf(statement).filter((claim) => passes(claim) && claim.begin !== undefined).map((claim) => claim.begin));
    if (!days.size || statement.subject === statement.object) continue;
    const key = [statement.subject, statement.object].sort().join('\u0000');
    if (!pairs.has(key)) pairs.set(key, []);
    for (const [day, count] of days) pairs.get(key).push({ statement, day, count });
  }
  return pairs;
}

// Days as shares of a lane's width; those out of the usual span lie at its ends.
function timeScale(days) {
  const within = days.filter((day) => day >= span.low && day <= span.high);
  const [low, high] = within.length ? [Math.min(...within), Math.max(...within)] : [span.low, span.high];
  const [left, right] = [days.some((day) => day < low) ? 0.14 : 0, days.some((day) => day > high) ? 0.86 : 1];
  const share = (day) => {
    if (day < low) return 0;
    if (day > high) return 1;
    return low === high ? 0.5 : left + ((right - left) * (day - low)) / (high - low);
  };
  return { low, high, share, earlier: left > 0, later: right < 1 };
}
function axisOf({ low, high, share, earlier, later }) {
  const steps = Math.min(high - low, box.parentElement.clientWidth < 600 ? 2 : 5);
  const all = steps ? Array.from({ length: steps + 1 }, (_, i) => Math.round(low + (i * (high - low)) / steps)) : [low];
  const days = earlier && steps < 3 ? all.slice(1) : all;
  const tick = (text, at) => { const mark = el('span', {}, text); mark.style.left = `${100 * at}%`; return mark; };
  return el('div', { class: 'axis', 'aria-hidden': 'true' }, el('div', {},
    earlier ? tick('earlier', 0) : null, days.map((day) => tick(isoDay(day), share(day))), later ? tick('later', 1) : null));
}

function laneOf(marks, row, scale) {
  const strongest = marks.reduce((best, mark) => (strengthOf.get(mark.statement.id) < strengthOf.get(best.statement.id) ? mark : best)).statement;
  const scores = marks.map((mark) => mark.statement.goldstein).filter((score) => score !== undefined && score !== null);
  const mean = scores.length ? `, mean ${signed(scores.reduce((sum, score) => sum + score, 0) / scores.length)}` : '';
  const placedHere = placedMarks(marks, scale);
  const words = placedHere.map((mark, i) => wordsOf(mark, placedHere[i - 1], placedHere[i + 1]));
  const lane = el('div', { class: 'lane' }, words, placedHere.map((mark, column) => markOf(mark, row, column)));
  return el('li', {},
    el('button', { type: 'button', class: 'pair', dir: 'auto', onclick: () => select('statement', strongest.id) },
      `${briefName(strongest.subject)} – ${briefName(strongest.object)} `, el('small', {}, plural(marks.length, 'mark') + mean)),
    lane);
}
const signed = (score) => `${score > 0 ? '+' : score < 0 ? '−' : ''}${Math.abs(score).toFixed(1)}`;

// Marks in the order of time; those of the same day and score lie side by side.
function placedMarks(marks, scale) {
  const taken = new Map();
  return marks.sort((a, b) => a.day - b.day || strengthOf.get(a.statement.id) - strengthOf.get(b.statement.id)).map((mark) => {
    const score = mark.statement.goldstein || 0;
    const spot = `${Math.round(100 * scale.share(mark.day))} ${Math.round(score / 2)}`;
    const nth = taken.get(spot) || 0;
    taken.set(spot, nth + 1);
    // to the right and to the left by turns, so that they stay about their day
    return { ...mark, left: scale.share(mark.day), aside: MARK * Math.ceil(nth / 2) * (nth % 2 ? 1 : -1), top: 0.5 - 0.04 * score };
  });
}
// Who does what, beside a mark that has room for the words.
function wordsOf({ statement, left, top }, before, after) {
  const room = [(after ? after.left : 1.03) - left, left - (before ? before.left : -0.03)];
  const need = (text) => (7 * text.length + 30) / laneWidth();
  const text = [`${nameOf(statement.subject)} ${statement.label}`, statement.label].find((each) => need(each) < Math.max(...room));
  if (!text) return null;
  const right = need(text) < room[0];
  const words = el('span', { class: 'words', 'aria-hidden': 'true' }, text);
  words.style[right ? 'left' : 'right'] = `calc(${(100 * (right ? left : 1 - left)).toFixed(2)}% + 16px)`;
  words.style.top = `${(100 * top).toFixed(1)}%`;
  return words;
}
function laneWidth() {
  const width = box.parentElement.clientWidth - 96;
  return width < 500 ? width : width - 210;
}
function markOf({ statement, day, count, left, aside, top }, row, column) {
  const { subject, object, label, standing, event, goldstein } = statement;
  const about = [isoDay(day), `${briefName(subject)} ${label} ${briefName(object)}`, event && `${event} ${goldstein === undefined ? '' : signed(goldstein)}`,
    standing === 'asserted' ? null : palette.standings[standing].name, count > 1 ? plural(count, 'claim') : null].filter(Boolean).join(', ');
  const mark = el('button', {
    type: 'button', class: `mark ${standing === 'asserted' ? '' : 'unasserted'}`.trim(), title: about, 'aria-label': about,
    'aria-pressed': String(state.statement === statement.id), tabindex: -1,
    'data-row': row, 'data-column': column, 'data-key': `${statement.id} ${day}`, onclick: () => select('statement', statement.id),
  });
  mark.style.left = `calc(${(100 * left).toFixed(2)}% + ${aside}px)`;
  mark.style.top = `${(100 * top).toFixed(1)}%`;
  mark.style.setProperty('--tone', `var(--quads-${quadOf(statement).replace(' ', '-')})`);
  mark.style.setProperty('--size', `${Math.min(18, 9 + 2 * Math.sqrt(count))}px`);
  return mark;
}
