import {
  figuresOf,
  figuresOfNetwork,
  type Activity,
  type CountedBids,
  type Money,
} from '../../../src/pipeline/domain/figures.js';
import { rateOf } from '../../../src/kernel/statistics.js';

const NOTHING: Activity = {
  ...{ told: 0, read: 0, decided: 0, relevant: 0, asked: 0, answered: 0, medianDays: null },
};
const bid = (told: Partial<CountedBids>): CountedBids => ({
  profileId: 'a',
  bids: 1,
  stage: 'funded',
  went: true,
  year: '2025',
  programme: 'Horizon Europe',
  typeOfAction: 'HORIZON Research and Innovation Actions',
  role: 'partner',
  requested: 100,
  share: 10,
  withoutRequested: 0,
  withoutShare: 0,
  currency: 'EUR',
  ...told,
});
const many = (n: number, told: Partial<CountedBids>): CountedBids[] =>
  Array.from({ length: n }, () => bid(told));

describe('figures', () => {
  it('tell no rate from fewer than ten cases, and the number that each rests on', () => {
    expect(rateOf(2, 9)).toEqual({ hits: 2, of: 9, rate: null, low: null, high: null });
    expect(rateOf(4, 10)).toMatchObject({ hits: 4, of: 10, rate: 0.4 });
  });

  it('say between which values a rate lies, by the interval of Wilson', () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20.
    const shown = (hits: number, of: number) => {
      const { low, high } = rateOf(hits, of);
      return [low!.toFixed(4), high!.toFixed(4)];
    };
    expect(shown(81, 263)).toEqual(['0.2553', '0.3662']);
    expect(shown(15, 148)).toEqual(['0.0624', '0.1605']);
    expect(shown(0, 20)).toEqual(['0.0000', '0.1611']);
  });

  it('count a success of what has a result, and a go of what was decided', () => {
    const bids = [
      ...many(3, {}),
      ...many(10, { stage: 'rejected', role: 'coordinator' }),
      ...many(4, { stage: 'submitted' }),
      ...many(6, { stage: 'no-go', went: false }),
      ...many(9, { stage: 'to-study', went: false }),
    ];
    const { success, go, byRole, submitted, won } = figuresOf(NOTHING, bids, rateOf(0, 0));
    expect([success.hits, success.of, success.rate]).toEqual([3, 13, 3 / 13]);
    expect([go.hits, go.of]).toEqual([17, 23]);
    expect(byRole.map((r) => [r.name, r.hits, r.of, r.rate])).toEqual([
      ['coordinator', 0, 10, 0],
      ['partner', 3, 3, null],
    ]);
    const known = (amount: number) => ({ amount, unknown: 0 });
    expect(submitted).toEqual([{ currency: 'EUR', requested: known(1_700), share: known(170), bids: 17 }]);
    expect(won).toEqual([{ currency: 'EUR', requested: known(300), share: known(30), bids: 3 }]);
  });

  it('sum no amount that is not stated, and say how many bids state none', () => {
    const unstated = { share: null, withoutShare: 1 };
    const won = (...bids: CountedBids[]) => figuresOf(NOTHING, bids, rateOf(0, 0)).won[0]!.share;
    expect(won(bid(unstated))).toEqual({ amount: null, unknown: 1 });
    expect(won(bid(unstated), bid({}))).toEqual({ amount: 10, unknown: 1 });
  });

  it('of a year are what was submitted for its deadlines, and the rate of what has a result', () => {
    const bids = [
      ...many(2, { year: '2026' }),
      ...many(3, { year: '2026', stage: 'submitted', share: null, withoutShare: 1 }),
      ...many(4, { year: null, stage: 'reserve-list' }),
      ...many(6, { stage: 'rejected', currency: 'CHF' }),
      ...many(5, {}),
      ...many(8, { stage: 'no-go', went: false, year: null, programme: null }),
    ];
    const { byYear, byProgramme } = figuresOf(NOTHING, bids, rateOf(0, 0));
    const share = (money: Money[]) => money.map((m) => [m.currency, m.share.amount, m.share.unknown]);
    expect(
      byYear.map((y) => [y.name, y.bids, y.hits, y.of, y.rate, share(y.submitted), share(y.won)]),
    ).toEqual([
      // prettier-ignore
      ['2025', 11, 5, 11, 5 / 11, [['CHF', 60, 0], ['EUR', 50, 0]], [['EUR', 50, 0]]],
      ['2026', 5, 2, 2, null, [['EUR', 20, 3]], [['EUR', 20, 0]]],
      [null, 4, 0, 0, null, [['EUR', 40, 0]], []],
    ]);
    expect(byProgramme.map((p) => [p.name, p.bids, p.hits, p.of])).toEqual([['Horizon Europe', 20, 7, 13]]);
  });

  it('are the same of bids that were counted together', () => {
    const apart = [
      ...many(6, {}),
      ...many(4, { stage: 'rejected' }),
      ...many(5, { stage: 'no-go', went: false }),
    ];
    const together = [
      bid({ bids: 6, requested: 600, share: 60 }),
      bid({ bids: 4, stage: 'rejected', requested: 400, share: 40 }),
      bid({ bids: 5, stage: 'no-go', went: false, requested: 500, share: 50 }),
    ];
    expect(figuresOf(NOTHING, together, rateOf(0, 0))).toEqual(figuresOf(NOTHING, apart, rateOf(0, 0)));
  });

  it('of the network tell nothing behind which fewer than three institutes stand', () => {
    const of = (ids: string[], told: Partial<CountedBids>): CountedBids[] =>
      ids.flatMap((profileId) => many(3, { profileId, ...told }));
    const two = of(['a', 'b'], {});
    expect(figuresOfNetwork(NOTHING, two, [])).toMatchObject({
      go: { hits: 0, of: 0 },
      success: { hits: 0, of: 0 },
      byProgramme: [],
      submitted: [],
      won: [],
    });
    const { success, byProgramme, won } = figuresOfNetwork(
      NOTHING,
      [...of(['a', 'b', 'c'], { stage: 'rejected' }), ...of(['a', 'b'], { programme: 'LIFE' })],
      [],
    );
    expect([success.hits, success.of]).toEqual([6, 15]);
    expect(byProgramme.map((p) => p.name)).toEqual(['Horizon Europe']);
    expect(won).toEqual([]);
  });

  it('of a year of the network tell neither results nor amounts of fewer than three institutes', () => {
    const of = (ids: string[], told: Partial<CountedBids>): CountedBids[] =>
      ids.flatMap((profileId) => many(4, { profileId, ...told }));
    const { byYear, bySector } = figuresOfNetwork(
      NOTHING,
      [
        ...of(['a', 'b', 'c'], { stage: 'submitted' }),
        ...of(['a', 'b'], { stage: 'funded' }),
        ...of(['a', 'b', 'c'], { stage: 'rejected', year: '2024' }),
        ...of(['c'], { stage: 'funded', year: '2024', currency: 'CHF' }),
        ...of(['a', 'b'], { year: '2023' }),
      ],
      [
        { id: 'three', members: ['a', 'b', 'c'] },
        { id: 'two', members: ['a', 'b'] },
      ],
    );
    expect(
      byYear.map((y) => [y.name, y.bids, y.hits, y.of, y.submitted.map((m) => m.currency), y.won]),
    ).toEqual([
      ['2024', 16, 4, 16, ['EUR'], []],
      ['2025', 20, 0, 0, ['EUR'], []],
    ]);
    expect(bySector.map((s) => s.name)).toEqual(['three']);
  });
});
