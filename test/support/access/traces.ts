import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { TakeUpJob } from '../../../src/pipeline/take-up.job.js';
import { api, startApp, type TestApp } from '../app.js';
import { aCall, storeCalls } from '../matching/calls.js';
import { formWith } from '../institutes/sheets.js';
import { somebody, type Somebody } from './people.js';

/** A name and an address that occur nowhere else. */
export const [NAME, EMAIL] = ['Zébulon Quastenflosser', 'z.quastenflosser@leti.test'];
const TRACES = /quastenflosser|Zébulon/i;

/** An installation in which somebody can leave traces, to be erased. */
export type TracedApp = Awaited<ReturnType<typeof startTraced>>;

export async function startTraced() {
  const server: TestApp = await startApp({}, { working: false });
  const officer: Somebody = await somebody(server, {
    role: 'officer',
    profile: 'leti',
    name: 'Odile',
    email: 'odile@leti.test',
  });
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const ask = (method: string, path: string, token: any, body?: unknown) =>
    api(server.url, path, { method, token, ...(body !== undefined && { body }) });
  await storeCalls(server.app, [aCall('x')], 'funding-tenders');
  const callId: string = (await query('SELECT id FROM call'))[0].id;

  /** Sends a request that has to succeed, and returns its answer. */
  async function done(method: string, path: string, token: any, body?: unknown): Promise<any> {
    const answer = await ask(method, path, token, body);
    expect([method, path, answer.status < 300, answer.status < 300 || answer.body]).toEqual([
      method,
      path,
      true,
      true,
    ]);
    return answer.body;
  }
  /** As if they had borne their names for longer than a day. */
  const borne = () =>
    query(
      `WITH r AS (UPDATE researcher SET name_since = now() - interval '2 days') UPDATE person SET name_since = now() - interval '2 days'`,
    );

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
    await borne();
    const at = '/v1/profiles/leti';
    await done('POST', '/v1/me/keys', person, { name: 'Own' });
    await done('POST', `${at}/keys`, person, { name: 'Intranet' });
    await done('POST', `${at}/people`, person, { name: 'Ines', email: 'ines@leti.test' });
    await done('POST', `${at}/calls/${callId}/notes`, person, { text: 'Worth a try' });
    await done('POST', `${at}/calls/${callId}/notes`, officer, {
      text: `Ask ${NAME} (${EMAIL}) or Zébulon.`,
    });
    for (const verdict of [{ verdict: 'not', reason: 'topic' }, { verdict: 'relevant' }])
      await done('PUT', `${at}/calls/${callId}/verdict`, person, verdict);
    await done('PUT', `${at}/notification-defaults`, person, { preferences: { dailyLimit: 40 } });
    await done('PUT', `${at}/milestone-template`, person, { milestones: [{ label: 'Draft', before: 30 }] });
    await person.post('/institutes/leti/proposal-settings', { remindAfterDays: '7' });
    const profile = await done('GET', at, person);
    await done('PUT', at, person, {
      ...profile,
      contacts: [...profile.contacts, { name: NAME, email: EMAIL, language: 'fr' }],
      competences: profile.competences.map((c: any, i: number) =>
        i ? c : { ...c, description: `${c.description} Led by ${NAME.toUpperCase()}.` },
      ),
    });
    await query(`UPDATE profile SET file_conflict = content WHERE id = 'leti'`);
    const { id: bid } = await done('POST', `${at}/opportunities`, person, {
      call: callId,
      why: `${NAME} wants it`,
    });
    await done('PATCH', `${at}/opportunities/${bid}`, officer, {
      acronym: NAME,
      documents: [{ label: NAME, url: 'https://files.example/draft' }],
      leadName: NAME,
      partners: ['CNRS', `Lab of ${NAME}`],
    });
    const mine = { personId: person.person.id };
    await done('POST', `${at}/opportunities/${bid}/tasks`, officer, { text: `${NAME} writes`, ...mine });
    await done('PUT', `${at}/opportunities/${bid}/milestones`, officer, {
      milestones: [{ label: `Draft by ${NAME}`, on: '2026-09-01', ...mine }],
    });
    await done('POST', `${at}/opportunities/${bid}/comments`, person, { text: 'My view' });
    await done('POST', `${at}/opportunities/${bid}/comments`, officer, {
      text: `@Zébulon, and yours? ${EMAIL}`,
    });
    await done('PUT', `${at}/calls/${callId}/interest`, person, { brings: `A basin. Write to ${EMAIL}.` });
    const mines = await somebody(server, { role: 'officer', profile: 'mines' });
    await done('PUT', `/v1/profiles/mines/calls/${callId}/interest`, mines, {});
    await done('POST', `${at}/joint-opportunities`, person, { call: callId });
    await done('POST', `${at}/searches`, officer, {
      name: `Of ${NAME}`,
      page: 'inbox',
      query: `q=${encodeURIComponent(NAME)}`,
    });
    for (const [who, file] of [
      [person, 'mine.csv'],
      [officer, `Of ${NAME}.csv`],
    ] as const)
      expect(
        await who.request('/institutes/leti/sheets/import', {
          method: 'POST',
          body: formWith(`Identifier;Note\nHORIZON-X;Ask ${NAME} at ${EMAIL}`, file),
        }),
      ).toMatchObject({ status: 303 });
    const [recipient, other] = [randomUUID(), randomUUID()];
    await query(
      `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, since, planned_seq, last_slot_at, token_hash, link_key) VALUES
        ($1, 'email', $2, $3, 'fr', 'leti', 't', now(), 0, now(), 'h', 'k'), ($4, 'email', 'ines@leti.test', 'Ines', 'fr', 'leti', 't2', now(), 0, now(), 'h2', 'k2')`,
      [recipient, EMAIL, NAME, other],
    );
    const [researcher, mail, asked] = [randomUUID(), randomUUID(), randomUUID()];
    await query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at) VALUES ($1, 'leti', $2, now() - interval '1 year', $3, 'fr', '{}', now(), now())`,
      [researcher, NAME, EMAIL],
    );
    await query(
      `INSERT INTO transactional_mail (id, kind, profile_id, to_name, to_address, reply_to, subject, text, html, message_id, state, created_at, sent_where, error) VALUES
        ($1, 'proposal', 'leti', $2, $3, $3, $4, '', '', 'm1', 'sent', now(), $3, NULL), ($5, 'departure', 'leti', 'Odile', 'odile@leti.test', NULL, $4, '', '', 'm2', 'sent', now(), 'x', $6)`,
      [
        mail,
        NAME,
        EMAIL,
        `${NAME} vous propose un appel`,
        randomUUID(),
        `550 forwarded to <${EMAIL}>: unknown`,
      ],
    );
    for (const [id, to, by] of [
      [asked, EMAIL, 'Odile'],
      [randomUUID(), 'other@leti.test', NAME],
    ] as const)
      await query(
        `INSERT INTO proposal (id, profile_id, call_id, researcher_id, name, email, language, subject, text, token_hash, asked_by, person_id, created_at, mail_id, word, answer, answered_at, reminded_by, reminded_by_id)
         VALUES ($1, 'leti', $2, $3, $4, $5, 'fr', 's', $6, $7, $8, $9, now(), $10, 'mine', 'interested', now(), $11, $12)`,
        [
          ...[id, callId, to === EMAIL ? researcher : null, to === EMAIL ? NAME : 'Other', to],
          ...[`Signed ${NAME}`, randomUUID(), by, by === NAME ? person.person.id : officer.person.id, mail],
          ...(to === EMAIL ? [null, null] : [NAME, person.person.id]),
        ],
      );
    for (const list of [`Team of ${NAME}`, 'Left'])
      await person.post('/institutes/leti/newsletters/readers', {
        list,
        lines: `${NAME} <${EMAIL}>\nother@leti.test`,
      });
    await query(`UPDATE newsletter_reader SET left_at = now() WHERE list = 'Left' AND name IS NOT NULL`);
    const newsletter = randomUUID();
    await query(
      `INSERT INTO newsletter (id, profile_id, list, title, intro, language, items, version, updated_by, updated_by_id, created_at, updated_at, issued_at, sent_at, sent_html, sent_text)
       VALUES ($1, 'leti', $2, $3, $3, 'fr', $4, 1, $5, $6, now(), now(), now(), now(), $7, $8)`,
      [
        ...[newsletter, `Team of ${NAME}`, `By ${NAME}`],
        ...[JSON.stringify([{ callId, line: `Ask ${NAME}` }]), NAME, person.person.id],
        ...[
          `<p title="x">Z\u00e9bulon&nbsp;Quastenflosser</p><a href="mailto:${EMAIL}">`,
          `Ask\n${NAME}, ${EMAIL}`,
        ],
      ],
    );
    await query(
      `INSERT INTO newsletter_copy (id, profile_id, newsletter_id, reader_id, created_at, mail_id) SELECT gen_random_uuid(), 'leti', $1, id, now(), $2 FROM newsletter_reader`,
      [newsletter, mail],
    );
    await server.app.get(TakeUpJob).run({ profileId: 'leti' });
    const digest = randomUUID();
    for (const [id, to, address, resent] of [
      [randomUUID(), recipient, EMAIL, null],
      [digest, other, 'ines@leti.test', null],
      [randomUUID(), other, 'ines@leti.test', person.person.id],
    ])
      await query(
        `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, name, subject, text, html, payload, unsubscribe_url, message_id, items, more, state, created_at, sent_where, error, tries, resent_by, resent_by_id)
         VALUES ($1, $2, 'digest', $3, 'email', 'leti', $4, 'Ines', $5, $6, $7, $8, 'u', 'm', '[]', 0, 'sent', now(), $4, $4, $9, $10, $11)`,
        [
          ...[id, randomUUID(), to, address, `Bonjour ${NAME}`],
          ...[
            `Zébulon\nQuastenflosser: oui`,
            `<p title="x">Zébulon&nbsp;Quastenflosser</p><a href="mailto:${EMAIL}">`,
          ],
          ...[JSON.stringify({ kind: 'digest', answers: [{ researcher: NAME, answer: 'interested' }] })],
          ...[JSON.stringify([{ at: 'x', ok: true, answer: `250 ${EMAIL}` }]), resent && NAME, resent],
        ],
      );
    await query(
      `INSERT INTO notification_item (recipient_id, key, kind, about, place, held, made_at, state, notification_id) VALUES ($1, 'answer/x', 'answer', $2, 'digest', false, now(), 'written', $3)`,
      [other, asked, digest],
    );
    await query(
      `INSERT INTO alarm (id, subject, previous, state, reason, raised_at, trouble_since, delivery) VALUES ($1, 'mail', 'ok', 'failing', $2, now(), now(), 'logged')`,
      [randomUUID(), `refused: ${EMAIL}`],
    );
    return person;
  }

  /** The rows of all tables of the whole database, as its owner sees them, that hold a trace. */
  async function traces(of = TRACES): Promise<string[]> {
    const url = new URL(process.env['TEST_SUPERUSER_URL']!);
    url.pathname = new URL(server.wiring.env.DATABASE_URL!).pathname;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
      );
      expect(tables.length).toBeGreaterThan(60);
      const found: string[] = [];
      for (const { name } of tables) {
        const { rows } = await client.query<{ row: string }>(
          `SELECT to_jsonb(t)::text AS row FROM ${name} t`,
        );
        found.push(...rows.filter(({ row }) => of.test(row)).map(({ row }) => `${name}: ${row}`));
      }
      return found;
    } finally {
      await client.end();
    }
  }

  /** Looks at the preview, and erases what it showed. */
  async function eraseAddress(by: any, email: string) {
    const { confirm } = await done('POST', '/v1/personal-data/erase/preview', by, { email });
    return ask('POST', '/v1/personal-data/erase', by, { email, confirm });
  }

  return { server, officer, callId, query, ask, done, borne, leaveTraces, traces, eraseAddress };
}
