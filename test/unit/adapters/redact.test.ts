/** Secrets in arguments and addresses. */
import { expect, it } from 'vitest';
import { redact } from '../../../src/adapters/lib/redact.ts';

it.each([
  ['--registry=https://me:hunter2@r.test/a', '--registry=https://***@r.test/a'],
  ['https://token@r.test', 'https://***@r.test'],
  ['--//r.test/:_authToken=abc', '--//r.test/:_authToken=***'],
  ['--_auth=YWJj', '--_auth=***'],
  ['https://r.test/?token=abc&x=1', 'https://r.test/?token=***&x=1'],
  ['//a:b@c.test //d:e@f.test', '//***@c.test //***@f.test'],
  ['--json', '--json'],
  ['/home/me/@team/package', '/home/me/@team/package'],
])('%s is shown as %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});
