import { readFileSync } from 'node:fs';
import { refuse } from '../../platform/config/config-error.js';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';

/** A decision that `--verdicts` gives. */
export interface GivenVerdict {
  institute: string;
  call: string;
  verdict: Verdict;
  reason: VerdictReason | null;
}

const DECISIONS = [
  ...Verdict.options.filter((verdict) => verdict !== 'not'),
  ...VerdictReason.options.map((reason) => `not:${reason}`),
];

/**
 * Reads decisions, one a line: institute, call, and `relevant`, `study`, `later` or `not:` with its reason,
 * between tabs. Throws all problems of all lines at once.
 */
export function givenVerdicts(
  path: string,
  { institutes, calls }: { institutes: ReadonlySet<string>; calls: ReadonlySet<string> },
): GivenVerdict[] {
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  const given = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, i): GivenVerdict[] => {
      if (line.trim() === '') return [];
      const problem = (said: string): [] => {
        problems.push(`${path}:${i + 1} ${said}`);
        return [];
      };
      const [institute, call, decision, ...more] = line.split('\t');
      if (institute === undefined || call === undefined || decision === undefined || more.length > 0)
        return problem(
          'must be three values between tabs. Fix: Write institute, reference and decision, without a header.',
        );
      const before = lineOf.get(`${institute}\t${call}`);
      lineOf.set(`${institute}\t${call}`, before ?? i + 1);
      const said = [
        ...(institutes.has(institute)
          ? []
          : [
              `"${institute}" is no profile that is evaluated. Fix: Use one of ${[...institutes].join(', ')}.`,
            ]),
        ...(calls.has(call)
          ? []
          : [`"${call}" is no call that is evaluated. Fix: Use an id of the file of calls.`]),
        ...(DECISIONS.includes(decision)
          ? []
          : [`"${decision}" is no decision. Fix: Use ${DECISIONS.join(', ')}.`]),
        ...(before === undefined
          ? []
          : [`decides on the same call as line ${before}. Fix: Keep one of the two.`]),
      ];
      said.forEach(problem);
      const [verdict, reason = null] = decision.split(':') as [Verdict, VerdictReason?];
      return said.length ? [] : [{ institute, call, verdict, reason }];
    });
  refuse(problems);
  return given;
}
