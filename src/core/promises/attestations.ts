/** Reads `.fixby/attestations.yaml`: who confirmed what no file can show, when, and until when it holds. */
import { readFile } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { attestationsSchema } from './attestations-schema.ts';
import { addDays } from './dates.ts';
import { broken, kept } from './evidence.ts';
import { readPeriod } from './period.ts';
import { readYaml } from './read-yaml.ts';
import type { Problem } from '../model/problem.ts';
import type { Program } from '../model/program.ts';
import type { Evidence, Passage } from '../model/promise.ts';

export const ATTESTATIONS_FILE = '.fixby/attestations.yaml';

/** One entry, with its line in the file. */
export interface Attestation {
  readonly promise: string;
  readonly by: string;
  readonly what: string;
  /** `YYYY-MM-DD`, as is `until`. */
  readonly on: string;
  readonly until: string;
  readonly line: number;
}

export interface AttestationReading {
  readonly attestations: readonly Attestation[];
  readonly problems: readonly Problem[];
}

/** Every entry, or every reason why the file cannot be used; a file that is not there holds none. */
export function* readAttestations(): Program<AttestationReading> {
  const reading = readYaml(yield* readFile(ATTESTATIONS_FILE));
  if (reading.status === 'missing') return { attestations: [], problems: [] };
  if (reading.status === 'unreadable') return refuse([reading.doubt.text]);
  const { document } = reading;
  const parsed = attestationsSchema.safeParse(document.value ?? { attestations: [] });
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.map((issue) => {
        const { line, column } = document.spotOf(issue.path);
        return `${ATTESTATIONS_FILE}:${line}:${column}: ${excerpt(issue.path.map(String).join('.'))} ${excerpt(issue.message)}`;
      }),
    );
  }
  const attestations = parsed.data.attestations.map((entry, index) => ({
    ...entry,
    line: document.spotOf(['attestations', index]).line,
  }));
  return { attestations, problems: attestations.flatMap(doubt) };
}

function refuse(messages: readonly string[]): AttestationReading {
  const mend = 'Write it as docs/promises.md shows.';
  return {
    attestations: [],
    problems: messages.map((message) => ({ target: null, code: 'attestations-unusable', message, mend, blocks: true })),
  };
}

function doubt({ on, until, line }: Attestation): readonly Problem[] {
  if (on <= until) return [];
  const message = `${ATTESTATIONS_FILE}:${line}: until (${until}) lies before on (${on})`;
  return [{ target: null, code: 'attestation-backwards', message, mend: 'Mend the dates.', blocks: false }];
}

/** Whether an entry names a passage: its words stand in it, whatever their case, spacing and punctuation. */
export function isAbout({ promise }: Attestation, { text }: Passage): boolean {
  return plain(text).includes(plain(promise));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What the entries about a passage amount to: the one that holds longest decides. Nothing where there is none. */
export function attest(passage: Passage, attestations: readonly Attestation[], now: string): readonly Evidence[] {
  const today = now.slice(0, 10);
  const about = attestations.filter((each) => isAbout(each, passage) && each.on <= today && each.on <= each.until);
  const [first] = about;
  if (first === undefined) return [];
  const period = readPeriod(passage.text);
  const endOf = ({ on, until }: Attestation): string => {
    const capped = period === null ? until : addDays(`${on}T00:00:00.000Z`, period.days).slice(0, 10);
    return capped < until ? capped : until;
  };
  const best = about.reduce((a, b) => (endOf(b) > endOf(a) ? b : a), first);
  const end = endOf(best);
  const place = { file: ATTESTATIONS_FILE, line: best.line };
  const said = `${excerpt(best.by)} confirmed on ${best.on}: ${excerpt(best.what)}`;
  return [
    today <= end
      ? kept(`${said}; it holds until ${end}`, place)
      : broken(`${said}; it lapsed after ${end}`, 'Do it again, and record it.', place),
  ];
}
