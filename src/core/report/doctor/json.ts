/** The doctor's findings as JSON (`fixby.doctor/v1`), with keys in the order of the schema. */
import { doctorReportSchema, type DoctorReport } from '../../model/doctor-report.ts';
import { jsonText } from '../escape.ts';

/** Parses back to the very report. */
export function doctorJson(report: DoctorReport): string {
  return `${jsonText(JSON.stringify(doctorReportSchema.parse(report), null, 2))}\n`;
}
