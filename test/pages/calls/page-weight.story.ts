import { MatchJob } from '../../../src/matching/match.job.js';
import { aCall, inDays, storeCalls } from '../../support/matching/calls.js';
import { everyPage, fetchCounted, filesOf } from '../../support/pages/pages.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';
import { everyNth, times } from '../../support/release.js';

const MOST_BYTES = 100_000;
const CALLS = times('calls while pages are weighed', 150, 600);

/** As many different words as a real call has, in an order that compresses badly. */
const STEMS =
  'energ,wind,off,shore,turb,found,ation,demonstr,innov,sustain,circul,material,comput,quant,sensor,health,climat,adapt,resili,agri,food,water,ocean,robot,data,model,secur,trust,econom,social'.split(
    ',',
  );
const ENDS = 'y,ing,ed,al,able,ive,ment,s,ity,or,ics,ance'.split(',');
function words(seed: number, count: number): string {
  let state = seed * 2_654_435_761 + 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from(
    { length: count },
    () =>
      `${STEMS[next(STEMS.length)]}${next(3) ? ENDS[next(ENDS.length)] : STEMS[next(STEMS.length)]}${next(12) ? '' : '.'}`,
  ).join(' ');
}

/**
 * A call the size of the portal's: about nine thousand characters in three sections, several deadlines, a
 * budget.
 */
const realistic = (n: number) =>
  aCall(`L${n}`, {
    title: `Offshore wind ${words(n, 9)}`,
    programme: { code: String(n % 7), name: `Programme ${n % 7}` },
    typesOfAction: ['HORIZON Research and Innovation Actions'],
    deadlines: [
      { at: inDays(5 + ((n * 7) % 330)), timeTold: true },
      { at: inDays(20 + ((n * 11) % 330)), timeTold: true },
    ],
    deadlineModel: n % 3 ? 'two-stage' : 'multiple-cut-off',
    budget: {
      currency: 'EUR',
      total: 1_000_000 * ((n % 40) + 1),
      expectedGrants: (n % 9) + 1,
      minContribution: null,
      maxContribution: 4_000_000,
      years: ['2026'],
    },
    sections: [
      { kind: 'expected-outcome', title: 'Expected Outcome', text: `A wind turbine. ${words(n + 1, 350)}` },
      { kind: 'scope', title: 'Scope', text: `Offshore wind. ${words(n + 2, 500)}` },
      { kind: 'conditions', title: 'Conditions', text: words(n + 3, 250) },
    ],
  });

describe('the weight of a page', () => {
  let world: TwoInstitutes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
    await storeCalls(
      world.test.app,
      Array.from({ length: CALLS }, (_, n) => realistic(n)),
      'second',
    );
    await world.test.app.get(MatchJob).run({ profileId: 'leti' });
  });
  afterAll(() => world?.stop());

  it(`is at most ${MOST_BYTES / 1_000} kB over the wire, its styles and scripts included, on each page with ${CALLS} calls`, async () => {
    const files = new Map<string, number>();
    const weights: { name: string; bytes: number }[] = [];
    const unseen = await everyPage(
      world,
      async ({ name, path, html, bytes }) => {
        let all = bytes;
        for (const file of filesOf(html)) {
          const known = files.get(file) ?? (await fetchCounted(new URL(file, world.test.url).href, '')).bytes;
          files.set(file, known);
          all += known;
        }
        weights.push({ name: `${name} ${path}`, bytes: all });
      },
      everyNth(4),
    );
    weights.sort((a, b) => b.bytes - a.bytes);
    process.stderr.write(
      `heaviest pages: ${weights
        .slice(0, 5)
        .map((w) => `${w.name.split(' ').slice(0, 2).join(' ')} ${Math.round(w.bytes / 1_000)} kB`)
        .join(', ')}\n`,
    );
    expect(weights.filter((w) => w.bytes > MOST_BYTES)).toEqual([]);
    expect(weights.length).toBeGreaterThan(15);
    // The only pages not weighed redirect at once, to an absent provider or because nobody is asked for a
    // passkey.
    const leadsOn = /^GET \/(sign-in\/with\/:provider(\/return)?|sign-in\/passkey(\/new)?)? \//;
    expect(unseen.filter((name) => !leadsOn.test(name))).toEqual([]);
  });
});
