/** Builds the responses of the mirror. */
import type { HttpResponse } from '../ports/http.ts';

/** Answers differ from one load of records to the next; nobody may keep them. */
const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** A JSON document. */
export function json(status: number, value: unknown): HttpResponse {
  return jsonText(status, JSON.stringify(value));
}

/** A JSON document that is text already. */
export function jsonText(status: number, body: string): HttpResponse {
  return { status, headers: HEADERS, body };
}

/** A refusal as npm registries word it: a sentence. */
export function refusal(status: number, message: string): HttpResponse {
  return json(status, { message });
}

/** A refusal as the OSV API words it: a gRPC code (3 invalid argument, 5 not found) and a sentence. */
export function osvRefusal(status: number, code: 3 | 5, message: string): HttpResponse {
  return json(status, { code, message });
}

/** The path is known, the method is not one of `allowed`. */
export function methodNotAllowed(allowed: string): HttpResponse {
  const { headers, ...rest } = refusal(405, `this path answers ${allowed} only`);
  return { ...rest, headers: { ...headers, allow: allowed } };
}
