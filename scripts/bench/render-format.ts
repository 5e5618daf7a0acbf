/** Names the formats; with a name and a number of findings renders once, cold as a run does, and says what it took. */
import { reportFormats } from '../../src/core/report/registry.ts';
import { plainOptions, viewOf } from '../../test/unit/report/views.ts';

const [, , name, findings] = process.argv;
const format = reportFormats.find((each) => each.name === name);
const view = format === undefined ? undefined : viewOf(Number(findings));
const renderer = await format?.load();
const before = process.cpuUsage();
const startedAt = performance.now();
const text = view === undefined ? '' : renderer?.render(view, plainOptions);
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
const took = { ms, cpuMs: (user + system) / 1000, bytes: process.resourceUsage().maxRSS * 1024 };
const names = reportFormats.map((each) => each.name);
console.log(JSON.stringify({ names, took, size: Buffer.byteLength(text ?? '') }));
