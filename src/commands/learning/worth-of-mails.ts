import { z } from 'zod';
import { DAY_MS } from '../../kernel/durations.js';
import { refuse } from '../../platform/config/config-error.js';
import { say } from '../../platform/say.js';
import { linesOf } from './benchmark.js';
import { decisionFor, type Judgements } from './judgements.js';
import { askedOf, type Evaluator, type RankedCase, sentOf } from './what-is-sent.js';

const Event = z.object({ day: z.iso.date(), kind: z.string(), reference: z.string() });

const DAYS = 28;
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Each time four weeks, back from the last day of the events, by the first of their days. */
function windowsOf(days: readonly string[]): string[] {
  const [first, last] = [days[0]!, days.at(-1)!];
  const windows = [dayAfter(last, 1 - DAYS)];
  while (dayAfter(windows[0]!, -DAYS) >= first) windows.unshift(dayAfter(windows[0]!, -DAYS));
  return windows;
}

/**
 * Prints for each four weeks of some events, as a replay writes them, which share of the calls in the mails
 * of institutes that begin then is wanted at least in part: of the first mail (the best of what stood there),
 * and of all, with what was new from then on. What comes after the first week is sent by the decisions on
 * what came in it, made as the judgements say.
 */
export function printMails(
  ranked: readonly RankedCase[],
  judgements: Judgements,
  { events, titleOf, ...evaluator }: Evaluator & { events: string; titleOf: (call: string) => string },
): void {
  const happened = linesOf(events, Event).sort((a, b) => (a.day < b.day ? -1 : 1));
  refuse(happened.length ? [] : [`${events} holds no event. Fix: Name a file that a replay has written.`]);
  const newOn = new Map(happened.filter((e) => e.kind === 'new').map((e) => [e.reference, e.day]));
  say('calls in mails, and how many of them are wanted at least in part:');
  for (const begin of windowsOf(happened.map(({ day }) => day))) {
    const end = dayAfter(begin, DAYS);
    say(`${begin} to ${dayAfter(end, -1)}`);
    print('no decisions', begin, { isAsked: false, isDecided: false });
    print('on what came in the first week', begin, { isAsked: false, isDecided: true });
    print('and on the fifteen chosen before', begin, { isAsked: true, isDecided: true });
  }

  function print(name: string, begin: string, how: { isAsked: boolean; isDecided: boolean }): void {
    const mails = ranked.map((one) => mailsOf(one, begin, how));
    const share = (grades: number[]): string =>
      grades.length
        ? `${grades.length}, ${((100 * grades.filter((g) => g > 0).length) / grades.length).toFixed(0)} %`
        : '0';
    const [first, all] = [mails.flatMap((m) => m.first), mails.flatMap((m) => m.all)].map(share);
    say(`  ${name.padEnd(35)}first mail ${first!.padEnd(12)}all ${all}`);
  }

  /** The grades of the calls in the first mail, and in all mails of one institute. */
  function mailsOf(
    one: RankedCase,
    begin: string,
    { isAsked, isDecided }: { isAsked: boolean; isDecided: boolean },
  ): { first: number[]; all: number[] } {
    const dayOf = (call: string): string => newOn.get(call) ?? '';
    const gradeOf = (call: string): number => judgements(one.of.id, call);
    const standing = new Map([...one.builtIn].filter(([call]) => dayOf(call) < begin));
    const sentAfter = (decided: readonly string[], until: string): string[] =>
      sentOf(
        one,
        decided.map((call) => ({ call, ...decisionFor(gradeOf(call)) })),
        evaluator,
      )
        .filter(({ call, sent }) => sent && dayOf(call) < until)
        .sort((a, b) => b.score - a.score)
        .map(({ call }) => call);
    const asked = isAsked ? askedOf(one, evaluator, titleOf, standing) : [];
    const week = sentAfter(asked, dayAfter(begin, 7));
    const first = week.filter((call) => standing.has(call)).slice(0, evaluator.digest.first);
    const told = [...first, ...week.filter((call) => !standing.has(call))];
    const decided = isDecided ? [...new Set([...asked, ...told])] : asked;
    const later = sentAfter(decided, dayAfter(begin, DAYS)).filter((call) => !standing.has(call));
    return { first: first.map(gradeOf), all: [...new Set([...told, ...later])].map(gradeOf) };
  }
}
