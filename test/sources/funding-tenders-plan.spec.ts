import type { Faults } from '../../src/demo/sample-portal.js';
import type { PortalRecord } from '../../src/demo/sample-records.js';
import {
  ACTION,
  found,
  GRANT,
  harvest,
  LEAST_REQUESTS,
  many,
  MOST_REQUESTS,
  PAGES,
  portal,
  records,
  references,
  TOTAL,
} from '../support/harvest/walking.js';
import { everyNth, first, sampled, times } from '../support/release.js';

/** The request for the newest notes is the seventh of the first scan. */
const NOTES = 7;

describe('without faults', () => {
  it.each(sampled('orders of ties', [1, 2, 3], first))(
    'finds each call once, though ties come in a new order each time (seed %d)',
    async (seed) => {
      portal.set({ records, faults: {}, seed });
      const { validation, keys, asked, orders } = await harvest();
      expect(found(validation)).toEqual(references(records));
      expect(PAGES).toEqual([4, 1, 1]);
      const once = [
        'grants-en: identifier 1.1',
        'grants-en: count.1',
        'external-actions-en: callIdentifier 1.1',
        'external-actions-en: count.1',
        'cascade-calls-en: callccm2Id 1.1',
        'cascade-calls-en: count.1',
        'grants-en: identifier 2.1',
        'grants-en: identifier 3.1',
        'grants-en: identifier 4.1',
        'external-actions-en: count.2',
        'cascade-calls-en: count.2',
        'grants-en: count.2',
      ];
      // The notes are requested once, along with the first pages.
      expect(keys).toEqual([[...once.slice(0, 6), 'notes: newest', ...once.slice(6)], once]);
      expect(asked).toBe(LEAST_REQUESTS);
      const by = {
        grants: 'identifier',
        'external-actions': 'callIdentifier',
        'cascade-calls': 'callccm2Id',
      };
      expect(orders).toEqual([by, by]);
    },
  );

  it.each([500, 501, 499])('knows where the last page ends: %d calls', async (count) => {
    portal.set({ records: many(GRANT, count), faults: {} });
    const { validation, asked } = await harvest();
    expect(found(validation)).toHaveLength(count);
    // The two empty kinds take one page each; all three are counted twice. The notes are requested once.
    expect(asked).toBe(2 * (Math.ceil(count / 100) + 2 + 2 * 3) + 1);
  });

  it('finds each call in each language that is asked for', async () => {
    portal.set({ records, faults: {} });
    const { validation, orders } = await harvest(undefined, ['fr', 'en']);
    expect(orders[0]).toEqual({
      grants: 'identifier',
      'external-actions': 'callIdentifier',
      'cascade-calls': 'callccm2Id',
    });
    expect(
      validation.accepted && new Set(validation.calls.map((c) => `${c.reference} ${c.language}`)).size,
    ).toBe(2 * TOTAL);
  });

  it('does not believe fewer calls than the source is known to hold, nor none', async () => {
    portal.set({ records: records.slice(0, 299), faults: {} });
    expect(found((await harvest()).validation)).toBe(
      'only 299 calls, and this source is known to hold at least 300',
    );
    portal.set({ records: [], faults: {} });
    const none = await harvest();
    expect(found(none.validation)).toMatch(/^only 0 calls/);
    expect(none.asked).toBe(2 * 3 * 3 + 1);
  });
});

