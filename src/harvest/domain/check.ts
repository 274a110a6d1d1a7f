import type { SourceRequest } from './request.js';
import { foldLine } from '../../calls/domain/visible-text.js';

/** The most requests per source for a check of its form: other people use the source too. */
export const MOST_CHECK_REQUESTS = 15;

/** A request of a check. `at: 'list'` sends it to the origin of the source's own list, which may differ. */
export interface CheckRequest extends SourceRequest {
  at?: 'list';
}

/** The answer to a request, whatever its status: for a missing document the status is the answer. */
export interface CheckAnswer {
  key: string;
  /** Null if there was no HTTP response, or none that could be accepted. */
  status: number | null;
  mediaType: string;
  bytes: Buffer;
  etag: string | null;
  /** Why there is no document; null if there is one. */
  error: string | null;
  /** Whether the same request may succeed later: nothing can be concluded then. */
  passing: boolean;
}

/** What a check has seen, in words, and whether that is as expected. */
export interface Seen {
  seen: string;
  holds: boolean;
}

/**
 * An assumption about a source that its documents can confirm or refute. A check plans and judges; it never
 * fetches. Texts are for operators, in English.
 */
export interface SourceCheck {
  id: string;
  /** The assumption in a few words. */
  assumption: string;
  /** The consequence if it does not hold. */
  otherwise: string;
  /**
   * Returns the requests it needs, given the answers so far. The same key is the same request, made once for
   * all checks.
   */
  requests(seen: CheckAnswers): CheckRequest[];
  /** Throws an error that gives the reason if the documents do not show it. */
  judge(seen: CheckAnswers): Seen;
}

/** `holds` is null if undecided: the source could not be asked, or has nothing of that kind. */
export interface CheckResult {
  id: string;
  assumption: string;
  seen: string;
  holds: boolean | null;
  /** Empty if it holds. */
  consequence: string;
}

/** There was nothing to judge by: the assumption is neither confirmed nor refuted. */
export class NothingToSee extends Error {}

/** The answers so far, by key. */
export class CheckAnswers {
  private readonly answers: Map<string, CheckAnswer>;

  constructor(answers: readonly CheckAnswer[]) {
    this.answers = new Map(answers.map((a) => [a.key, a]));
  }

  has(key: string): boolean {
    return this.answers.has(key);
  }

  /** Returns the answer, whatever its status. Throws if there is none that says anything about the source. */
  answer(key: string): CheckAnswer {
    const found = this.answers.get(key);
    if (!found) throw new NothingToSee('not asked');
    if (found.error !== null && found.passing) throw new NothingToSee(`no answer: ${found.error}`);
    return found;
  }

  /** Returns the document. Throws if the answer has none. */
  document(key: string): CheckAnswer {
    const found = this.answer(key);
    if (found.error !== null) throw new Error(found.status === null ? found.error : `status ${found.status}`);
    return found;
  }
}

/** Returns the requests to make next, without those already made. */
export function nextCheckRequests(
  checks: readonly SourceCheck[],
  answers: readonly CheckAnswer[],
): CheckRequest[] {
  const seen = new CheckAnswers(answers);
  const wanted = new Map(checks.flatMap((c) => c.requests(seen)).map((r) => [r.key, r]));
  return [...wanted.values()].filter((r) => !seen.has(r.key));
}

function judged(check: SourceCheck, seen: CheckAnswers): Pick<CheckResult, 'seen' | 'holds'> {
  try {
    return check.judge(seen);
  } catch (error) {
    return { seen: (error as Error).message, holds: error instanceof NothingToSee ? null : false };
  }
}

/** Judges each assumption by the answers. */
export function judgeChecks(checks: readonly SourceCheck[], answers: readonly CheckAnswer[]): CheckResult[] {
  const seen = new CheckAnswers(answers);
  return checks.map((check) => {
    const result = judged(check, seen);
    const consequence = result.holds === false ? check.otherwise : '';
    return { id: check.id, assumption: check.assumption, ...result, consequence };
  });
}

/** Returns the assumptions that do not hold. */
export const differing = (results: readonly CheckResult[]): CheckResult[] =>
  results.filter((r) => r.holds === false);

const HEADS = ['Assumption', 'Seen', 'As expected', 'What follows'];
/** The share of the width for each column; the third is as wide as its header. */
const SHARES = [0.3, 0.36, 0, 0.34];
const GAP = '  ';
const LEAST = 12;

const VERDICTS = new Map<boolean | null, string>([
  [true, 'yes'],
  [false, 'NO'],
  [null, 'not seen'],
]);

/** Wraps a text to lines of at most `width` characters, at spaces if there are any. */
function lines(text: string, width: number): string[] {
  const done: string[] = [];
  let line = '';
  for (const word of foldLine(text)
    .split(' ')
    .flatMap((w) => pieces(w, width))) {
    if (line && line.length + 1 + word.length > width) {
      done.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...done, line];
}

const pieces = (word: string, width: number): string[] =>
  word.length <= width
    ? [word]
    : Array.from({ length: Math.ceil(word.length / width) }, (_, i) =>
        word.slice(i * width, (i + 1) * width),
      );

function row(cells: string[], widths: number[]): string[] {
  const columns = cells.map((cell, i) => lines(cell, widths[i]!));
  const height = Math.max(...columns.map((c) => c.length));
  return Array.from({ length: height }, (_, n) =>
    columns
      .map((c, i) => (c[n] ?? '').padEnd(widths[i]!))
      .join(GAP)
      .trimEnd(),
  );
}

/** Formats the results as a table for a terminal of the given width. */
export function checkTable(results: readonly CheckResult[], width: number): string {
  const rest = width - HEADS[2]!.length - GAP.length * (HEADS.length - 1);
  const widths = SHARES.map((share, i) =>
    share ? Math.max(LEAST, Math.floor(rest * share)) : HEADS[i]!.length,
  );
  const cells = results.map((r) => [r.assumption, r.seen, VERDICTS.get(r.holds)!, r.consequence]);
  return [
    ...row(HEADS, widths),
    widths.map((w) => '-'.repeat(w)).join(GAP),
    ...cells.flatMap((c) => row(c, widths)),
  ].join('\n');
}
