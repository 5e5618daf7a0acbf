/** Reads `.fixby/exceptions.yaml`: all of it, or every reason why it cannot be used. */
import type { FileProblem } from '../document/file-problem.ts';
import { readSettings } from '../document/read-settings.ts';
import type { SettingsFile } from '../document/read-settings.ts';
import type { RiskException } from '../model/exception.ts';
import { exceptionsSchema } from './exceptions-schema.ts';
import type { ExceptionInput } from './exceptions-schema.ts';

export const EXCEPTIONS_FILE = '.fixby/exceptions.yaml';

export type ExceptionsReading =
  | { readonly ok: true; readonly exceptions: readonly RiskException[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** The accepted risks in the order of the file; none when there is no file. Problems come in the order of their places. */
export function readExceptions(file: SettingsFile | null): ExceptionsReading {
  if (file === null) return { ok: true, exceptions: [] };
  const reading = readSettings(file, exceptionsSchema, { code: 'exceptions', name: 'the exceptions' });
  if (!reading.ok) return reading;
  const entries = reading.value.exceptions ?? [];
  return {
    ok: true,
    exceptions: entries.map((entry, index) => toException(entry, reading.lineOf(['exceptions', index]))),
  };
}

function toException(
  { target, package: name, versions, path, ticket, ...rest }: ExceptionInput,
  line: number,
): RiskException {
  return {
    ...rest,
    ...(target === undefined ? {} : { target: withoutSlash(target) }),
    ...(name === undefined ? {} : { package: name }),
    ...(versions === undefined ? {} : { versions }),
    ...(path === undefined
      ? {}
      : {
          path: path
            .split('>')
            .map((each) => each.trim())
            .join(' > '),
        }),
    ...(ticket === undefined ? {} : { ticket }),
    line,
  };
}

/** `web/` and `./web` are `web`. */
function withoutSlash(path: string): string {
  return path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '') || '.';
}
