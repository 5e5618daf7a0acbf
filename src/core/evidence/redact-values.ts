/** Takes the secrets out of every text of a value. */
import type { Redactor } from '../model/evidence.ts';

/** A report's own words, such as `critical`: nobody's secret may change what they mean. */
const OWN_WORD = /^[a-z-]{1,20}$/;

/** The same value with each text redacted; names of fields are left as they are. */
export function redactValues<T>(value: T, redact: Redactor): T {
  return change(value, redact) as T;
}

function change(value: unknown, redact: Redactor): unknown {
  if (typeof value === 'string') return OWN_WORD.test(value) ? value : redact(value).text;
  if (Array.isArray(value)) return value.map((item) => change(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, redact)]));
}
