/** Asking a registry for a package's metadata, for whoever passes it on. */

export type PackumentAnswer =
  | { readonly status: 'found'; readonly body: string; readonly contentType: string }
  | { readonly status: 'not-found' }
  | { readonly status: 'unavailable'; readonly detail: string };

export interface Packuments {
  /** `accept` is the header of whoever asked: it decides between the short and the full form. Never throws. */
  fetch(name: string, accept: string): Promise<PackumentAnswer>;
}
