/** The JSON Schemas the package carries, made from the schemas the code itself validates with. */
import * as z from 'zod';
import { configSchema } from '../src/core/config/config-schema.ts';
import { exceptionsSchema } from '../src/core/exceptions/exceptions-schema.ts';
import { doctorReportSchema } from '../src/core/model/doctor-report.ts';
import { evidenceManifestSchema } from '../src/core/model/evidence.ts';
import { digestSchema } from '../src/core/model/digest.ts';
import { periodReportSchema } from '../src/core/model/period-report.ts';
import { explanationSchema } from '../src/core/model/explanation.ts';
import { historySchema } from '../src/core/model/history-report.ts';
import { matchReportSchema } from '../src/core/model/match-report.ts';
import { promiseReportSchema } from '../src/core/model/promise-report.ts';
import { reportDiffSchema } from '../src/core/model/report-diff.ts';
import { reportPairSchema } from '../src/core/model/report-pair.ts';
import { reportSchema } from '../src/core/model/report.ts';
import { attestationsSchema } from '../src/core/promises/attestations-schema.ts';

export interface PublishedSchema {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** The schemas as they are committed. */
export function publishedSchemas(): readonly PublishedSchema[] {
  return [
    toFile(
      'schema/config.v1.schema.json',
      'fixby configuration (.fixby/config.yaml)',
      z.toJSONSchema(configSchema, { io: 'input' }),
    ),
    toFile(
      'schema/exceptions.v1.schema.json',
      'fixby exceptions (.fixby/exceptions.yaml)',
      z.toJSONSchema(exceptionsSchema, { io: 'input' }),
    ),
    toFile(
      'schema/attestations.v1.schema.json',
      'fixby attestations (.fixby/attestations.yaml)',
      z.toJSONSchema(attestationsSchema, { io: 'input' }),
    ),
    toFile('schema/doctor.v1.schema.json', 'fixby doctor (fixby.doctor/v1)', z.toJSONSchema(doctorReportSchema)),
    toFile('schema/promises.v1.schema.json', 'fixby promises (fixby.promises/v1)', z.toJSONSchema(promiseReportSchema)),
    toFile('schema/diff.v1.schema.json', 'fixby comparison (fixby.diff/v1)', z.toJSONSchema(reportDiffSchema)),
    toFile(
      'schema/evidence.v1.schema.json',
      'fixby evidence (manifest.json, fixby.evidence/v1)',
      z.toJSONSchema(evidenceManifestSchema),
    ),
    toFile('schema/digest.v1.schema.json', 'fixby digest (fixby.digest/v1)', z.toJSONSchema(digestSchema)),
    toFile(
      'schema/period.v1.schema.json',
      'fixby report of a period (fixby.period/v1)',
      z.toJSONSchema(periodReportSchema),
    ),
    toFile(
      'schema/report-pair.v1.schema.json',
      'fixby report under two policies (fixby.report-pair/v1)',
      z.toJSONSchema(reportPairSchema),
    ),
    toFile('schema/history.v1.schema.json', 'fixby history (fixby.history/v1)', z.toJSONSchema(historySchema)),
    toFile(
      'schema/explanation.v1.schema.json',
      'fixby explanation (fixby.explanation/v1)',
      z.toJSONSchema(explanationSchema),
    ),
    toFile('schema/match.v1.schema.json', 'fixby mirror match (fixby.match/v1)', z.toJSONSchema(matchReportSchema)),
    toFile('schema/report.v1.schema.json', 'fixby report (fixby.report/v1)', z.toJSONSchema(reportSchema)),
  ];
}

function toFile(path: string, title: string, schema: object): PublishedSchema {
  const { $schema, ...body } = schema as { readonly $schema?: string };
  return { path, text: `${JSON.stringify({ $schema, title, ...body }, null, 2)}\n` };
}
