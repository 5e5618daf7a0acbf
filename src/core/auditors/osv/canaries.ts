/** The packages every question is asked with as a test: known to be vulnerable for years, so silence means blindness. */
import type { Ecosystem } from '../../model/ecosystem.ts';
import { CANARY as NPM } from '../npm/question.ts';
import { CANARY as PYPI } from '../pip/pip-audit-question.ts';

/** The same ones that npm and pip-audit are asked about. */
export const CANARIES: Readonly<Record<Ecosystem, { readonly name: string; readonly version: string }>> = {
  npm: NPM,
  PyPI: PYPI,
};
