import type { SourceRequest } from './request.js';

/** No source is asked more than this to see whether it is as it is taken for: other people use it too. */
export const MOST_CHECK_REQUESTS = 15;

/** A request of a check. `at: 'list'` asks where the source's own list is, which may be another origin. */
export interface CheckRequest extends SourceRequest {
  at?: 'list';
}

/** What came of a request, whatever its status: of what is not there the status is the answer. */
export interface CheckAnswer {
  key: string;
  /** Null where there was no answer by HTTP, or none that could be taken. */
  status: number | null;
  mediaType: string;
  bytes: Buffer;
  etag: string | null;
  /** Why it brought no document; null where it brought one. */
  error: string | null;
  /** Whether the same request may well be answered later: then nothing follows from it. */
  passing: boolean;
}

/** What a check has seen, in words, and whether that is what is assumed. */
export interface Seen {
  seen: string;
  holds: boolean;
}

/**
 * Something that is assumed of a source, which its documents can show to be so or not. A check plans and
 * judges; it never fetches. Texts are for operators, in English.
 */
export interface SourceCheck {
  id: string;
  /** What is assumed, in a few words. */
  assumption: string;
  /** What follows where it does not hold. */
  otherwise: string;
  /**
   * What it has to see, given what was seen so far. The same key is the same request, made once for all
   * checks.
   */
  requests(seen: CheckAnswers): CheckRequest[];
  /** Throws an error that says why, where the documents do not show it. */
  judge(seen: CheckAnswers): Seen;
}

/** `holds` is null where nothing can be said: the source could not be asked, or holds nothing of the kind. */
export interface CheckResult {
  id: string;
  assumption: string;
  seen: string;
  holds: boolean | null;
  /** Empty where it holds. */
  consequence: string;
}

/** Nothing was there by which to judge: that is neither so nor otherwise. */
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

  /** The answer, whatever its status. Throws where there is none that says something of the source. */
  answer(key: string): CheckAnswer {
    const found = this.answers.get(key);
    if (!found) throw new NothingToSee('not asked');
    if (found.error !== null && found.passing) throw new NothingToSee(`no answer: ${found.error}`);
    return found;
  }

  /** The document. Throws where the answer was none. */
  document(key: string): CheckAnswer {
    const found = this.answer(key);
    if (found.error !== null) throw new Error(found.status === null ? found.error : `status ${found.status}`);
    return found;
  }
}

/** What is to be asked next, of what was not asked yet. */
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

/** Each assumption against what was seen. */
export function judgeChecks(checks: readonly SourceCheck[], answers: readonly CheckAnswer[]): CheckResult[] {
  const seen = new CheckAnswers(answers);
  return checks.map((check) => {
    const result = judged(check, seen);
    const consequence = result.holds === false ? check.otherwise : '';
    return { id: check.id, assumption: check.assumption, ...result, consequence };
  });
}

/** What is not as it is taken for. */
export const differing = (results: readonly CheckResult[]): CheckResult[] =>
  results.filter((r) => r.holds === false);
