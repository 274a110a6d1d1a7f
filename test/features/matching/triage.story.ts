import { LearnedVerdicts } from '../../../src/matching/learned.js';
import { load } from 'cheerio';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Standing {
  status: number;
  verdict: string | null;
  until: string | null;
  errors?: { path: string; message: string }[];
}
interface Listed {
  items: { title: string; review: { due: boolean; verdict: string | null } }[];
  counts: Record<string, number>;
}

const CALLS = [
  'Floating wind turbines',
  'Blades of wind turbines',
  'Wind turbines in ice',
  'Wind turbines and birds',
];
const SECTIONS = [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: 'Floating foundations of a wind turbine far from the shore, and offshore wind farms.',
  },
];

const called = (title: string, i: number) =>
  aCall(`T${i}`, { title, sections: SECTIONS, deadlines: [{ at: '2026-11-15T16:00:00Z', timeTold: true }] });

describe('triage', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind')], CALLS.map(called), [], clock);
  });
  afterAll(() => inbox?.stop());

  const decide = async (title: string, body: unknown): Promise<Standing> => {
    const path = `/v1/profiles/wind/calls/${await inbox.id(title)}/verdict`;
    return (await api<Standing>(inbox.test.url, path, { method: 'PUT', token: inbox.token, body })).body;
  };
  const listed = async (state: string): Promise<Listed> =>
    (
      await api<Listed>(inbox.test.url, `/v1/profiles/wind/inbox?state=${state}&minScore=0`, {
        token: inbox.token,
      })
    ).body;
  const titles = async (state: string): Promise<string[]> =>
    (await listed(state)).items.map((i) => i.title).sort();

  it('puts a call off until a day to come, which has to be named, and with which no other verdict goes', async () => {
    for (const [body, path] of [
      [{ verdict: 'later' }, 'until'],
      [{ verdict: 'later', until: '2026-06-01' }, 'until'],
      [{ verdict: 'later', until: 'soon' }, 'until'],
      [{ verdict: 'relevant', until: '2026-09-01' }, 'until'],
      [{ verdict: 'study', reason: 'trl' }, 'reason'],
    ] as const)
      expect(await decide(CALLS[0]!, body)).toMatchObject({ status: 400, errors: [{ path }] });
    expect((await titles('later')).length).toBe(0);
  });

  it('takes it out of the inbox until that day in Brussels, and back in on it', async () => {
    expect(await decide(CALLS[0]!, { verdict: 'later', until: '2026-06-11' })).toMatchObject({
      verdict: 'later',
      until: '2026-06-11',
    });
    expect([await titles('later'), (await titles('undecided')).includes(CALLS[0]!)]).toEqual([
      [CALLS[0]],
      false,
    ]);
    // 23:00 in Brussels, then an hour and a half later.
    clock.set('2026-06-10T21:00:00Z');
    expect((await titles('undecided')).includes(CALLS[0]!)).toBe(false);
    clock.set('2026-06-10T22:30:00Z');
    expect([await titles('later'), (await titles('undecided')).includes(CALLS[0]!)]).toEqual([[], true]);
    const back = (await listed('undecided')).items.find((i) => i.title === CALLS[0])!;
    expect(back.review).toMatchObject({ due: true, verdict: 'later' });
    expect((await listed('all')).counts).toMatchObject({ undecided: 4, later: 0 });
  });

  it('decides on it again from the page, where its row has the buttons once more', async () => {
    await inbox.officer.signInAgain();
    const page = load((await inbox.officer.get('/institutes/wind/inbox?minScore=0')).body);
    const row = page(`#call-${await inbox.id(CALLS[0]!)}`);
    expect(row.text()).toContain('Back from “later”');
    const form = row.find('form.decide');
    const sent = Object.fromEntries(
      form
        .find('input')
        .get()
        .map((field) => [page(field).attr('name')!, page(field).attr('value')!]),
    );
    const answer = await inbox.officer.post(form.attr('action')!, { ...sent, verdict: 'study' });
    expect(answer.status).toBe(303);
    expect(await titles('study')).toEqual([CALLS[0]]);
  });

  it('brings a call that is put off beyond its last deadline back a week before that, or a day later', async () => {
    const [early, late] = ['Wind turbines on lakes', 'Wind turbines at night'] as const;
    const soon = [early, late].map((title, i) => ({
      ...called(title, CALLS.length + i),
      deadlines: [{ ...called(title, 0).deadlines[0]!, at: '2026-06-25T15:00:00Z' }],
    }));
    await inbox.store([...CALLS.map(called), ...soon]);
    const back = async (title: string): Promise<boolean[]> => {
      const item = (await listed('all')).items.find((i) => i.title === title)!;
      return [(await titles('undecided')).includes(title), item.review.due];
    };
    await decide(early, { verdict: 'later', until: '2026-06-26' });
    await inbox.officer.signInAgain();
    const later = load((await inbox.officer.get('/institutes/wind/inbox?state=later&minScore=0')).body);
    const item = later(`li:contains("${early}")`);
    expect(item.find('.verdict.later').text()).toBe('Later: back by 26 June 2026');
    clock.set('2026-06-17T21:59:00Z');
    expect(await back(early)).toEqual([false, false]);
    clock.set('2026-06-17T22:01:00Z');
    expect(await back(early)).toEqual([true, true]);
    clock.set('2026-06-20T08:00:00Z');
    await decide(late, { verdict: 'later', until: '2026-07-20' });
    expect(await back(late)).toEqual([false, false]);
    clock.set('2026-06-21T08:00:00Z');
    expect(await back(late)).toEqual([true, true]);
    // Until its last day is a choice.
    await decide(late, { verdict: 'later', until: '2026-06-25' });
    clock.set('2026-06-24T08:00:00Z');
    expect(await back(late)).toEqual([false, false]);
  });

  it('keeps calls to study apart, and teaches the ranking nothing by them', async () => {
    await decide(CALLS[1]!, { verdict: 'study' });
    expect(await titles('study')).toEqual([CALLS[0]!, CALLS[1]!].sort());
    expect(await inbox.test.app.get(LearnedVerdicts).all('wind')).toEqual([]);
  });
});
