/** The version of fixby, set at build time from package.json. */
declare const FIXBY_VERSION: string | undefined;

/** `0.0.0-dev` when run from source. */
export const VERSION: string = typeof FIXBY_VERSION === 'string' ? FIXBY_VERSION : '0.0.0-dev';
