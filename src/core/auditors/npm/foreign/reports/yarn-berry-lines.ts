/** Reads the lines of `yarn npm audit --json` of yarn 4: one an advisory, and none where there is nothing to say. */
import * as z from 'zod';
import type { NpmAdvisory, NpmDocument } from '../../npm-report.ts';
import { isObject, textSchema } from '../../string-map.ts';

type Line = Readonly<Record<string, unknown>>;

const LIMITS = ['yarn 4 lists what it found and no more: neither how much was asked nor whether its list is whole.'];

const lineSchema = z.object({
  value: z.string().min(1),
  children: z.object({
    ID: z.union([z.number(), z.string()]).transform(String),
    Issue: z.string().catch(''),
    URL: textSchema,
    Severity: textSchema,
    'Vulnerable Versions': textSchema,
    'Tree Versions': z.array(z.string()).min(1),
  }),
});

/** Whether a line is of an audit of yarn 4. */
export function isBerryLine({ value, children }: Line): boolean {
  return typeof value === 'string' && isObject(children) && 'ID' in children;
}

/** Every line ends with a newline: without the last one the report is cut off. */
export function readBerryLines(lines: readonly Line[], text: string): NpmDocument {
  if (/\}[ \t]*$/.test(text)) return { kind: 'none', detail: 'its last line does not end: it was cut off' };
  const parsed = lines.map((line) => lineSchema.safeParse(line).data);
  const advisories = parsed.flatMap((line) => (line === undefined ? [] : [line])).filter(isFlaw);
  if (parsed.includes(undefined)) return { kind: 'none', detail: 'a line of it has another shape' };
  return { kind: 'report', advisories: advisories.map(toAdvisory), limits: LIMITS };
}

type BerryLine = z.infer<typeof lineSchema>;

/** Packages their authors gave up on are listed too, under an id that says so. */
function isFlaw({ children: { ID, URL } }: BerryLine): boolean {
  return URL !== undefined || !/\(deprecation\)$/.test(ID);
}

function toAdvisory({ value: name, children }: BerryLine): NpmAdvisory {
  const { ID, Issue, URL, Severity } = children;
  const range = children['Vulnerable Versions'];
  return {
    package: name,
    source: ID,
    title: Issue,
    nodes: children['Tree Versions'].map((version) => `${name}@${version}`),
    ids: [],
    fixedIn: [],
    ...(URL !== undefined && { url: URL }),
    ...(Severity !== undefined && { severity: Severity }),
    ...(range !== undefined && { range }),
  };
}