describe('with faults', () => {
  /** Harvests once per seed; every accepted run must be complete and correct. */
  async function accepted(faults: Faults, seeds: number, held = records): Promise<number> {
    let good = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      portal.set({ records: held, faults, seed: seed * 7_919 });
      const { validation, asked } = await harvest();
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      if (!validation.accepted) continue;
      expect(found(validation)).toEqual(references(held));
      good += 1;
    }
    return good;
  }

  it('of a few percent believes the whole truth nearly always, and never anything else', async () => {
    const tries = times('harvests with faults of a few percent', 10, 40);
    expect(await accepted({ half: 0.05, empty: 0.05 }, tries)).toBeGreaterThanOrEqual(0.95 * tries);
  });

  it('of a third of the answers never believes what is not so', async () => {
    await accepted({ half: 0.3, empty: 0.05 }, times('harvests with faults of a third', 5, 20));
  });

  it.each<[string, PortalRecord[]]>([
    ['a field that some rows lack', many(ACTION, 310, (i) => (i % 50 ? {} : { callIdentifier: undefined }))],
    [
      'a field that half of the rows lack',
      many(ACTION, 310, (i) => (i % 2 ? {} : { callIdentifier: undefined })),
    ],
    ['a field on which rows tie', many(ACTION, 310, () => ({ callIdentifier: ['SAMPLE-ONE-FOR-ALL'] }))],
    [
      'nothing to sort by',
      many(ACTION, 310, (i) => (i ? { identifier: undefined } : { callIdentifier: undefined })),
    ],
  ])('of a tenth of the answers, and with %s, never believes what is not so', async (_, held) => {
    await accepted({ half: 0.1, empty: 0.05 }, times('harvests with faults of a tenth', 3, 8), held);
  });

  it('of every answer believes nothing', async () => {
    expect(await accepted({ half: 1 }, 1)).toBe(0);
    expect(await accepted({ empty: 1 }, 1)).toBe(0);
  });

  it('of one unlucky answer asks again, wherever it falls but on the notes, of which it only sees fewer', async () => {
    for (const [i, fault] of (['half', 'empty'] as const).entries()) {
      const places = Array.from({ length: LEAST_REQUESTS }, (_, at) => at + 1);
      const unluckyOnes = sampled(
        'places of an unlucky answer',
        places,
        (at) => at % 3 === i || at === NOTES,
      );
      for (const unlucky of unluckyOnes) {
        const { validation, asked } = await harvest((_, n) =>
          portal.set({ records, faults: n === unlucky ? { [fault]: 1 } : {} }),
        );
        expect(found(validation)).toEqual(references(records));
        if (unlucky !== NOTES) expect(asked).toBeGreaterThan(LEAST_REQUESTS);
      }
    }
  });
});

describe('where the source changes in the middle', () => {
  // Contains some of each kind.
  const more = records.slice(0, TOTAL - 30);

  it.each(sampled('moments of a change', [2, 4, 7, 9, 12], everyNth(2)))(
    'of the first scan, at request %d, believes what is there in the end or nothing',
    async (turn) => {
      portal.set({ records: more, faults: {} });
      const { validation, asked } = await harvest((_, n) =>
        portal.set({ records: n < turn ? more : records }),
      );
      expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
      expect([references(records), expect.any(String)]).toContainEqual(found(validation));
    },
  );

  it('asks again the pages that were answered before, and believes', async () => {
    const { validation } = await harvest((_, n) =>
      portal.set({ records: n < 2 ? more : records, faults: {} }),
    );
    expect(found(validation)).toEqual(references(records));
  });

  it('between the two scans does not believe', async () => {
    const { validation } = await harvest((_, n) =>
      portal.set({ records: n <= Math.ceil(LEAST_REQUESTS / 2) ? more : records, faults: {} }),
    );
    expect(found(validation)).toMatch(/^two scans disagree/);
  });

  it.each(sampled('moments of a change that keeps the total', [2, 4, 6, 8, 10, 12, 14, 18], everyNth(3)))(
    'and the total stays, at request %d, believes what is there in the end or nothing',
    async (turn) => {
      const [withoutFirst, withoutLast] = [records.slice(1), records.slice(0, -1)];
      for (const [before, after] of [
        [withoutFirst, withoutLast],
        [withoutLast, withoutFirst],
      ] as const) {
        const { validation, asked } = await harvest((_, n) =>
          portal.set({ records: n < turn ? before : after, faults: {} }),
        );
        expect(asked).toBeLessThanOrEqual(MOST_REQUESTS);
        expect([
          references(after),
          expect.stringMatching(/^(scan \d found|two scans disagree)/),
        ]).toContainEqual(found(validation));
      }
    },
  );
});
