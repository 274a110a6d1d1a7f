import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { aCall, deadline, storeCalls } from '../matching/calls.js';
import { somebody } from './people.js';
import type { TwoInstitutes } from './two-institutes.js';

const PIC = '999988133';
const DOCUMENT = 'd'.repeat(64);
const COMMITTEE_DOCUMENT = {
  version: 1,
  title: 'Draft Commission Implementing Decision',
  committee: 'C70408',
  committeeTitle: null,
  type: 'D',
  meeting: null,
  meetingStarts: null,
  meetingEnds: null,
  createdAt: '2026-05-01T08:00:00Z',
  updatedAt: '2026-05-01T08:00:00Z',
};

/** Gives every list that leti's people or the coordinators read at least two items. */
export async function putSecondRows(world: TwoInstitutes): Promise<void> {
  const { test, ids } = world;
  const database = test.app.get(DataSource);
  const sql = <T = unknown>(text: string, values: unknown[] = []): Promise<T[]> =>
    acrossInstitutes('the rows of a test', () => database.query(text, values));
  /** Stores a row again, with other values in these columns, given as SQL. */
  const copy = (table: string, where: string, columns: Record<string, string>): Promise<unknown> =>
    sql(
      `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(${Object.entries({
        id: 'gen_random_uuid()',
        ...columns,
      })
        .map(([column, value]) => `'${column}', ${value}`)
        .join(', ')}))).* FROM ${table} t WHERE ${where} LIMIT 1`,
    );
  const SECRET = `gen_random_uuid()::text`;
  const { person } = world.leti.officer;
  const [other] = await sql<{ id: string }>(`SELECT id FROM call WHERE id <> '${ids.call}' LIMIT 1`);
  const call = `'${other!.id}'`;

  await copy('harvest_run', 'true', { id: `'${ids.run}'` });
  await sql(
    `INSERT INTO raw_document (hash, media_type, size, gzip, first_fetched_at) VALUES ($1, 'text/html', 1, '', now())`,
    [DOCUMENT],
  );
  for (const n of [1, 2]) {
    await storeCalls(
      test.app,
      [0, 1, 2, 3, 4].map((i) =>
        aCall(`W${i}`, {
          title: `Wind ${i}, version ${n}`,
          sections: [{ kind: 'scope', title: 'Scope', text: `A wind turbine, and how to build it: ${n}.` }],
          deadlines: [deadline(60 + 10 * i + n)],
        }),
      ),
      'funding-tenders',
    );
    const coordinator = await somebody(test, { role: 'coordinator' });
    await sql(
      `INSERT INTO alarm (id, subject, previous, state, raised_at, delivery) VALUES (gen_random_uuid(), $1, 'well', 'broken', now(), 'none')`,
      [`source:${n}`],
    );
    await sql(
      `INSERT INTO partner_search (source_id, id, topic, wants, first_seen_at)
       SELECT 'funding-tenders', $1, lower(content->>'identifier'), 'offer', now() FROM call WHERE id = $2`,
      [String(n), ids.call],
    );
    await sql(
      `INSERT INTO committee_document (reference, version, content, first_seen_at, changed_at) VALUES ($1, 1, $2, now(), now())`,
      [String(n), { ...COMMITTEE_DOCUMENT, reference: String(n) }],
    );
    await sql(
      `INSERT INTO question (id, topics, question, listed_as, cut, document_hash, first_seen_at, is_news, seen_at)
       SELECT $1, ARRAY[upper(content->>'identifier')], 'Why?', 'row', false, $3, now(), false, now() FROM call WHERE id = $2`,
      [String(n), ids.call, DOCUMENT],
    );
    await sql(
      `INSERT INTO history_project (id, acronym, title, programme, start_on, topic_codes) VALUES ($1, $2, 'A project', 'HORIZON', '2024-01-01', '{}')`,
      [n, `P${n}`],
    );
    await sql(
      `INSERT INTO history_participant (project_id, pic, role, country, name) VALUES ($1, '${PIC}', 'coordinator', 'FR', 'CEA')`,
      [n],
    );
    await sql(
      `INSERT INTO harvest_request (id, run_id, scan, key, request, document_hash, fetched_at) VALUES (gen_random_uuid(), $1, 1, $2, $3, $4, now())`,
      [ids.run, `key ${n}`, { url: 'https://portal.example.org/' }, DOCUMENT],
    );
    await sql(
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state) SELECT id, $1, 'call', $2, 'digest', now(), 'waiting' FROM recipient WHERE address = $3`,
      [`new:${n}`, ids.call, person.email],
    );
    await copy('recipient', `owner = 'profile/leti'`, {
      owner: `'group/wind'`,
      profile_id: 'null::text',
      address: SECRET,
      token: SECRET,
      token_hash: SECRET,
      address_hash: SECRET,
    });
    await copy('calendar', `id = '${ids.calendar}'`, {
      token_hash: SECRET,
      kind: `'group'`,
      profile_id: 'null::text',
      group_id: `'wind'`,
      person_id: `'${coordinator.person.id}'`,
    });
    await copy('calendar', `id = '${ids.calendar}'`, { token_hash: SECRET, kind: `'own'` });
    await copy('api_key', `id = '${ids.key}'`, { token_hash: SECRET, profile_id: 'null::text' });
    await copy('api_key', `id = '${ids.key}'`, {
      token_hash: SECRET,
      profile_id: 'null::text',
      person_id: `'${person.id}'`,
    });
  }
  await sql(`UPDATE call SET bottom_up = true WHERE id IN ('${ids.call}', ${call})`);
  await sql(
    `UPDATE profile SET content = content || jsonb_build_object('trackRecord', $1::jsonb) WHERE id = 'leti'`,
    [JSON.stringify([{ pic: PIC, projects: [], rules: [], all: true, except: [] }])],
  );
  await copy('feed', `id = '${ids.feed}'`, { token_hash: SECRET });
  await copy('calendar', `id = '${ids.calendar}'`, { token_hash: SECRET });
  await copy('api_key', `id = '${ids.key}'`, { token_hash: SECRET });
  await copy('passkey', `id = '${ids.passkey}'`, { credential: SECRET });
  await copy('newsletter', `id = '${ids.newsletter}'`, {});
  await copy('newsletter_reader', `id = '${ids.newsletterReader}'`, { address_hash: SECRET });
  await copy('note', `id = '${ids.note}'`, {});
  await copy('researcher', `id = '${ids.researcher}'`, { email: `'another@example.org'` });
  await copy('proposal', `id = '${ids.proposal}'`, { token_hash: SECRET });
  await copy('saved_search', `id = '${ids.search}'`, {});
  await copy('notification', `id = '${ids.notification}'`, { key: SECRET });
  await copy('paper', `id = '${ids.paper}'`, { month: `'2026-05'` });
  await copy('recipient', `id = '${ids.channel}'`, {
    address: SECRET,
    token: SECRET,
    token_hash: SECRET,
    address_hash: SECRET,
  });
  await copy('opportunity', `id = '${ids.opportunity}'`, { call_id: call });
  await copy('opportunity_comment', `id = '${ids.comment}'`, {});
  await copy('opportunity_step', `opportunity_id = '${ids.opportunity}'`, { seq: '2' });
  await copy('joint_opportunity', `id = '${ids.joint}'`, { call_id: call });
  await copy('joint_opportunity_step', `joint_id = '${ids.joint}'`, { seq: '2' });
  await copy('interest', `profile_id = 'leti'`, { call_id: call });
  await copy('interest', `call_id = '${ids.call}'`, { profile_id: `'3bcar'`, person_id: 'null::uuid' });
  await copy('review', `profile_id = 'leti'`, { call_id: call });
  await copy('profile_version', `profile_id = 'leti'`, { number: '2' });
}
