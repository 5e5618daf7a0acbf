/** The reports that are no format of a run, as texts: what a person gets by mail, asks of one finding, signs off or files. */
import { historySchema } from '../src/core/model/history-report.ts';
import { reportSchema } from '../src/core/model/report.ts';
import { digestOf } from '../src/core/notify/digest.ts';
import { LONG, writeLetter } from '../src/core/notify/letter.ts';
import { htmlDocument } from '../src/core/notify/media/html.ts';
import { drawExplanations } from '../src/core/report/explain/draw.ts';
import { jsonHistory } from '../src/core/report/history/json.ts';
import { tableHistory } from '../src/core/report/history/table.ts';
import { markdownFormat } from '../src/core/report/markdown.ts';
import { tablePeriod } from '../src/core/report/period/table.ts';
import { explainReport } from '../src/pipeline/explain-report.ts';
import { shopPeriod, shopReport } from '../test/support/shop-year.ts';

/** The JSON of three commands over the example repository. */
export interface ShopReports {
  readonly audit: unknown;
  readonly release: unknown;
  readonly history: unknown;
}

export interface OtherReport {
  /** Of its file. */
  readonly name: string;
  readonly text: string;
}

/** What `fixby explain` is asked about. */
export const EXPLAINED = 'GHSA-r5fr-rjxr-66jc';

const LOOK = { color: false, width: 100, verbose: false };

/** The mail and the report of a period are those of the shop that was audited for half a year: they need a ledger. */
export function writeOtherReports({ audit, release, history }: ShopReports): readonly OtherReport[] {
  const view = reportSchema.parse(audit);
  const past = historySchema.parse(history);
  return [
    { name: 'explain.txt', text: drawExplanations(explainReport(view, EXPLAINED), view, LOOK) },
    { name: 'release.md', text: markdownFormat.render(reportSchema.parse(release), LOOK) },
    { name: 'history.txt', text: tableHistory.render(past, LOOK) },
    { name: 'history.json', text: jsonHistory.render(past, LOOK) },
    { name: 'mail.html', text: htmlDocument(writeLetter(digestOf(shopReport({ blind: true }), 'acme/shop'), LONG)) },
    { name: 'period.txt', text: tablePeriod.render(shopPeriod(), LOOK) },
  ];
}
