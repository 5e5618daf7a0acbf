/** Every format over 10,000 findings: whole, safe and the same way twice. Time and memory are what the benchmark measures. */
import { expect, it } from 'vitest';
import { renderers } from './renderers.ts';
import { plainOptions, viewOf } from './views.ts';

const view = viewOf(10_000);

it.each(renderers.map((format) => [format.name, format] as const))('%s', (_, format) => {
  const text = format.render(view, plainOptions);
  expect(text === format.render(structuredClone(view), plainOptions)).toBe(true);
  expect(text.toLowerCase()).toContain('fail');
  expect(text.endsWith('\n')).toBe(true);
});
