/** Holds a repository to its promises while the auditors are still at work; those about what is found wait for the report. */
import type { Config } from '../core/model/config.ts';
import type { EvidenceFile } from '../core/model/file.ts';
import { once } from '../core/model/once.ts';
import type { PromiseReport } from '../core/model/promise-report.ts';
import { checkPromises } from './check-promises.ts';
import type { PromisePorts } from './ports.ts';

export interface PromiseHearing {
  /** Begins, unless it has begun. What it fails of is told at the end. */
  begin(): void;
  /** The outcome. `report` is made only where a promise is about what was found. Throws a UsageError when there is no document. */
  end(report: () => EvidenceFile): Promise<PromiseReport>;
}

/** `now` is the moment that is judged, UTC ISO-8601. */
export function openHearing(config: Config, now: string, ports: PromisePorts): PromiseHearing {
  let tell: (report: () => EvidenceFile) => void = () => undefined;
  const told = new Promise<() => EvidenceFile>((resolve) => (tell = resolve));
  const evidence = { report: async () => (await told)() };
  const hear = once(() => checkPromises({ config, asOf: now, deep: false, evidence }, ports));
  return {
    begin: () => void hear().catch(() => undefined),
    end: (report) => {
      tell(report);
      return hear();
    },
  };
}
