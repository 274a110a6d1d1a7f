import { z } from 'zod';
import { askedAs } from './prompt.js';
import { reasonsIn, SaidReading, type Reading, type ReadableCall } from './reading.js';

/** What of an answer holds, by institute, and for whom it does not, with the reason. */
export interface CheckedAnswer {
  readings: Map<string, Reading>;
  refused: Map<string, string>;
}

const Answer = z.object({ readings: z.array(z.unknown()) });

/** What a mail program makes a link of. */
const ADDRESS = /:\/\/|\bwww\.|@/i;
/** Fewer letters stand in any call by chance. */
const SHORTEST_QUOTE = 12;

/**
 * The JSON of an answer, which may stand in a fence or among sentences, after what a model thought aloud;
 * undefined where there is none.
 */
function jsonIn(content: string): unknown {
  const said = content.slice(content.lastIndexOf('</think>') + 1);
  const [from, to] = [said.indexOf('{'), said.lastIndexOf('}')];
  for (const text of [said, said.slice(from, to + 1)]) {
    try {
      return JSON.parse(text);
    } catch {
      // Tried next without what stands around it.
    }
  }
  return undefined;
}

/** Letters and figures as one reads them, whatever their case, spaces, quotation marks and hyphens. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Tells of a quote whether its words stand in the call; where they are in pieces (…), each of them, in their
 * order.
 */
export function quotableFrom({
  title,
  text,
}: Pick<ReadableCall, 'title' | 'text'>): (quote: string) => boolean {
  const whole = ` ${plain(`${title}\n${text}`)} `;
  return (quote) => {
    const pieces = quote
      .split(/\u2026|\.{3,}|\[\.*\]/)
      .map(plain)
      .filter((piece) => piece !== '');
    if (pieces.join(' ').length < SHORTEST_QUOTE) return false;
    let at = 0;
    return pieces.every((piece) => {
      const found = whole.indexOf(` ${piece} `, at);
      at = found + piece.length;
      return found >= 0;
    });
  };
}

/** Without the marks before the lines of a call, where they were copied with it. */
const unmarked = (quote: string): string => quote.replace(/(^|\n)[^\S\n]*\|[^\S\n]?/g, '$1').trim();

function wrongWith(
  { grade, reason, reasonOther, quote }: SaidReading,
  stands: (quote: string) => boolean,
): string | null {
  if (grade === 'not') return null;
  if (reason === '') return 'the reason is missing';
  // It stands in mails: no text of a call must make a link there.
  if (ADDRESS.test(`${reason} ${reasonOther}`)) return 'the reason holds an address';
  return stands(quote) ? null : 'the quote does not stand in the call';
}

/**
 * Holds an answer against what was asked. An institute that it leaves out does not want the call. Where it is
 * not of the form, or speaks of a pair that nobody asked for, none of it is taken.
 */
export function checkedAnswer(content: string, call: ReadableCall, asked: readonly string[]): CheckedAnswer {
  const none = (why: string): CheckedAnswer => ({
    readings: new Map(),
    refused: new Map(asked.map((id) => [id, why])),
  });
  const answer = Answer.safeParse(jsonIn(content));
  if (!answer.success) return none('the answer is not of the form');
  const [readings, refused] = [new Map<string, Reading>(), new Map<string, string>()];
  const stands = quotableFrom(call);
  for (const item of answer.data.readings) {
    const line = SaidReading.safeParse(item);
    if (!line.success) return none('the answer is not of the form');
    const { institute: id, grade, quote } = line.data;
    if (!asked.includes(id) || line.data.call !== askedAs(call))
      return none('the answer speaks of what nobody asked for');
    const wrong = readings.has(id) ? 'the answer names it twice' : wrongWith(line.data, stands);
    if (wrong !== null) refused.set(id, wrong);
    readings.set(
      id,
      grade === 'not' ? { grade } : { grade, reason: reasonsIn(line.data), quote: unmarked(quote) },
    );
  }
  for (const id of asked) if (!readings.has(id)) readings.set(id, { grade: 'not' });
  for (const id of refused.keys()) readings.delete(id);
  return { readings, refused };
}
