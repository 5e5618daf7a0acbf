/** Requests and responses as values, so that a service is a function and a server is an adapter around it. */

export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Path with query, as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded (content encoding, UTF-8) and within the server's limits. */
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers every request; a rejection is a bug, and the server around it says no more than that. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;
