import { DataSource } from 'typeorm';
import { thresholdSentence } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { LearnedVerdicts } from '../../../src/matching/learned.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { SETTINGS } from '../../../src/platform/tokens.js';
import { somebody } from '../../support/access/people.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';

const sea = 'Floating foundations and moorings of a wind turbine in deep water, with anchors and cables.';
/** Calls on the subject, which differ enough not to move each other's scores, and two beside it. */
const SEAS = ['Baltic', 'Aegean', 'Ionian', 'Celtic', 'Black', 'Irish', 'Adriatic', 'Tyrrhenian', 'Ligurian'];
const CALLS = [
  ...SEAS.map((name, i) =>
    aCall(`sea-${i}`, {
      title: `Wind turbine of the ${name} sea`,
      sections: [{ kind: 'scope', title: '', text: `${sea} ${name} ports.` }],
    }),
  ),
  ...[
    [
      'Birds, bats and insects of farmland',
      'Ornithologists count swallows, larks, starlings and bats between hedges and orchards, with cameras, microphones and volunteers, near each wind turbine on land.',
    ],
    [
      'Paintings of village schools',
      'Pupils and artists paint houses, markets and festivals on the walls of old schools, with teachers, parents and museums, near each wind turbine on land.',
    ],
  ].map(([title, text]) =>
    aCall(title!.slice(0, 5), { title: title!, sections: [{ kind: 'scope', title: '', text: text! }] }),
  ),
];

