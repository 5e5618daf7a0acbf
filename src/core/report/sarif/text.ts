/** Foreign text inside SARIF messages, where brackets make links and braces are place holders. */
import type { Message } from 'sarif';
import { terminalText, wellFormed } from '../escape.ts';

// What GitHub keeps of a description; it cuts what is longer.
const LONGEST = 1024;

/**
 * Sentences as a plain message, without links and place holders.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317459
 */
export function plainMessage(...sentences: readonly string[]): Message & { text: string } {
  const text = shorten(sentences.map((sentence) => wellFormed(terminalText(sentence))).join(' ') || '(no text)');
  return { text: text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&') };
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${wellFormed(text.slice(0, LONGEST - 1))}…` : text;
}
