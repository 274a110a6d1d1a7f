import { DataSource } from 'typeorm';
import { Keys } from '../../../src/access/keys.js';
import { type Actor, permissionsOf } from '../../../src/kernel/actor.js';
import { Unauthorized } from '../../../src/kernel/errors.js';
import { MailDelivery } from '../../../src/outbox/mail.job.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { api, startApp, type Caller, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { mailsTo } from '../../support/notifications/mails.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { formWith } from '../../support/institutes/sheets.js';
import { somebody, type Somebody } from '../../support/access/people.js';

describe('who leaves an institute', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let sink: SmtpSink;
  let server: TestApp;
  let stays: Somebody;
  let leaves: Somebody;
  let people = 0;
  beforeAll(async () => {
    sink = await startSmtpSink();
    const mail = { SMTP_URL: sink.url, MAIL_FROM: 'calls@carnot.test' };
    server = await startApp({ PUBLIC_URL: 'http://calls.test', ...mail }, { working: false, clock });
  });
  beforeEach(async () => {
    people += 1;
    stays = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      name: 'Stella',
      email: `stays${people}@leti.test`,
      language: 'en',
    });
    leaves = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      name: 'Leo',
      email: `leaves${people}@leti.test`,
    });
  });
  afterAll(async () => {
    await server?.stop();
    await sink?.close();
  });

  const ask = (method: string, path: string, token: Caller, body?: unknown) =>
    api(server.url, path, { method, token, ...(body !== undefined && { body }) });
  const make = async (path: string, body: object, by: Somebody = leaves) =>
    (await ask('POST', path, by, body)).body;
  const remove = () => ask('DELETE', `/v1/profiles/leti/people/${leaves.person.id}`, stays);
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const status = async (url: string): Promise<number> =>
    (await fetch(new URL(new URL(url).pathname, server.url))).status;

  it('takes along the keys for services that they know, and those of others go on', async () => {
    const [theirs, others] = [
      await make('/v1/profiles/leti/keys', { name: 'Intranet', scope: 'write' }),
      await make('/v1/profiles/leti/keys', { name: 'Figures' }, stays),
    ];
    const removed = await remove();
    expect(removed.body).toMatchObject({ serviceKeys: ['Intranet'] });
    expect([
      (await ask('GET', '/v1/me', theirs.key)).status,
      (await ask('GET', '/v1/me', others.key)).status,
    ]).toEqual([401, 200]);
  });

  it('makes no key by a request that was let in before: a service’s would work on, their own once they are invited again', async () => {
    const { role, profileId, name } = leaves.person;
    const personId = leaves.person.id;
    const actor = { personId, profileId, name, role, permissions: permissionsOf(role, 'write') } as Actor;
    const late = (owner: { personId: string } | { profileId: string | null }) =>
      server.app.get(Keys).make(owner, { name: 'Late', scope: 'write', days: 30 }, actor);
    await ask('PATCH', `/v1/profiles/leti/people/${personId}`, stays, { role: 'reader' });
    await expect(late({ profileId })).rejects.toThrow(Unauthorized);
    await remove();
    await expect(late({ profileId })).rejects.toThrow(Unauthorized);
    await expect(late({ personId })).rejects.toThrow(Unauthorized);
    expect(await query(`SELECT name FROM api_key WHERE name = 'Late'`)).toEqual([]);
  });

  it('takes along what they made for others too, and the officers who stay are told by mail', async () => {
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    const [feed, calendar] = [
      await make('/v1/profiles/leti/feeds', { name: 'Weekly table' }),
      await make('/v1/profiles/leti/calendars', { name: 'Team calendar' }),
    ];
    await make('/v1/profiles/leti/keys', { name: 'Intranet' });
    expect([await status(feed.addresses.csv), await status(calendar.address)]).toEqual([200, 200]);
    await remove();
    expect([await status(feed.addresses.csv), await status(calendar.address)]).toEqual([404, 404]);
    const [mail, ...more] = await mailsTo(server, stays.person.email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ kind: 'departure', subject: 'Leo was removed: what no longer works' });
    for (const said of [
      'Stella removed Leo (Carnot CEA-Leti)',
      'Service keys: Intranet',
      'Links for Excel and feed readers: Weekly table',
      'Calendars: Team calendar',
      `http://calls.test/sign-in/from-mail/${stays.person.id}?next=/institutes/leti/team`,
    ]) {
      expect(mail!.text.replace(/\s+/g, ' ')).toContain(said);
    }
    expect([await mailsTo(server, leaves.person.email), await mailsTo(server, reader.person.email)]).toEqual([
      [],
      [],
    ]);
  });

  it('takes along a calendar of their own dates, of which nobody else is told', async () => {
    const own = await make('/v1/me/calendars', { name: 'My own dates' });
    expect((await remove()).body).toMatchObject({ calendars: [] });
    expect(await status(own.address)).toBe(404);
    expect(await mailsTo(server, stays.person.email)).toEqual([]);
  });

  it('of their own accord is not said to have been removed', async () => {
    await make('/v1/profiles/leti/keys', { name: 'Intranet' });
    const path = `/v1/profiles/leti/people/${leaves.person.id}`;
    expect((await ask('DELETE', path, leaves)).body).toMatchObject({ serviceKeys: ['Intranet'] });
    const [mail] = await mailsTo(server, stays.person.email);
    expect(mail!.subject).toBe('Leo has left: what no longer works');
    expect(mail!.text).toContain('Leo has left Carnot Europe (Carnot CEA-Leti).');
  });

  it('stays as they are where the mail that tells of it cannot be stored', async () => {
    const { key } = await make('/v1/profiles/leti/keys', { name: 'Intranet', scope: 'write' });
    await query(
      `ALTER TABLE transactional_mail ADD CONSTRAINT no_room CHECK (kind <> 'departure') NOT VALID`,
    );
    try {
      const tried = [
        (await remove()).status,
        (await ask('PATCH', `/v1/profiles/leti/people/${leaves.person.id}`, stays, { role: 'reader' }))
          .status,
      ];
      expect(tried).toEqual([500, 500]);
    } finally {
      await query('ALTER TABLE transactional_mail DROP CONSTRAINT no_room');
    }
    expect([
      (await ask('GET', '/v1/me', key)).status,
      (await ask('GET', '/v1/me', leaves)).body.role,
    ]).toEqual([200, 'officer']);
    expect((await remove()).body).toMatchObject({ serviceKeys: ['Intranet'] });
    expect(await mailsTo(server, stays.person.email)).toHaveLength(1);
  });

  it('is a reason to write to nobody where nothing ended that others use', async () => {
    await make('/v1/me/keys', { name: 'Mine' });
    expect((await remove()).body).toMatchObject({
      ownKeys: ['Mine'],
      serviceKeys: [],
      feeds: [],
      calendars: [],
    });
    expect(await mailsTo(server, stays.person.email)).toEqual([]);
  });

  it('leaves the channels of the institute, and the officers who stay are asked to check them', async () => {
    const { id } = await make('/v1/profiles/leti/channels', {
      channel: 'webhook',
      name: 'Hook of Leo',
      address: 'https://hooks.example.org/leo',
    });
    await remove();
    const [mail] = await mailsTo(server, stays.person.email);
    expect(mail).toMatchObject({ kind: 'departure', subject: 'Leo was removed: channels to check' });
    expect(mail!.text.replace(/\s+/g, ' ')).toContain('channels stay active: Hook of Leo.');
    await ask('DELETE', `/v1/profiles/leti/channels/${id}`, stays);
  });

  it.each(['themselves', 'a colleague'])(
    'because %s erased their data is not named, and the officers who stay are told what no longer works',
    async (who) => {
      await make('/v1/profiles/leti/keys', { name: 'Intranet' });
      await make('/v1/profiles/leti/feeds', { name: 'Weekly table' });
      if (who === 'themselves') {
        const { confirm } = (await ask('GET', '/v1/me/personal-data/erase/preview', leaves)).body;
        expect((await ask('DELETE', `/v1/me/personal-data?confirm=${confirm}`, leaves)).status).toBe(200);
      } else {
        const { email } = leaves.person;
        const { confirm } = (await ask('POST', '/v1/personal-data/erase/preview', stays, { email })).body;
        expect((await ask('POST', '/v1/personal-data/erase', stays, { email, confirm })).status).toBe(200);
      }
      const [mail, ...more] = await mailsTo(server, stays.person.email);
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        kind: 'departure',
        subject: 'A colleague’s data were erased: what no longer works',
      });
      const said = mail!.text.replace(/\s+/g, ' ');
      expect(said).toContain('Service keys: Intranet');
      expect(said).toContain('Links for Excel and feed readers: Weekly table');
      expect(`${said} ${mail!.html}`).not.toContain('Leo');
    },
  );

  it('leaves no sheet behind that waited to be imported', async () => {
    const sent = await leaves.request('/institutes/leti/sheets/import', {
      method: 'POST',
      body: formWith('Identifier;Note\nHORIZON-X;Ours', 'ours.csv'),
    });
    expect([sent.status, await query('SELECT person_id AS id FROM waiting_sheet')]).toEqual([
      303,
      [{ id: leaves.person.id }],
    ]);
    await remove();
    expect(await query('SELECT person_id AS id FROM waiting_sheet')).toEqual([]);
  });

  it('and becomes a reader keeps no key for services either', async () => {
    const { key } = await make('/v1/profiles/leti/keys', { name: 'Intranet', scope: 'write' });
    await ask('PATCH', `/v1/profiles/leti/people/${leaves.person.id}`, stays, { role: 'reader' });
    expect((await ask('GET', '/v1/me', key)).status).toBe(401);
    expect((await mailsTo(server, stays.person.email))[0]).toMatchObject({
      subject: 'Leo has a new role: what no longer works',
    });
  });

  it('follows no saved search of it any more, and cannot begin to from elsewhere', async () => {
    const search = await make('/v1/profiles/leti/searches', {
      name: 'Quantum',
      page: 'inbox',
      query: 'q=quantum',
    });
    expect((await ask('PUT', `/v1/me/follows/search/${search.id}`, leaves)).status).toBe(200);
    expect((await remove()).body).toMatchObject({ searches: 1, follows: 1 });
    const moved = await somebody(server, { role: 'officer', profile: 'brgm', email: leaves.person.email });
    expect(moved.person.id).not.toBe(leaves.person.id);
    expect((await ask('PUT', `/v1/me/follows/search/${search.id}`, moved)).status).toBe(404);
    // Even a row of the former institute with the id of who they are elsewhere is not theirs to follow.
    await query(
      `INSERT INTO saved_search (id, profile_id, person_id, name, page, query, created_at) VALUES ($1, 'leti', $2, 'Quantum', 'inbox', 'q=quantum', now())`,
      [search.id, moved.person.id],
    );
    expect((await ask('PUT', `/v1/me/follows/search/${search.id}`, moved)).status).toBe(404);
  });

  it('is somebody else where another institute invites them: what they did stays with the first', async () => {
    await remove();
    const moved = await somebody(server, {
      role: 'officer',
      profile: 'brgm',
      name: 'Another name',
      email: leaves.person.email,
    });
    expect(
      await query('SELECT id, name, profile_id FROM person WHERE email = $1 ORDER BY removed_at', [
        leaves.person.email,
      ]),
    ).toEqual([
      { id: leaves.person.id, name: leaves.person.name, profile_id: 'leti' },
      { id: moved.person.id, name: 'Another name', profile_id: 'brgm' },
    ]);
    expect((await ask('GET', '/v1/me', moved)).body).toMatchObject({ profile: { id: 'brgm' } });
    const back = { name: 'Back', email: leaves.person.email };
    expect((await ask('POST', '/v1/profiles/leti/people', stays, back)).status).toBe(409);
  });

  it('and is invited again shows others no telephone before they say so: the address may have a new owner', async () => {
    const { id, email } = leaves.person;
    const form = { name: 'Leo', language: 'en', telephone: '+33 4 76 00 00 00', showsContact: 'true' };
    expect((await leaves.post('/account', form)).status).toBe(303);
    await remove();
    await make('/v1/profiles/leti/people', { name: 'Leonie', email }, stays);
    expect(await query('SELECT name, telephone, shows_contact FROM person WHERE id = $1', [id])).toEqual([
      { name: 'Leonie', telephone: null, shows_contact: false },
    ]);
  });

  it('is told nothing that waited for them, and their links to what they chose are good no more', async () => {
    const { id } = await recipientOf(leaves);
    await query(
      `INSERT INTO notification_item (recipient_id, key, kind, place, held, made_at, state) VALUES ($1, 'answer/x', 'answer', 'digest', false, now(), 'waiting')`,
      [id],
    );
    const [before] = await query('SELECT link_key FROM recipient WHERE id = $1', [id]);
    await remove();
    const [after] = await query('SELECT link_key FROM recipient WHERE id = $1', [id]);
    expect(after.link_key).not.toBe(before.link_key);
    expect(after.link_key).toMatch(/^sealed:/);
    expect(await query('SELECT state FROM notification_item WHERE recipient_id = $1', [id])).toEqual([
      { state: 'dropped' },
    ]);
  });

  it('is sent no e-mail that waited for a mail server, inside news and invitations among them', async () => {
    await storeCalls(server.app, [aCall('BID-01')], 'test', clock.now());
    const call = (await ask('GET', '/v1/calls?limit=1', stays)).body.items[0].id;
    const bid = await make('/v1/profiles/leti/opportunities', { call }, stays);
    const mia = await somebody(server, { role: 'officer', profile: 'leti', name: 'Mia' });
    const text = '@Mia, our price is 2 M€';
    await make(`/v1/profiles/leti/opportunities/${bid.id}/comments`, { text }, stays);
    const invited = await make('/v1/profiles/leti/people', { name: 'Ida', email: 'ida@leti.test' }, stays);
    const waiting = async (): Promise<string[]> =>
      (await query(`SELECT id FROM transactional_mail WHERE state = 'pending'`)).map((mail) => mail.id);
    const deliver = async (): Promise<void> => {
      await query('UPDATE transactional_mail SET next_try_at = NULL');
      for (const mailId of await waiting())
        await acrossInstitutes('the job of a test', () => server.app.get(MailDelivery).deliver(mailId));
    };
    const gone = [mia.person.email, 'ida@leti.test'];
    sink.misbehave({ code: 451, text: 'come back later' });
    await deliver();
    for (const id of [mia.person.id, invited.id])
      expect((await ask('DELETE', `/v1/profiles/leti/people/${id}`, stays)).status).toBe(200);
    sink.misbehave(null);
    await deliver();
    expect(sink.mails.flatMap(({ envelopeTo }) => envelopeTo).filter((to) => gone.includes(to))).toEqual([]);
    expect(
      await query(
        `SELECT kind, state, text, error FROM transactional_mail WHERE to_address = ANY($1) ORDER BY kind`,
        [gone],
      ),
    ).toEqual(
      ['invitation', 'mention'].map((kind) => ({
        ...{ kind, state: 'failed', text: '' },
        error: 'its reader has left, is not on the list, or wants no calls',
      })),
    );
  });

  /** Returns a person's recipient after they have chosen to follow their institute. */
  async function recipientOf(who: Somebody): Promise<{ id: string }> {
    await ask('PUT', '/v1/me/follows/profile/leti', who);
    const [recipient] = await query<{ id: string }>('SELECT id FROM recipient WHERE address = $1', [
      who.person.email,
    ]);
    return recipient!;
  }
});
