import { readFileSync } from 'node:fs';
import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { refuse } from '../../platform/config/config-error.js';

/** How much an institute wants a call: 2 wanted, 1 in part, 0 not. */
export type Judgements = (institute: string, call: string) => number;

/**
 * Reads judgements, one a line: institute, call, grade (2, 1 or 0) and whatever else, between tabs. What is
 * not listed is not wanted. Throws all problems at once.
 */
export function judgementsIn(path: string): Judgements {
  const lines = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
  const grades = new Map(lines.map(([institute, call, grade]) => [`${institute}\t${call}`, Number(grade)]));
  refuse(
    lines.flatMap(([institute, , grade = ''], i) =>
      institute === '' || ['0', '1', '2'].includes(grade)
        ? []
        : [`${path}:${i + 1} is no judgement. Fix: Write institute, reference and 2, 1 or 0 between tabs.`],
    ),
  );
  return (institute, call) => grades.get(`${institute}\t${call}`) ?? 0;
}

/** What an officer who wants a call so much decides on it. */
export const decisionFor = (grade: number): { verdict: Verdict; reason: VerdictReason | null } =>
  grade === 0
    ? { verdict: 'not', reason: 'topic' }
    : { verdict: grade === 2 ? 'relevant' : 'study', reason: null };
