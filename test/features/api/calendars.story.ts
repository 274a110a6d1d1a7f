import { DataSource } from 'typeorm';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { PersonEntity } from '../../../src/access/store/person.entity.js';
import { api, startApp, TOKEN, type Caller, type TestApp } from '../../support/app.js';
import { eventsIn } from '../../support/institutes/calendars.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { serviceKey, somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { get } from '../../support/institutes/sheets.js';

interface Made {
  id: string;
  hint: string;
  address: string;
}

const at = (...instants: string[]) => instants.map((instant) => ({ at: instant, timeTold: true }));
const wind = [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: 'A wind turbine for offshore wind: offshore wind turbines and the wind turbine itself.',
  },
];
const told: Record<string, Partial<ParsedCall>> = {
  ONE: {
    title: 'Wind; one, "two"',
    deadlines: at('2026-09-15T15:00:00Z'),
    sections: wind,
    url: 'https://portal.example.org/one',
  },
  STAGES: {
    title: 'Stages',
    deadlines: at('2026-10-20T15:00:00Z', '2027-03-30T15:00:00Z'),
    deadlineModel: 'two-stage',
    sections: wind,
  },
  OTHER: { title: 'Other', deadlines: at('2026-11-03T16:00:00Z') },
  TAKEN: { title: 'Taken', deadlines: at('2026-11-04T16:00:00Z') },
  REFUSED: { title: 'Refused', deadlines: at('2026-11-05T16:00:00Z'), sections: wind },
  PASSED: { title: 'Passed', deadlines: at('2026-06-10T15:00:00Z'), sections: wind },
  OLD: { title: 'Old', deadlines: at('2026-05-10T15:00:00Z'), sections: wind },
};

/** Test keys are valid for a month. */
const START = '2026-06-30T08:00:00Z';
/** The first sequence number of an event at that time. */
const FIRST = Date.parse(START) / 60_000;

