import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captions, meanOf, pairKey, pairsOf, toneOf, widthOf } from '../src/pairs';
import type { Statement } from '../src/payload';

const act = (subject: string, object: string, values: Partial<Statement> = {}): Statement =>
  ({ id: `${subject}${object}${values.label ?? ''}`, pair: pairKey(subject, object), subject, object, relation: 'act', label: 'acts on', standing: 'asserted', claims: ['c'], ...values });
const one = (): number => 1;

test('both directions are one pair', () => {
  const pairs = pairsOf([act('b', 'a', { goldstein: -4 }), act('a', 'b', { goldstein: 2 }), act('a', 'a')], one);
  assert.equal(pairs.size, 1);
  const [pair] = [...pairs.values()];
  assert.deepEqual([pair?.a, pair?.b, pair?.forth, pair?.back, pair?.reports, pair?.mean], ['a', 'b', true, true, 2, -1]);
});

test('what is denied or only said does not colour what is asserted', () => {
  const list = [act('a', 'b', { goldstein: 1 }), act('a', 'b', { goldstein: -10, standing: 'reported' }), act('a', 'b', { goldstein: -10, standing: 'denied' })];
  assert.equal(meanOf(list, one), 1);
  assert.equal(meanOf(list.slice(1), one), -10);
  assert.equal(meanOf(list.slice(2), one), null);
});

test('the mean is by reports', () => {
  assert.equal(meanOf([act('a', 'b', { goldstein: 6 }), act('b', 'a', { goldstein: -2 })], ({ subject }) => (subject === 'a' ? 1 : 3)), 0);
});

test('tones go from conflict to cooperation', () => {
  assert.deepEqual([-10, -5, -2, -0.4, null, 0.6, 5].map(toneOf),
    ['material conflict', 'material conflict', 'verbal conflict', 'none', 'none', 'verbal cooperation', 'material cooperation']);
});

test('more reports make a broader edge, up to a limit', () => {
  assert.ok(widthOf(1) < widthOf(2) && widthOf(2) < widthOf(20));
  assert.equal(widthOf(1e6), 9);
});

test('captions name the verbs of each direction, the most reported first', () => {
  const pair = [...pairsOf([act('a', 'b', { label: 'warns' }), act('a', 'b', { label: 'sends weapons to', standing: 'denied' }), act('b', 'a', { label: 'thanks' })], one).values()][0];
  assert.ok(pair);
  assert.deepEqual(captions(pair, ({ label }) => (label === 'warns' ? 2 : 1)),
    [{ from: 'a', to: 'b', verbs: [['warns', 2], ['✗ sends weapons to', 1]] }, { from: 'b', to: 'a', verbs: [['thanks', 1]] }]);
});
