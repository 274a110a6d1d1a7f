import { DataSource } from 'typeorm';
import {
  inContext,
  ALL_ROWS,
  NETWORK_ROWS,
  rowsOfInstitute,
  type RowScope,
} from '../../../src/platform/database/request-context.js';
import { AuditRepository } from '../../../src/audit/store/audit.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { serviceKey, somebody, type Somebody } from '../../support/access/people.js';

describe('the audit log', () => {
  let server: TestApp;
  let officer: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    officer = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      name: 'Odile',
      email: 'odile@leti.test',
    });
    coordinator = await somebody(server, { role: 'coordinator', name: 'Carla' });
  });
  afterAll(() => server?.stop());

  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const chain = () => server.app.get(AuditRepository);
  const ask = (method: string, path: string, token: any, body?: unknown) =>
    api(server.url, path, { method, token, ...(body !== undefined && { body }) });
  const entries = async (by: any = officer) => (await ask('GET', '/v1/audit?limit=100', by)).body.items;
  const newest = async (by: any = officer) => (await entries(by))[0];

  it('says who invited whom, by which session and from where, and what became of them', async () => {
    const { body: invited } = await ask('POST', '/v1/profiles/leti/people', officer, {
      name: 'Ines',
      email: 'ines@leti.test',
      role: 'reader',
    });
    const entry = await newest();
    expect(entry).toMatchObject({
      action: 'person.invited',
      actor: { kind: 'person', name: 'Odile', institute: 'leti' },
      via: expect.stringMatching(/^session\/[0-9a-f-]{36}$/),
      from: expect.stringMatching(/127\.0\.0\.1$/),
      institute: 'leti',
      subject: { id: expect.stringMatching(/^person\//), name: 'Ines' },
      detail: { role: 'reader' },
    });
    expect(entry.subject.id).not.toContain(invited.id);
    await ask('PATCH', `/v1/profiles/leti/people/${invited.id}`, officer, { role: 'officer' });
    expect(await newest()).toMatchObject({
      action: 'person.role',
      subject: entry.subject,
      detail: { from: 'reader', to: 'officer' },
    });
    await ask('DELETE', `/v1/profiles/leti/people/${invited.id}`, officer);
    expect((await entries()).slice(0, 2).map((e: any) => e.action)).toContain('person.removed');
  });

  it('tells a session, a personal key, a key of a service and the operator from each other', async () => {
    const save = async (token: any) => {
      const { body: profile } = await ask('GET', '/v1/profiles/leti', token);
      const { status } = await ask('PUT', '/v1/profiles/leti', token, {
        ...profile,
        name: `${profile.name}.`,
      });
      expect(status).toBe(200);
      return (await entries()).find((e: any) => e.action === 'profile.changed');
    };
    expect(await save(officer)).toMatchObject({
      actor: { kind: 'person', name: 'Odile' },
      via: expect.stringMatching(/^session/),
      subject: { id: 'profile/leti' },
      detail: { fields: expect.any(Array) },
    });
    expect(await save(await officer.key('write'))).toMatchObject({
      actor: { kind: 'person', name: 'Odile' },
      via: expect.stringMatching(/^key/),
    });
    expect(await save(await serviceKey(server, 'write', 'leti'))).toMatchObject({
      actor: { kind: 'service', name: 'test write' },
      via: expect.stringMatching(/^key/),
    });
    expect(await save(undefined)).toMatchObject({ actor: { kind: 'operator', name: null }, via: 'token' });
  });

  it('holds sign-ins, refused tokens, and what was taken out', async () => {
    expect((await entries()).filter((e: any) => e.action === 'session.begun')[0]).toMatchObject({
      actor: { kind: 'person', name: 'Odile' },
    });
    expect((await ask('GET', '/v1/me', 'ce_this-is-no-key-of-ours')).status).toBe(401);
    expect((await ask('GET', '/v1/me', 'ce_this-is-no-key-of-ours')).status).toBe(401);
    const failed = (await entries(coordinator)).filter((e: any) => e.action === 'sign-in.failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatchObject({
      actor: { kind: 'nobody' },
      detail: { by: 'token' },
      from: expect.any(String),
    });
    await officer.get('/v1/profiles/leti/export/matches.csv');
    expect(await newest()).toMatchObject({
      action: 'exported',
      subject: { id: 'path/v1/profiles/leti/export/matches.csv' },
      institute: 'leti',
    });
  });

  it.each([
    '/institutes/leti/inbox.csv',
    '/institutes/leti/proposals.xlsx',
    '/institutes/leti/pipeline.csv',
    '/calls.csv',
    '/changes.csv',
    '/v1/profiles/leti/export/opportunities.csv',
  ])('holds who took a sheet out, by a page as by the API: %s', async (path) => {
    expect((await officer.get(path)).status).toBe(200);
    expect(await newest()).toMatchObject({
      action: 'exported',
      actor: { name: 'Odile' },
      subject: { id: `path${path}` },
      institute: 'leti',
    });
  });

  it('keeps what belongs to an institute from the network and from other institutes, and readers out', async () => {
    await ask('POST', '/v1/profiles/leti/keys', officer, { name: 'Intranet' });
    expect((await newest()).action).toBe('key.made');
    const other = await somebody(server, { role: 'officer', profile: 'mines' });
    expect((await entries(other)).every((e: any) => e.institute === 'mines')).toBe(true);
    const seen = await entries(coordinator);
    expect(seen.some((e: any) => e.institute === 'leti' && e.action === 'person.invited')).toBe(true);
    expect(seen.some((e: any) => e.action === 'key.made' && e.institute === 'leti')).toBe(false);
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    expect((await ask('GET', '/v1/audit', reader)).status).toBe(403);
  });

  it('shows the name of that time, and none that was erased', async () => {
    const person = await somebody(server, { role: 'officer', profile: 'pasteur', name: 'Before' });
    await ask('POST', '/v1/profiles/pasteur/keys', person, { name: 'One' });
    await query('UPDATE person SET name = $1 WHERE id = $2', ['After', person.person.id]);
    await ask('POST', '/v1/profiles/pasteur/keys', person, { name: 'Two' });
    const made = (await entries(person)).filter((e: any) => e.action === 'key.made');
    expect(made.map((e: any) => e.actor.name)).toEqual(['After', 'Before']);
    expect(new Set(made.map((e: any) => e.actor.pseudonym)).size).toBe(1);
    const whole = await chain().verify(null);
    expect(whole).toMatchObject({ holds: true, erased: 0 });
    await query('DELETE FROM audit_name WHERE pseudonym = $1', [made[0].actor.pseudonym]);
    expect(
      (await entries(person)).filter((e: any) => e.action === 'key.made').map((e: any) => e.actor.name),
    ).toEqual([null, null]);
    const nameless = await query(
      `SELECT count(*)::int AS n FROM audit WHERE actor = $1 OR subject = 'person/' || $1::text`,
      [made[0].actor.pseudonym],
    );
    expect(await chain().verify(null)).toEqual({ ...whole, erased: nameless[0].n });
  });

  it('shows that a name was changed, moved to another person or replaced by another row', async () => {
    const person = await somebody(server, { role: 'officer', profile: 'inria', name: 'Ada' });
    const other = await somebody(server, { role: 'officer', profile: 'inria', name: 'Grace' });
    const [entry] = await query(
      `SELECT position::int AS position, actor FROM audit WHERE via LIKE 'session/%' AND actor = (SELECT pseudonym FROM audit_name WHERE key = 'person/' || $1::text)`,
      [person.person.id],
    );
    const forged = async (...statements: string[]) => {
      await query('CREATE TABLE name_kept AS TABLE audit_name');
      await query('ALTER TABLE audit_name DISABLE TRIGGER USER');
      for (const sql of statements) await query(sql.replaceAll('$1', `'${entry.actor}'`));
      const verified = await chain().verify(null);
      const { items } = (await ask('GET', '/v1/audit?limit=100', person)).body;
      const shown = items.find((e: any) => e.position === entry.position).actor.name;
      await query('DELETE FROM audit_name');
      await query('INSERT INTO audit_name SELECT * FROM name_kept');
      await query('ALTER TABLE audit_name ENABLE TRIGGER USER');
      await query('DROP TABLE name_kept');
      return { verified, shown };
    };
    const first = (await chain().verify(null)) as { erased: number };
    expect((await forged(`UPDATE audit_name SET name = 'Eve' WHERE pseudonym = $1`)).verified).toEqual({
      holds: false,
      position: expect.any(Number),
      why: 'name changed',
    });
    expect(
      (
        await forged(
          `UPDATE audit_name SET pseudonym = '${other.person.id}' WHERE pseudonym = $1`,
          `UPDATE audit_name n SET hash = audit_name_hash(n) WHERE key LIKE 'person/%'`,
        )
      ).shown,
    ).toBeNull();
    // Whoever may write anything can make a name look erased, and put no other in its place.
    const replaced = await forged(
      `UPDATE audit_name SET name = 'Eve' WHERE pseudonym = $1`,
      `UPDATE audit_name n SET hash = audit_name_hash(n) WHERE pseudonym = $1`,
    );
    expect(replaced.shown).toBeNull();
    expect((replaced.verified as { erased: number }).erased).toBeGreaterThan(first.erased);
    expect(await chain().verify(null)).toEqual(first);
  });

  it('holds names by a hash that nobody can find by guessing', async () => {
    const [kept] = await query(
      `SELECT n.secret, n.hash, a.actor_name AS held FROM audit a JOIN audit_name n ON n.hash = a.actor_name LIMIT 1`,
    );
    expect(kept).toMatchObject({ held: kept.hash, secret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const [{ n }] = await query(
      'SELECT count(*)::int AS n FROM audit_name GROUP BY secret ORDER BY 1 DESC LIMIT 1',
    );
    expect(n).toBe(1);
  });

  it('shows an institute, as the database does, the names in its own entries and no others', async () => {
    const leti = await somebody(server, { role: 'officer', profile: 'leti', name: 'Of leti' });
    await somebody(server, { role: 'officer', profile: 'mines', name: 'Of mines' });
    const { body: profile } = await ask('GET', '/v1/profiles/mines', coordinator);
    await ask('PUT', '/v1/profiles/mines', coordinator, { ...profile, name: `${profile.name}.` });
    await query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at) VALUES (gen_random_uuid(), 'mines', 'Asked by mines', now(), 'asked@mines.test', 'fr', '{}', now(), now())`,
    );
    const names = async (sight: RowScope): Promise<string[]> =>
      (
        await inContext({ kind: 'system', rows: sight }, () => query('SELECT DISTINCT name FROM audit_name'))
      ).map((r) => r.name);
    const ofMines = await names(rowsOfInstitute('mines'));
    expect(ofMines).toEqual(expect.arrayContaining(['Of mines', 'Asked by mines', 'Carla']));
    expect(ofMines).not.toContain('Of leti');
    expect(await names(rowsOfInstitute('leti'))).toContain('Of leti');
    const ofNetwork = await names(NETWORK_ROWS);
    expect(ofNetwork).toEqual(expect.arrayContaining(['Of mines', 'Of leti', 'Carla']));
    expect(ofNetwork).not.toContain('Asked by mines');
    expect((await entries(leti)).length).toBeGreaterThan(0);
  });

  it('has a page in the language of its reader', async () => {
    const french = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      language: 'fr',
      name: 'Fanny',
    });
    const page = await french.get('/audit');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Journal d’audit');
    expect(page.body).toContain('Personne invitée');
    expect((await coordinator.get('/audit')).body).toContain('Person invited');
    expect((await officer.get('/audit')).body).toMatch(/Person invited.*Officer/s);
    expect((await officer.get('/audit')).body).not.toContain('<div>Other</div>');
  });

  it('says in words what a setting was and is, of which institute, and what was taken out', async () => {
    const base = '/v1/profiles/leti';
    const { status } = await ask('PUT', `${base}/notification-defaults`, officer, {
      preferences: { frequency: 'daily', zone: 'Europe/Berlin', dailyLimit: 50, urgent: false },
    });
    expect(status).toBe(200);
    expect(await newest()).toMatchObject({
      action: 'preferences.changed',
      detail: { changes: { frequency: [null, 'daily'], dailyLimit: [null, 50], urgent: [null, false] } },
    });
    await ask('PUT', `${base}/notification-defaults`, officer, { preferences: { dailyLimit: 40 } });
    const { body: channel } = await ask('POST', `${base}/channels`, officer, {
      channel: 'webhook',
      address: 'https://hook.leti.test/calls',
      name: 'Intranet',
    });
    const stop = { name: 'Intranet', preferences: {}, stopped: true };
    expect((await ask('PUT', `${base}/channels/${channel.id}`, officer, stop)).status).toBe(200);
    const { body: profile } = await ask('GET', base, officer);
    await ask('PUT', base, officer, {
      ...profile,
      preferences: { countries: ['DE'], trl: { min: 4, max: 7 }, roles: ['partner'] },
      vocabulary: { banc: 'test bench' },
    });
    await officer.get(`${base}/export/matches.csv`);
    await officer.get('/institutes/leti/inbox.xlsx');
    await officer.get('/institutes/leti/pipeline.csv');
    await ask('POST', `${base}/keys`, officer, { name: 'Intranet', scope: 'read' });
    const page = (await officer.get('/audit')).body.replaceAll('</div><div>', '; ');
    for (const said of [
      'Maximum messages per day: 50 → 40',
      'How often: default → every day',
      'Time zone: default → Europe/Berlin',
      'Webhook; Stopped',
      'Urgent news immediately: default → no',
      'Countries: none → Germany',
      'TRL: none → 4–7',
      'Roles: none → partner',
      'Own terms',
      'Calls of the institute (CSV)',
      'Calls of the institute (XLSX)',
      'Pipeline of the institute (CSV)',
      'Person invited',
      'Odile (Carnot CEA-Leti',
    ])
      expect(page).toContain(said);
    expect(page).not.toMatch(/none → none|default → default/);
    // No institute ids, field names or paths.
    expect(page).not.toMatch(/<td[^>]*>(<div>)?(leti|dailyLimit|frequency|vocabulary|preferences|\/v1\/)/);
    expect(page).not.toMatch(/(session|key|path|channel)\//);
    const french = await somebody(server, {
      role: 'officer',
      profile: 'leti',
      language: 'fr',
      name: 'Flore',
    });
    expect((await french.get('/audit')).body).toContain('Maximum par jour\u00a0: 50 → 40');
  });

  it('is entered with the change or not at all', async () => {
    const { n } = (await query('SELECT count(*)::int AS n FROM audit'))[0];
    await expect(
      server.app.get(DataSource).transaction(async (tx) => {
        await tx.query(`UPDATE person SET role = 'reader' WHERE id = $1`, [officer.person.id]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await query('SELECT count(*)::int AS n FROM audit'))[0].n).toBe(n);
  });

  it('names for each entry the one who did it, however connections are shared and transactions fail', async () => {
    const database = server.app.get(DataSource);
    const ids = (await query('SELECT id FROM person')).map((r) => r.id);
    await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        inContext(
          {
            kind: 'service',
            key: `k${n % 7}`,
            name: `name ${n % 7}`,
            via: `key/k${n % 7}`,
            rows: ALL_ROWS,
          },
          async () => {
            await database
              .transaction(async (tx) => {
                await tx.query('UPDATE person SET name = $1 WHERE id = $2', [
                  `by k${n % 7} ${n}`,
                  ids[n % ids.length],
                ]);
                if (n % 3 === 0) throw new Error('undone');
              })
              .catch(() => undefined);
            await database.query('UPDATE person SET name = $1 WHERE id = $2', [
              `by k${n % 7} ${n} alone`,
              ids[n % ids.length],
            ]);
          },
        ),
      ),
    );
    const wrong = await query(
      `SELECT a.via, n.name FROM audit a JOIN audit_name n ON n.pseudonym = split_part(a.subject, '/', 2)::uuid AND n.since = (SELECT max(since) FROM audit_name m WHERE m.pseudonym = n.pseudonym AND m.since <= a.at)
        WHERE a.action = 'person.renamed' AND a.via LIKE 'key/k%' AND n.name NOT LIKE 'by ' || substr(a.via, 5) || ' %'`,
    );
    expect(wrong).toEqual([]);
    expect((await query(`SELECT count(*)::int AS n FROM audit WHERE via LIKE 'key/k%'`))[0].n).toBe(200);
    expect(await chain().verify(null)).toMatchObject({ holds: true });
  });

  it('cannot be changed, shortened or emptied, and shows where somebody did so all the same', async () => {
    for (const sql of [
      `UPDATE audit SET action = 'x'`,
      'DELETE FROM audit',
      'TRUNCATE audit',
      `UPDATE audit_name SET name = 'x'`,
    ])
      await expect(query(sql)).rejects.toThrow('only added to');
    const before = await chain().verify(null);
    if (!before.holds) throw new Error('broken before');
    const noted = { position: before.entries, hash: before.hash };
    expect(await chain().verify(noted)).toEqual(before);
    expect(await chain().verify({ ...noted, hash: '0'.repeat(64) })).toEqual({
      holds: false,
      position: noted.position,
      why: 'not as noted',
    });

    const byForce = async (sql: string) => {
      await query('ALTER TABLE audit DISABLE TRIGGER USER');
      await query(sql);
      await query('ALTER TABLE audit ENABLE TRIGGER USER');
    };
    await byForce(`CREATE TABLE audit_kept AS TABLE audit`);
    const again = () => byForce('DELETE FROM audit; INSERT INTO audit SELECT * FROM audit_kept');
    await byForce(`UPDATE audit SET detail = '{}' WHERE position = 7`);
    expect(await chain().verify(null)).toEqual({ holds: false, position: 7, why: 'changed' });
    await again();
    await byForce('DELETE FROM audit WHERE position = 9');
    expect(await chain().verify(null)).toEqual({ holds: false, position: 9, why: 'missing' });
    await again();
    await byForce(`DELETE FROM audit WHERE position = ${noted.position}`);
    expect(await chain().verify(null)).toMatchObject({ holds: true, entries: noted.position - 1 });
    expect(await chain().verify(noted)).toEqual({ holds: false, position: noted.position, why: 'missing' });
    await again();
    expect(await chain().verify(noted)).toEqual(before);
  });
});
