import { ASKED_FROM, FIRST_DECISIONS } from '../../decisions/domain/first-decisions.js';
import { say } from '../../platform/say.js';
import type { Case } from './cases.js';
import type { GivenVerdict } from './given-verdicts.js';
import { decisionFor, type Judgements } from './judgements.js';
import { askedOf, type Evaluator, type RankedCase, sentOf, thresholdAfter } from './what-is-sent.js';

/** Which calls an institute decides on. `scores`: of all calls, the best first. */
interface Choice {
  name: string;
  of: (ranked: RankedCase, scores: [call: string, score: number][], random: () => number) => string[];
  isDrawn?: boolean;
  isChanged?: boolean;
}

const SIZES = [15, 30, 60];
/** Half of an institute's calls with so many points and more are enough decisions to suggest changes. */
const CHANGED_FROM = 10;

/** Park and Miller's generator: the same draws on every machine. */
function randomFrom(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return last / 2_147_483_647;
  };
}

/** Draws so many calls of those with so many points and more, and never more than half of them. */
const drawn =
  (size: number, from: number): Choice['of'] =>
  (_, scores, random) => {
    const enough = scores.filter(([, score]) => score >= from);
    return enough
      .map(([call]) => ({ call, turn: random() }))
      .sort((a, b) => a.turn - b.turn)
      .slice(0, Math.min(size, Math.round(enough.length / 2)))
      .map(({ call }) => call);
  };

const choices = (evaluator: Evaluator, titleOf: (call: string) => string, isChanging: boolean): Choice[] => [
  { name: 'none', of: () => [] },
  {
    name: `${FIRST_DECISIONS} chosen to tell most`,
    of: (ranked) => askedOf(ranked, evaluator, titleOf, ranked.builtIn),
  },
  {
    name: `${FIRST_DECISIONS} from the top`,
    of: (_, scores) => scores.slice(0, FIRST_DECISIONS).map(([call]) => call),
  },
  ...SIZES.map((size) => ({
    name: `${size} at random, at most half`,
    of: drawn(size, ASKED_FROM),
    isDrawn: true,
  })),
  ...(isChanging ? [false, true] : []).map((changed) => ({
    name: `half from ${CHANGED_FROM} points on${changed ? ', changes too' : ''}`,
    of: drawn(Infinity, CHANGED_FROM),
    isDrawn: true,
    isChanged: changed,
  })),
];

type Figures = Record<
  'decisions' | `${'all' | 'others' | 'before'}${'Sent' | 'P1' | 'R2'}` | 'points',
  number
>;

/** Means of those that are known. */
function meanOf(all: readonly Figures[]): Figures {
  const mean = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const names = Object.keys(all[0]!) as (keyof Figures)[];
  return Object.fromEntries(
    names.map((name) => [name, mean(all.map((one) => one[name]).filter((n) => !Number.isNaN(n)))]),
  ) as Figures;
}

/** How many are sent, the share of them wanted at least in part, and the share of the wanted that is sent. */
function figuresOf<K extends string>(
  name: K,
  calls: { call: string; sent: boolean }[],
  gradeOf: (call: string) => number,
) {
  const sent = calls.filter((one) => one.sent);
  const wanted = calls.filter(({ call }) => gradeOf(call) === 2);
  const keptShare = sent.filter(({ call }) => gradeOf(call) > 0).length / sent.length;
  return {
    [`${name}Sent`]: sent.length,
    [`${name}P1`]: sent.length ? keptShare : 1,
    [`${name}R2`]: wanted.filter((one) => one.sent).length / wanted.length,
  } as Record<`${K}${'Sent' | 'P1' | 'R2'}`, number>;
}

const COLUMNS: [title: string, width: number, of: (f: Figures) => string][] = [
  ['decisions', 11, (f) => f.decisions.toFixed(1)],
  ['all calls, by the threshold', 29, (f) => shown(f, 'all')],
  ['off', 6, (f) => f.points.toFixed(1)],
  ['the others', 23, (f) => shown(f, 'others')],
  ['the same, without decisions', 0, (f) => shown(f, 'before')],
];
const NAME_WIDTH = 37;

const shown = (f: Figures, name: 'all' | 'others' | 'before'): string =>
  [f[`${name}Sent`].toFixed(1).padStart(4), ...[f[`${name}P1`], f[`${name}R2`]].map(share)].join('  ');
/** Of nothing there is no share. */
const share = (n: number): string => (Number.isNaN(n) ? '-' : n.toFixed(3));

/**
 * Prints what decisions bring that are made as the judgements say, in means over the profiles: of all calls,
 * what the threshold alone sends, and how many points it is off where all decisions would put it; of those
 * not decided on, what is sent with the decisions and without. `withSuggestions`: changes a profile as its
 * decisions suggest.
 */
export async function printWorth(
  ranked: readonly RankedCase[],
  judgements: Judgements,
  {
    titleOf,
    draws,
    withSuggestions,
    ...evaluator
  }: Evaluator & {
    titleOf: (call: string) => string;
    draws: number;
    withSuggestions: ((of: Case, verdicts: GivenVerdict[]) => Promise<RankedCase>) | null;
  },
): Promise<void> {
  const row = (name: string, cellOf: (column: (typeof COLUMNS)[number]) => string): void =>
    say(`${name.padEnd(NAME_WIDTH)}${COLUMNS.map((c) => cellOf(c).padEnd(c[1])).join('')}`.trimEnd());
  say('calls sent, which share of them is wanted at least in part, which share of the wanted is sent:');
  row('decided on', ([title]) => title);
  for (const choice of choices(evaluator, titleOf, withSuggestions !== null)) {
    const random = randomFrom(20_260_630);
    const each: Figures[] = [];
    for (let draw = 0; draw < (choice.isDrawn ? draws : 1); draw += 1)
      each.push(meanOf(await Promise.all(ranked.map((one) => worthOf(one, choice, random)))));
    const figures = meanOf(each);
    row(choice.name, ([, , of]) => of(figures));
  }

  async function worthOf(one: RankedCase, choice: Choice, random: () => number): Promise<Figures> {
    const scores = [...one.builtIn].sort(([, a], [, b]) => b - a);
    const institute = one.of.id;
    const gradeOf = (call: string): number => judgements(institute, call);
    const decided = (on: string[]): GivenVerdict[] =>
      on.map((call) => ({ institute, call, ...decisionFor(gradeOf(call)) }));
    const verdicts = decided(choice.of(one, scores, random));
    const all = decided(scores.flatMap(([call, score]) => (score >= ASKED_FROM ? [call] : [])));
    const given = new Set(verdicts.map(({ call }) => call));
    const isOther = ({ call }: { call: string }): boolean => !given.has(call);
    const after = choice.isChanged ? await withSuggestions!(one.of, verdicts) : one;
    const threshold = thresholdAfter(verdicts, after.builtIn, evaluator);
    const byThreshold = [...after.builtIn].map(([call, score]) => ({ call, sent: score >= threshold }));
    return {
      decisions: verdicts.length,
      ...figuresOf('all', byThreshold, gradeOf),
      points: Math.abs(threshold - thresholdAfter(all, after.builtIn, evaluator)),
      ...figuresOf('others', sentOf(after, verdicts, evaluator).filter(isOther), gradeOf),
      ...figuresOf('before', sentOf(one, [], evaluator).filter(isOther), gradeOf),
    };
  }
}
