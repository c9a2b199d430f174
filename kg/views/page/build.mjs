// Bundles the page's program and its data: the same sources give the same bytes (npm ci, then npm run build).

import { build } from 'esbuild';
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const write = (path, text) => writeFileSync(new URL(path, import.meta.url), text);
mkdirSync(new URL('dist', import.meta.url), { recursive: true });

await build({
  entryPoints: ['src/main.ts'], outfile: 'dist/page.js', absWorkingDir: new URL('.', import.meta.url).pathname, bundle: true, minify: !process.argv.includes("--plain"),
  format: 'iife', target: 'es2022', charset: 'utf8', legalComments: 'none', banner: { js: notice() },
});
write('dist/flags.json', flags());
write('dist/world.json', JSON.stringify(world()));

// What the bundle holds of others, and their licence, so that each page that is passed on carries it.
function notice() {
  const whole = readFileSync(new URL('../../../NOTICE', import.meta.url), 'utf8');
  const from = whole.indexOf('- d3-geo');
  const isc = whole.slice(whole.indexOf('ISC License: '), whole.indexOf('MIT License: '));
  return `/*\nThe page of kg, Apache-2.0. It holds:\n${whole.slice(from, whole.indexOf('\n\n', from))}\n\n${isc.trim()}\n*/`;
}

// The flag of each state by its alpha-3 code, as SVG.
function flags() {
  const rows = read('country_codes.csv').trim().split('\n').slice(1).map((line) => line.split(','));
  const names = new Set(readdirSync(new URL('node_modules/country-flag-icons/3x2', import.meta.url)));
  const found = rows.filter(([, alpha2]) => names.has(`${alpha2}.svg`))
    .map(([alpha3, alpha2]) => `${JSON.stringify(alpha3)}:${JSON.stringify(read(`node_modules/country-flag-icons/3x2/${alpha2}.svg`).trim())}`);
  return `{\n${found.join(',\n')}\n}\n`;
}

// Natural Earth's countries, each by its alpha-3 code.
function world() {
  const numeric = new Map(read('country_codes.csv').trim().split('\n').slice(1).map((line) => line.split(',')).map(([alpha3, , number]) => [number, alpha3]));
  const topology = JSON.parse(read('node_modules/world-atlas/countries-110m.json'));
  const { countries } = topology.objects;
  for (const country of countries.geometries) {
    country.id = numeric.get(country.id) ?? (country.properties.name === 'Kosovo' ? 'XKX' : undefined);
    country.properties = { name: country.properties.name };
  }
  return { ...topology, objects: { countries } };
}

// With --test, the unit tests are bundled beside, for node to run.
if (process.argv.includes('--test')) {
  const tests = readdirSync(new URL('test', import.meta.url)).filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`);
  await build({ entryPoints: tests, outdir: '.built', absWorkingDir: new URL('.', import.meta.url).pathname, bundle: true, format: 'esm', platform: 'node', outExtension: { '.js': '.mjs' } });
}
