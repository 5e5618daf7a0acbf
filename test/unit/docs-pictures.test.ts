/** The pictures of the docs are of what fixby writes today: each names the page it was taken of. `npm run pictures` takes them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { picturePages } from '../../scripts/picture-pages.ts';
import { NOTE, sha256, SHOTS, type Note } from '../../scripts/pictures.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/pictures');
const note = JSON.parse(readFileSync(join(folder, NOTE), 'utf8')) as Note;
const pages = picturePages(join(root, 'reports/example'));

describe('pictures of the docs', () => {
  it('are those of the list, and no other', () => {
    const names = SHOTS.map(({ name }) => `${name}.png`);
    expect(readdirSync(folder).sort()).toStrictEqual([...names, NOTE].sort());
    expect(Object.keys(note).sort()).toStrictEqual(SHOTS.map(({ name }) => name).sort());
  });

  it.each(SHOTS.map(({ name, page }) => [name, page] as const))('%s is of the report as it is', (name, page) => {
    expect(note[name]?.page, 'The report looks otherwise now: run `npm run pictures`, look, and commit.').toBe(
      sha256(pages[page]),
    );
    expect(note[name]?.picture).toBe(sha256(readFileSync(join(folder, `${name}.png`))));
  });

  it('are each shown in the docs, and small', () => {
    const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
    const text = docs.map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join('\n');
    for (const { name } of SHOTS) {
      expect(text).toContain(`](pictures/${name}.png)`);
      expect(readFileSync(join(folder, `${name}.png`)).length, name).toBeLessThan(80 * 1024);
    }
  });

  it('tell nothing of the machine they were taken on', () => {
    for (const html of Object.values(pages)) expect(html).not.toMatch(/127\.0\.0\.1|\/tmp\/|\/root\/|\/home\//);
  });
});
