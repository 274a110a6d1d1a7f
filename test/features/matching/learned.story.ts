import { learnedSentence } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { LearnedVerdicts } from '../../../src/matching/learned.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { api } from '../../support/app.js';
import { aCall, deadline } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { RecipientFitRepository } from '../../../src/notifications/store/digest.repository.js';
import { aProfile } from '../../support/matching/profiles.js';

const about = (reference: string, title: string, text: string, told = {}) =>
  aCall(reference, { title, sections: [{ kind: 'scope', title: '', text }], ...told });
const sea = 'Floating foundations and moorings of a wind turbine in deep water, with anchors and cables.';
const CALLS = [
  about('sea-1', 'Floating wind turbine moorings', sea),
  about('sea-2', 'Moorings of the floating wind turbine', `${sea} Cheaper.`),
  about('sea-3', 'Floating wind turbine anchors', `${sea} Stronger.`, { deadlines: [deadline(-3)] }),
  about(
    'birds',
    'Birds, bats and insects of farmland',
    'Ornithologists count swallows, larks, starlings and bats between hedges and orchards, with cameras, microphones and volunteers, near each wind turbine on land.',
  ),
];

describe('what is learned from verdicts', () => {
  let inbox: InboxTest;
  let id: Record<string, string>;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('ours'), aProfile('theirs')], CALLS);
    id = Object.fromEntries(
      await Promise.all(CALLS.map(async (c) => [c.reference, await inbox.id(c.title)])),
    );
  });
  afterAll(() => inbox?.stop());

  const as = <T = any>(path: string, init: { method?: string; body?: unknown } = {}) =>
    api<T>(inbox.test.url, path, { token: inbox.token, ...init });
  const decide = (reference: string, body: object) =>
    as(`/v1/profiles/ours/calls/${id[reference]}/verdict`, { method: 'PUT', body });
  const matchAgain = () => inbox.test.app.get(MatchJob).run({ profileId: 'ours' });
  const isDue = async () =>
    (await inbox.test.app.get(MatchJob).due()).some((j) => j.name === 'match' && j.data.profileId === 'ours');
  const matchOf = async (reference: string, profile = 'ours', token?: string) => {
    const { items } = (
      await api(
        inbox.test.url,
        `/v1/matches?profile=${profile}&closed=true`,
        token === undefined ? {} : { token },
      )
    ).body;
    const found = items.find((m: { call: { id: string } }) => m.call.id === id[reference]);
    return (
      await api(inbox.test.url, `/v1/matches/${found.id}?language=en`, token === undefined ? {} : { token })
    ).body;
  };
  const ownMatch = (reference: string) => matchOf(reference, 'ours', inbox.token);
  const learned = () => inbox.test.app.get(LearnedVerdicts).all('ours');
  const set = (reference: string, counts: 'yes' | 'no') =>
    inbox.officer.post(`/institutes/ours/learned/${id[reference]}`, { counts });
  const sum = (match: { evidence: { contribution: number }[] }) =>
    match.evidence.reduce((n, e) => n + e.contribution, 0);

  it('is nothing at first, and nothing from a "not" that does not speak of the subject', async () => {
    expect(await learned()).toEqual([]);
    await decide('sea-1', { verdict: 'not', reason: 'capacity' });
    expect(await learned()).toEqual([]);
    expect(await isDue()).toBe(false);
  });

  it('takes points from the calls that are like one that is not for the institute, and says why; other institutes notice nothing', async () => {
    const before = await ownMatch('sea-2');
    const [birds, theirs] = [await ownMatch('birds'), await matchOf('sea-2', 'theirs')];
    await decide('sea-1', { verdict: 'not', reason: 'topic' });
    expect(await isDue()).toBe(true);
    await matchAgain();
    expect(await isDue()).toBe(false);
    const after = await ownMatch('sea-2');
    expect(after.score).toBeLessThan(before.score);
    expect(after.score).toBeGreaterThanOrEqual(before.score - 10);
    expect(sum(after)).toBeCloseTo(after.score, 6);
    expect(after.evidence.at(-1)).toMatchObject({
      signal: 'verdicts',
      term: CALLS[0]!.title,
      field: `calls.${id['sea-1']}`,
      found: [],
    });
    expect(after.reasons.at(-1).says).toMatch(
      new RegExp(`^You marked a similar call, “${CALLS[0]!.title}”, as “not for us”: \u2212\\d+ points?\\.$`),
    );
    expect((await ownMatch('birds')).score).toBeCloseTo(birds.score, 6);
    expect((await matchOf('sea-2', 'theirs')).score).toBeCloseTo(theirs.score, 6);
    // A verdict on a call does not move that call's own score.
    expect(
      (await ownMatch('sea-1')).evidence.every((e: { signal?: string }) => e.signal !== 'verdicts'),
    ).toBe(true);
  });

  it('is told in words, with how many calls that are to be had it concerns', async () => {
    const all = await learned();
    const took = -Math.round((await ownMatch('sea-2')).evidence.at(-1).contribution);
    expect(all).toMatchObject([{ callId: id['sea-1'], verdict: 'not', aside: false, calls: 1 }]);
    const [{ points }] = all as [(typeof all)[0]];
    expect(points).toBeCloseTo((await ownMatch('sea-2')).evidence.at(-1).contribution, 6);
    expect(learnedSentence({ ...all[0]!, upTo: points }, 'en')).toBe(
      `Because you marked “${CALLS[0]!.title}” “not for us: other subject”, calls like it lose up to ${took} points; today that concerns 1 call.`,
    );
    expect(learnedSentence({ ...all[0]!, upTo: points }, 'fr')).toMatch(/^Parce que vous avez classé/);
  });

  it('counts in what a changed profile would gain and lose, for the institute’s own people', async () => {
    const saved = aProfile('ours');
    const [first] = saved.competences;
    const draft = {
      ...saved,
      competences: [{ ...first!, keywords: [...first!.keywords, 'moorings', 'anchors'] }],
    };
    const { gained, lost, changed } = (await as('/v1/profiles/ours/preview', { method: 'POST', body: draft }))
      .body;
    const all = [gained, lost, changed].flatMap(({ calls }) => calls);
    const previewed = all.find(({ call }: { call: { id: string } }) => call.id === id['sea-2']);
    expect(previewed.before).toBeCloseTo((await ownMatch('sea-2')).score, 6);
    await as('/v1/profiles/ours', { method: 'PUT', body: draft });
    await matchAgain();
    expect(previewed.after).toBeCloseTo((await ownMatch('sea-2')).score, 6);
    await as('/v1/profiles/ours', { method: 'PUT', body: saved });
    await matchAgain();
  });

  it('stays inside the institute: the network sees the score without those points, and messages to others tell it', async () => {
    const [outside, own] = [await matchOf('sea-2'), await ownMatch('sea-2')];
    expect(outside.score).toBeGreaterThan(own.score + 1);
    expect(outside.evidence.some((e: { signal?: string }) => e.signal === 'verdicts')).toBe(false);
    expect(sum(outside)).toBeCloseTo(outside.score, 6);
    const fit = inbox.test.app.get(RecipientFitRepository);
    const sea = id['sea-2']!;
    for (const [inside, { score }] of [
      [['ours'], own],
      [[], outside],
      [['theirs'], outside],
    ] as [string[], { score: number }][]) {
      const reader = { profiles: ['ours'], inside };
      expect((await fit.fits([sea], reader)).get(sea)).toMatchObject([{ score }]);
      expect((await fit.results([{ callId: sea, profileId: 'ours' }], reader)).get(sea)!.result.score).toBe(
        score,
      );
      const asked = {
        statuses: ['open' as const],
        least: outside.score - 0.5,
        floor: outside.score - 0.5,
        limit: 9,
      };
      const { ids } = await fit.best(reader, asked, new Date());
      expect({ inside, best: ids.includes(sea) }).toEqual({ inside, best: score === outside.score });
    }
    const coordinator = await somebody(inbox.test, { role: 'coordinator' });
    const page = await fetch(new URL(`/institutes/ours/calls/${id['sea-2']}`, inbox.test.url), {
      headers: { cookie: coordinator.cookie, accept: 'text/html' },
    });
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(
      html.slice(
        html.indexOf('class="card reasons"'),
        html.indexOf('</section>', html.indexOf('class="card reasons"')),
      ),
    ).not.toContain(CALLS[0]!.title);
  });

  it('is set aside and taken back; the verdict stays, and done again it changes nothing', async () => {
    const lowered = (await ownMatch('sea-2')).score;
    for (const time of ['once', 'again']) {
      expect({ time, status: (await set('sea-1', 'no')).status }).toEqual({ time, status: 303 });
      const [verdict] = await learned();
      expect(verdict).toMatchObject({ aside: true });
      expect(learnedSentence({ ...verdict!, upTo: verdict!.points }, 'en')).toMatch(/^Although you marked/);
      await matchAgain();
      expect((await ownMatch('sea-2')).score).toBeGreaterThan(lowered);
    }
    expect(
      (await as(`/v1/profiles/ours/inbox?state=not`)).body.items.map((i: { id: string }) => i.id),
    ).toEqual([id['sea-1']]);
    await set('sea-1', 'yes');
    expect(await learned()).toMatchObject([{ aside: false }]);
    expect(await isDue()).toBe(true);
    await matchAgain();
    expect((await ownMatch('sea-2')).score).toBeCloseTo(lowered, 6);
  });

  it('counts again where the call is decided anew, and gives points for a relevant one', async () => {
    await set('sea-1', 'no');
    await decide('sea-1', { verdict: 'relevant' });
    await matchAgain();
    expect(await learned()).toMatchObject([{ verdict: 'relevant', aside: false, calls: 1 }]);
    expect(
      (await ownMatch('sea-2')).evidence.some(
        (e: { signal?: string; contribution: number }) => e.signal === 'verdicts' && e.contribution > 0,
      ),
    ).toBe(true);
  });

  it('is refused for a call without such a verdict', async () => {
    expect((await set('birds', 'no')).status).toBe(404);
  });

  it('stands on the page of the profile, to be set aside there without a script', async () => {
    const get = async () =>
      (
        await fetch(new URL('/institutes/ours/profile', inbox.test.url), {
          headers: { cookie: `${inbox.officer.cookie}; lang=fr`, accept: 'text/html' },
        })
      ).text();
    const page = await get();
    expect(page).toContain('Appris de vos décisions');
    expect(page).toContain(`action="/institutes/ours/learned/${id['sea-1']}"`);
    const send = (body: Record<string, string>, site = 'same-origin') =>
      fetch(new URL(`/institutes/ours/learned/${id['sea-1']}`, inbox.test.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: inbox.officer.cookie, 'sec-fetch-site': site },
        body: new URLSearchParams(body),
      });
    expect((await send({ counts: 'no' }, 'cross-site')).status).toBe(403);
    expect((await send({ counts: 'perhaps' })).status).toBe(400);
    const sent = await send({ counts: 'no' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/institutes/ours/profile#learned']);
    expect(await get()).toContain('En tenir compte de nouveau');
    const coordinator = await somebody(inbox.test, { role: 'coordinator' });
    expect(
      await (
        await fetch(new URL('/institutes/ours/profile', inbox.test.url), {
          headers: { cookie: coordinator.cookie, accept: 'text/html' },
        })
      ).text(),
    ).not.toContain('id="learned"');
  });
});
