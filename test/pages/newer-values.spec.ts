import ts from 'typescript';
import { ROLES } from '../../src/kernel/actor.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../src/platform/database/request-context.js';
import type { Route } from '../../src/platform/access/rule.js';
import { MatchJob } from '../../src/matching/match.job.js';
import { CHANNELS } from '../../src/notifications/channel-registry.js';
import { MessagePreview } from '../../src/notifications/content/digest-writer.js';
import type { Channel } from '../../src/notifications/domain/delivery/channel.js';
import { NotifyJob } from '../../src/notifications/notify.job.js';
import { PlanJob } from '../../src/notifications/plan.job.js';
import { ProfileRepository } from '../../src/profiles/store/profile.repository.js';
import { somebody } from '../support/access/people.js';
import { putSecondRows } from '../support/access/second-rows.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { TOKEN } from '../support/app.js';
import { aCall, deadline, storeCalls } from '../support/matching/calls.js';
import { askRoute } from '../support/pages/route-asking.js';
import { addressesOf, nameOf, routesOf, saidIn } from '../support/pages/routes.js';
import { liveValuesOf } from '../support/pages/route-values.js';
import { times } from '../support/release.js';

/** A value of a closed list that a newer version wrote beside this one, during an update. */
const NEWER = 'zz-newer';
/** Each has every so many-th list of a table, so that no list hides another of the same row. */
const ROUNDS = times('rounds of newer values', 3, 6);
const SRC = resolve(__dirname, '../../src');

/** Words of sources and of people, which happen to be words of a list too. */
const OF_OTHERS =
  /programme|typesOfAction|description|\.query|sent_where|^history_\w+\.role|\.sections\.\*\.title|^profile(_version)?\.content language/;
/** Pages whose point is what a profile says, word for word. */
const AS_STORED = /\/profile\/(yaml$|versions\/)/;
/**
 * Columns that hold names, addresses, ids, hashes and free text. Every other column of text is a closed list
 * and must have a value here.
 */
const FREE = [
  /(_id|_by|_key|_hash|_why|_at|_token|_name|_title|_names|_reason|_hashes_before|_modified|_agent|_type|_code|_codes|_iso|_url|_scheme|_meaning|_verdicts|_address)$/,
  /\.(id|key|name|names|title|text|texts|subject|reason|why|error|hash|html|hint|token|secret|secrets|address|email|by|word|other|author|target|owner|query|etag|model|topic|month|code|payload)$/,
  /\.(tokens?|brings|competences|partners|wanted|summary|threads|link_key|message_id|reply_to|sent_to|sent_where|next|via|previous|city|country|objective|acronym|currency|telephone|provider)$/,
  /^(analysed_call|archive_count)\.analyser$|^(stem|written_form)\.|^audit\.actor_profile$|^audit_name|^call\.(programme|identity_keys|reference)$|^feed\.query$|^newsletter\.(list|intro|sent_html|sent_text)$|^newsletter_reader\.list$|^identity\.|^passkey\.|^session\.challenge$|^reader_request\.|^reading\.(field|quote|refused|reason_\w\w)$/,
  /^history_(project|staged_project|participant|staged_participant|progress)\.(programme|status|pic|role|kind)$|^(listed_topic|committee_document|draft_topic|question|portal_project)\.|^harvest_run\.topics$|^validator\.|^raw_document\.|^reader_state\.limit_reached$|^opportunity\.(lead|proposal_number)$|^own_suggestions\.declined$/,
];

type Json = unknown;
/** A closed list in the database: a column of text, or a place within one of JSON. */
interface Place {
  table: string;
  column: string;
  path: string[];
}
const named = ({ table, column, path }: Place): string => `${table}.${column} ${path.join('.')}`.trim();

