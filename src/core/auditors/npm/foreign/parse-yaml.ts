/** Parses YAML of a package manager: fast enough for thousands of entries, and nothing in it is more than text. */
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { excerpt } from '../../../model/text.ts';
import { fault, type LockFault } from '../lock-fault.ts';
import { isObject } from '../string-map.ts';

/** A document whose scalars are all texts, or why there is none. */
export function parseYaml(text: string): Readonly<Record<string, unknown>> | LockFault {
  try {
    const document = load(text, { schema: FAILSAFE_SCHEMA });
    return isObject(document) ? document : fault('lock-not-yaml', 'is no YAML mapping');
  } catch (error) {
    const [first = ''] = error instanceof Error ? error.message.split('\n') : [];
    return fault('lock-not-yaml', `is no YAML (${excerpt(first, 120)})`);
  }
}
