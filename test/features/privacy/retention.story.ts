import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { job } from '../../../src/platform/queue/job.js';
import { DELETE_EXPIRED, DeleteExpiredJob } from '../../../src/privacy/delete-expired.job.js';
import { startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { somebody } from '../../support/access/people.js';

const NOW = '2027-06-01T08:00:00Z';
const before = (days: number): Date => new Date(Date.parse(NOW) - days * 86_400_000);

describe('old data', () => {
  const clock = new TestClock(NOW);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false, clock });
  });
  afterAll(() => server?.stop());
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const due = () => server.app.get(DeleteExpiredJob);

  it('are looked for once a day, and not at the first start', async () => {
    expect(await due().due()).toEqual([]);
    expect(await due().due()).toEqual([]);
    await query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
      JSON.stringify({ at: before(1).toISOString(), removed: null }),
    ]);
    expect(await due().due()).toEqual([job(DELETE_EXPIRED, {})]);
  });

  it('are looked for too if the clock was ahead when they last were', async () => {
    await query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
      JSON.stringify({ at: before(-400).toISOString(), removed: null }),
    ]);
    expect(await due().due()).toEqual([job(DELETE_EXPIRED, {})]);
  });

  it('go when their time is over, and what proves something stays', async () => {
    for (const [hash, days] of [
      ['old', 31],
      ['young', 29],
      ['of-version', 900],
      ['of-record', 900],
      ['of-answer', 900],
      ['of-past-answer', 900],
      ['of-run', 900],
      ['of-draft', 900],
      ['of-project', 900],
      ['of-kept-question', 900],
    ] as const)
      await query(
        `INSERT INTO raw_document (hash, media_type, size, gzip, first_fetched_at) VALUES ($1, 'text/html', 1, '', $2)`,
        [hash, before(days)],
      );
    const [oldRun, newRun, provingRun, call] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    for (const [id, days] of [
      [oldRun, 181],
      [provingRun, 400],
      [newRun, 2],
    ] as const)
      await query(
        `INSERT INTO harvest_run (id, source_id, state, started_at, ended_at) VALUES ($1, 'anr', 'accepted', $2, $2)`,
        [id, before(days)],
      );
    const request = (run: string, hash: string) =>
      query(
        `INSERT INTO harvest_request (id, run_id, scan, key, request, document_hash) VALUES ($1, $2, 1, $3, '{}', $3)`,
        [randomUUID(), run, hash],
      );
    await request(newRun, 'of-run');
    await request(oldRun, 'old');
    await query(
      `INSERT INTO call (id, content, content_hash, version, first_seq, seq, programme, source_status, search, first_seen_at, identity_keys) VALUES ($1, '{}', 'h', 1, 1, 1, 'HE', 'open', '', now(), '{}')`,
      [call],
    );
    await query(
      `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id, source_id, document_hash) VALUES ($1, 1, 1, '{}', 'h', '[]', now(), $2, 'anr', 'of-version')`,
      [call, provingRun],
    );
    await query(
      `INSERT INTO source_record (source_id, key, call_id, last_seen_at, content, content_hash, document_hash, changed_at) VALUES ('anr', 'k', $1, now(), '{}', 'h', 'of-record', now())`,
      [call],
    );
    await query(
      `INSERT INTO validator (source_id, request_hash, document_hash, used_at) VALUES ('anr', 'asked for', 'of-answer', $1), ('anr', 'asked for no more', 'of-past-answer', $2)`,
      [before(29), before(31)],
    );

    await query(
      `INSERT INTO committee_document (reference, version, content, first_seen_at, changed_at) VALUES ('D1', 1, '{}', now(), now())`,
    );
    await query(
      `INSERT INTO draft_topic (reference, version, identifier, content, document_hash, seen_at) VALUES ('D1', 1, 'T-1', '{}', 'of-draft', now())`,
    );
    await query(
      `INSERT INTO portal_project (id, source_id, content, topics, pics, document_hash, is_news, first_seen_at, asked_at) VALUES ('P1', 'funded-projects', '{}', '{}', '{}', 'of-project', false, now(), now())`,
    );

    for (const [key, days, state] of [
      ['old', 401, 'sent'],
      ['young', 399, 'sent'],
      ['waits', 500, 'pending'],
    ] as const)
      await query(
        `INSERT INTO notification (id, key, kind, recipient_id, channel, address, subject, text, html, unsubscribe_url, message_id, items, more, state, created_at) VALUES ($1, $2, 'digest', $3, 'email', 'a@b.eu', 'S', 'T', 'H', 'u', 'm', '[]', 0, $4, $5)`,
        [randomUUID(), key, randomUUID(), state, before(days)],
      );
    for (const [days, state] of [
      [91, 'sent'],
      [89, 'sent'],
      [91, 'pending'],
    ] as const)
      await query(
        `INSERT INTO transactional_mail (id, kind, to_address, subject, text, html, message_id, state, created_at) VALUES ($1, 'sign-in', 'a@b.eu', $2, '', '', 'm', $3, $4)`,
        [randomUUID(), `${state} ${days}`, state, before(days)],
      );
    for (const [days, state] of [
      [401, 'sent'],
      [399, 'sent'],
      [401, 'pending'],
    ] as const) {
      const alarm = randomUUID();
      await query(
        `INSERT INTO alarm (id, subject, previous, state, raised_at, delivery) VALUES ($1, 'queue/mail', 'ok', 'late', $2, 'mailed')`,
        [alarm, before(days)],
      );
      await query(
        `INSERT INTO transactional_mail (id, kind, alarm_id, to_address, subject, text, html, message_id, state, created_at) VALUES ($1, 'alarm', $2, 'a@b.eu', $3, '', '', 'm', $4, $5)`,
        [randomUUID(), alarm, `alarm ${state} ${days}`, state, before(days)],
      );
    }
    // Trouble that lasts, and had begun in another state.
    const [first, present] = [randomUUID(), randomUUID()];
    for (const [id, state, days] of [
      [first, 'late', 402],
      [present, 'long', 1],
    ] as const)
      await query(
        `INSERT INTO alarm (id, subject, previous, state, raised_at, delivery, incident_id) VALUES ($1, 'queue/match', 'ok', $2, $3, 'mailed', $4)`,
        [id, state, before(days), first],
      );
    await query(
      `INSERT INTO monitor (subject, state, since, alarm_id, incident_id) VALUES ('queue/match', 'long', now(), $1, $2)`,
      [present, first],
    );
    const [stays, left] = [
      await somebody(server, { role: 'officer', profile: 'leti' }),
      await somebody(server, { role: 'reader', profile: 'leti', name: 'Gone', email: 'gone@leti.test' }),
    ];
    await query('UPDATE session SET created_at = $1, expires_at = $1 WHERE person_id = $2', [
      before(91),
      stays.person.id,
    ]);
    await query('UPDATE person SET removed_at = $1 WHERE id = $2', [before(366), left.person.id]);
    const colleague = await somebody(server, { role: 'officer', profile: 'mines' });
    for (const [{ id }, days] of [
      [stays.person, 29],
      [colleague.person, 31],
    ] as const)
      await query(
        `INSERT INTO waiting_sheet (person_id, profile_id, sheet, sent_at) VALUES ($1, 'leti', '{}', $2)`,
        [id, before(days)],
      );
    await query(
      `INSERT INTO audit_name (key, since, pseudonym, name, secret, hash) VALUES ('from//1', $1, $2, '203.0.113.1', 's', 'h1'), ('from//2', $3, $2, '203.0.113.2', 's', 'h2')`,
      [before(366), randomUUID(), before(364)],
    );

    for (const [id, seen, gone] of [
      ['asked no more', 181, null],
      ['withdrawn', 1, 181],
      ['there', 179, null],
      ['withdrawn lately', 200, 179],
    ] as const)
      await query(
        `INSERT INTO question (id, topics, question, listed_as, cut, document_hash, first_seen_at, is_news, seen_at, gone_at) VALUES ($1, '{}', 'Why?', 'row', false, $4, $2, false, $2, $3)`,
        [id, before(seen), gone && before(gone), id === 'there' ? 'of-kept-question' : 'of-question'],
      );

    const [newsletter, oldCopy, youngCopy] = [randomUUID(), randomUUID(), randomUUID()];
    await query(
      `INSERT INTO newsletter (id, profile_id, list, title, intro, language, items, version, updated_by, created_at, updated_at, issued_at, sent_at, sent_html, sent_text) VALUES ($1, 'leti', 'L', 'T', '', 'fr', '[]', 1, 'x', now(), now(), now(), now(), '', '')`,
      [newsletter],
    );
    for (const [address, mail, copied, left, stopped] of [
      ['left-long-ago@x.eu', oldCopy, 91, 366, null],
      ['left@x.eu', youngCopy, 89, 364, null],
      ['stopped@x.eu', null, 0, null, 366],
      ['reads@x.eu', null, 0, null, null],
    ] as const) {
      const reader = randomUUID();
      await query(
        `INSERT INTO newsletter_reader (id, profile_id, list, address, address_hash, name, origin, added_by, added_at, left_at, stopped_at) VALUES ($1, 'leti', 'L', $2, $2, 'R', 'typed', 'x', now(), $3, $4)`,
        [reader, address, left && before(left), stopped && before(stopped)],
      );
      if (mail)
        await query(
          `INSERT INTO transactional_mail (id, kind, profile_id, to_name, to_address, reply_to, subject, text, html, message_id, state, created_at) VALUES ($1, 'newsletter', 'leti', 'R', $2, 'o@x.eu', 'S', '', '', 'm', 'sent', $3)`,
          [mail, address, before(copied)],
        );
      await query(
        `INSERT INTO newsletter_copy (id, profile_id, newsletter_id, reader_id, created_at, mail_id) VALUES (gen_random_uuid(), 'leti', $1, $2, now(), $3)`,
        [newsletter, reader, mail],
      );
    }

    await server.app.get(DeleteExpiredJob).run();
    // A copy of a newsletter stays as the record that it was sent, and that somebody left as a hash.
    expect(
      (
        await query(
          `SELECT to_address AS to, to_name AS name FROM transactional_mail WHERE kind = 'newsletter' ORDER BY 1`,
        )
      ).map(({ to, name }) => [to, name]),
    ).toEqual([
      ['', null],
      ['left@x.eu', 'R'],
    ]);
    expect((await query(`SELECT address FROM newsletter_reader ORDER BY 1`)).map((r) => r.address)).toEqual([
      ...['', '', 'left@x.eu', 'reads@x.eu'],
    ]);
    expect((await query('SELECT id FROM question ORDER BY 1')).map((r) => r.id)).toEqual([
      'there',
      'withdrawn lately',
    ]);

    const removed = {
      messages: 1,
      mails: 1,
      copies: 1,
      readers: 2,
      sheets: 1,
      sessions: 1,
      requests: 1,
      runs: 1,
      validators: 1,
      documents: 2,
      alarms: 1,
      origins: 1,
      questions: 2,
      people: 1,
      matches: 0,
      versions: 0,
      events: 0,
      items: 0,
      records: 0,
      partners: 0,
      readings: 0,
      readerRequests: 0,
      translations: 0,
      reminders: 0,
    };
    expect(await due().last()).toEqual({ at: clock.now().toISOString(), removed });
    expect((await query('SELECT hash FROM raw_document ORDER BY 1')).map((r) => r.hash)).toEqual([
      'of-answer',
      'of-draft',
      'of-kept-question',
      'of-project',
      'of-record',
      'of-run',
      'of-version',
      'young',
    ]);
    expect((await query('SELECT id FROM harvest_run')).map((r) => r.id).sort()).toEqual(
      [newRun, provingRun].sort(),
    );
    expect(await query('SELECT key, text, state FROM notification ORDER BY 1')).toEqual([
      { key: 'old', text: '', state: 'sent' },
      { key: 'waits', text: 'T', state: 'pending' },
      { key: 'young', text: 'T', state: 'sent' },
    ]);
    expect(
      (await query(`SELECT subject FROM transactional_mail WHERE kind <> 'newsletter' ORDER BY 1`)).map(
        (r) => r.subject,
      ),
    ).toEqual(['alarm pending 401', 'alarm sent 399', 'pending 91', 'sent 89']);
    expect(await query(`SELECT incident_id FROM monitor WHERE subject = 'queue/match'`)).toEqual([
      { incident_id: first },
    ]);
    expect(await query(`SELECT email FROM person WHERE profile_id = 'leti'`)).toEqual([
      { email: stays.person.email },
    ]);
    expect(await query(`SELECT name FROM audit_name WHERE key LIKE 'from//%'`)).toEqual([
      { name: '203.0.113.2' },
    ]);
    expect(await query('SELECT person_id AS id FROM waiting_sheet')).toEqual([{ id: stays.person.id }]);
    const [entry] = await query(
      `SELECT actor_kind AS kind, detail FROM audit WHERE action = 'retention.done'`,
    );
    expect(entry).toEqual({
      kind: 'system',
      detail: Object.fromEntries(Object.entries(removed).filter(([, n]) => n > 0)),
    });
  });

  it('go with calls that closed long ago, but for what somebody did with them', async () => {
    const [ancient, over, open] = [randomUUID(), randomUUID(), randomUUID()];
    const [run, recipient] = [randomUUID(), randomUUID()];
    await query(
      `INSERT INTO harvest_run (id, source_id, state, started_at, ended_at) VALUES ($1, 'anr', 'accepted', $2, $2)`,
      [run, before(1300)],
    );
    const changes = [
      { kind: 'budget', field: 'budget', from: null, to: { total: 5 } },
      { kind: 'text', field: 'sections.Scope', from: 'before', to: 'afterwards' },
      { kind: 'conditions', field: 'sections.Conditions', from: null, to: 'new' },
    ];
    for (const [id, deadline, nth] of [
      [ancient, before(1900), 30],
      [over, before(1200), 10],
      [open, before(-30), 20],
    ] as const) {
      await query(
        `INSERT INTO call (id, content, content_hash, version, first_seq, seq, last_deadline_at, source_status, search, first_seen_at) VALUES ($1, '{}', 'h', 3, $2, $2, $3, 'open', '', $4)`,
        [id, nth, deadline, before(1300)],
      );
      for (const version of [1, 2, 3])
        await query(
          `INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id, kinds, source_id, document_hash)
           VALUES ($1, $2, $3, '{"title": "T", "sections": [{"text": "long"}]}', 'h', $4, $5, $6, '{budget}', 'anr', 'of-version')`,
          [id, version, nth + version, JSON.stringify(version === 2 ? changes : []), before(1250), run],
        );
    }
    for (const [profile, call, score] of [
      ['leti', over, 50],
      ['mines', over, 50],
      // That its people were told of it is forgotten on the same day.
      ['leti', ancient, 50],
      ['leti', open, 50],
      ['mines', open, 5],
    ] as const)
      await query(
        `INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at) VALUES (gen_random_uuid(), $1, $2, $3, '{}', 1, 3, now())`,
        [profile, call, score],
      );
    await query(
      `INSERT INTO review (profile_id, call_id, verdict, verdict_at) VALUES ('leti', $1, 'relevant', now())`,
      [over],
    );
    await query(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
       VALUES ($1::uuid, 'email', 'r@leti.test', 'en', 'leti', 'k', 'k', now(), 902, now())`,
      [recipient],
    );
    await query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) VALUES ($1, 'profile', 'leti', 'own', now(), 0)`,
      [recipient],
    );
    // Whoever follows nothing any more waits for no event.
    await query(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
       VALUES ($1, 'email', 'left@leti.test', 'en', 'leti', 'k2', 'k2', now(), 0, now())`,
      [randomUUID()],
    );
    for (const [key, seq, call, days] of [
      ['over', 900, over, 1250],
      ['open', 901, open, 1250],
      ['lately', 902, over, 10],
      ['unplanned', 903, over, 1250],
      ['last', 904, over, 1250],
    ] as const)
      await query(`INSERT INTO event (key, seq, kind, call_id, at) VALUES ($1, $2, 'match', $3, $4)`, [
        ...[key, seq, call, before(days)],
      ]);
    for (const [key, kind, call, days] of [
      ['told', 'digest', ancient, 2000],
      ['first', 'first', ancient, 2000],
      ['told of an open call', 'digest', open, 2000],
      ['told lately', 'digest', over, 1800],
    ] as const) {
      const id = randomUUID();
      await query(
        `INSERT INTO notification (id, key, kind, recipient_id, channel, address, subject, text, html, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
         VALUES ($1::uuid, $2, $3, $4, 'email', 'r@leti.test', 'S', '', '', '', 'm', '[]', 0, 'sent', $5, $5)`,
        [id, `record ${key}`, kind, recipient, before(days)],
      );
      await query(
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state, notification_id) VALUES ($1, $2, 'call', $3, 'digest', $4, 'written', $5)`,
        [recipient, key, call, before(days), id],
      );
    }
    for (const [id, days] of [
      ['gone long ago', 366],
      ['gone', 364],
      ['there', null],
    ] as const)
      await query(
        `INSERT INTO partner_search (source_id, id, topic, wants, first_seen_at, gone_at) VALUES ('funding-tenders', $1, 'T', 'offer', $2, $3)`,
        [id, before(900), days && before(days)],
      );
    for (const [key, days] of [
      ['counted', 500],
      ['uncounted', 500],
      ['young', 300],
    ] as const)
      await query(
        `INSERT INTO reading (key, model, prompt_version, times, read_at) VALUES ($1, 'm', 1, 1, $2)`,
        [key, before(days)],
      );
    await query(`UPDATE match SET reading_key = 'counted' WHERE profile_id = 'leti' AND call_id = $1`, [
      open,
    ]);
    for (const days of [401, 399])
      await query(
        `INSERT INTO reader_request (id, model, call_id, institutes, asked_at, prompt_tokens, completion_tokens) VALUES ($1, 'm', $2, '{}', $3, 1, 1)`,
        [randomUUID(), open, before(days)],
      );
    for (const [key, call, days] of [
      ['of a call long closed', over, 401],
      ['of a call long closed, lately', over, 399],
      ['of an open call', open, 401],
    ] as const)
      await query(`INSERT INTO translation (key, call_id, model, made_at) VALUES ($1, $2, 'm', $3)`, [
        ...[key, call, before(days)],
      ]);
    const { person } = await somebody(server, { role: 'officer', profile: 'leti', email: 'bids@leti.test' });
    for (const [key, days] of [
      ['long ago', 1827],
      ['not so long ago', 1825],
    ] as const)
      await query(`INSERT INTO pipeline_reminder (person_id, key, at) VALUES ($1, $2, $3)`, [
        ...[person.id, key, before(days)],
      ]);

    await query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
      JSON.stringify({ at: before(1).toISOString(), removed: null }),
    ]);
    await server.app.get(DeleteExpiredJob).run();
    expect((await due().last())!.removed).toMatchObject({
      matches: 3,
      versions: 4,
      events: 1,
      items: 2,
      records: 1,
      partners: 1,
      readings: 1,
      readerRequests: 1,
      translations: 1,
      reminders: 1,
    });
    const keys = async (sql: string): Promise<string[]> => (await query(sql)).map(({ key }) => key);
    expect(
      await query('SELECT profile_id AS profile, call_id AS call FROM match ORDER BY call_id = $1', [open]),
    ).toEqual([
      { profile: 'leti', call: over },
      { profile: 'leti', call: open },
    ]);
    const versions = await query(
      `SELECT call_id = $1 AS over, version, content, changes, document_hash AS proof, texts_dropped_at IS NOT NULL AS dropped FROM call_version WHERE call_id IN ($1, $2) ORDER BY call_id = $2, version`,
      [over, open],
    );
    expect(versions.map((v) => [v.over, v.version, v.dropped, v.proof, v.content.sections.length])).toEqual([
      [true, 1, true, null, 0],
      [true, 2, true, null, 0],
      [true, 3, false, 'of-version', 1],
      ...[1, 2, 3].map((version) => [false, version, false, 'of-version', 1]),
    ]);
    expect(versions[1]!.changes).toEqual([
      changes[0],
      {
        ...changes[1],
        from: { length: 6, md5: '2f44417567bc123bd7c60de8c2a2b444' },
        to: { length: 10, md5: '622f90ceba19c667b7d2620169144476' },
      },
      { ...changes[2], to: { length: 3, md5: '22af645d1859cb5ca6da0c484f1f37ea' } },
    ]);
    expect(await keys('SELECT key FROM event ORDER BY seq')).toEqual(['open', 'lately', 'unplanned', 'last']);
    expect(await keys(`SELECT key FROM notification WHERE key LIKE 'record%' ORDER BY 1`)).toEqual([
      'record first',
      'record told lately',
      'record told of an open call',
    ]);
    expect(await keys('SELECT key FROM notification_item ORDER BY 1')).toEqual([
      'told lately',
      'told of an open call',
    ]);
    expect(await keys('SELECT id AS key FROM partner_search ORDER BY 1')).toEqual(['gone', 'there']);
    expect(await keys('SELECT key FROM reading ORDER BY 1')).toEqual(['counted', 'young']);
    expect(await keys('SELECT key FROM translation ORDER BY 1')).toEqual([
      'of a call long closed, lately',
      'of an open call',
    ]);
    expect(await keys('SELECT key FROM pipeline_reminder')).toEqual(['not so long ago']);
  });

  it('go of an account alone if the institute still names its owner as a contact, a researcher or a reader', async () => {
    const addresses = ['contact@leti.test', 'researcher@leti.test', 'reader@leti.test', 'nobody@leti.test'];
    for (const email of addresses) {
      const { person } = await somebody(server, {
        role: 'officer',
        profile: 'leti',
        name: 'Ada Former',
        email,
      });
      await query('UPDATE person SET removed_at = $1 WHERE id = $2', [before(366), person.id]);
      await query(
        `INSERT INTO note (id, profile_id, call_id, text, author, person_id, created_at) SELECT gen_random_uuid(), 'leti', id, 'Ada Former knows', 'Ada Former', $1, now() FROM call LIMIT 1`,
        [person.id],
      );
      await query(
        `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, link_key, since, planned_seq, last_slot_at) VALUES ($1::uuid, 'email', $2, 'Ada Former', 'en', 'leti', $1::text, $1::text, now(), 0, now())`,
        [person.id, email],
      );
    }
    await query(
      `UPDATE profile SET content = jsonb_set(content, '{contacts}', '[{"name": "Ada Former", "email": "Contact@leti.test"}]') WHERE id = 'leti'`,
    );
    await query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at) VALUES (gen_random_uuid(), 'leti', 'Ada Former', now(), 'researcher@leti.test', 'fr', '{}', now(), now())`,
    );
    await query(
      `INSERT INTO newsletter_reader (id, profile_id, list, address, address_hash, name, origin, added_by, added_at) VALUES (gen_random_uuid(), 'leti', 'L', 'reader@leti.test', 'h', 'Ada Former', 'typed', 'x', now())`,
    );

    await query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
      JSON.stringify({ at: before(1).toISOString(), removed: null }),
    ]);
    await server.app.get(DeleteExpiredJob).run();
    expect((await due().last())!.removed).toMatchObject({ people: addresses.length });
    expect(await query('SELECT email FROM person WHERE email = ANY($1)', [addresses])).toEqual([]);
    expect(
      await query(`SELECT content->'contacts'->0->>'email' AS email FROM profile WHERE id = 'leti'`),
    ).toEqual([{ email: 'Contact@leti.test' }]);
    expect(await query('SELECT email FROM researcher')).toEqual([{ email: 'researcher@leti.test' }]);
    expect(
      await query(`SELECT address FROM newsletter_reader WHERE list = 'L' AND name = 'Ada Former'`),
    ).toEqual([{ address: 'reader@leti.test' }]);
    expect(await query(`SELECT address FROM recipient WHERE address = ANY($1)`, [addresses])).toEqual([
      { address: 'contact@leti.test' },
    ]);
    const notes = await query(`SELECT author, text FROM note WHERE profile_id = 'leti' ORDER BY text`);
    expect(notes.map(({ author }) => author)).toEqual(['–', '–', '–', '–']);
    expect(
      await query(`SELECT name FROM audit_name WHERE name = 'Ada Former' AND key LIKE 'person/%'`),
    ).toEqual([]);
  });

  it('go of an account alone, and not with what its owner declined at the institute where they are now', async () => {
    const email = 'moved@leti.test';
    const { person } = await somebody(server, { role: 'officer', profile: 'leti', email });
    await query('UPDATE person SET removed_at = $1 WHERE id = $2', [before(366), person.id]);
    await query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at) VALUES (gen_random_uuid(), 'leti', 'M', now(), $1, 'fr', '{}', now(), now())`,
      [email],
    );
    await somebody(server, { role: 'officer', profile: 'mines', email, mails: false });
    await query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
      JSON.stringify({ at: before(1).toISOString(), removed: null }),
    ]);
    await server.app.get(DeleteExpiredJob).run();
    expect((await due().last())!.removed).toMatchObject({ people: 1 });
    expect(
      await query(
        `SELECT f.target, f.left_at IS NOT NULL AS declined FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.address = $1`,
        [email],
      ),
    ).toEqual([{ target: 'mines', declined: true }]);
  });

  it('go of everybody else and of all other kinds if an account or a kind cannot be deleted', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const former = async (email: string, days: number): Promise<string> => {
      const { person } = await somebody(server, { role: 'officer', profile: 'leti', name: email, email });
      await query('UPDATE person SET removed_at = $1 WHERE id = $2', [before(days), person.id]);
      return person.id;
    };
    const emails = ['refused@leti.test', 'erased@leti.test'] as const;
    const refused = await former(emails[0], 367);
    await former(emails[1], 366);
    await query(
      `INSERT INTO validator (source_id, request_hash, document_hash, used_at) VALUES ('anr', 'h', 'd', $1)`,
      [before(900)],
    );
    await query(
      `INSERT INTO partner_search (source_id, id, topic, wants, first_seen_at, gone_at) VALUES ('funding-tenders', 'afterwards', 'T', 'offer', $1, $1)`,
      [before(900)],
    );
    await query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END'`,
    );
    await query(
      `CREATE TRIGGER refuse BEFORE DELETE ON person FOR EACH ROW WHEN (OLD.email = '${emails[0]}') EXECUTE FUNCTION refuse()`,
    );
    await query('CREATE TRIGGER refuse BEFORE DELETE ON validator EXECUTE FUNCTION refuse()');
    const nextDay = () =>
      query(`UPDATE setting SET value = $1 WHERE key = 'retention'`, [
        JSON.stringify({ at: before(1).toISOString(), removed: null }),
      ]);
    await nextDay();
    await due().run();
    expect((await due().last())!.removed).toMatchObject({ people: 1, validators: 0, partners: 1 });
    expect(await query('SELECT email FROM person WHERE email = ANY($1)', [emails])).toEqual([
      { email: emails[0] },
    ]);
    expect(logged.mock.calls.flat()).toEqual([
      expect.stringContaining(`The account ${refused} is not erased`),
      expect.stringContaining('Old validators are not deleted'),
    ]);
    logged.mockRestore();
    await query('DROP FUNCTION refuse CASCADE');
    await nextDay();
    await due().run();
    expect((await due().last())!.removed).toMatchObject({ people: 1, validators: 1, partners: 0 });
  });

  it('keep a document in each table that names one: a new table says here what stays', async () => {
    const naming = await query(
      `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'document_hash' ORDER BY 1`,
    );
    expect(naming.map((t) => t.name)).toEqual([
      'call_version',
      'draft_topic',
      'harvest_request',
      'portal_project',
      'question',
      'source_record',
      'validator',
    ]);
  });

  it('are not looked for again on the same day: a job that comes once more leaves what was put down', async () => {
    expect(await due().due()).toEqual([]);
    const done = await due().last();
    expect(Object.values(done!.removed!).some((n) => n > 0)).toBe(true);
    await server.app.get(DeleteExpiredJob).run();
    expect(await due().last()).toEqual(done);
    expect(await query(`SELECT count(*)::int AS n FROM audit WHERE action = 'retention.done'`)).toEqual([
      { n: 6 },
    ]);
  });
});
