/** Every policy text of the corpus is read exactly or refused for the right reason; a wrong reading is the one result that is never allowed. */
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { noOverrides } from '../../support/policy-config.ts';
import { inShort } from './corpus/case.ts';
import { LANGUAGES } from './corpus/languages.ts';
import { LISTS } from './corpus/lists.ts';
import { PROSE } from './corpus/prose.ts';
import { TABLES } from './corpus/tables.ts';
import { WINDOWS } from './corpus/windows.ts';

const CORPUS = { lists: LISTS, windows: WINDOWS, tables: TABLES, prose: PROSE, languages: LANGUAGES };

describe.each(Object.entries(CORPUS))('%s', (_, cases) => {
  it.each(cases.map((policyCase) => [policyCase.name, policyCase] as const))(
    '%s',
    (_name, { text, expect: expected }) => {
      const reading = readPolicy({ files: [{ path: 'SECURITY.md', text, sha256: 'f00d' }], overrides: noOverrides });
      if ('refused' in expected) {
        const codes = reading.ok
          ? reading.policy.windows.map(({ window }) => inShort(window))
          : reading.problems.map(({ code }) => code);
        expect(codes).toContain(expected.refused);
      } else {
        const windows = reading.ok
          ? reading.policy.windows.map(({ window }) => inShort(window)).join()
          : reading.problems;
        expect(windows).toBe(expected.windows);
      }
    },
  );
});

it('holds as many texts as docs/policy.md says', () => {
  expect(Object.values(CORPUS).flat().length).toBeGreaterThanOrEqual(220);
});
