/** What goes into an archive is accounted for, and gives every report back byte for byte. */
import { describe, expect, it } from 'vitest';
import { redactValues } from '../../../src/core/evidence/redact-values.ts';
import { evidenceManifestSchema } from '../../../src/core/model/evidence.ts';
import { reportSchema } from '../../../src/core/model/report.ts';
import type { ReportView } from '../../../src/core/model/report.ts';
import { jsonFormat } from '../../../src/core/report/json.ts';
import { makeEvidence, makeKeptRun, makeKeys } from '../../support/evidence.ts';
import { makeRepository } from '../../support/repository.ts';
import { renderers } from '../report/renderers.ts';
import {
  cleanView,
  emptyView,
  HOSTILE_TEXTS,
  manyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from '../report/views.ts';

describe('an archive', () => {
  it('lists every entry but the manifest and its signature, with what each is', () => {
    const { dir } = makeRepository();
    const { privateKey } = makeKeys();
    const { entries } = makeEvidence({ view: richView, folder: dir, privateKey });
    const [first] = entries;
    const manifest = evidenceManifestSchema.parse(JSON.parse(first !== undefined && 'text' in first ? first.text : ''));
    expect(entries.map(({ path }) => path)).toEqual([
      'manifest.json',
      'manifest.dsse.json',
      ...manifest.files.map(({ path }) => path),
    ]);
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'report.json',
      'sources/policy.md',
      'attestations.intoto.jsonl',
      'runs/0001-npm/stdout.txt',
      'runs/0001-npm/stderr.txt',
      'runs/0001-npm/file-1.txt',
    ]);
    expect(manifest.runs[0]).toMatchObject({ collected: [{ name: 'log.txt', path: 'runs/0001-npm/file-1.txt' }] });
    expect(JSON.stringify(manifest)).not.toContain(dir);
  });

  it('is the same for the same remains, signature included', () => {
    const { dir } = makeRepository();
    const { privateKey } = makeKeys();
    const make = (): unknown => makeEvidence({ view: richView, folder: dir, privateKey });
    expect(make()).toEqual(make());
  });

  it('holds what an advisory source said to an auditor that runs no tool', () => {
    const { dir } = makeRepository();
    const text = { ...makeKeptRun(dir).stdout };
    const asked = {
      target: 'web',
      auditor: 'osv',
      ecosystem: 'npm' as const,
      source: 'https://osv.example',
      packages: 1,
      text,
    };
    const { entries } = makeEvidence({
      view: emptyView,
      folder: dir,
      over: { runs: [], sources: [], answers: [asked] },
    });
    expect(entries.at(-1)).toEqual({ path: 'answers/0001-osv.jsonl', spooled: text.spooled });
    const [first] = entries;
    const manifest = evidenceManifestSchema.parse(JSON.parse(first !== undefined && 'text' in first ? first.text : ''));
    expect(manifest.answers).toMatchObject([{ auditor: 'osv', path: 'answers/0001-osv.jsonl' }]);
  });

  it('holds the reports that were made elsewhere', () => {
    const { dir } = makeRepository();
    const imported = ['one', 'two'].map((text) => ({
      kind: 'import' as const,
      file: `${text}.json`,
      sha256: '0'.repeat(64),
      text,
    }));
    const { entries } = makeEvidence({ view: emptyView, folder: dir, over: { runs: [], sources: imported } });
    expect(entries.slice(2)).toEqual([
      { path: 'sources/import-1.txt', text: 'one' },
      { path: 'sources/import-2.txt', text: 'two' },
    ]);
  });

  it('has room for a run that found nothing to ask about', () => {
    const { dir } = makeRepository();
    const { entries, attestations } = makeEvidence({ view: emptyView, folder: dir, over: { runs: [], sources: [] } });
    expect(entries.map(({ path }) => path)).toEqual(['manifest.json', 'report.json']);
    expect(attestations).toBe('');
  });
});

const views: readonly (readonly [string, ReportView])[] = [
  ['empty', emptyView],
  ['clean', cleanView],
  ['rich', richView],
  ['release', releaseView],
  ['many', manyView],
  ...HOSTILE_TEXTS.slice(0, 6).map(
    (text, index) => [`hostile ${index}`, withForeignTexts(richView, () => text)] as const,
  ),
];

describe.each(renderers.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it.each(views)('comes out of the JSON report as it came out of the run: %s', (_name, view) => {
    const again = reportSchema.parse(JSON.parse(jsonFormat.render(view, plainOptions)));
    for (const verbose of [false, true]) {
      const options = { ...plainOptions, verbose };
      expect(format.render(again, options)).toBe(format.render(view, options));
    }
  });
});

it("takes secrets out of a report's texts and leaves its own words", () => {
  const redact = (text: string): { text: string; count: number } => ({
    text: text.replace(/critical/g, '***'),
    count: 1,
  });
  const view = redactValues({ ...richView, sentence: 'it is critical' }, redact);
  expect(view.sentence).toBe('it is ***');
  expect(reportSchema.parse(view).findings.map(({ severity }) => severity.level)).toContain('critical');
});
