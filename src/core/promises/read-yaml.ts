/** Reads a YAML file of the repository for a promise: a document, or the doubt that is left without one. */
import { parseYaml, type YamlDialect, type YamlDocument } from '../document/yaml-document.ts';
import { excerpt } from '../model/text.ts';
import { cannotTell } from './evidence.ts';
import type { FileRead } from '../model/file.ts';
import type { Evidence } from '../model/promise.ts';

/** `missing` when nothing lies there. `doubt` says why a file that is there tells nothing. */
export type YamlReading =
  | { readonly status: 'read'; readonly file: string; readonly document: YamlDocument }
  | { readonly status: 'missing' }
  | { readonly status: 'unreadable'; readonly file: string; readonly doubt: Evidence };

/** Turns what was read from disk into a document. Never throws. */
export function readYaml(file: FileRead, dialect?: YamlDialect): YamlReading {
  if (file.status === 'missing') return { status: 'missing' };
  if (file.status !== 'ok') return unreadable(file.path, file.detail);
  const document = parseYaml(file.text, dialect);
  if ('value' in document) return { status: 'read', file: file.path, document };
  const [fault] = document;
  return unreadable(file.path, fault?.detail ?? 'it is no YAML', fault?.line);
}

function unreadable(file: string, detail: string, line?: number): YamlReading {
  const place = line === undefined ? { file } : { file, line };
  const doubt = cannotTell('unreadable', `${file} cannot be read: ${excerpt(detail)}`, `Mend ${file}.`, place);
  return { status: 'unreadable', file, doubt };
}
