import { randomUUID } from 'node:crypto';
import { AuditRepository } from '../../../src/audit/store/audit.repository.js';
import { TakeUpJob } from '../../../src/pipeline/take-up.job.js';
import { BYLINES } from '../../../src/privacy/store/erasure.repository.js';
import { somebody } from '../../support/access/people.js';
import { EMAIL, NAME, startTraced, type TracedApp } from '../../support/access/traces.js';

describe('the data of a person', () => {
  let server: TracedApp['server'];
  let officer: TracedApp['officer'];
  let callId: string;
  let query: TracedApp['query'];
  let ask: TracedApp['ask'];
  let done: TracedApp['done'];
  let borne: TracedApp['borne'];
  let leaveTraces: TracedApp['leaveTraces'];
  let traces: TracedApp['traces'];
  let eraseAddress: TracedApp['eraseAddress'];
  beforeEach(async () => {
    ({ server, officer, callId, query, ask, done, borne, leaveTraces, traces, eraseAddress } =
      await startTraced());
  });
  afterEach(() => server?.stop());

  it('names them by id wherever it names them as who did something', async () => {
    const { id } = (await leaveTraces()).person;
    const columns: { name: string }[] = await query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' AND (column_name IN ('by', 'author') OR column_name LIKE '%\\_by') AND column_name <> 'matched_by' ORDER BY 1`,
    );
    expect(columns.map((c) => c.name)).toEqual(BYLINES.map(([table, name]) => `${table}.${name}`).sort());
    const unidentified: string[] = [];
    let named = 0;
    for (const [table, name, by] of BYLINES) {
      const rows: { by: string | null }[] = await query(
        `SELECT ${by} AS by FROM ${table} WHERE ${name} = $1`,
        [NAME],
      );
      named += rows.length ? 1 : 0;
      if (rows.some((row) => row.by !== id)) unidentified.push(`${table}.${name}`);
    }
    expect(unidentified).toEqual([]);
    expect(named).toBeGreaterThan(12);
    expect(
      await query(`SELECT previous->>'verdictById' AS by FROM review WHERE previous->>'verdictBy' = $1`, [
        NAME,
      ]),
    ).toEqual([{ by: id }]);
  });

  it('can be had in one file, without what would let somebody in', async () => {
    const person = await leaveTraces();
    const [joint] = await query('SELECT id FROM joint_opportunity');
    const messages = `/v1/profiles/leti/joint-opportunities/${joint.id}/messages`;
    await done('POST', messages, person, { message: 'Who writes the impact part?' });
    await done('PUT', `/v1/me/follows/call/${callId}`, person);
    const { body } = await ask('GET', '/v1/me/personal-data', person);
    expect(body['messages on joint opportunities']).toMatchObject([
      { call_id: callId, text: 'Who writes the impact part?' },
    ]);
    expect(body.follows).toMatchObject([{ kind: 'call', target: callId, origin: 'own', left_at: null }]);
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining([
        'account',
        'sessions',
        'keys',
        'sheets to import',
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
        'newsletters',
        'lists of newsletters',
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
    expect((await traces()).length).toBeGreaterThan(30);
    const page = (await person.get('/personal-data/erase')).body;
    for (const shown of [
      'Ask [Zébulon Quastenflosser] (z.quastenflosser@leti.test) or Zébulon…',
      '@[Zébulon], and yours?',
    ])
      expect(page).toContain(shown);
    const confirm = /name="confirm" value="(\w+)"/.exec(page)![1]!;
    expect((await person.post('/personal-data/erase', { confirm })).location).toBe('/sign-in');
    // A first name alone is nobody's: only a mention says whose it is.
    expect((await traces()).map((row) => row.replace(/^(\w+): .*"text": "([^"]*)".*$/, '$1: $2'))).toEqual([
      'note: Ask – (–) or Zébulon.',
    ]);
    expect((await ask('GET', '/v1/me', person)).status).toBe(401);
    expect(await query(`SELECT sheet->>'file' AS file, sheet->'rows' AS rows FROM waiting_sheet`)).toEqual([
      { file: 'Of –.csv', rows: [['HORIZON-X', 'Ask – at –']] },
    ]);
    // What the institute decided is kept.
    expect(await query('SELECT verdict, verdict_by AS by, verdict_by_id AS id FROM review')).toEqual([
      { verdict: 'relevant', by: '–', id: null },
    ]);
    expect(await query(`SELECT text, author FROM note WHERE text = 'Worth a try'`)).toEqual([
      { text: 'Worth a try', author: '–' },
    ]);
    expect(await query(`SELECT name, email, asked_by FROM proposal ORDER BY name`)).toEqual([
      { name: 'Other', email: 'other@leti.test', asked_by: '–' },
      { name: '–', email: '', asked_by: 'Odile' },
    ]);
    const [bid] = await query(
      `SELECT lead_name, partners, tasks, milestones FROM opportunity WHERE profile_id = 'leti'`,
    );
    expect(bid).toMatchObject({
      lead_name: '–',
      partners: ['CNRS', 'Lab of –', 'Carnot M.I.N.E.S'],
      tasks: [{ text: '– writes', personId: null }],
      milestones: [{ label: 'Draft by –', personId: null }],
    });
    const { body } = await ask('GET', '/v1/audit?limit=100', officer);
    expect(body.items[0]).toMatchObject({
      action: 'personal-data.erased',
      actor: { kind: 'person', name: null },
      subject: { name: null },
      institute: 'leti',
      detail: { rows: expect.any(Number), texts: expect.any(Number) },
    });
    expect(body.items.some((e: any) => e.action === 'person.erased')).toBe(true);
    const verified = await server.app.get(AuditRepository).verify(null);
    expect(verified).toMatchObject({ holds: true, erased: expect.any(Number) });
    expect((verified as { erased: number }).erased).toBeGreaterThan(5);
    expect((await officer.get('/audit')).body).toContain('Personal data erased');
  });

  it('are erased by their institute too, and by no other', async () => {
    await leaveTraces();
    const other = await somebody(server, { role: 'officer', profile: 'mines' });
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    expect((await ask('POST', '/v1/personal-data/export', other, { email: EMAIL })).body).toEqual({});
    const named = () =>
      query('SELECT name, address FROM audit_name WHERE address = $1 ORDER BY since', [EMAIL]);
    const before = [await named(), (await traces()).length];
    expect((before[0] as unknown[]).length).toBeGreaterThan(2);
    const { status, body: erased } = await eraseAddress(other, EMAIL);
    expect([status, erased.texts, erased.rows]).toEqual([200, 0, 0]);
    expect((await ask('POST', '/v1/personal-data/erase/preview', reader, { email: EMAIL })).status).toBe(403);
    expect(
      (await ask('POST', '/v1/personal-data/erase', reader, { email: EMAIL, confirm: '0'.repeat(64) }))
        .status,
    ).toBe(403);
    expect([await named(), (await traces()).length]).toEqual(before);
    const ofMines = (await ask('GET', '/v1/audit', other)).body.items;
    expect(ofMines[0]).toMatchObject({
      action: 'personal-data.erased',
      subject: null,
      detail: { rows: 0, texts: 0 },
    });
    const { body } = await ask('POST', '/v1/personal-data/export', officer, { email: EMAIL.toUpperCase() });
    expect(body.researcher).toHaveLength(1);
    expect((await eraseAddress(officer, EMAIL)).body.rows).toBeGreaterThan(10);
    expect((await traces()).filter((row) => !row.includes('or Zébulon.'))).toEqual([]);
    expect((await ask('GET', '/v1/audit', officer)).body.items[0]).toMatchObject({
      action: 'personal-data.erased',
      actor: { name: 'Odile' },
      subject: { id: expect.stringMatching(/^person\//), name: null },
    });
  });

  it('are erased of a coordinator by another one, in what they did at institutes too', async () => {
    const gone = await somebody(server, { role: 'coordinator', name: NAME, email: EMAIL });
    const stays = await somebody(server, { role: 'coordinator', name: 'Carla' });
    await borne();
    const profile = await done('GET', '/v1/profiles/leti', gone);
    await done('PUT', '/v1/profiles/leti', gone, { ...profile, name: `${profile.name}.` });
    await done('PUT', '/v1/profiles/leti', officer, {
      ...profile,
      competences: profile.competences.map((c: any) => ({ ...c, description: `${NAME} knows` })),
    });
    const made = await gone.post('/network/papers/pack', { month: '2026-06', language: 'en' });
    const id = made.location!.split('/').at(-1)!;
    await query(`UPDATE paper SET sections = $1 WHERE id = $2`, [
      JSON.stringify([{ heading: 'Who', text: `- ${NAME} leads` }]),
      id,
    ]);
    expect(await query('SELECT DISTINCT by FROM profile_version WHERE by_id = $1', [gone.person.id])).toEqual(
      [{ by: NAME }],
    );
    const preview = await done('POST', '/v1/personal-data/erase/preview', stays, { email: EMAIL });
    expect(preview.texts).toMatchObject([{ place: 'papers', around: [`- [${NAME}] leads`] }]);
    expect(preview.untouched).toEqual([{ place: 'profile', institute: 'leti', texts: expect.any(Number) }]);
    expect((await eraseAddress(stays, EMAIL)).status).toBe(200);
    const left = await traces();
    expect(left.filter((row) => !/^profile(_version)?: /.test(row))).toEqual([]);
    expect(left.filter((row) => /"by": "Z/.test(row))).toEqual([]);
    // What a colleague had open before would bring the name back.
    const open = { version: '1', title: 'Pack', heading: 'Who', text: `- ${NAME} leads` };
    expect((await stays.post(`/network/papers/${id}`, open)).status).toBe(409);
    expect(await query(`SELECT sections->0->>'text' AS text FROM paper`)).toEqual([{ text: '- – leads' }]);
  });

  it.each([
    ['on the list', true],
    ['who left the list before', false],
  ])('are erased of a researcher %s, with what they answered', async (_, listed) => {
    const at = '/v1/profiles/leti';
    const researcher = await done('POST', `${at}/researchers`, officer, {
      name: NAME,
      email: EMAIL,
      language: 'fr',
      competences: [],
    });
    await borne();
    await query('ALTER TABLE audit_name DISABLE TRIGGER USER');
    await query(`UPDATE audit_name SET since = since - interval '2 days'`);
    await query('ALTER TABLE audit_name ENABLE TRIGGER USER');
    await done('PUT', `${at}/calls/${callId}/verdict`, officer, { verdict: 'relevant' });
    await done('POST', `${at}/calls/${callId}/notes`, officer, { text: `${NAME} knows it` });
    const [proposal, mail, digest, recipient] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await query(
      `INSERT INTO transactional_mail (id, kind, profile_id, to_name, to_address, subject, text, html, message_id, state, created_at) VALUES ($1, 'proposal', 'leti', $2, $3, 's', '', '', 'm', 'sent', now())`,
      [mail, NAME, EMAIL],
    );
    await query(
      `INSERT INTO proposal (id, profile_id, call_id, researcher_id, name, email, language, subject, text, token_hash, asked_by, created_at, mail_id, word, answer, answered_at)
       VALUES ($1, 'leti', $2, $3, $4, $5, 'fr', 's', $4, 'h', 'Odile', now(), $6, 'I am in', 'interested', now() + interval '1 hour')`,
      [proposal, callId, researcher.id, NAME, EMAIL, mail],
    );
    await server.app.get(TakeUpJob).run({ profileId: 'leti' });
    await server.app.get(TakeUpJob).run({ profileId: 'leti' });
    const answered = () => query(`SELECT by FROM opportunity_step WHERE why = 'yes'`);
    expect(await answered()).toEqual([{ by: NAME }]);
    await query(
      `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, since, planned_seq, last_slot_at, token_hash, link_key) VALUES ($1, 'email', 'odile@leti.test', 'Odile', 'fr', 'leti', 't', now(), 0, now(), 'h', 'k')`,
      [recipient],
    );
    await query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, html, unsubscribe_url, message_id, items, more, state, created_at)
       VALUES ($1, 'd', 'digest', $2, 'email', 'leti', 'odile@leti.test', '1 answer', $3, '', 'u', 'm', '[]', 0, 'sent', now())`,
      [digest, recipient, `${NAME}: I am in`],
    );
    await query(
      `INSERT INTO notification_item (recipient_id, key, kind, about, place, held, made_at, state, notification_id) VALUES ($1, 'answer/x', 'answer', $2, 'digest', false, now(), 'written', $3)`,
      [recipient, proposal, digest],
    );
    if (!listed) await done('DELETE', `${at}/researchers/${researcher.id}`, officer);
    expect((await traces()).length).toBeGreaterThan(5);
    expect((await eraseAddress(officer, EMAIL)).status).toBe(200);
    expect(await traces()).toEqual([]);
    expect(await traces(/I am in/)).toEqual([]);
    expect(await answered()).toEqual([{ by: '–' }]);
  });

  it('stay with the last officer, who is told to give somebody else the role first', async () => {
    const { confirm } = (await ask('GET', '/v1/me/personal-data/erase/preview', officer)).body;
    const page = await officer.post('/personal-data/erase', { confirm });
    expect([page.status, page.body.includes('at least one officer')]).toEqual([409, true]);
    expect((await ask('DELETE', `/v1/me/personal-data?confirm=${confirm}`, officer)).status).toBe(409);
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
