import { arrive, CLAIRE, LINA, SAM, sampleWeek } from '../../../src/demo/sample-run.js';
import type { InboxPage } from '../../../src/decisions/inbox.js';
import type { JointView } from '../../../src/network/api/joint-views.js';
import type { OpportunityView } from '../../../src/pipeline/api/opportunity-views.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { Browser } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const WANTED = Array.from({ length: 8 }, (_, i) =>
  aCall(`W${i}`, { title: `Offshore wind ${i}: wind turbines` }),
);
const NOISE = Array.from({ length: 40 }, (_, i) => aCall(`N${i}`));

describe('the week of the demonstration', () => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startInbox(
      [aProfile('3bcar'), aProfile('leti', { language: 'en' }), aProfile('list')],
      [...WANTED, ...NOISE],
    );
  });
  afterAll(() => world?.stop());

  it('leaves decisions, a bid, a proposal and a joint opportunity, and each of its people signs in by a link', async () => {
    const { app, url } = world.test;
    const [claire, sam, lina] = [
      await arrive(app, CLAIRE, url),
      await arrive(app, SAM, url),
      await arrive(app, LINA, url),
    ];
    await sampleWeek(app, claire.actor, sam.actor, lina.actor);

    const browser = new Browser(url);
    expect((await browser.post(new URL(claire.link).pathname)).location).toBe('/institutes/3bcar/inbox');
    const read = async <T>(path: string): Promise<T> => JSON.parse((await browser.get(path)).body) as T;
    const { counts } = await read<InboxPage>('/v1/profiles/3bcar/inbox');
    expect(counts).toMatchObject({ relevant: 1, study: 1, later: 1, not: 1, undecided: 4 });
    const { items } = await read<{ items: OpportunityView[] }>('/v1/profiles/3bcar/opportunities');
    expect(items.find((o) => o.stage === 'go-no-go')).toMatchObject({
      requested: 6_400_000,
      share: 1_150_000,
      tasks: [{ text: 'Appeler le partenaire allemand' }],
    });
    const proposals = await read<{ items: unknown[] }>('/v1/profiles/3bcar/proposals');
    expect(proposals.items).toMatchObject([
      { researcher: { name: 'Jean Exemple' }, askedBy: 'Claire Exemple' },
    ]);
    const second = new Browser(url);
    await second.post(new URL(sam.link).pathname);
    const joint = JSON.parse((await second.get('/v1/profiles/leti/joint-opportunities')).body) as {
      items: JointView[];
    };
    expect(joint.items).toMatchObject([{ lead: { id: 'leti' } }]);
  });
});
