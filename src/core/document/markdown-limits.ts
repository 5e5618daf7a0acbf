/** Decides whether a text is small and plain enough to be parsed: some shapes cost a Markdown parser minutes. */

/** Characters; a parser takes about three seconds for them. */
const MOST_CHARACTERS = 256 * 1024;

/** Shapes whose cost grows with their square or worse, far beyond what a document written by a person holds. */
const COSTLY: readonly { readonly shape: RegExp; readonly name: string }[] = [
  { shape: /^[ \t]*(?:>[ \t]*){21}/m, name: 'more than 20 nested quotes' },
  { shape: /^[ \t]{161}/m, name: 'a line indented by more than 160 columns' },
  { shape: /^[ \t]*(?:[-+*][ \t]+){21}/m, name: 'more than 20 list markers on one line' },
  { shape: /`{65}/, name: 'a run of more than 64 backticks' },
  { shape: /.{20001}/, name: 'a line of more than 20000 characters' },
  { shape: /(?:~[^~]*){4001}/, name: 'more than 4000 tildes' },
];

/** Why `text` is not parsed, in a clause; null when it is. */
export function whyTooComplex(text: string): string | null {
  if (text.length > MOST_CHARACTERS) return `it is longer than ${MOST_CHARACTERS} characters`;
  const costly = COSTLY.find(({ shape }) => shape.test(text));
  return costly === undefined ? null : `it holds ${costly.name}`;
}
