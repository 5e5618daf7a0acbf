/** Parses the YAML in which PyPA publishes its advisories. */
import { parseDocument, visit } from 'yaml';

/** Parsing takes a hundred times as long as for JSON; the largest of PyPA's records has 60 kB. */
const MAX_CHARACTERS = 1024 * 1024;

/** The value of a single document without aliases; `undefined` for anything else. Numbers stay as they are written: `1.10` is a version. */
export function parseYaml(text: string): unknown {
  if (text.length > MAX_CHARACTERS) return undefined;
  try {
    const document = parseDocument(text, { schema: 'core', logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    visit(document, {
      Scalar: (_key, node) => {
        if (typeof node.value === 'number') node.value = node.source;
      },
    });
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch {
    return undefined;
  }
}
