// Dates: when each claim is, the filter by a range of them, and its slider over a histogram. Days are whole numbers
// since 1970. A few claims of long ago must not squeeze the others together: they share one bin, "earlier".

const DAY = 86400000;
const BIN_DAYS = [1, 7, 30.4375, 91.3125, 365.25];
const MOST_BINS = 40;
const dayOf = (text) => {
  const [year, month, day] = text.split('-').map(Number);
  return Date.UTC(year, (month || 1) - 1, day || 1) / DAY;
};
const lastDayOf = (text) => {
  const [year, month, day] = text.split('-').map(Number);
  return Date.UTC(year, day ? month - 1 : month || 12, day || 0) / DAY;
};
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

for (const claim of allClaims) {
  if (!claim.when) continue;
  const [begin, end] = claim.when.split('/');
  [claim.begin, claim.end] = [dayOf(begin), lastDayOf(end || begin)];
}
const datedClaims = allClaims.filter((claim) => claim.begin !== undefined);
const span = usualSpan(datedClaims.map((claim) => claim.begin).sort((a, b) => a - b));
const bins = span ? binsOf(span) : [];

// Where nearly all dates lie, and the very first and last of them.
function usualSpan(days) {
  if (!days.length) return null;
  const at = (share) => days[Math.round(share * (days.length - 1))];
  const [first, last, low, high] = [at(0), at(1), at(0.04), at(0.96)];
  const far = 30 + (high - low);
  return { first, last, low: low - first > far ? low : first, high: last - high > far ? high : last };
}
function binsOf({ first, last, low, high }) {
  const length = BIN_DAYS.find((days) => (high - low) / days < MOST_BINS) || (high - low + 1) / MOST_BINS;
  const count = Math.floor((high - low) / length) + 1;
  const edge = (position) => Math.round(low + position * length);
  const usual = Array.from({ length: count }, (_, i) => ({ start: edge(i), end: edge(i + 1) - 1 }));
  return [
    ...(first < low ? [{ start: first, end: low - 1, name: 'earlier' }] : []),
    ...usual,
    ...(last > usual.at(-1).end ? [{ start: usual.at(-1).end + 1, end: last, name: 'later' }] : []),
  ];
}
const binAt = (day) => Math.max(0, bins.findLastIndex((bin) => bin.start <= day));

// Whether a claim is within the dates that were chosen; what has no date is, unless some were.
function isInTime({ begin, end }) {
  if (state.from === null && state.to === null) return true;
  return begin !== undefined && (state.to === null || begin <= state.to) && (state.from === null || end >= state.from);
}

function dateFilter() {
  if (!bins.length) return null;
  const undated = allClaims.length - datedClaims.length;
  const counts = bins.map(() => 0);
  for (const claim of datedClaims) counts[binAt(claim.begin)] += 1;
  const tallest = Math.max(...counts);
  const bars = counts.map((count, i) => {
    const bar = el('i', { title: `${binName(i)}: ${plural(count, 'claim')}` });
    bar.style.height = `${count ? Math.max(5, (100 * count) / tallest) : 0}%`;
    return bar;
  });
  const slider = (id, name, move) => el('input', {
    type: 'range', id, min: 0, max: bins.length - 1, 'aria-label': name, oninput: (event) => move(Number(event.target.value)),
  });
  return el('details', { open: true, class: 'dates' },
    el('summary', {}, 'Dates'),
    bins.length > 1 ? [
      el('div', { class: 'histogram', 'aria-hidden': 'true' }, bars),
      el('div', { class: 'sliders' }, slider('from', 'From date', chooseFrom), slider('to', 'To date', chooseTo)),
    ] : null,
    el('p', { id: 'range', class: 'soft' }),
    undated ? el('p', { class: 'soft' }, `${plural(undated, 'claim')} without a date, left out when a range is chosen.`) : null);
}
const binName = (i) => (bins[i].name ? `${bins[i].name}, ` : '') + dayRange(bins[i].start, bins[i].end);
const dayRange = (start, end) => (start === end ? isoDay(start) : `${isoDay(start)} to ${isoDay(end)}`);

const firstBin = () => (state.from === null ? 0 : binAt(state.from));
const lastBin = () => (state.to === null ? bins.length - 1 : binAt(state.to));
const chooseFrom = (i) => change((now) => { now.from = i ? bins[Math.min(i, lastBin())].start : null; });
const chooseTo = (i) => change((now) => { now.to = i < bins.length - 1 ? bins[Math.max(i, firstBin())].end : null; });

function showDates() {
  if (!bins.length) return;
  const [first, last] = [firstBin(), lastBin()];
  byId('range').textContent = dayRange(bins[first].start, bins[last].end);
  if (bins.length < 2) return;
  for (const [id, bin, day] of [['from', first, bins[first].start], ['to', last, bins[last].end]]) {
    byId(id).value = bin;
    byId(id).setAttribute('aria-valuetext', isoDay(day));
  }
  document.querySelectorAll('.histogram i').forEach((bar, i) => bar.classList.toggle('out', i < first || i > last));
}
