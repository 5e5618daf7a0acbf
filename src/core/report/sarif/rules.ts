/** Makes one SARIF rule of each advisory: what it says, how grave it is, and how it is cleared. */
import type { PropertyBag, ReportingDescriptor } from 'sarif';
import type { ReportFinding } from '../../model/report.ts';
import { safeUrl } from '../escape.ts';
import { code, list, own, paragraph, said } from '../markdown/nodes.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { remedyWords } from '../words.ts';
import { plainMessage } from './text.ts';

/** Rules in the order of the findings, and where the rule of a finding stands among them. */
export interface Rules {
  readonly list: readonly ReportingDescriptor[];
  indexOf(finding: ReportFinding): number;
}

/** `unknownAs` is the level the policy judges an unknown one as. */
export function rulesOf(findings: readonly ReportFinding[], unknownAs: string): Rules {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const group = groups.get(ruleId(finding));
    if (group === undefined) groups.set(ruleId(finding), [finding]);
    else group.push(finding);
  }
  const places = new Map([...groups.keys()].map((id, index) => [id, index]));
  return {
    list: [...groups].flatMap(([id, [first, ...more]]) =>
      first === undefined ? [] : [describeRule(id, first, more, unknownAs)],
    ),
    indexOf: (finding) => places.get(ruleId(finding)) ?? -1,
  };
}

/** Ids come from elsewhere, and GitHub wants one that is not empty. */
export function ruleId({ advisory }: ReportFinding): string {
  return advisory.id.trim() === '' ? 'unnamed' : advisory.id;
}

function describeRule(
  id: string,
  first: ReportFinding,
  more: readonly ReportFinding[],
  unknownAs: string,
): ReportingDescriptor {
  const { summary, url } = first.advisory;
  const link = safeUrl(url);
  return {
    id,
    shortDescription: plainMessage(summary),
    fullDescription: plainMessage(`${id}: ${summary}`),
    ...(link === undefined ? {} : { helpUri: link }),
    help: helpOf(first, [first, ...more]),
    properties: propertiesOf([first, ...more], unknownAs),
  };
}

function helpOf(first: ReportFinding, all: readonly ReportFinding[]): ReportingDescriptor['help'] {
  const remedies = [...new Set(all.map(remedyWords))].slice(0, 20);
  const { aliases, id, summary } = first.advisory;
  const markdown = writeMarkdown([
    paragraph(said(summary)),
    paragraph(
      own('Known as '),
      ...[id, ...aliases]
        .slice(0, 20)
        .flatMap((name) => [code(name), own(' ')])
        .slice(0, -1),
    ),
    list(remedies.map(said)),
  ]);
  return { ...plainMessage(summary, ...remedies), markdown: markdown.trim() };
}

// GitHub shows ten tags of a rule.
const MOST_TAGS = 10;

function propertiesOf(findings: readonly ReportFinding[], unknownAs: string): PropertyBag {
  const scores = findings.map((finding) => securitySeverity(finding, unknownAs));
  const [first] = findings;
  const tags = ['security', 'dependency', ...(first?.advisory.malware === true ? ['malware'] : [])];
  return {
    'security-severity': Math.max(...scores).toFixed(1),
    precision: 'very-high',
    tags: [...tags, ...(first?.advisory.aliases ?? [])].slice(0, MOST_TAGS),
  };
}

// The bands GitHub reads a score in, and what stands for a level without one. https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
const BANDS: Readonly<Record<string, { readonly from: number; readonly to: number; readonly middle: number }>> = {
  critical: { from: 9.1, to: 10, middle: 9.5 },
  high: { from: 7, to: 8.9, middle: 8 },
  medium: { from: 4, to: 6.9, middle: 5.5 },
  low: { from: 0.1, to: 3.9, middle: 2 },
};

/** The score, held to the band of the level that was judged: GitHub must not call medium what the policy treats as high. */
function securitySeverity({ severity: { level, score } }: ReportFinding, unknownAs: string): number {
  const band = BANDS[level] ?? BANDS[unknownAs] ?? { from: 7, to: 8.9, middle: 8 };
  return score === undefined ? band.middle : Math.min(band.to, Math.max(band.from, score));
}
