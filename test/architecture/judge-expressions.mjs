// Reports how the work of each expression on standard input, { source, flags }, grows with hostile texts.
// It is a separate program because the checker runs as a process that must end with it.
import { check } from 'recheck';
import { json } from 'node:stream/consumers';

/** Limited by steps only: time limits would give different results on a busy machine. */
const BY_STEPS = {
  timeout: null,
  attackTimeout: null,
  attackLimit: 100_000_000,
  incubationTimeout: null,
  maxIteration: 5,
  randomSeed: 1,
};
const AT_ONCE = 4;

/**
 * Caps bounded repetitions at three: what is linear with three is linear with two hundred, and the smaller
 * automaton can be checked exhaustively.
 */
const BOUNDS = /\\.|\{(\d+)(,?)(\d*)\}/g;
const most3 = (digits) => (digits && Number(digits) > 3 ? '3' : digits);
const withSmallBounds = (source) =>
  source.replace(BOUNDS, (whole, least, comma, most) =>
    least === undefined ? whole : `{${most3(least)}${comma}${most3(most)}}`,
  );

const expressions = await json(process.stdin);
const verdicts = [];
const next = expressions.entries();
async function judge() {
  for (const [i, { source, flags }] of next) {
    const { status, complexity, attack, error } = await check(withSmallBounds(source), flags, BY_STEPS);
    verdicts[i] = { status, growth: complexity?.summary ?? error?.kind ?? '', attack: attack?.pattern ?? '' };
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, judge));
process.stdout.write(JSON.stringify(verdicts), () => process.exit());
