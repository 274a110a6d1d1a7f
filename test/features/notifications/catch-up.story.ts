import { digestDate, digesting, settled, welcomed } from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';

const BEST = '90000024TOPICSen';

let h: Harvesting;
beforeAll(async () => {
  const adjust = digesting({ first: 1 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (wiring) => ({
      ...adjust(wiring),
      sources: wiring.sources.map((s) => ({ ...s, everyHours: 24 })),
    }),
  });
  await welcomed(h);
});
afterAll(() => h?.stop());

describe('an installation that stood still while the date of a digest passed', () => {
  it('reads its sources before it writes the digest', async () => {
    h.portal.addLike(BEST, 'meanwhile');
    h.portal.faults({ slowMs: 500 });
    await digestDate(h, '2026-05-18T05:00:00Z');
    expect((await settled(h, 2)).at(-1)).toMatchObject({
      kind: 'digest',
      calls: [{ title: expect.stringMatching(/meanwhile$/) }],
    });
  });

  it('does not wait for a source that cannot be read, but while it is tried', async () => {
    h.portal.addLike(BEST, 'unseen');
    h.portal.faults({ http500: 1 });
    await digestDate(h, '2026-06-01T05:00:00Z');
    expect((await h.source()).state).toBe('unreachable');
    await digestDate(h, '2026-06-08T05:00:00Z');
  });
});