describe('the threshold from which calls are sent', () => {
  let inbox: InboxTest;
  let birds: string;
  let schools: string;
  let seas: string[];
  let weak: number;
  let settings: Settings['digest'];
  beforeAll(async () => {
    inbox = await startInbox([aProfile('ours'), aProfile('theirs')], CALLS);
    [birds, schools] = await Promise.all([inbox.id(CALLS.at(-2)!.title), inbox.id(CALLS.at(-1)!.title)]);
    seas = await Promise.all(SEAS.map((name) => inbox.id(`Wind turbine of the ${name} sea`)));
    settings = inbox.test.app.get<Settings>(SETTINGS).digest;
    weak = (await matches()).find((m) => m.call.id === birds)!.score;
  });
  afterAll(() => inbox?.stop());

  const as = <T = any>(path: string, init: { method?: string; body?: unknown } = {}) =>
    api<T>(inbox.test.url, path, { token: inbox.token, ...init });
  const matches = async (): Promise<{ score: number; call: { id: string } }[]> =>
    (await api(inbox.test.url, '/v1/matches?profile=ours&limit=100')).body.items;
  const decide = (call: string, body: object) =>
    as(`/v1/profiles/ours/calls/${call}/verdict`, { method: 'PUT', body });
  const matchAgain = () => inbox.test.app.get(MatchJob).run({ profileId: 'ours' });
  const listed = async (token = inbox.token): Promise<string[]> =>
    (await api(inbox.test.url, '/v1/profiles/ours/inbox?limit=100', { token })).body.items.map(
      (i: { id: string }) => i.id,
    );
  const ruleOf = async (name: string, token = inbox.token) => {
    const { body } = await api(inbox.test.url, `/v1/profiles/ours/explain?call=${birds}&language=en`, {
      token,
    });
    return body.rules.find((r: { rule: string }) => r.rule === name);
  };
  const told = (): Promise<{ key: string; byCall: boolean }[]> =>
    inbox.test.app
      .get(DataSource)
      .query(
        `SELECT key, by_call AS "byCall" FROM event WHERE call_id = $1 AND profile_id = 'ours' AND inside`,
        [birds],
      );
  const threshold = async () => (await inbox.test.app.get(LearnedVerdicts).threshold('ours'))!;
  const follow = (counts: 'yes' | 'no', who = inbox.officer) =>
    who.post('/institutes/ours/learned', { counts });
  const setAside = (call: string, counts: 'yes' | 'no') =>
    inbox.officer.post(`/institutes/ours/learned/${call}`, { counts });

  it('is the installation’s, and nothing is said of it, where nobody has decided', async () => {
    expect(await threshold()).toBeNull();
    expect((await follow('no')).status).toBe(404);
    expect(await ruleOf('threshold')).toBeUndefined();
    expect(await ruleOf('score')).toMatchObject({ least: 20 });
  });

  it('is lowered by what an institute keeps: a weaker call comes into its inbox and its mails, once and as no news of the call', async () => {
    settings.minScore = weak + 2;
    // As if the threshold had been there from the beginning.
    await inbox.test.app.get(DataSource).query('DELETE FROM event');
    await matchAgain();
    expect(await listed()).not.toContain(birds);
    expect(await told()).toEqual([]);
    for (const call of [schools, ...seas.slice(0, 3)]) await decide(call, { verdict: 'relevant' });
    for (const call of seas.slice(3, 8)) await decide(call, { verdict: 'study' });
    await matchAgain();
    const found = await threshold();
    expect(found).toMatchObject({ usual: settings.minScore, aside: false, decisions: 9, kept: 9 });
    expect(found.score).toBeLessThan(weak);
    expect(found.score).toBeGreaterThanOrEqual(settings.minScore - 9 * 0.75);
    expect(await listed()).toContain(birds);
    // Not by the call: it waits for the digest, and for room in it, as what was passed over before.
    expect(await told()).toMatchObject([{ byCall: false }]);
    await matchAgain();
    expect(await told()).toHaveLength(1);
  });

  it('is among the reasons of why a call was sent, with what was kept of such calls', async () => {
    expect(await ruleOf('threshold')).toMatchObject({
      follows: true,
      decisions: 9,
      kept: 9,
      threshold: (await threshold()).score,
    });
    expect((await ruleOf('threshold')).says).toMatch(
      /^Your decisions set the score from which calls are sent to your institute: [\d.]+, where it is [\d.]+ for others\. You kept 9 of the 9 calls that count; .* Of calls that score like this one, \d of 10 were wanted on a judged day; here 1 of 1 were kept\.$/,
    );
    expect(await ruleOf('score')).toMatchObject({ outcome: 'passed', least: (await threshold()).score });
    const page = await inbox.officer.get(`/institutes/ours/why?call=${birds}`);
    expect(page.body).toContain('action="/institutes/ours/learned"');
  });

  it('does not leave the institute: neither the network nor another institute sees it, or what it lets in', async () => {
    const [coordinator, other] = [
      await somebody(inbox.test, { role: 'coordinator' }),
      await somebody(inbox.test, { role: 'officer', profile: 'theirs' }),
    ];
    for (const one of [coordinator, other]) expect((await follow('no', one)).status).toBe(403);
    const token = await coordinator.key('read');
    expect(await listed(token)).not.toContain(birds);
    expect(await ruleOf('threshold', token)).toBeUndefined();
    expect(await ruleOf('score', token)).toMatchObject({ outcome: 'stopped', least: settings.minScore });
    expect((await coordinator.get('/institutes/ours/profile')).body).not.toContain('id="learned"');
  });

  it('is set aside and taken back, which the log of the institute says; the decisions stay', async () => {
    const lowered = (await threshold()).score;
    for (const time of [1, 2]) {
      expect({ time, status: (await follow('no')).status }).toEqual({ time, status: 303 });
      expect(await threshold()).toMatchObject({ aside: true, score: lowered });
      expect(thresholdSentence(await threshold(), 'en')).toMatch(/do not count/);
    }
    await matchAgain();
    expect(await listed()).not.toContain(birds);
    expect(await ruleOf('score')).toMatchObject({ least: settings.minScore });
    expect(await ruleOf('threshold')).toMatchObject({ follows: false });
    expect((await follow('yes')).status).toBe(303);
    await matchAgain();
    expect(await threshold()).toMatchObject({ aside: false, score: lowered });
    expect(await listed()).toContain(birds);
    const log = await inbox.test.app
      .get(DataSource)
      .query(
        `SELECT action FROM audit WHERE profile_id = 'ours' AND action LIKE 'threshold.%' ORDER BY position`,
      );
    expect(log).toEqual([{ action: 'threshold.set-aside' }, { action: 'threshold.followed' }]);
  });

  it('counts a decision from before a change of the competences less, and none that was set aside', async () => {
    const before = await threshold();
    await setAside(schools, 'no');
    await matchAgain();
    expect(await threshold()).toMatchObject({ decisions: 8 });
    // Without it nothing near the threshold was kept, so nothing lowers it.
    expect((await threshold()).score).toBeCloseTo(settings.minScore, 6);
    await setAside(schools, 'yes');
    await matchAgain();
    expect(await threshold()).toMatchObject({ score: before.score });
    const saved = async (change: string) => {
      const database = inbox.test.app.get(DataSource);
      await database.query(
        `INSERT INTO profile_version (profile_id, number, content, origin, saved_at)
         SELECT 'ours', number + 1, jsonb_set(content, '{competences,0}', content->'competences'->0 || $1), 'edit', now() + interval '1 minute'
           FROM profile_version WHERE profile_id = 'ours' ORDER BY number DESC LIMIT 1`,
        [change],
      );
      await database.query(`UPDATE profile SET matched_verdicts = NULL WHERE id = 'ours'`);
      await matchAgain();
    };
    // A name for readers of the other language is no other competence.
    await saved('{"labels": {"fr": "Éolien"}}');
    expect(await threshold()).toMatchObject({ score: before.score });
    await saved('{"keywords": ["moorings"]}');
    expect((await threshold()).score).toBeGreaterThan(before.score);
    expect(await threshold()).toMatchObject({ decisions: 9 });
  });

  it('forgets a decision after two years', async () => {
    const sql = (text: string, values: unknown[]) => inbox.test.app.get(DataSource).query(text, values);
    await sql(`UPDATE review SET verdict_at = verdict_at - interval '731 days' WHERE call_id = $1`, [
      seas[7],
    ]);
    await sql(`UPDATE review SET verdict_at = verdict_at - interval '728 days' WHERE call_id = $1`, [
      seas[6],
    ]);
    await sql(`UPDATE profile SET matched_verdicts = NULL WHERE id = 'ours'`, []);
    await matchAgain();
    expect(await threshold()).toMatchObject({ decisions: 8 });
  });

  it('no longer counts, where it was set aside, decisions that were all taken back; it stays set aside', async () => {
    await follow('no');
    for (const call of [schools, ...seas.slice(0, 8)]) await decide(call, { verdict: null });
    await matchAgain();
    expect(await threshold()).toMatchObject({
      ...{ score: settings.minScore, aside: true, decisions: 0, kept: 0, expected: 0 },
    });
    expect(thresholdSentence(await threshold(), 'en')).toMatch(/^No decision counts yet/);
    await decide(schools, { verdict: 'relevant' });
    await matchAgain();
    expect(await threshold()).toMatchObject({ aside: true, decisions: 1, kept: 1 });
  });
});
