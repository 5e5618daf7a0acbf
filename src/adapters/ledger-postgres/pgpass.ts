/** Finds a password in the text of a password file. https://www.postgresql.org/docs/15/libpq-pgpass.html */

export interface PasswordFor {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** The password of the first line that fits; a socket in any folder is `localhost`. `undefined` when none does. */
export function findPassword(text: string, { host, port, database, user }: PasswordFor): string | undefined {
  const wanted = [host.startsWith('/') ? 'localhost' : host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = splitFields(line);
    if (fields.length >= 5 && wanted.every((value, at) => fields[at] === '*' || fields[at] === value)) return fields[4];
  }
  return undefined;
}

/** Fields end at a colon; a backslash makes the character behind it part of the field. */
function splitFields(line: string): readonly string[] {
  const fields = [''];
  for (const [unit] of line.matchAll(/\\.|[^]/g)) {
    if (unit === ':') fields.push('');
    else fields.push((fields.pop() ?? '') + unit.slice(-1));
  }
  return fields;
}
