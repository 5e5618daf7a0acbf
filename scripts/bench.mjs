// Measures fixby and prints the page docs/benchmarks.md, of which each section is owned by one file in scripts/bench/.
//
//   npm run bench                      every section
//   npm run bench -- history ledger    some of them
//   npm run bench -- history --write   also puts them into docs/benchmarks.md; the others stay as they are
//   npm run bench -- audit --repo DIR --advisories DIR
//   npm run bench -- matcher --repo DIR --advisories npm.zip [--mirror DIR] [--osv-scanner PROGRAM]
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './bench/measure.mjs';

/** In the order of the page. */
const SECTIONS = ['audit', 'matcher', 'history', 'ledger', 'mirror', 'formats'];

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repo: { type: 'string' },
    advisories: { type: 'string', multiple: true },
    mirror: { type: 'string' },
    'osv-scanner': { type: 'string' },
    runs: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});

const unknown = positionals.filter((name) => !SECTIONS.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no section ${unknown.join(', ')}. Choose from ${SECTIONS.join(', ')}.`);

const page = resolve(import.meta.dirname, '../docs/benchmarks.md');
const sections = readSections(readFileSync(page, 'utf8'));
for (const name of positionals.length > 0 ? positionals : SECTIONS) {
  const { measure } = await import(`./bench/${name}.mjs`);
  const text = await measure({ ...flags, runs: Number(flags.runs) });
  sections.set(name, `${text.trim()}\n\n${describeMachine()}\n`);
  console.log(`${sections.get(name)}`);
}
if (flags.write) writeFileSync(page, writePage(sections));

/** What each section of the page says now. */
function readSections(text) {
  const found = text.matchAll(/<!-- section ([a-z-]+) -->\n+([^]*?)(?=\n<!-- section |$(?![^]))/g);
  return new Map([...found].map(([, name, body]) => [name, `${body.trim()}\n`]));
}

function writePage(known) {
  const parts = SECTIONS.filter((name) => known.has(name)).map(
    (name) => `<!-- section ${name} -->\n\n${known.get(name)}`,
  );
  return `# Benchmarks

Written by \`npm run bench -- --write\`; each section is measured by its own file in \`scripts/bench/\` and says when and where.
Ratios and processor time are what counts: milliseconds of the clock on the wall are that machine's, on that day.

${parts.join('\n')}`;
}
