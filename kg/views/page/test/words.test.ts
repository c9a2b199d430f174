import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binsOf, dayOf, isoDay, lastDayOf, spoken, usualSpan } from '../src/days';
import { crosses, meet, placeLabels } from '../src/labels';
import { runs } from '../src/runs';
import { segments } from '../src/segments';

test('dates of any precision have a first and a last day', () => {
  assert.deepEqual(['2022', '2022-02', '2022-02-14'].map((date) => [isoDay(dayOf(date)), isoDay(lastDayOf(date))]),
    [['2022-01-01', '2022-12-31'], ['2022-02-01', '2022-02-28'], ['2022-02-14', '2022-02-14']]);
  assert.deepEqual(['2022', '2022-02', '2022-02-14', '2022-01-24/2022-02'].map(spoken), ['2022', 'February 2022', '14 February 2022', '24 January 2022 to February 2022']);
});

test('a few dates of long ago do not squeeze the others', () => {
  const days = [-5000, ...Array.from({ length: 60 }, (_, i) => 19000 + i)];
  const span = usualSpan(days);
  assert.ok(span && span.low === 19001 && span.first === -5000);
  const bins = binsOf(span);
  assert.equal(bins[0]?.name, 'earlier');
  assert.deepEqual([bins[0]?.start, bins.at(-1)?.end], [-5000, Math.max(...bins.map(({ end }) => end))]);
  bins.slice(1).forEach((bin, i) => assert.equal(bin.start, (bins[i]?.end ?? 0) + 1));
});

test('labels keep off each other and off icons; the weightier is kept', () => {
  const wanted = ['a', 'b', 'c'].map((key) => ({ key, text: key, width: 40, height: 16, places: [{ x: 50, y: 50 }, { x: 50, y: 80 }] }));
  const placed = placeLabels(wanted, [{ key: 'x', left: 0, right: 10, top: 0, bottom: 10 }], { width: 100, height: 100 });
  assert.deepEqual(placed.map(({ key, y }) => [key, y]), [['a', 50], ['b', 80]]);
  assert.ok(placed.every((a, i) => placed.every((b, j) => i === j || !meet(a, b))));
  assert.deepEqual(placeLabels(wanted, [{ key: 'x', left: 0, right: 100, top: 0, bottom: 100 }], { width: 100, height: 100 }), []);
});

test('a line crosses a box or goes by', () => {
  const box = { left: 10, right: 20, top: 10, bottom: 20 };
  assert.ok(crosses({ x: 0, y: 0 }, { x: 30, y: 30 }, box));
  assert.ok(!crosses({ x: 0, y: 0 }, { x: 30, y: 5 }, box));
  assert.ok(!crosses({ x: 0, y: 25 }, { x: 30, y: 25 }, box));
});

test('claims are marked in the text, those of the same words together', () => {
  const text = 'Putin warned NATO and met Orban.';
  const found = runs(text, 100, [{ range: [106, 112], claim: 'a' }, { range: [106, 112], claim: 'b' }, { range: [108, 120], claim: 'c' }, { range: [122, 125], claim: 'd' }]);
  assert.equal(found.map((run) => run.text).join(''), text);
  assert.deepEqual(found.filter(({ claims }) => claims.length), [{ text: 'warned', claims: ['a', 'b', 'c'] }, { text: 'met', claims: ['d'] }]);
});

test('the parts of a claim are marked in its sentence, the relation above all', () => {
  const text = 'Putin said that Ukraine may join NATO.';
  const found = segments(text, 10, { source: [10, 15], cue: [16, 20], subject: [26, 33], relation: [38, 42], object: [38, 47] });
  assert.equal(found.map(([words]) => words).join(''), text);
  assert.deepEqual(found.filter(([, role]) => role), [['Putin', 'source'], ['said', 'cue'], ['Ukraine', 'subject'], ['join', 'relation'], [' NATO', 'object']]);
});

test('spans outside of the sentence mark nothing', () => {
  assert.deepEqual(segments('He left.', 50, { source: [0, 5], relation: [53, 57] }), [['He ', ''], ['left', 'relation'], ['.', '']]);
});