/** The words of all closed lists in the code: of arrays, enumerations and unions of literal types. */
function listedWords(): ReadonlySet<string> {
  // Channels and signals are found in their folders; roles are the keys of their table.
  const words = new Set([
    ...['notifications/channels', 'matching/signals'].flatMap((folder) => readdirSync(join(SRC, folder))),
    ...Object.keys(ROLES),
  ]);
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node) && node.elements.every((e) => ts.isStringLiteral(e)))
      for (const { text } of node.elements as ts.NodeArray<ts.StringLiteral>) words.add(text);
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) words.add(node.literal.text);
    ts.forEachChild(node, visit);
  };
  for (const path of readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((p) => /\.tsx?$/.test(p)))
    visit(ts.createSourceFile(path, readFileSync(join(SRC, path), 'utf8'), ts.ScriptTarget.Latest));
  words.delete('');
  return words;
}

/** Returns all strings in a value, with their paths. */
function strings(value: Json, path: string[] = []): [path: string[], said: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((one) => strings(one, [...path, '*']));
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => strings(one, [...path, key]))
    : [];
}

/** Returns the value with another string at a path. */
function replaced(value: Json, [key, ...rest]: string[]): Json {
  if (key === undefined) return typeof value === 'string' ? NEWER : value;
  if (Array.isArray(value)) return key === '*' ? value.map((one) => replaced(one, rest)) : value;
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  return { ...value, [key]: replaced((value as Record<string, Json>)[key], rest) };
}

