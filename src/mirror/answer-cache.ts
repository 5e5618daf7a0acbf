/** Remembers answers by the question, so that a team whose locks stay the same costs next to nothing. */
import type { HttpResponse } from '../ports/http.ts';

/** Characters of questions and answers together. */
const CAPACITY = 64 * 1024 * 1024;

export type AnswerCache = (question: string, answer: () => HttpResponse) => HttpResponse;

/** The least recently asked goes first. A store never changes, so an answer out of it stays right. */
export function answerCache(capacity = CAPACITY): AnswerCache {
  const kept = new Map<string, HttpResponse>();
  let size = 0;
  const drop = (question: string, response: HttpResponse): void => {
    kept.delete(question);
    size -= question.length + response.body.length;
  };
  return (question, answer) => {
    const known = kept.get(question);
    if (known !== undefined) drop(question, known);
    const response = known ?? answer();
    const weight = question.length + response.body.length;
    if (weight > capacity) return response;
    kept.set(question, response);
    size += weight;
    for (const [oldest, old] of kept) {
      if (size <= capacity) break;
      drop(oldest, old);
    }
    return response;
  };
}
