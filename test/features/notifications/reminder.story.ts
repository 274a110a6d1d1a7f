import { digestDate, digesting, harvested, settled, welcomed } from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';

const BEST = '90000024TOPICSen';

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1 }, { urgent: false, deadlineDays: [30] }),
  });
  await welcomed(h);
});
afterAll(() => h?.stop());

const keys = async (notification: string): Promise<string[]> =>
  (
    await h.query<{ key: string }>(
      'SELECT split_part(key, $2, 1) AS key FROM notification_item WHERE notification_id = $1 ORDER BY 1',
      [notification, '/'],
    )
  ).map((r) => r.key);

describe('a call that has changed, of which a deadline comes near too', () => {
  it('is told in the digest, and its deadline is not told again', async () => {
    const near = h.portal.addLike(BEST, 'near');
    h.portal.deadline(near, '2026-06-20T17:00:00.000+0200');
    await harvested(h);
    await digestDate(h, '2026-05-11T05:00:00Z');
    expect((await settled(h, 2)).at(-1)!.calls).toMatchObject([{ title: expect.stringMatching(/near$/) }]);
    h.portal.title(near, 'Another title');
    await harvested(h);
    await digestDate(h, '2026-05-18T05:00:00Z');
    const digest = (await settled(h, 3)).at(-1)!;
    expect(digest).toMatchObject({ kind: 'digest', calls: [{ title: 'Another title' }] });
    expect(await keys(digest.id)).toEqual(['change', 'deadline']);
  });
});
