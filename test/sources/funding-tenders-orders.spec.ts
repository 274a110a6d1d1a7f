import type { PortalRecord } from '../../src/demo/sample-records.js';
import {
  ACTION,
  CASCADE,
  found,
  GRANT,
  harvest,
  LEAST_REQUESTS,
  many,
  pages,
  portal,
  records,
  references,
  typeOf,
} from '../support/harvest/walking.js';
import { times } from '../support/release.js';

describe('an order that does not hold', () => {
  /** More than a page of external actions, sorted by `callIdentifier` first and then by `identifier`. */
  const actions = (fields: (i: number) => Record<string, string[] | undefined>, count = 310) =>
    many(ACTION, count, fields);
  const of = (keys: string[], order: string) =>
    keys.filter((key) => key.startsWith(`external-actions-en: ${order}`)).map((key) => key.split(' ').at(-1));

  it('since some rows lack its field is given up after two answers on either side, and the next is taken', async () => {
    const held = actions((i) => (i === 7 ? { callIdentifier: undefined } : {}));
    portal.set({ records: held, faults: {}, seed: 1 });
    const { validation, keys, orders } = await harvest();
    expect(found(validation)).toEqual(references(held));
    for (const scan of keys) {
      expect(of(scan, 'callIdentifier')).toEqual(['1.1', '1.2']);
      expect(of(scan, 'identifier')).toEqual(['1.1', '2.1', '3.1', '4.1']);
      expect(scan.filter((key) => key.startsWith('external-actions-en: count'))).toHaveLength(3);
    }
    expect(orders.map((o) => o['external-actions'])).toEqual(['identifier', 'identifier']);
  });

  it('is not given up for one answer that was wrong', async () => {
    const held = actions(() => ({}));
    for (const unlucky of ['external-actions-en: callIdentifier 1.1', 'external-actions-en: count.1']) {
      const { validation, orders } = await harvest(({ key }) =>
        portal.set({ records: held, faults: key === unlucky ? { half: 1 } : {} }),
      );
      expect(found(validation)).toEqual(references(held));
      expect(orders[0]).toMatchObject({ 'external-actions': 'callIdentifier' });
    }
  });

  it('since rows tie on it, so that walks lose some, leads to another after two rounds', async () => {
    const held = actions(() => ({ callIdentifier: ['SAMPLE-ONE-FOR-ALL'] }));
    portal.set({ records: held, faults: {}, seed: 3 });
    const { validation, keys, orders } = await harvest();
    expect(found(validation)).toEqual(references(held));
    for (const scan of keys) {
      expect(of(scan, 'callIdentifier').sort()).toEqual([
        '1.1',
        '1.2',
        '2.1',
        '2.2',
        '3.1',
        '3.2',
        '4.1',
        '4.2',
      ]);
      expect(of(scan, 'unsorted')).toEqual([]);
    }
    expect(orders.map((o) => o['external-actions'])).toEqual(['identifier', 'identifier']);
  });

  it('since two rows tie at the end of a page is mended by walking it again, or by another', async () => {
    const held = actions((i) =>
      i === 99 || i === 100
        ? { callIdentifier: ['SAMPLE-1085-TWINS'] }
        : { callIdentifier: [`SAMPLE-${1000 + i}`] },
    );
    for (let seed = 1; seed <= times('orders of twins', 2, 5); seed += 1) {
      portal.set({ records: held, faults: {}, seed });
      expect(found((await harvest()).validation)).toEqual(references(held));
    }
  });

  describe('and none that does', () => {
    // One row lacks the first field, all others lack the second, and none has the third.
    const unsortable = (count: number) =>
      actions((i) => (i === 0 ? { callIdentifier: undefined } : { identifier: undefined }), count);

    async function outcomes(held: PortalRecord[], seeds: number): Promise<string[]> {
      const others = many(GRANT, 300);
      const all: string[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) {
        portal.set({ records: [...others, ...held], faults: {}, seed: seed * 31 });
        const { validation, orders, asked } = await harvest();
        expect(asked).toBeLessThan(2 * 4 * 6 * (pages(held, ACTION) + 5));
        expect(orders.map((o) => o['external-actions'])).toEqual(['unsorted', 'unsorted']);
        if (validation.accepted) expect(found(validation)).toEqual(references([...others, ...held]));
        else
          expect(validation.why).toMatch(
            /^scan \d found \d+ of the \d+ external-actions-en that the source says it holds$/,
          );
        all.push(validation.accepted ? 'accepted' : 'not believed');
      }
      return all;
    }

    it('is no matter on one page', async () =>
      expect(await outcomes(unsortable(80), 2)).toEqual(['accepted', 'accepted']));

    it('is walked without one until all rows were seen', async () =>
      expect(await outcomes(unsortable(150), 6)).toContain('accepted'));

    it('is not believed where some were never seen', async () =>
      expect(await outcomes(unsortable(700), times('walks without an order', 1, 3))).toContain(
        'not believed',
      ));
  });
});

describe('what the earlier system left', () => {
  /** Copies of current calls with the same references and identifiers, plus old calls of its own. */
  const leftover = (record: PortalRecord): PortalRecord => ({
    ...record,
    metadata: { ...record.metadata, title: ['An older text'], DATASOURCE: ['SEDIA_PRD_CENTRICITY'] },
  });
  const old = [
    ...records.slice(0, 20),
    ...many(GRANT, 160).map((r) => ({
      ...r,
      reference: `9${r.reference}`,
      metadata: { ...r.metadata, identifier: [`OLD-${r.reference}`] },
    })),
  ].map(leftover);
  const asked = { records: [...old, ...records], faults: {} };

  it('is not asked for', async () => {
    portal.set({ ...asked, seed: 5 });
    const { validation, scans, asked: requests } = await harvest();
    expect(found(validation)).toEqual(references(records));
    expect(validation.accepted && validation.calls.filter((c) => c.title === 'An older text')).toEqual([]);
    expect([scans[0]!.leftOut.size, requests]).toEqual([0, LEAST_REQUESTS]);
  });

  it('is no call where it is shown all the same, and is counted where rows are counted', async () => {
    portal.set({ ...asked, seed: 5 });
    const { validation, scans } = await harvest(undefined, ['en'], (body) =>
      body.replace('"must_not"', '"must_not_heard"'),
    );
    expect(found(validation)).toEqual(references(records));
    expect(validation.accepted && validation.calls.filter((c) => c.title === 'An older text')).toEqual([]);
    for (const { leftOut, parts } of scans) {
      expect(leftOut.size).toBe(old.length);
      expect(parts.reduce((sum, p) => sum + p.seen, 0)).toBe(records.length + old.length);
    }
  });

  it('never makes a whole of a part: where only it is shown nothing is believed', async () => {
    portal.set({ records: old, faults: {} });
    expect(
      found(
        (await harvest(undefined, ['en'], (body) => body.replace('"must_not"', '"must_not_heard"')))
          .validation,
      ),
    ).toMatch(/^only 0 calls/);
  });
});

it('finds rows without metadata among the others', async () => {
  const held = records.map((r, i) => (typeOf(r) === CASCADE && i % 2 ? { ...r, flat: true as const } : r));
  expect(held.filter((r) => r.flat).length).toBeGreaterThan(5);
  portal.set({ records: held, faults: {}, seed: 2 });
  const { validation, asked } = await harvest();
  expect(found(validation)).toEqual(references(records));
  expect(asked).toBe(LEAST_REQUESTS);
});
