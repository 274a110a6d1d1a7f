import { DataSource } from 'typeorm';
import { SearchHits } from '../../../src/notifications/search-hits.js';
import type { FollowEntity } from '../../../src/notifications/store/notification.entity.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { PersonRepository } from '../../../src/access/store/person.repository.js';
import { Team } from '../../../src/access/team.js';
import { inContext, ALL_ROWS } from '../../../src/platform/database/request-context.js';
import { api } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { somebody, Somebody } from '../../support/access/people.js';
import { PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';

const of = `/v1/profiles/${PROFILE.id}`;
const team = `/institutes/${PROFILE.id}/team`;

let p: Proposing;
let coordinator: Somebody;
let reader: Somebody;
beforeEach(async () => {
  p = await Proposing.start();
  coordinator = await somebody(p.test, { role: 'coordinator', name: 'Coco', email: 'coco@carnot.test' });
  reader = await somebody(p.test, { role: 'reader', profile: PROFILE.id, name: 'Rita', mails: false });
  await p.call(`/calls/${p.callId}/notes`, { method: 'POST', body: { text: 'Ask Lyon first.' } });
  await p.call(`/calls/${p.callId}/verdict`, { method: 'PUT', body: { verdict: 'relevant' } });
  await p.call('/opportunities', { method: 'POST', body: { call: p.callId } });
  await p.researcher('Marie Curie', [WIND]);
  p.clock.move({ minutes: 5 });
});
afterEach(() => p?.stop());

const ask = <T = any>(who: Somebody, method: string, path: string, body?: unknown) =>
  api<T>(p.test.url, path, { method, token: who, ...(body !== undefined && { body }) });
/** Runs a command as the operator does. */
const asOperator = <T>(work: () => Promise<T>): Promise<T> =>
  inContext({ kind: 'operator', via: 'command/test', rows: ALL_ROWS }, work);
/** Invites by the API, and signs the person in. */
async function invitedBy(who: Somebody, name: string): Promise<Somebody> {
  const email = `${name.toLowerCase()}@air.example`;
  const { status, body } = await ask(who, 'POST', `${of}/people`, { name, email, language: 'en' });
  expect([status, body.email]).toEqual([200, email]);
  const person = await asOperator(() => p.test.app.get(PersonRepository).findById(body.id));
  const invited = new Somebody(p.test, person!, '');
  await invited.signInAgain();
  return invited;
}
const removeOfficer = () => asOperator(() => p.test.app.get(Team).removeOfficer('odile@air.example'));
/** What a person reads of what lay inside before. */
async function readBy(who: Somebody): Promise<string[]> {
  const all: string[] = [];
  for (const path of [
    `${of}/calls/${p.callId}/notes`,
    `${of}/researchers`,
    `${of}/inbox?state=all`,
    `${of}/inbox?state=relevant`,
    `${of}/opportunities`,
    `${of}/export/opportunities.csv`,
    '/v1/audit',
  ]) {
    const { status, body } = await ask(who, 'GET', path);
    expect([path, status]).toEqual([path, 200]);
    all.push(JSON.stringify(body));
  }
  for (const path of [`/institutes/${PROFILE.id}/calls/${p.callId}`, `/institutes/${PROFILE.id}/researchers`])
    all.push((await who.get(path)).body);
  const secrets = ['Ask Lyon first.', 'Marie Curie', '"verdict":"relevant"'];
  return secrets.filter((secret) => all.some((said) => said.includes(secret)));
}

it('a coordinator who takes an institute over reads nothing of what was decided before', async () => {
  // The way of the attack: the readers go, then the only officer, and then somebody of their own comes.
  expect((await ask(coordinator, 'DELETE', `${of}/people/${reader.person.id}`)).status).toBe(200);
  expect((await p.mails(1)).map((mail) => [mail.envelopeTo[0], mail.text!.includes('Coco')])).toContainEqual([
    'odile@air.example',
    true,
  ]);
  expect((await ask(coordinator, 'DELETE', `${of}/people/${p.officer.person.id}`)).status).toBe(409);
  const own = { name: 'Me', email: 'me@carnot.test' };
  expect((await ask(coordinator, 'POST', `${of}/people`, own)).status).toBe(403);

  // Even if the operator removes the officer for them, it stays closed.
  expect(await removeOfficer()).toMatchObject({ person: { name: 'Odile Officer' }, staffed: false });
  expect((await ask(p.officer, 'GET', '/v1/me')).status).toBe(401);
  const them = await invitedBy(coordinator, 'Mallory');
  expect(await readBy(them)).toEqual([]);
  expect((await them.post(`${team}/${them.person.id}/let-in`)).status).toBe(403);
  // Nothing that would hand on more than they see themselves.
  for (const [method, path, body] of [
    ['POST', `${of}/keys`, { name: 'k' }],
    ['POST', `${of}/feeds`, { name: 'f' }],
    ['POST', `${of}/calendars`, { name: 'c' }],
    ['POST', `${of}/channels`, { channel: 'webhook', name: 'w', address: 'https://hooks.example.org/x' }],
    ['POST', '/v1/personal-data/export', { email: 'odile@air.example' }],
  ] as const)
    expect([path, (await ask(them, method, path, body)).status]).toEqual([path, 403]);
  const admitted = await them.post(`/institutes/${PROFILE.id}/contacts/admit`, { email: 'me@carnot.test' });
  expect(admitted.status).toBe(403);
  // Whom they invite sees no more.
  expect(await readBy(await invitedBy(them, 'Trudy'))).toEqual([]);
});

describe('the successor of the only officer, who left the company', () => {
  let next: Somebody;
  beforeEach(async () => {
    await removeOfficer();
    next = await invitedBy(coordinator, 'Nadia');
  });

  it('works from now on, and is told plainly, in both languages, what is closed', async () => {
    await storeCalls(p.test.app, [aCall('NEW', { title: 'A new call' })], 'test', p.clock.now());
    const { items } = (await ask(next, 'GET', '/v1/calls?q=new')).body;
    const id = items.find((call: { title: string }) => call.title === 'A new call').id;
    expect((await ask(next, 'PUT', `${of}/calls/${id}/verdict`, { verdict: 'relevant' })).body).toMatchObject(
      { verdict: 'relevant', by: 'Nadia' },
    );
    expect((await ask(next, 'POST', `${of}/calls/${id}/notes`, { text: 'Mine.' })).status).toBe(200);
    expect((await ask(next, 'GET', `${of}/calls/${id}/notes`)).body.items).toMatchObject([{ text: 'Mine.' }]);
    expect(
      (await ask(next, 'GET', `${of}/inbox?state=relevant`)).body.items.map((i: { id: string }) => i.id),
    ).toEqual([id]);
    // A colleague who was there before sees both.
    expect((await ask(reader, 'GET', `${of}/inbox?state=relevant`)).body.total).toBe(2);
    const closed = await ask(next, 'PUT', `${of}/calls/${p.callId}/verdict`, {
      verdict: 'not',
      reason: 'role',
    });
    const begun = await ask(next, 'POST', `${of}/opportunities`, { call: p.callId });
    for (const { status, body } of [closed, begun])
      expect([status, body.detail]).toEqual([409, expect.stringContaining('before you joined')]);
    const again = await ask(next, 'POST', `${of}/researchers`, {
      ...{ name: 'Marie C.', email: 'marie.curie@lab.example', language: 'en', competences: [] },
    });
    expect(again.status).toBe(409);
    expect((await next.get(`/institutes/${PROFILE.id}/inbox`)).body).toContain(
      'What was there before is closed to you',
    );
    // The menu leads to nothing that would be refused.
    const menu = async (who: Somebody) => (await who.get(`/institutes/${PROFILE.id}/inbox`)).body;
    const channels = `href="/institutes/${PROFILE.id}/channels"`;
    expect(await menu(reader)).toContain(channels);
    expect(await menu(next)).not.toContain(channels);
    await next.get(`/institutes/${PROFILE.id}/inbox?lang=fr`);
    expect((await next.get(`/institutes/${PROFILE.id}/inbox`)).body).toContain(
      'Ce qui précède vous est fermé',
    );
  });

  it('sees the scores that everybody sees, until it is opened', async () => {
    await p.test.app.get(MatchJob).run({ profileId: PROFILE.id });
    const scores = async (who: Somebody) =>
      (await ask(who, 'GET', `/v1/matches?profile=${PROFILE.id}`)).body.items.map(
        (m: { score: number }) => m.score,
      );
    expect(await scores(next)).toEqual(await scores(coordinator));
  });

  it('sees all of it once the operator opens it, which is in the audit log', async () => {
    expect(await readBy(next)).toEqual([]);
    const letIn = () => asOperator(() => p.test.app.get(Team).letInAddress('nadia@air.example'));
    expect(await letIn()).toBe(true);
    expect(await letIn()).toBe(false);
    expect(await readBy(next)).toEqual(['Ask Lyon first.', 'Marie Curie', '"verdict":"relevant"']);
    const { items } = (await ask(coordinator, 'GET', '/v1/audit')).body;
    expect(
      items
        .filter((entry: { via: string | null }) => entry.via === 'command/test')
        .map((entry: { action: string; actor: { kind: string } }) => [entry.action, entry.actor.kind]),
    ).toEqual(
      expect.arrayContaining([
        ['person.let-in', 'operator'],
        ['person.removed', 'operator'],
      ]),
    );
    expect((await ask(next, 'POST', `${of}/keys`, { name: 'k' })).status).toBe(200);
  });

  it('sees all of it once an officer opens it who was there', async () => {
    expect((await reader.post(`${team}/${next.person.id}/let-in`)).status).toBe(403);
    await ask(next, 'PATCH', `${of}/people/${reader.person.id}`, { role: 'officer' });
    await reader.signInAgain();
    expect((await reader.get(team)).body).toContain('Open what was there before');
    expect((await reader.post(`${team}/${next.person.id}/let-in`)).status).toBe(303);
    expect(await readBy(next)).toHaveLength(3);
  });

  it('is nobody special at an institute where nobody was before', async () => {
    const { body } = await ask(coordinator, 'POST', '/v1/profiles/sea/people', {
      name: 'First',
      email: 'first@sea.example',
    });
    expect(body).toMatchObject({ insideFrom: null });
    const rows: unknown[] = await p.test.app
      .get(DataSource)
      .query(`SELECT inside_from FROM person WHERE email = 'nadia@air.example' AND inside_from IS NOT NULL`);
    expect(rows).toHaveLength(1);
  });
});

it('whoever is let in later finds no call by a search that they follow if decisions of before brought it up', async () => {
  await removeOfficer();
  const late = await invitedBy(coordinator, 'Late');
  await p.test.app.get(MatchJob).run({ profileId: PROFILE.id });
  const { body: search } = await ask(late, 'POST', `${of}/searches`, {
    name: 'High',
    page: 'inbox',
    query: 'minScore=99',
  });
  await asOperator(() =>
    p.test.app.get(DataSource).query(
      `INSERT INTO own_match (profile_id, call_id, score, result) SELECT profile_id, call_id, 99.5, result FROM match WHERE profile_id = $1 AND call_id = $2
       ON CONFLICT (profile_id, call_id) DO UPDATE SET score = 99.5`,
      [PROFILE.id, p.callId],
    ),
  );
  const follow = { kind: 'search', target: search.id } as FollowEntity;
  const hits = () => asOperator(() => p.test.app.get(SearchHits).among([follow], [p.callId]));
  expect((await hits()).size).toBe(0);
  await asOperator(() => p.test.app.get(Team).letInAddress('late@air.example'));
  expect((await hits()).size).toBe(1);
});

it('whoever comes back by the network finds no dates of before in a calendar of their own', async () => {
  const me = p.officer.person;
  const { body: bid } = await ask(p.officer, 'POST', `${of}/opportunities`, { call: p.callId });
  const dates = { milestones: [{ label: 'Ask the board', on: '2099-01-05', personId: me.id }] };
  expect((await ask(p.officer, 'PUT', `${of}/opportunities/${bid.id}/milestones`, dates)).status).toBe(200);
  const calendarOf = async (who: Somebody): Promise<string> => {
    const { body } = await ask(who, 'POST', '/v1/me/calendars', { name: 'Mine' });
    return (await fetch(new URL(new URL(body.address).pathname, p.test.url))).text();
  };
  expect(await calendarOf(p.officer)).toContain('Ask the board');
  await removeOfficer();
  p.clock.move({ minutes: 5 });
  const back = await invitedBy(coordinator, 'Odile');
  expect(back.person.id).toBe(me.id);
  expect(await calendarOf(back)).not.toContain('Ask the board');
});

it.each(['is let in', 'was a reader'])(
  'where nobody was left to hear who else is interested in a call, the next officer who %s hears it',
  async (how) => {
    const interest = { brings: null, competences: [], leads: false, tell: true };
    const path = `${of}/calls/${p.callId}/interest`;
    expect((await ask(p.officer, 'PUT', path, interest)).status).toBe(200);
    await removeOfficer();
    const next = await invitedBy(coordinator, 'Nadia');
    const told = (): Promise<string[]> =>
      asOperator(async () => {
        const { id } = (how === 'is let in' ? next : reader).person;
        const rows: { id: string }[] = await p.test.app
          .get(DataSource)
          .query('SELECT person_id AS id FROM interest WHERE profile_id = $1', [PROFILE.id]);
        return rows.map((row) => (row.id === id ? 'they' : 'somebody else'));
      });
    expect(await told()).toEqual(['somebody else']);
    if (how === 'is let in') await asOperator(() => p.test.app.get(Team).letInAddress('nadia@air.example'));
    else await ask(next, 'PATCH', `${of}/people/${reader.person.id}`, { role: 'officer' });
    expect(await told()).toEqual(['they']);
  },
);
