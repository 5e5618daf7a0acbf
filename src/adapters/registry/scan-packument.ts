/**
 * Reads what matters out of a packument while it comes in. The full form is the only one with dates and grows to 100 MB,
 * nearly all of it manifests that nobody needs here: only the members of `time` and the names in `versions` are kept.
 * https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */

/** The parts of a packument that tell when versions were published. */
export interface ScannedPackument {
  /** Name → moment as written. Some names, such as `created`, are no versions. */
  readonly time: ReadonlyMap<string, string>;
  /** Versions that can be installed. */
  readonly versions: ReadonlySet<string>;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** What is longer is no version, no moment and no name of a member that is looked for. */
const LONGEST_TEXT = 1024;

/** Real packages have some ten thousand versions. */
const MOST_ENTRIES = 200_000;

/** Follows strings and depth through bytes that come in pieces. What lies deeper than it looks is not validated. */
export class PackumentScan {
  readonly #time = new Map<string, string>();
  #versions: Set<string> | undefined;
  #depth = 0;
  #state: 'before' | 'inside' | 'after' | 'broken' = 'before';
  #inString = false;
  #escaped = false;
  /** The last string at a depth that counts, with its quotes and escapes. */
  #text: number[] = [];
  /** The member of the packument, and of its `time`, that is being read. */
  #member = '';
  #name: string | undefined;

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#inString) this.#takeInString(byte);
      else this.#takeOutside(byte);
    }
  }

  /** What was found; `null` unless it was one JSON object to its end, with times and versions. */
  end(): ScannedPackument | null {
    if (this.#state !== 'after' || this.#versions === undefined || this.#time.size === 0) return null;
    return { time: this.#time, versions: this.#versions };
  }

  #takeInString(byte: number): void {
    if (this.#counts() && this.#text.length <= LONGEST_TEXT) this.#text.push(byte);
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #takeOutside(byte: number): void {
    if (this.#state !== 'inside') this.#takeAround(byte);
    else if (byte === QUOTE) this.#openString();
    else if (byte === COLON) this.#closeName();
    else if (byte === COMMA) this.#closeValue();
    else if (byte === OPEN || byte === OPEN_LIST) this.#goDown(byte);
    else if (byte === CLOSE || byte === CLOSE_LIST) this.#goUp();
  }

  #takeAround(byte: number): void {
    if (BLANKS.has(byte)) return;
    this.#state = this.#state === 'before' && byte === OPEN ? 'inside' : 'broken';
    this.#depth = 1;
  }

  /** Only the packument's own members count, and those of its `time` and `versions`. */
  #counts(): boolean {
    return this.#depth === 1 || (this.#depth === 2 && (this.#member === 'time' || this.#member === 'versions'));
  }

  #openString(): void {
    this.#inString = true;
    if (this.#counts()) this.#text = [QUOTE];
  }

  #closeName(): void {
    if (!this.#counts()) return;
    const name = this.#takeText();
    if (this.#depth === 1) this.#member = name ?? '';
    else if (this.#member === 'time') this.#name = name;
    else if (name !== undefined) this.#addVersion(name);
  }

  #closeValue(): void {
    if (this.#depth !== 2 || this.#member !== 'time') return;
    const value = this.#takeText();
    if (this.#name !== undefined && value !== undefined && this.#time.size < MOST_ENTRIES) {
      this.#time.set(this.#name, value);
    }
    this.#name = undefined;
  }

  #goDown(byte: number): void {
    if (this.#depth === 1 && this.#member === 'versions' && byte === OPEN) this.#versions ??= new Set();
    this.#depth += 1;
  }

  #goUp(): void {
    this.#closeValue();
    this.#depth -= 1;
    if (this.#depth === 0) this.#state = 'after';
  }

  #addVersion(version: string): void {
    if (this.#versions !== undefined && this.#versions.size < MOST_ENTRIES) this.#versions.add(version);
  }

  /** The last string, read; `undefined` when there was none since it was last taken, or it is no JSON. */
  #takeText(): string | undefined {
    const bytes = this.#text;
    this.#text = [];
    if (bytes.length === 0 || bytes.length > LONGEST_TEXT) return undefined;
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as string;
    } catch {
      return undefined;
    }
  }
}
