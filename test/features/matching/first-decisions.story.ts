import { load } from 'cheerio';
import { FirstDecisions } from '../../../src/decisions/first-decisions.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { somebody } from '../../support/access/people.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';

const PLACES = 'Baltic Aegean Ionian Celtic Black Irish Adriatic Tyrrhenian Ligurian'.split(' ');
const CALLS = [
  ...Array.from({ length: 18 }, (_, i) =>
    aCall(`sea-${i}`, {
      title: `Wind turbine of the ${PLACES[i % 9]} sea, part ${i}`,
      sections: [
        { kind: 'scope', title: '', text: `Floating foundations of a wind turbine, ${PLACES[i % 9]} ports.` },
      ],
    }),
  ),
  aCall('birds', {
    title: 'Larks and starlings',
    sections: [{ kind: 'scope', title: '', text: 'Ornithologists count larks and starlings.' }],
  }),
];
const PAGE = '/institutes/ours/first-decisions';

describe('the first decisions of a new institute', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('ours'), aProfile('theirs')], CALLS);
  });
  afterAll(() => inbox?.stop());

  const asked = async () => {
    const first = inbox.test.app.get(FirstDecisions);
    return {
      items: await first.list(inbox.officer.actor, 'ours', 'en'),
      waiting: await first.waiting('ours'),
    };
  };
  const decide = (id: string, body: object) =>
    api(inbox.test.url, `/v1/profiles/ours/calls/${id}/verdict`, {
      method: 'PUT',
      token: inbox.token,
      body,
    });
  const page = async (path = PAGE) => load((await inbox.officer.get(path)).body);
  const linkIn = async () => (await page('/institutes/ours/inbox'))(`a[href="${PAGE}"]`).text();

  it('are asked for in the inbox, and are fifteen that fit', async () => {
    const { items, waiting } = await asked();
    expect([items.length, waiting]).toEqual([15, 15]);
    expect(items.map(({ title }) => title)).not.toContain('Larks and starlings');
    expect(await linkIn()).toContain('15 calls to decide on');
  });

  it('are made on their page one at a time without a script, and those skipped come back', async () => {
    const { items } = await asked();
    const shown = async (path?: string) => (await page(path))('#asked').text();
    expect(await shown()).toBe(items[0]!.title);
    const $ = await page();
    const skip = $('.first-decision a').attr('href')!;
    expect(await shown(skip)).toBe(items[1]!.title);
    const body = Object.fromEntries(
      $('.first-decision input[type=hidden]')
        .toArray()
        .map((field) => [$(field).attr('name')!, $(field).attr('value')!]),
    );
    const answer = await inbox.officer.post($('.first-decision').attr('action')!, {
      ...body,
      reason: 'topic',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, PAGE]);
    expect(await shown()).toBe(items[1]!.title);
    expect((await page())('[role=status]').text()).toContain('1 of 15');
    expect((await page(`${PAGE}?from=15`))('main').text()).toContain('Back to those skipped');
  });

  it('stay the same calls while they are made, and end with the fifteenth, wherever that was made', async () => {
    const before = await asked();
    for (const [i, { id, review }] of before.items.entries())
      if (!review?.verdict)
        await decide(id, i % 2 ? { verdict: 'relevant' } : { verdict: 'not', reason: 'topic' });
    await inbox.test.app.get(MatchJob).run({ profileId: 'ours' });
    const after = await asked();
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    expect(after.waiting).toBe(0);
    expect(await linkIn()).toBe('');
    expect((await page())('main').text()).toContain('Thank you.');
  });

  it('are nobody else’s to make or see', async () => {
    const reader = await somebody(inbox.test, { role: 'reader', profile: 'ours' });
    const other = await somebody(inbox.test, { role: 'officer', profile: 'theirs' });
    expect((await reader.get(PAGE)).status).toBe(403);
    expect((await other.get(PAGE)).status).toBe(403);
  });
});
