import { describe, expect, it } from 'vitest';
import { parsePurl } from '../../../src/mirror/purl.ts';

describe('parsePurl', () => {
  it.each([
    ['pkg:npm/lodash@4.17.11', { ecosystem: 'npm', name: 'lodash', version: '4.17.11' }],
    ['pkg:npm/%40scope/name@1.0.0', { ecosystem: 'npm', name: '@scope/name', version: '1.0.0' }],
    ['pkg:npm/@scope/name', { ecosystem: 'npm', name: '@scope/name' }],
    ['pkg:PyPI/Jinja2@2.11.2?extension=tar.gz#sub', { ecosystem: 'PyPI', name: 'Jinja2', version: '2.11.2' }],
    ['pkg:pypi/torch@2.0.0%2Bcpu', { ecosystem: 'PyPI', name: 'torch', version: '2.0.0+cpu' }],
    ['pkg:cargo/serde@1.0.0', null],
    ['pkg:npm/', null],
    ['pkg:npm/%E0%A4%A@1', null],
    ['lodash@1.0.0', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parsePurl(text)).toEqual(expected);
  });
});
