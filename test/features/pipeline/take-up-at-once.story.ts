import { TakeUpJob } from '../../../src/pipeline/take-up.job.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aProfile } from '../../support/matching/profiles.js';
import { api } from '../../support/app.js';

const CALLS = Array.from({ length: 12 }, (_, i) => aCall(`AT-ONCE-${i}`, { title: `Offshore wind ${i}` }));

describe('a call that is taken up while somebody begins with it by hand', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startInbox([aProfile('air')], CALLS);
  });
  afterAll(() => world?.stop());

  it('is in the pipeline once, and neither is refused', async () => {
    const ask = (method: string, path: string, body?: unknown) =>
      api<{ items: { call: { title: string } }[] }>(world.test.url, `/v1/profiles/air${path}`, {
        method,
        token: world.token,
        ...(body !== undefined && { body }),
      });
    for (const { title } of CALLS) {
      const call = await world.id(title);
      await ask('PUT', `/calls/${call}/verdict`, { verdict: 'relevant' });
      const [, begun] = await Promise.all([
        world.test.app.get(TakeUpJob).run({ profileId: 'air' }),
        ask('POST', '/opportunities', { call }),
      ]);
      expect(begun.status).toBeLessThan(300);
    }
    const { body } = await ask('GET', '/opportunities?limit=50');
    expect(body.items.map((o) => o.call.title).sort()).toEqual(CALLS.map((c) => c.title).sort());
  });
});
