import type { Route } from '../../../src/platform/access/rule.js';
import { api, startApp, TOKEN, type Caller, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { mailsTo, linkIn } from '../../support/notifications/mails.js';
import { Browser, serviceKey, somebody, type Somebody } from '../../support/access/people.js';
import { nameOf, routesOf } from '../../support/pages/routes.js';

/** Routes that decide who can sign in or gets messages elsewhere, and at which address. */
const OPENS = /\/(people|team|coordinators|feeds|calendars|channels|keys|contacts)(\/|$)/;
/**
 * Exceptions: people behind competences are not accounts, and a channel test or a contact confirmation goes
 * to an address that a signed-in person has entered.
 */
const OTHER =
  /^(POST|PUT|DELETE) \/institutes\/:profile\/people|\/channels\/:channel\/(test|:step)$|\/channels\/defaults$|\/contacts\/resend$/;
const ENDS = /^DELETE |\/(revoke|drop-old|decline)$/;
/** Opens nothing: a person who was to leave stays. */
const KEEPS = /\/:person\/keep$/;
/** Without passkeys, a person signs in by link alone. */
const ENDS_PEOPLE = /^DELETE .*\/(people|coordinators)\/:person(\/passkeys)?$/;

const INVITATION = { name: 'New', email: 'new@leti.test' };
const YAML_WITH_ANN = `id: leti
name: Carnot CEA-Leti
competences:
  - { label: Optics, weight: 1 }
contacts:
  - { name: Ann, email: ann@leti.test }
`;
const MAKES: [what: string, path: string, body: object][] = [
  ['a colleague', '/v1/profiles/leti/people', INVITATION],
  ['a feed', '/v1/profiles/leti/feeds', { name: 'F', notes: true }],
  ['a calendar', '/v1/profiles/leti/calendars', { name: 'C' }],
  [
    'a channel',
    '/v1/profiles/leti/channels',
    { channel: 'webhook', name: 'W', address: 'https://hooks.example.org/x' },
  ],
  ['a key for a service', '/v1/profiles/leti/keys', { name: 'K' }],
  ['a key', '/v1/me/keys', { name: 'K' }],
  ["a calendar of one's own", '/v1/me/calendars', { name: 'C' }],
];

describe('what outlives a key', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let server: TestApp;
  let officer: Somebody;
  beforeAll(async () => {
    server = await startApp({ PUBLIC_URL: 'http://calls.test' }, { working: false, clock });
  });
  beforeEach(async () => {
    officer = await somebody(server, { role: 'officer', profile: 'leti', name: 'Olga' });
  });
  afterAll(() => server?.stop());
  const post = (path: string, body: object, token: Caller) =>
    api(server.url, path, { method: 'POST', body, token });

  it('asks for a person on every route that opens a way in, and for one who signed in just now where it is made', () => {
    const changes = routesOf(server.app).filter(
      (r) => r.method !== 'GET' && OPENS.test(r.path) && !OTHER.test(nameOf(r)),
    );
    const ends = (r: Route): boolean =>
      KEEPS.test(r.path) || (ENDS.test(nameOf(r)) && !ENDS_PEOPLE.test(nameOf(r)));
    expect(changes.length).toBeGreaterThan(40);
    expect(changes.filter((r) => r.presence !== (ends(r) ? 'signed-in' : 'recent')).map(nameOf)).toEqual([]);
    expect(
      routesOf(server.app)
        .filter((r) => ['POST /v1/profiles', 'POST /institutes'].includes(nameOf(r)))
        .map((r) => r.presence),
    ).toEqual(['recent', 'recent']);
  });

  it.each(MAKES)(
    '%s is made by nobody with a key, by somebody who signed in just now, and not by one who did long ago',
    async (_, path, body) => {
      for (const token of [await officer.key('write'), await serviceKey(server, 'write', 'leti')])
        expect((await post(path, body, token)).status).toBe(403);
      expect((await post(path, body, officer)).status).toBe(200);
      clock.move({ minutes: 16 });
      const late = await post(path, body, officer);
      expect(late).toMatchObject({
        status: 403,
        type: expect.stringContaining('problem+json'),
        body: {
          type: 'urn:carnot-europe:problem:sign-in-again',
          detail: expect.stringContaining('/sign-in/confirm'),
        },
      });
      await officer.signInAgain();
      // Things created earlier may block a second one like them; the sign-in does not.
      expect((await post(path, body, officer)).status).not.toBe(403);
    },
  );

  it('contacts are changed by nobody with a key; all else of a profile is', async () => {
    const { body: profile } = await api(server.url, '/v1/profiles/leti', { token: officer });
    const put = (change: object, token: Caller) =>
      api(server.url, '/v1/profiles/leti', { method: 'PUT', body: { ...profile, ...change }, token });
    const more = { contacts: [...profile.contacts, { name: 'Thief', email: 'thief@elsewhere.test' }] };
    const [key, service, network] = [
      await officer.key('write'),
      await serviceKey(server, 'write', 'leti'),
      await serviceKey(server, 'write'),
    ];
    for (const token of [key, service, network]) expect((await put(more, token)).status).toBe(403);
    expect((await api(server.url, '/v1/profiles/leti', { token: officer })).body.contacts).toEqual(
      profile.contacts,
    );
    expect((await put({ name: 'Carnot Leti' }, key)).status).toBe(200);
    expect((await put(more, officer)).status).toBe(200);
    const before = (await api(server.url, '/v1/profiles/leti/versions', { token: officer })).body.items[1]
      .number;
    for (const token of [key, service])
      expect((await post(`/v1/profiles/leti/versions/${before}/restore`, {}, token)).status).toBe(403);
    clock.move({ minutes: 16 });
    expect((await put({}, officer)).status).toBe(403);
    // The operator, who owns the database, continues as the manual says.
    expect((await put({}, TOKEN)).status).toBe(200);
  });

  it("the profile's form is given back as it was typed where its contacts have to wait for a new sign-in", async () => {
    clock.move({ minutes: 16 });
    const form = {
      name: 'Carnot CEA-Leti',
      'competences.0.label': 'Optics',
      'contacts.0.name': 'Ann',
      'contacts.0.email': 'ann@leti.test',
    };
    const { status, body } = await officer.post('/institutes/leti/profile', form);
    expect(status).toBe(403);
    expect(body).toContain('value="ann@leti.test"');
    expect(body).toContain('href="/sign-in/confirm?next=');
  });

  it.each([
    [
      'the first visit',
      '/institutes/leti/start/profile',
      { name: 'Leti', language: 'fr', contact: 'me', 'competences.0.label': 'Optics', action: 'next' },
    ],
    ["the profile's file", '/institutes/leti/profile/yaml', { text: YAML_WITH_ANN }],
  ])('so is what was typed on %s', async (_, path, form) => {
    const { version } = (await api(server.url, '/v1/profiles/leti', { token: officer })).body;
    const typed = { ...form, version: String(version) };
    clock.move({ minutes: 16 });
    const { status, body } = await officer.post(path, typed);
    expect(status).toBe(403);
    expect(body).toContain('Nothing was saved; your entries are still here.');
    expect(body).toContain('Optics');
    expect(body).toContain(`href="/sign-in/confirm?next=${encodeURIComponent(path)}"`);
    await officer.signInAgain();
    expect((await officer.post(path, typed)).status).toBe(303);
  });

  it('ends at once by a person who signed in long ago, and not by a key', async () => {
    const made = await Promise.all(
      ['feeds', 'calendars', 'keys'].map(
        async (what) =>
          `/v1/profiles/leti/${what}/${(await post(`/v1/profiles/leti/${what}`, { name: 'X' }, officer)).body.id}`,
      ),
    );
    clock.move({ minutes: 40 });
    const key = await officer.key('write');
    for (const path of made) {
      expect([path, (await api(server.url, path, { method: 'DELETE', token: key })).status]).toEqual([
        path,
        403,
      ]);
      expect([path, (await api(server.url, path, { method: 'DELETE', token: officer })).status]).toEqual([
        path,
        200,
      ]);
    }
  });

  it("is confirmed by a link to one's own address, which leads back to the page", async () => {
    const team = '/institutes/leti/team';
    expect((await officer.get(team)).body).not.toContain('/sign-in/confirm');
    clock.move({ minutes: 16 });
    expect((await officer.get(team)).body).toContain(
      `href="/sign-in/confirm?next=${encodeURIComponent(team)}"`,
    );
    const refused = await officer.request(team, {
      method: 'POST',
      body: new URLSearchParams(INVITATION),
      headers: { referer: new URL(team, server.url).href },
    });
    expect(refused.status).toBe(403);
    expect(refused.body).toContain(`name="next" value="${team}"`);
    expect(refused.body).toContain(officer.person.email);
    const asked = await officer.post('/sign-in/confirm', { next: team, email: 'thief@elsewhere.test' });
    expect(asked.status).toBe(200);
    expect(await mailsTo(server, 'thief@elsewhere.test')).toEqual([]);
    const done = await officer.post(linkIn((await mailsTo(server, officer.person.email))[0]!.text));
    expect([done.status, done.location]).toEqual([303, team]);
    expect((await officer.post(team, { ...INVITATION, email: 'later@leti.test' })).status).toBe(303);
  });

  it('is confirmed by nobody who is not signed in, and leads to no other site', async () => {
    const anybody = new Browser(server.url);
    for (const answer of [
      await anybody.get('/sign-in/confirm?next=/account'),
      await anybody.post('/sign-in/confirm', { next: '/account' }),
    ]) {
      expect([answer.status, answer.location]).toEqual([303, '/sign-in?next=%2Faccount']);
    }
    expect((await officer.get('/sign-in/confirm?next=//elsewhere.example/x')).body).not.toContain(
      'name="next"',
    );
  });
});
