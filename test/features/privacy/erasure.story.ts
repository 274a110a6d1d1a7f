import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AuditRepository } from '../../../src/audit/store/index.js';
import { connected, dump } from '../../../src/platform/database/backup/dump.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { somebody, type Somebody } from '../../support/access/people.js';

/** A name and an address that occur nowhere else. */
const [NAME, EMAIL] = ['Zébulon Quastenflosser', 'z.quastenflosser@leti.test'];
const TRACES = /quastenflosser|Zébulon/i;

describe('the data of a person', () => {
  let server: TestApp;
  let officer: Somebody;
  const callId = randomUUID();
  beforeEach(async () => {
    server = await startApp({}, { working: false });
    officer = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      name: 'Odile',
      email: 'odile@leti.test',
    });
    await query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, programme, source_status, search, first_seen_at, identity_keys) VALUES ($1, $2, 'h', 1, 1, 1, 'HE', 'open', '', now(), '{}')`,
      [callId, JSON.stringify(aCall('x'))],
    );
  });
  afterEach(() => server?.stop());

  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const ask = (method: string, path: string, token: any, body?: unknown) =>
    api(server.url, path, { method, token, ...(body !== undefined && { body }) });

  /**
   * Creates everything that a person can leave behind, through the usual routes, and through rows where a
   * mail server would be needed.
   */
  async function leaveTraces(): Promise<Somebody> {
    const person = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      name: 'Zébulon Q. before',
      email: EMAIL,
    });
    const me = await person.post('/account', { name: NAME, language: 'fr' });
    expect(me.status).toBe(303);
    for (const [path, body] of [
      ['/v1/me/keys', { name: 'Own' }],
      ['/v1/profiles/leti/keys', { name: 'Intranet' }],
      ['/v1/profiles/leti/people', { name: 'Ines', email: 'ines@leti.test' }],
      [`/v1/profiles/leti/calls/${callId}/notes`, { text: 'Worth a try' }],
    ] as const)
      expect([path, (await ask('POST', path, person, body)).status < 300]).toEqual([path, true]);
    const { body: profile } = await ask('GET', '/v1/profiles/leti', person);
    const contacts = [...profile.contacts, { name: NAME, email: EMAIL, language: 'fr' }];
    expect((await ask('PUT', '/v1/profiles/leti', person, { ...profile, contacts })).status).toBe(200);
    await query(`UPDATE profile_version SET by = $1 WHERE profile_id = 'leti'`, [NAME]);
    await query(
      `INSERT INTO contact (profile_id, address, created_at, admitted_by) VALUES ('leti', $1, now(), $2) ON CONFLICT (profile_id, address) DO UPDATE SET admitted_by = $2`,
      [EMAIL, NAME],
    );
    await query(
      `INSERT INTO review (profile_id, call_id, verdict, verdict_by, verdict_at, previous) VALUES ('leti', $1, 'relevant', $2, now(), $3)`,
      [
        callId,
        NAME,
        JSON.stringify({
          verdict: 'not-relevant',
          reason: null,
          by: NAME,
          at: new Date().toISOString(),
          version: 1,
        }),
      ],
    );
    await query(
      `INSERT INTO note (id, profile_id, call_id, author, person_id, text, created_at) VALUES ($1, 'leti', $2, $3, $4, 'Go', now())`,
      [randomUUID(), callId, NAME, person.person.id],
    );
    const bid = randomUUID();
    await query(
      `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, lead_name, partners, currency, milestones, tasks, created_at, updated_at)
       VALUES ($1, 'leti', $2, 'preparing', now(), $3, '{}', 'EUR', $4, $5, now(), now())`,
      [
        bid,
        callId,
        NAME,
        JSON.stringify([{ id: randomUUID(), label: 'Draft', on: '2026-09-01', personId: person.person.id }]),
        JSON.stringify([{ id: randomUUID(), text: 'Write', due: null, personId: person.person.id }]),
      ],
    );
    await query(
      `INSERT INTO opportunity_step (id, opportunity_id, profile_id, seq, kind, changes, by, person_id, at) VALUES ($1, $2, 'leti', 1, 'facts', $3, $4, $5, now())`,
      [
        randomUUID(),
        bid,
        JSON.stringify([{ field: 'leadName', from: null, to: NAME }]),
        NAME,
        person.person.id,
      ],
    );
    await query(
      `INSERT INTO opportunity_comment (id, opportunity_id, profile_id, author, person_id, text, notified, created_at) VALUES
        ($1, $3, 'leti', $4, $5, 'My view', '{}', now()), ($2, $3, 'leti', 'Odile', NULL, $6, $7, now())`,
      [randomUUID(), randomUUID(), bid, NAME, person.person.id, `@${NAME}, and yours?`, [person.person.id]],
    );
    await query(
      `INSERT INTO milestone_template (profile_id, milestones, updated_by, updated_at) VALUES ('leti', '[]', $1, now())`,
      [NAME],
    );
    const joint = randomUUID();
    await query(
      `INSERT INTO joint_opportunity (id, call_id, stage, stage_at, begun_at, updated_at) VALUES ($1, $2, 'forming', now(), now(), now())`,
      [joint, callId],
    );
    await query(
      `INSERT INTO joint_opportunity_step (id, joint_id, profile_id, network, seq, kind, changes, by, person_id, at) VALUES ($1, $2, 'leti', false, 1, 'begun', '{}', $3, $4, now())`,
      [randomUUID(), joint, NAME, person.person.id],
    );
    await query(
      `INSERT INTO interest (profile_id, call_id, brings, competences, leads, tell, by, person_id, opened_at, notified_at) VALUES ('leti', $1, 'A basin', '{}', true, true, $2, $3, now(), now())`,
      [callId, NAME, person.person.id],
    );
    const recipient = randomUUID();
    await query(
      `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, since, planned_seq, last_slot_at, token_hash, link_key) VALUES ($1, 'email', $2, $3, 'fr', 'leti', 't', now(), 0, now(), 'h', 'k')
       ON CONFLICT DO NOTHING`,
      [recipient, EMAIL, NAME],
    );
    await query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, name, subject, text, html, unsubscribe_url, message_id, items, more, state, created_at, sent_where, error, tries)
       VALUES ($1, $2, 'digest', $3, 'email', 'leti', $4, $5, $6, $6, $6, 'u', 'm', '[]', 0, 'sent', now(), $4, $4, $7)`,
      [
        randomUUID(),
        randomUUID(),
        recipient,
        EMAIL,
        NAME,
        `Bonjour ${NAME}`,
        JSON.stringify([{ at: 'x', ok: true, answer: `250 ${EMAIL}` }]),
      ],
    );
    const [researcher, mail] = [randomUUID(), randomUUID()];
    await query(
      `INSERT INTO transactional_mail (id, kind, profile_id, to_name, to_address, reply_to, subject, text, html, message_id, state, created_at, sent_where) VALUES
        ($1, 'proposal', 'leti', $2, $3, $3, $4, '', '', 'm1', 'sent', now(), $3), ($5, 'departure', 'leti', 'Odile', 'odile@leti.test', NULL, $4, '', '', 'm2', 'sent', now(), 'x')`,
      [mail, NAME, EMAIL, `${NAME} vous propose un appel`, randomUUID()],
    );
    await query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at) VALUES ($1, 'leti', $2, now() - interval '1 year', $3, 'fr', '{}', now(), now())`,
      [researcher, NAME, EMAIL],
    );
    for (const [to, asked] of [
      [EMAIL, 'Odile'],
      ['other@leti.test', NAME],
    ])
      await query(
        `INSERT INTO proposal (id, profile_id, call_id, researcher_id, name, email, language, subject, text, token_hash, asked_by, person_id, created_at, mail_id, word)
         VALUES ($1, 'leti', $2, $3, $4, $5, 'fr', 's', $6, $7, $8, $9, now(), $10, 'mine')`,
        [
          randomUUID(),
          callId,
          to === EMAIL ? researcher : null,
          to === EMAIL ? NAME : 'Other',
          to,
          `Signed ${NAME}`,
          randomUUID(),
          asked,
          person.person.id,
          mail,
        ],
      );
    return person;
  }

  async function traces(): Promise<string[]> {
    const parts: Buffer[] = [];
    await connected(server.wiring.env.DATABASE_URL!, async (client) => {
      for await (const part of dump(client, { version: '1', madeAt: new Date(), keys: [] })) parts.push(part);
    });
    return Buffer.concat(parts)
      .toString('utf8')
      .split('\n')
      .filter((line) => TRACES.test(line));
  }

  it('can be had in one file, without what would let somebody in', async () => {
    const person = await leaveTraces();
    const { body } = await ask('GET', '/v1/me/personal-data', person);
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining([
        'account',
        'sessions',
        'keys',
        'notes',
        'tasks of bids',
        'comments on bids',
        'contact',
        'named in profiles',
        'notifications',
        'messages',
        'mails',
        'researcher',
        'proposals',
        'audit log',
      ]),
    );
    expect(body.account).toEqual([expect.objectContaining({ email: EMAIL, name: NAME, institute: 'leti' })]);
    expect(JSON.stringify(body)).not.toMatch(/hash|token|secret|link_key/i);
    const page = await person.post('/personal-data/download');
    expect(page.headers.get('content-disposition')).toContain('personal-data.json');
    expect(JSON.parse(page.body).account).toHaveLength(1);
  });

  it('are gone from every table once they erased themselves: a dump of the database holds nothing of them', async () => {
    const person = await leaveTraces();
    expect((await traces()).length).toBeGreaterThan(12);
    expect((await person.post('/personal-data/erase')).location).toBe('/sign-in');
    expect(await traces()).toEqual([]);
    expect((await ask('GET', '/v1/me', person)).status).toBe(401);
    // What the institute decided is kept.
    expect(await query('SELECT verdict, verdict_by AS by FROM review')).toEqual([
      { verdict: 'relevant', by: '–' },
    ]);
    expect(await query(`SELECT text, author FROM note WHERE text = 'Go'`)).toEqual([
      { text: 'Go', author: '–' },
    ]);
    expect(await query(`SELECT name, email, asked_by FROM proposal ORDER BY name`)).toEqual([
      { name: 'Other', email: 'other@leti.test', asked_by: '–' },
      { name: '–', email: '', asked_by: 'Odile' },
    ]);
    const { body } = await ask('GET', '/v1/audit?limit=100', officer);
    expect(body.items[0]).toMatchObject({ actor: { kind: 'person', name: null } });
    expect(body.items.some((e: any) => e.action === 'person.erased')).toBe(true);
    expect(await server.app.get(AuditRepository).verify(null)).toMatchObject({ holds: true });
  });

  it('are erased by their institute too, and by no other', async () => {
    await leaveTraces();
    const other = await somebody(server, { role: 'officer', profile: 'mines' });
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    expect((await ask('POST', '/v1/personal-data/export', other, { email: EMAIL })).body).toEqual({});
    const named = () =>
      query('SELECT name, address FROM audit_name WHERE address = $1 ORDER BY since', [EMAIL]);
    const before = await named();
    expect(before.length).toBeGreaterThan(2);
    expect((await ask('POST', '/v1/personal-data/erase', other, { email: EMAIL })).body).toEqual({ rows: 0 });
    expect((await ask('POST', '/v1/personal-data/erase', reader, { email: EMAIL })).status).toBe(403);
    expect(await named()).toEqual(before);
    expect((await traces()).length).toBeGreaterThan(12);
    const { body } = await ask('POST', '/v1/personal-data/export', officer, { email: EMAIL.toUpperCase() });
    expect(body.researcher).toHaveLength(1);
    expect(
      (await ask('POST', '/v1/personal-data/erase', officer, { email: EMAIL })).body.rows,
    ).toBeGreaterThan(10);
    expect(await traces()).toEqual([]);
  });

  it('stay with the last officer, who is told to give somebody else the role first', async () => {
    const page = await officer.post('/personal-data/erase');
    expect([page.status, page.body.includes('at least one officer')]).toEqual([409, true]);
    expect((await ask('DELETE', '/v1/me/personal-data', officer)).status).toBe(409);
    expect((await ask('GET', '/v1/me', officer)).status).toBe(200);
  });

  it('are explained on a page that everybody can read, in both languages', async () => {
    const read = async (language: string) =>
      (await fetch(new URL('/privacy', server.url), { headers: { 'accept-language': language } })).text();
    expect(await read('fr')).toContain('400 jours');
    expect(await read('en')).toContain('365 days after they leave');
    expect((await officer.get('/personal-data')).body).toContain('Download a copy');
  });
});
