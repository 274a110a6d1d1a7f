import { readFileSync } from 'node:fs';
import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { refuse } from '../../platform/config/config-error.js';

/** How much an institute wants a call: 2 wanted, 1 in part, 0 not. */
export type Judgements = (institute: string, call: string) => number;

/**
 * Reads judgements, one a line: institute, call, grade (2, 1 or 0) and whatever else, between tabs. What is
 * not listed is not wanted. Throws all problems of all files at once.
 */
export function judgementsIn(paths: readonly string[]): Judgements {
  const grades = new Map<string, number>();
  const problems: string[] = [];
  for (const path of paths)
    for (const [i, line] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
      if (line === '') continue;
      const [institute, call, grade = ''] = line.split('\t');
      if (!/^[012]$/.test(grade))
        problems.push(
          `${path}:${i + 1} is no judgement. Fix: Write institute, reference and 2, 1 or 0 between tabs.`,
        );
      if (grades.has(`${institute}\t${call}`))
        problems.push(`${path}:${i + 1} judges a call again. Fix: Evaluate one judge at a time.`);
      grades.set(`${institute}\t${call}`, Number(grade));
    }
  refuse(problems);
  return (institute, call) => grades.get(`${institute}\t${call}`) ?? 0;
}

/** What an officer who wants a call so much decides on it. */
export const decisionFor = (grade: number): { verdict: Verdict; reason: VerdictReason | null } =>
  grade === 0
    ? { verdict: 'not', reason: 'topic' }
    : { verdict: grade === 2 ? 'relevant' : 'study', reason: null };