describe('calendars', () => {
  const config = configWith(
    [aProfile('wind-a'), aProfile('wind-b'), aProfile('wind-c')],
    [
      {
        id: 'pair',
        name: { fr: 'Paire', en: 'Pair' },
        members: ['wind-a', 'wind-b'],
        confirmed: false,
        source: '',
      },
    ],
  );
  const clock = new TestClock(START);
  let server: TestApp;
  let people: Record<'officer' | 'colleague' | 'reader' | 'stranger' | 'coordinator', Somebody>;
  let keys: Record<keyof typeof people, string>;
  const ids: Record<string, string> = {};

  const store = async (changed: Record<string, Partial<ParsedCall>> = {}): Promise<void> => {
    Object.assign(told, changed);
    await storeCalls(
      server.app,
      Object.entries(told).map(([reference, said]) => aCall(reference, said)),
      'test',
      clock.now(),
    );
  };
  const query = (sql: string, values: unknown[] = []) => server.app.get(DataSource).query(sql, values);
  beforeAll(async () => {
    server = await startApp(
      { PUBLIC_URL: 'http://calls.test' },
      { working: false, clock, adjust: on(config.dir) },
    );
    await store();
    for (const { id, reference } of await query(`SELECT id, content->>'reference' AS reference FROM call`))
      ids[reference] = id;
    for (const profileId of ['wind-a', 'wind-b', 'wind-c']) await server.app.get(MatchJob).run({ profileId });
    // With so few calls no word is rare, so nothing scores high.
    const fits = ['ONE', 'STAGES', 'REFUSED', 'PASSED', 'OLD'].map((r) => ids[r]);
    await query(`UPDATE match SET score = 71.6 WHERE profile_id = 'wind-a' AND call_id = ANY($1)`, [fits]);
    await query(`UPDATE match SET score = 50 WHERE profile_id = 'wind-b' AND call_id = $1`, [ids['ONE']]);
    await query(`UPDATE match SET score = 90 WHERE profile_id = 'wind-c'`);
    const of = (role: 'officer' | 'reader' | 'coordinator', profile?: string, name?: string) =>
      somebody(server, { role, ...(profile && { profile }), ...(name && { name }) });
    people = {
      officer: await of('officer', 'wind-a', 'Olga Officer'),
      colleague: await of('officer', 'wind-a', 'Carl Colleague'),
      reader: await of('reader', 'wind-a'),
      stranger: await of('officer', 'wind-b'),
      coordinator: await of('coordinator'),
    };
    keys = Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([name, who]) => [
          name,
          await who.key(name === 'reader' ? 'read' : 'write'),
        ]),
      ),
    ) as typeof keys;
    await decide('TAKEN', 'relevant', 'colleague');
    await decide('REFUSED', 'not');
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  afterEach(() => clock.set(START));

  const decide = (
    reference: string,
    verdict: 'relevant' | 'study' | 'not' | null,
    who: keyof typeof keys = 'officer',
  ) =>
    api(server.url, `/v1/profiles/wind-a/calls/${ids[reference]}/verdict`, {
      method: 'PUT',
      token: keys[who],
      body: { verdict, ...(verdict === 'not' && { reason: 'topic' }) },
    });
  const INSTITUTE = '/v1/profiles/wind-a/calendars';
  const make = async (token: Caller = people.officer, path = INSTITUTE, body: object = {}): Promise<Made> => {
    const made = await api<Made>(server.url, path, {
      method: 'POST',
      token,
      body: { name: 'Deadlines', language: 'en', ...body },
    });
    expect(made.status).toBe(200);
    return made.body;
  };
  /** Creates a personal calendar as the browser does; a key cannot create one. */
  const mine = async (who: Somebody): Promise<Made> => {
    const { status, body } = await who.request('/v1/me/calendars', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Mine', language: 'en' }),
    });
    expect(status).toBe(200);
    return JSON.parse(body) as Made;
  };
  /** Reads like a calendar client: no cookie, no key. */
  const read = (address: string, headers: Record<string, string> = {}) =>
    get(server.url, new URL(address).pathname, headers);
  const events = async ({ address }: Made) => eventsIn(await (await read(address)).text());
  const titles = async (made: Made) => (await events(made)).map((e) => e.summary);

  it('have a deadline for each stage of the calls that fit or were decided for, and of no others', async () => {
    const made = await make();
    expect(made.address).toMatch(/^http:\/\/calls\.test\/calendars\/[\w-]{43}\.ics$/);
    const answer = await read(made.address);
    expect(
      ['content-type', 'cache-control', 'referrer-policy', 'x-robots-tag'].map((h) => answer.headers.get(h)),
    ).toEqual(['text/calendar; charset=utf-8', 'private, no-cache', 'no-referrer', 'noindex']);
    const found = await events(made);
    expect(found.map((e) => [e.summary, e.ends, e.sequence, e.status])).toEqual([
      ['Deadline: Passed', '2026-06-10T15:00:00.000Z', FIRST, 'CONFIRMED'],
      ['Deadline: Wind; one, "two"', '2026-09-15T15:00:00.000Z', FIRST, 'CONFIRMED'],
      ['Stage 1 deadline: Stages', '2026-10-20T15:00:00.000Z', FIRST, 'CONFIRMED'],
      ['Deadline: Taken', '2026-11-04T16:00:00.000Z', FIRST, 'CONFIRMED'],
      ['Stage 2 deadline: Stages', '2027-03-30T15:00:00.000Z', FIRST, 'CONFIRMED'],
    ]);
    expect(found[1]).toMatchObject({
      uid: `${ids['ONE']}-1@carnot-europe`,
      url: `http://calls.test/institutes/wind-a/calls/${ids['ONE']}`,
    });
    expect(found[1]!.description.split('\n')).toEqual([
      'Deadline: 15 September 2026, 17:00 (Brussels)',
      'Topic: HORIZON-ONE',
      'Programme: Horizon Europe',
      'Score: 72 out of 100 (strong)',
      'Official page: https://portal.example.org/one',
    ]);
    expect(
      (await events(await make(people.officer, INSTITUTE, { language: 'fr' })))[2]!.summary.replace(
        /\s/g,
        ' ',
      ),
    ).toBe('Échéance de l’étape 1 : Stages');
  });

  it('of a group name the members that a call fits', async () => {
    const made = await make(people.coordinator, '/v1/groups/pair/calendars');
    const found = await events(made);
    // An institute's decisions are private: a call that it refused is listed, one that it took is not.
    expect(found.map((e) => e.summary)).toEqual([
      'Deadline: Passed',
      'Deadline: Wind; one, "two"',
      'Stage 1 deadline: Stages',
      'Deadline: Refused',
      'Stage 2 deadline: Stages',
    ]);
    expect(found[1]).toMatchObject({
      url: `http://calls.test/calls/${ids['ONE']}`,
      description: expect.stringContaining(
        'Score: Carnot wind-a 72 out of 100 (strong), Carnot wind-b 50 out of 100 (possible)\n',
      ) as string,
    });
  });

  it("of one's own have the calls that one decided for oneself, or proposed to somebody", async () => {
    const [own, theirs] = [await mine(people.officer), await mine(people.colleague)];
    expect([await titles(own), await titles(theirs)]).toEqual([[], ['Deadline: Taken']]);
    const researcher = await api<{ id: string }>(server.url, '/v1/profiles/wind-a/researchers', {
      method: 'POST',
      token: people.officer,
      body: { name: 'Rita', email: 'rita@example.org', language: 'en', competences: [] },
    });
    const sent = await api(server.url, `/v1/profiles/wind-a/calls/${ids['OTHER']}/proposals`, {
      method: 'POST',
      token: people.officer,
      body: { researcher: researcher.body.id, subject: 'S', text: 'T' },
    });
    expect(sent.status).toBe(202);
    expect(await titles(own)).toEqual(['Deadline: Other']);
    const refused = await people.coordinator.request('/v1/me/calendars', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x' }),
    });
    expect(refused.status).toBe(403);
  });

  it('move an event in place: the same UID with a higher number, and with nothing else', async () => {
    const made = await make();
    const before = await events(made);
    clock.move({ days: 1 });
    expect(await events(made)).toEqual(before);
    await store({
      ONE: { ...told['ONE'], deadlines: at('2026-12-15T16:00:00Z') },
      STAGES: {
        ...told['STAGES'],
        deadlines: at('2026-10-20T15:00:00Z', '2027-03-30T15:00:00Z', '2027-06-30T15:00:00Z'),
        deadlineModel: 'multiple-cut-off',
      },
    });
    const after = await events(made);
    const of = (all: typeof before, reference: string) =>
      all.filter((e) => e.uid.startsWith(ids[reference]!));
    expect(of(after, 'ONE')).toEqual([
      expect.objectContaining({
        uid: of(before, 'ONE')[0]!.uid,
        ends: '2026-12-15T16:00:00.000Z',
        sequence: FIRST + 1,
        status: 'CONFIRMED',
      }),
    ]);
    expect(of(after, 'ONE')[0]!.stamp > of(before, 'ONE')[0]!.stamp).toBe(true);
    expect(of(after, 'STAGES').map((e) => [e.uid.slice(37), e.summary, e.sequence])).toEqual([
      ['1@carnot-europe', 'Cut-off: Stages', FIRST + 1],
      ['2@carnot-europe', 'Cut-off: Stages', FIRST + 1],
      ['3@carnot-europe', 'Cut-off: Stages', FIRST + 24 * 60],
    ]);
    expect(of(after, 'TAKEN')).toEqual(of(before, 'TAKEN'));
  });

  it('call off a deadline that was taken away, a call that was withdrawn and one that was refused, for a while', async () => {
    const made = await make();
    const before = await events(made);
    clock.move({ days: 1 });
    await store({
      STAGES: { ...told['STAGES'], deadlines: at('2026-10-20T15:00:00Z'), deadlineModel: 'single-stage' },
    });
    await query('UPDATE call SET withdrawn_at = $1 WHERE id = $2', [clock.now(), ids['ONE']]);
    await decide('TAKEN', 'not', 'colleague');
    const off = async () =>
      (await events(made)).filter((e) => e.status === 'CANCELLED').map((e) => [e.uid, e.sequence]);
    const expected = [
      `${ids['TAKEN']}-1@carnot-europe`,
      `${ids['ONE']}-1@carnot-europe`,
      `${ids['STAGES']}-2@carnot-europe`,
      `${ids['STAGES']}-3@carnot-europe`,
    ]
      .map((uid) => [uid, FIRST + 1])
      .sort();
    expect((await off()).sort()).toEqual(expected);
    // New subscribers never saw them.
    await people.officer.signInAgain();
    expect((await events(await make())).every((e) => e.status === 'CONFIRMED')).toBe(true);
    clock.move({ days: 29 });
    expect(await off()).toHaveLength(4);
    clock.move({ days: 2 });
    expect(await off()).toEqual([]);
    expect((await events(made)).length).toBeLessThan(before.length);
    clock.set(START);
    // A session of a day that is still to come counts as none of the last minutes.
    await people.officer.signInAgain();
    await decide('TAKEN', 'relevant', 'colleague');
    expect((await events(made)).find((e) => e.uid.startsWith(ids['TAKEN']!))).toMatchObject({
      sequence: FIRST + 2,
      status: 'CONFIRMED',
    });
  });

  it('cost nothing to ask again while nothing changed', async () => {
    const { address } = await make();
    const tag = (await read(address)).headers.get('etag')!;
    clock.move({ hours: 7 });
    const again = await read(address, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await read(address, { 'if-none-match': `W/${tag}` })).status).toBe(304);
    await store({ OTHER: { ...told['OTHER'], title: 'Renamed' } });
    expect((await read(address, { 'if-none-match': tag })).status).toBe(304);
    await decide('OTHER', 'relevant');
    expect((await read(address, { 'if-none-match': tag })).status).toBe(200);
  });

  it('are told to two readers at once alike', async () => {
    const { address } = await make();
    const texts = await Promise.all([1, 2, 3, 4].map(async () => (await read(address)).text()));
    expect(new Set(texts).size).toBe(1);
  });

  it('are listed without their secret, with who made them and when they were read', async () => {
    const { address, id, hint } = await make(people.officer, INSTITUTE, { name: 'Listed' });
    await read(address);
    const { body } = await api(server.url, INSTITUTE, { token: people.reader });
    const secret = address.split('/')[4]!.replace('.ics', '');
    expect(JSON.stringify(body)).not.toContain(secret);
    expect((body.items as { id: string }[]).find((c) => c.id === id)).toMatchObject({
      hint,
      name: 'Listed',
      language: 'en',
      madeBy: 'Olga Officer',
      lastReadAt: expect.any(String) as string,
    });
    expect(JSON.stringify(await query('SELECT * FROM calendar'))).not.toContain(secret);
    const first = (await api(server.url, `${INSTITUTE}?limit=1`, { token: people.officer })).body;
    expect(
      (await api(server.url, `${INSTITUTE}?limit=1&cursor=${first.next}`, { token: people.officer })).body
        .items[0].id,
    ).not.toBe(first.items[0].id);
  });

  it('cease when revoked, by their owner alone, and then are as one that never was', async () => {
    const [institutes, groups, own] = [
      await make(),
      await make(people.coordinator, '/v1/groups/pair/calendars'),
      await mine(people.officer),
    ];
    const end = async (path: string, token: Caller) =>
      (await api(server.url, path, { method: 'DELETE', token })).status;
    expect([
      await end(`/v1/profiles/wind-b/calendars/${institutes.id}`, people.stranger),
      await end(`${INSTITUTE}/${institutes.id}`, people.stranger),
      await end(`${INSTITUTE}/${own.id}`, people.officer),
      await end(`${INSTITUTE}/${institutes.id}`, people.coordinator),
    ]).toEqual([404, 403, 404, 403]);
    expect([
      await end(`/v1/groups/pair/calendars/${groups.id}`, people.officer),
      await end(`/v1/groups/pair/calendars/${institutes.id}`, people.coordinator),
    ]).toEqual([403, 404]);
    expect((await people.colleague.request(`/v1/me/calendars/${own.id}`, { method: 'DELETE' })).status).toBe(
      404,
    );
    for (const made of [institutes, groups, own]) expect((await read(made.address)).status).toBe(200);
    expect([
      await end(`${INSTITUTE}/${institutes.id}`, people.colleague),
      await end(`/v1/groups/pair/calendars/${groups.id}`, people.coordinator),
    ]).toEqual([200, 200]);
    expect((await people.officer.request(`/v1/me/calendars/${own.id}`, { method: 'DELETE' })).status).toBe(
      200,
    );
    expect(await end(`${INSTITUTE}/${institutes.id}`, people.officer)).toBe(404);
    const never = await (await read(`http://x/calendars/${'x'.repeat(43)}.ics`)).json();
    for (const { address } of [institutes, groups, own]) {
      const gone = await read(address);
      expect([gone.status, ((await gone.json()) as { detail: string }).detail]).toEqual([
        404,
        (never as { detail: string }).detail,
      ]);
    }
  });

  it('cease with the part of their maker in the institute or the network', async () => {
    const [leaves, moves, coordinator] = [
      await somebody(server, { role: 'officer', profile: 'wind-a' }),
      await somebody(server, { role: 'officer', profile: 'wind-a' }),
      await somebody(server, { role: 'coordinator' }),
    ];
    const made = [
      await make(leaves),
      await make(moves),
      await mine(moves),
      await make(coordinator, '/v1/groups/pair/calendars'),
    ];
    const statuses = () => Promise.all(made.map(async ({ address }) => (await read(address)).status));
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await api(server.url, `/v1/profiles/wind-a/people/${leaves.person.id}`, {
      method: 'DELETE',
      token: people.officer,
    });
    await server.app
      .get(DataSource)
      .getRepository(PersonEntity)
      .update({ id: moves.person.id }, { profileId: 'wind-b' });
    await server.app
      .get(DataSource)
      .getRepository(PersonEntity)
      .update({ id: coordinator.person.id }, { removedAt: clock.now() });
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    await api(server.url, '/v1/profiles/wind-a/people', {
      method: 'POST',
      token: people.officer,
      body: { name: 'L', email: leaves.person.email, role: 'officer' },
    });
    expect((await read(made[0]!.address)).status).toBe(404);
  });

  it('say of a topic of a draft that it is not yet adopted', async () => {
    const other = told['OTHER']!;
    const draft = { reference: 'D113042', version: 2, day: '2026-05-28' };
    await store({ OTHER: { ...other, sourceStatus: 'draft', draft } });
    await decide('OTHER', 'relevant');
    const titled = await titles(await make());
    expect(titled).toContain(`Deadline (draft, not yet adopted): ${other.title}`);
    expect(titled).toContain('Deadline: Taken');
    await decide('OTHER', null);
    await store({ OTHER: other });
  });

  it('have what is studied, and what a bid is in progress for although it was refused, but no bid that was given up or lost stage 1, as the page has', async () => {
    const all = async () =>
      Promise.all([make(), mine(people.officer), mine(people.colleague)].map(async (m) => titles(await m)));
    const onPage = async (): Promise<string[]> => {
      const of = '/v1/deadlines?only=fitting&limit=100';
      const { body } = await api<{ items: { call: { title: string } }[] }>(server.url, of, {
        token: keys.officer,
      });
      return body.items.map(({ call }) => call.title);
    };
    expect(await onPage()).not.toContain('Refused');
    const other = [`Deadline: ${told['OTHER']!.title}`];
    await decide('OTHER', 'study');
    const studied = expect.arrayContaining(other);
    expect(await all()).toEqual([studied, studied, expect.not.arrayContaining(other)]);
    expect(await onPage()).toContain(told['OTHER']!.title);

    const bids = '/v1/profiles/wind-a/opportunities';
    const token = keys.officer;
    const begin = async (call: string) =>
      (await api<{ id: string }>(server.url, bids, { method: 'POST', token, body: { call: ids[call] } }))
        .body;
    const move = async (bid: string, ...stages: string[]) => {
      for (const stage of stages) {
        const asked = { method: 'PUT', token, body: { stage } } as const;
        expect((await api(server.url, `${bids}/${bid}/stage`, asked)).status).toBe(200);
      }
    };
    const end = ({ id }: { id: string }) => move(id, 'no-go');
    await end(await begin('OTHER'));
    for (const made of await all()) expect(made).not.toContain(other[0]);
    expect(await onPage()).not.toContain(told['OTHER']!.title);
    await decide('OTHER', null);

    const bid = await begin('REFUSED');
    const refused = expect.arrayContaining(['Deadline: Refused']);
    expect(await all()).toEqual([refused, refused, expect.not.arrayContaining(['Deadline: Refused'])]);
    expect(await onPage()).toContain('Refused');
    await end(bid);
    for (const made of await all()) expect(made).not.toContain('Deadline: Refused');
    expect(await onPage()).not.toContain('Refused');

    const stages = at('2026-10-20T15:00:00Z', '2027-03-30T15:00:00Z');
    await store({ STAGES: { ...told['STAGES'], deadlines: stages, deadlineModel: 'two-stage' } });
    expect(await onPage()).toEqual(expect.arrayContaining(['Passed', 'Stages']));
    await end(await begin('PASSED'));
    await move((await begin('STAGES')).id, 'preparing', 'submitted', 'rejected');
    for (const title of ['Passed', 'Stages']) {
      expect(await onPage()).not.toContain(title);
      for (const made of await all()) expect(made.join()).not.toContain(title);
    }
  });

  it('are made by people who may, at most twenty at once', async () => {
    const status = async (token: Caller, path = INSTITUTE, body: object = { name: 'No' }) =>
      (await api(server.url, path, { method: 'POST', token, body })).status;
    for (const token of [
      people.reader,
      people.stranger,
      people.coordinator,
      TOKEN,
      await serviceKey(server, 'write', 'wind-a'),
    ])
      expect(await status(token)).toBe(403);
    for (const token of [people.officer, TOKEN, await serviceKey(server, 'write')])
      expect(await status(token, '/v1/groups/pair/calendars')).toBe(403);
    expect(await status(await people.officer.key('write'), '/v1/me/calendars')).toBe(403);
    expect([
      await status(people.coordinator, '/v1/groups/none/calendars'),
      (await api(server.url, '/v1/groups/none/calendars', { token: people.coordinator })).status,
    ]).toEqual([404, 404]);
    expect(
      (
        await api(server.url, INSTITUTE, {
          method: 'POST',
          token: people.officer,
          body: { name: '', lang: 'x' },
        })
      ).body.errors
        .map((e: { path: string }) => e.path)
        .sort(),
    ).toEqual(['lang', 'name']);
    for (const token of [people.stranger, people.coordinator])
      expect((await api(server.url, INSTITUTE, { token })).status).toBe(403);
    const statuses = await Promise.all(
      Array.from({ length: 21 }, () => status(people.stranger, '/v1/profiles/wind-b/calendars')),
    );
    expect(statuses.sort()).toEqual([...Array<number>(20).fill(200), 409]);
    expect(await status(people.officer)).toBe(200);
  });
});