describe('what only a newer version knows', () => {
  let world: TwoInstitutes;
  let columns: { table: string; column: string; json: boolean }[];
  let keys: Map<string, string[]>;
  let places: Place[];
  let actors: Record<'officer' | 'coordinator' | 'operator', Record<string, string>>;
  /** Who asks; without their roles nothing would be answered. */
  let asking: string[];

  const sql = <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
    acrossInstitutes('the rows of a test', () => world.test.app.get(DataSource).query(text, values));

  beforeAll(async () => {
    world = await startTwoInstitutes();
    await putSecondRows(world);
    await putLists();
    // The log lets nobody change it; a newer version writes to it all the same.
    await sql('ALTER TABLE audit DISABLE TRIGGER USER');
    const browser = async (told: Parameters<typeof somebody>[1]) => {
      const { cookie, person } = await somebody(world.test, told);
      return { person, headers: { cookie, 'sec-fetch-site': 'same-origin' } };
    };
    const [officer, coordinator] = [
      await browser({ role: 'officer', profile: 'leti' }),
      await browser({ role: 'coordinator' }),
    ];
    asking = [officer.person.id, coordinator.person.id];
    actors = {
      officer: officer.headers,
      coordinator: coordinator.headers,
      operator: { authorization: `Bearer ${TOKEN}` },
    };
    columns = await sql(
      `SELECT table_name AS table, column_name AS column, data_type = 'jsonb' AS json FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'migration' AND (data_type IN ('text', 'jsonb') OR udt_name = '_text') ORDER BY 1, 2`,
    );
    keys = new Map(
      (
        await sql<{ table: string; of: string[] }>(
          `SELECT k.table_name AS table, array_agg(k.column_name::text) AS of FROM information_schema.key_column_usage k
             JOIN information_schema.table_constraints c USING (constraint_name, table_schema)
            WHERE c.constraint_type = 'PRIMARY KEY' AND table_schema = 'public' GROUP BY 1`,
        )
      ).map(({ table, of }) => [table, of]),
    );
    places = await closedLists();
  });
  afterAll(() => world?.stop());

  /** Gives the lists that the two institutes leave empty a value. */
  async function putLists(): Promise<void> {
    const { ids, test } = world;
    const rich = {
      title: 'Wind 0, a richer call',
      typesOfAction: ['HORIZON Research and Innovation Actions'],
      budget: {
        currency: 'EUR',
        total: 4e6,
        expectedGrants: 2,
        minContribution: 1e6,
        maxContribution: 2e6,
        years: ['2027'],
      },
      sections: [
        {
          kind: 'conditions' as const,
          title: 'Conditions',
          text: 'Applicants must be established in France. The coordinator must be established in Ukraine. Activities start at TRL 4 and reach TRL 6.',
        },
        { kind: 'scope' as const, title: 'Scope', text: 'A wind turbine offshore.' },
      ],
      deadlineModel: 'two-stage' as const,
      deadlines: [deadline(40), deadline(90)],
    };
    await storeCalls(
      test.app,
      [0, 1, 2, 3, 4].map((i) => aCall(`W${i}`, { ...rich, title: `${rich.title} (${i})` })),
      'funding-tenders',
    );
    for (const profileId of ['3bcar', 'leti']) await test.app.get(MatchJob).run({ profileId });
    for (const statement of [
      `UPDATE opportunity SET role = 'partner', lead = 'inside' WHERE id = '${ids.opportunity}'`,
      `UPDATE review SET verdict = 'not', reason = 'topic' WHERE call_id <> '${ids.call}'`,
      `UPDATE notification_item SET urgency = 'short-notice'`,
      `UPDATE recipient SET preferences = '{"frequency": "weekly", "weekday": "monday", "from": "strong"}' WHERE id = '${ids.recipient}'`,
      `UPDATE profile SET content = content || '{"preferences": {"typesOfAction": ["RIA"], "programmes": [], "answersAs": ["sme"], "roles": ["partner"]}}' WHERE id = 'leti'`,
      `INSERT INTO partner_reading (source_id, state, due_at) VALUES ('funding-tenders', 'accepted', now())`,
      `INSERT INTO source_list (source_id, state, due_at) VALUES ('funding-tenders', 'good', now())`,
      `INSERT INTO history_file (hash, kind, rows, bad, problems, lost, changed, imported_at) VALUES ('h', 'project', 1, 0, '[]', 0, 0, now())`,
      `INSERT INTO reading (key, model, prompt_version, grade, reason_en, reason_fr, times, read_at) VALUES ('r', 'm', 1, 'wanted', 'It fits.', 'Il convient.', 1, now())`,
      `UPDATE match SET reading_key = 'r', read = true, result = jsonb_set(result, '{reading}', '{"grade": "wanted", "reason": {"en": "It fits.", "fr": "Il convient."}}') WHERE id = '${ids.match}'`,
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, version, place, urgency, made_at, state)
         SELECT '${ids.recipient}', 'change/' || id, CASE WHEN id = '${ids.call}' THEN 'call' ELSE 'change' END, id, version, 'digest', 'short-notice', now(), 'waiting' FROM call`,
      `INSERT INTO notification_item (recipient_id, key, kind, call_id, about, place, made_at, state)
         SELECT '${ids.recipient}', kind || '/of', kind, '${ids.call}', about, 'digest', now(), 'waiting' FROM (VALUES
           ('answer', '${ids.proposal}'::uuid), ('source', (SELECT id FROM alarm LIMIT 1))) AS one (kind, about)`,
      `INSERT INTO event (key, seq, kind, about, at) SELECT 'source/' || id, nextval('event_seq'), 'source', id, now() FROM alarm LIMIT 1`,
      `UPDATE opportunity_step SET kind = 'stage', changes = '{"stage": {"from": "to-study", "to": "preparing"}, "role": {"from": null, "to": "partner"}}' WHERE seq = 2`,
    ])
      await sql(statement);
  }

  /** The places whose values are all words of closed lists. */
  async function closedLists(): Promise<Place[]> {
    const words = listedWords();
    const found: Place[] = [];
    for (const { table, column } of columns) {
      const said = new Map<string, string[]>();
      for (const { value } of await sql<{ value: Json }>(`SELECT to_jsonb(${column}) AS value FROM ${table}`))
        for (const [path, one] of strings(value)) {
          const at = path.join('.');
          said.set(at, [...(said.get(at) ?? []), one]);
        }
      for (const [at, all] of said) {
        const place = { table, column, path: at === '' ? [] : at.split('.') };
        if (all.every((one) => words.has(one)) && !OF_OTHERS.test(named(place))) found.push(place);
      }
    }
    return found;
  }

  /** Writes the newer value at these places in all rows. Returns what takes it back. */
  async function write(chosen: Place[]): Promise<() => Promise<void>> {
    const back: (() => Promise<unknown>)[] = [];
    for (const place of chosen) {
      const { table, column, path } = place;
      const { json } = columns.find((c) => c.table === table && c.column === column)!;
      const key = keys.get(table)!;
      const put = (of: Record<string, Json>, value: Json): Promise<unknown> =>
        sql(
          `UPDATE ${table} t SET ${column} = $2${json ? '::jsonb' : ''} WHERE ${key.map((k) => `t.${k} = (jsonb_populate_record(NULL::${table}, $1)).${k}`).join(' AND ')}`,
          [of, json ? JSON.stringify(value) : value],
        );
      const rows = await sql<{ of: Record<string, Json>; value: Json }>(
        `SELECT jsonb_build_object(${key.map((k) => `'${k}', ${k}`).join()}) AS of, to_jsonb(${column}) AS value FROM ${table}
          WHERE ${table === 'person' ? `id <> ALL('{${asking.join()}}')` : 'true'}`,
      );
      for (const { of, value } of rows) {
        const next = replaced(value, path);
        if (JSON.stringify(next) === JSON.stringify(value)) continue;
        await put(of, next);
        back.push(() => put(column in of ? { ...of, [column]: NEWER } : of, value));
      }
    }
    return async () => {
      for (const step of back.reverse()) await step();
    };
  }

  /** Asks for every page, address of the API and file; returns what is wrong with the answers. */
  async function opened(): Promise<string[]> {
    const values = liveValuesOf(world);
    const wrong: string[] = [];
    const routes = routesOf(world.test.app).filter((r) => r.method === 'GET' && !r.path.includes('sign-out'));
    for (const route of routes)
      for (const path of addressesOf(route, values)) {
        const asked = /\/(explain|why)$/.test(path) ? `${path}?call=${world.ids.call}` : path;
        for (const headers of callersOf(route)) {
          const response = await askRoute(world, route, asked, headers);
          const said = await saidIn(response);
          if (response.status >= 500) wrong.push(`${response.status} ${nameOf(route)}`);
          const shown =
            response.headers.get('content-type')?.startsWith('text/html') && !AS_STORED.test(path)
              ? said.replace(/<[^<>]*>/g, ' ')
              : '';
          const at = shown.search(/zz-newer|undefined|\[object/);
          if (at >= 0)
            wrong.push(`${nameOf(route)} says …${shown.slice(at - 40, at + 30).replace(/\s+/g, ' ')}…`);
        }
      }
    return wrong;
  }
  /** Renders the next message of each kind for every channel; returns what is wrong with it. */
  async function written(): Promise<string[]> {
    const { app } = world.test;
    const { content } = (await acrossInstitutes('the profile of a test', () =>
      app.get(ProfileRepository).findById('leti'),
    ))!;
    const wrong: string[] = [];
    for (const first of [true, false]) {
      const { message } = await acrossInstitutes('a message of a test', () =>
        app.get(MessagePreview).next(content, { language: null, first }),
      );
      for (const channel of app.get<Channel[]>(CHANNELS)) {
        const { subject, text, html } = channel.render(message);
        const said = [subject, text, html?.replace(/<[^<>]*>/g, ' ')].join(' ');
        const at = said.search(/zz-newer|undefined/);
        if (at >= 0) wrong.push(`${channel.id} says …${said.slice(Math.max(0, at - 80), at + 30)}…`);
      }
      kinds.add(message.kind);
    }
    return wrong;
  }
  const kinds = new Set<string>();

  const callersOf = ({ path }: Route): Record<string, string>[] =>
    path.startsWith('/v1/') ? [actors.officer, actors.operator] : [actors.officer, actors.coordinator];

  it('may stand in every column that is no free text', () => {
    const lists = new Set(places.map(({ table, column }) => `${table}.${column}`));
    const rest = columns
      .filter(({ json }) => !json)
      .map(({ table, column }) => `${table}.${column}`)
      .filter((name) => !lists.has(name) && !FREE.some((form) => form.test(name)));
    expect(rest).toEqual([]);
    expect(places.length).toBeGreaterThan(100);
    for (const some of ['call_version.changes *.kind', 'person.role', 'match.result evidence.*.signal'])
      expect(places.map(named)).toContain(some);
  });

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    `is shown by a neutral word on every page, and stops no page, address of the API or file (%i of ${ROUNDS})`,
    async (round) => {
      const nth = new Map<string, number>();
      const back = await write(
        places.filter(({ table }) => {
          nth.set(table, (nth.get(table) ?? 0) + 1);
          return nth.get(table)! % ROUNDS === round - 1;
        }),
      );
      try {
        expect([...(await opened()), ...(await written())]).toEqual([]);
      } finally {
        await back();
      }
    },
  );

  it.each([
    ['a role', (id: string) => `UPDATE person SET role = '${NEWER}' WHERE id = '${id}'`],
    ['the scope of a key', (id: string) => `UPDATE api_key SET scope = '${NEWER}' WHERE person_id = '${id}'`],
  ])('opens nothing where it is %s: what it allows is unknown', async (what, statement) => {
    const officer = await somebody(world.test, { role: 'officer', profile: 'leti' });
    const ask = (headers: Record<string, string>) =>
      fetch(new URL('/v1/profiles/leti/inbox', world.test.url), { headers });
    const [browser, bearer] = [
      { cookie: officer.cookie },
      { authorization: `Bearer ${await officer.key('write')}` },
    ];
    expect([(await ask(browser)).status, (await ask(bearer)).status]).toEqual([200, 200]);
    await sql(statement(officer.person.id));
    expect([(await ask(browser)).status, (await ask(bearer)).status]).toEqual([
      what === 'a role' ? 401 : 200,
      401,
    ]);
  });

  it('stops no message, and is told by the version that knows it', async () => {
    expect([...kinds].sort()).toEqual(['digest', 'first']);
    const { app } = world.test;
    const { recipient: recipientId } = world.ids;
    await sql(
      `UPDATE recipient SET planned_seq = 0, last_slot_at = now() - interval '8 days' WHERE id = '${recipientId}'`,
    );
    await sql('UPDATE source SET last_good_run_at = now()');
    await sql(`UPDATE notification_item SET kind = '${NEWER}' WHERE key = 'source/of'`);
    await write(
      places.filter(
        ({ table, column }) =>
          ['event', 'call_version'].includes(table) || ['urgency', 'place'].includes(column),
      ),
    );
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    await acrossInstitutes('the jobs of a test', async () => {
      await app.get(PlanJob).run({ recipientId });
      await app.get(NotifyJob).run({ recipientId });
    });
    const [message] = await sql(`SELECT kind, subject, text FROM notification WHERE state = 'pending'`);
    expect(message).toMatchObject({ kind: 'digest' });
    expect(`${message.subject} ${message.text}`).not.toMatch(/zz-newer|undefined/);
    // An event is planned once: what it would have said is missed aloud.
    expect(errors.mock.calls).toContainEqual([
      expect.stringMatching(/^An event of a kind that this version does not know \(zz-newer, \S+\)/),
    ]);
    expect(new Set(errors.mock.calls.map(([said]) => String(said))).size).toBe(errors.mock.calls.length);
    errors.mockRestore();
    // What this version cannot tell waits for the one that can.
    expect(await sql(`SELECT state FROM notification_item WHERE key = 'source/of'`)).toEqual([
      { state: 'waiting' },
    ]);
  });
});
