/**
 * Fills a year of use, in the database alone: calls are copies of the stored texts with their dates moved, and
 * what institutes and the program do follows from the matches with them.
 */

/** The tables that are filled. */
export const FILLED = [
  ...[
    'call',
    'call_version',
    'source_record',
    'analysed_call',
    'raw_document',
    'harvest_run',
    'harvest_request',
  ],
  ...[
    'match',
    'own_match',
    'event',
    'recipient',
    'follow',
    'notification',
    'notification_item',
    'partner_search',
  ],
  ...[
    'review',
    'note',
    'opportunity',
    'opportunity_step',
    'proposal',
    'transactional_mail',
    'audit',
    'profile',
  ],
];

/** Versions are in the order of time, and the years before are filled later: each has numbers of its own. */
const SEQS_OF_A_YEAR = 10_000_000;
export const FIRST_SEQ = 100 * SEQS_OF_A_YEAR;

/** The texts that are copied. */
const TEXTS = `SELECT * FROM call WHERE reference NOT LIKE '%/%'`;

const COPY = `
CREATE TEMP TABLE copied AS
  SELECT c.*, nextval('call_version_seq') - $1::bigint * ${SEQS_OF_A_YEAR} AS first_seq, nextval('call_version_seq') - $1::bigint * ${SEQS_OF_A_YEAR} AS seq
    FROM (SELECT c.id AS origin, k, gen_random_uuid() AS id, ($1::int * 365 + k) * interval '1 day' AS shift, '/' || $1::int || '-' || k AS name,
                 md5($1::int || '-' || k || '-' || (abs(hashtext(c.id::text)) % 50)) AS proof
            FROM (${TEXTS}) c CROSS JOIN generate_series(1 - least($1::int, 1), $2::int - 1) AS k ORDER BY c.opens_at - k * interval '1 day') c;
INSERT INTO raw_document (hash, media_type, size, gzip, first_fetched_at)
  SELECT proof, 'application/json', 16000, decode(string_agg(md5(proof || n), ''), 'hex'), min(now() - shift)
    FROM (SELECT DISTINCT ON (proof) proof, shift FROM copied) p CROSS JOIN generate_series(1, 3000) AS n GROUP BY proof;
INSERT INTO call (id, content, content_hash, version, first_seq, seq, reference, programme, opens_at, last_deadline_at, deadlines, source_status, summary, search, words, title_words, first_seen_at, identity_keys, bottom_up, objective)
  SELECT n.id, made.content, c.content_hash || n.name, 2, n.first_seq, n.seq, c.reference || n.name, c.programme, c.opens_at - n.shift, c.last_deadline_at - n.shift,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('at', d->>'at', 'kind', d->>'kind', 'timeTold', (d->>'timeTold')::boolean)), '[]') FROM jsonb_array_elements(made.content->'deadlines') d),
         CASE WHEN c.last_deadline_at - n.shift < now() THEN 'closed' ELSE c.source_status END, made.content - 'sections', c.search, c.words, c.title_words, c.opens_at - n.shift,
         (SELECT coalesce(array_agg(one || n.name), '{}') FROM unnest(c.identity_keys) one), c.bottom_up, c.objective
    FROM copied n JOIN call c ON c.id = n.origin CROSS JOIN LATERAL (
      SELECT c.content || jsonb_build_object('identifier', (c.content->>'identifier') || n.name, 'reference', (c.content->>'reference') || n.name, 'callIdentifier', (c.content->>'callIdentifier') || n.name, 'deadlines', (
           SELECT coalesce(jsonb_agg(d || jsonb_build_object('at', to_char(((d->>'at')::timestamptz - n.shift) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'))), '[]')
             FROM jsonb_array_elements(c.content->'deadlines') d)) AS content) made;
INSERT INTO call_version (call_id, version, seq, content, content_hash, changes, seen_at, run_id, kinds, source_id, document_hash)
  SELECT c.id, made.version, made.seq, c.content, c.content_hash || made.version, made.changes, made.seen_at, v.run_id, made.kinds, v.source_id, n.proof
    FROM copied n JOIN call c ON c.id = n.id JOIN call_version v ON v.call_id = n.origin AND v.version = 1 CROSS JOIN LATERAL (
      VALUES (1, n.first_seq, '[]'::jsonb, c.opens_at, '{new}'::text[]), (2, n.seq, jsonb_build_array(
        jsonb_build_object('kind', 'text', 'field', 'sections.scope', 'from', c.content#>>'{sections,1,text}', 'to', (c.content#>>'{sections,1,text}') || ' More.'),
        jsonb_build_object('kind', 'extended', 'field', 'deadlines', 'from', c.content->'deadlines', 'to', c.content->'deadlines')), least(c.opens_at + interval '30 days', now()), '{text,extended}')) AS made (version, seq, changes, seen_at, kinds);
INSERT INTO source_record (source_id, key, call_id, last_seen_at, content, summary, content_hash, leads, owns, changed_at, document_hash)
  SELECT s.source_id, s.key || n.name, n.id, s.last_seen_at - n.shift, s.content, s.summary, s.content_hash, s.leads, s.owns, s.changed_at - n.shift, n.proof
    FROM copied n JOIN source_record s ON s.call_id = n.origin;
INSERT INTO analysed_call (call_id, analyser, seq, language, stems, words, rest)
  SELECT n.id, a.analyser, n.seq, a.language, a.stems, a.words, a.rest FROM copied n JOIN analysed_call a ON a.call_id = n.origin;
INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at, built_in)
  SELECT gen_random_uuid(), m.profile_id, n.id, m.score, m.result, m.profile_revision, 2, m.matched_at - n.shift, m.built_in
    FROM copied n JOIN match m ON m.call_id = n.origin;
INSERT INTO own_match (profile_id, call_id, score, result)
  SELECT m.profile_id, m.call_id, m.score + 1, m.result FROM copied n JOIN match m ON m.call_id = n.id WHERE abs(hashtext(m.id::text)) % 5 = 0;
INSERT INTO event (key, seq, kind, call_id, version, profile_id, inside, at)
  SELECT concat_ws('/', 'match', m.profile_id, n.id, inside), nextval('event_seq'), 'match', n.id, 1, m.profile_id, inside, c.opens_at
    FROM copied n JOIN call c ON c.id = n.id JOIN match m ON m.call_id = n.id AND m.score >= 40 CROSS JOIN (VALUES (true), (false)) AS s (inside);
INSERT INTO event (key, seq, kind, call_id, version, at)
  SELECT 'change/' || v.call_id || '/' || v.version, nextval('event_seq'), 'change', v.call_id, v.version, v.seen_at
    FROM copied n JOIN call_version v ON v.call_id = n.id AND v.version = 2`;

/** Messages of each week, to two people of each institute, and what was decided on their calls. */
const TELL = `
CREATE TEMP TABLE told AS
  SELECT r.id AS recipient_id, r.profile_id, c.id AS call_id, c.content->>'title' AS title, m.score, c.opens_at AS at, date_trunc('week', c.opens_at) AS week
    FROM copied n JOIN call c ON c.id = n.id JOIN match m ON m.call_id = c.id AND m.score >= 40 JOIN recipient r ON r.profile_id = m.profile_id;
CREATE TEMP TABLE sent AS SELECT recipient_id, week, gen_random_uuid() AS id FROM told GROUP BY 1, 2;
INSERT INTO notification (id, key, kind, profile_id, recipient_id, channel, address, subject, text, html, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
  SELECT s.id, s.id::text, 'digest', t.profile_id, s.recipient_id, 'email', 'officer@bench.test', 'New calls', repeat('A call that fits. ', 200), repeat('<p>A call that fits.</p> ', 400), 'https://calls.test/u', '<' || s.id || '@calls.test>',
         jsonb_agg(jsonb_build_object('callId', t.call_id, 'matchId', NULL, 'score', t.score, 'title', t.title)), 0, 'sent', s.week, s.week
    FROM sent s JOIN told t USING (recipient_id, week) GROUP BY s.id, s.recipient_id, s.week, t.profile_id;
INSERT INTO notification_item (recipient_id, key, kind, call_id, version, place, made_at, state, notification_id)
  SELECT t.recipient_id, 'call/' || t.call_id, 'call', t.call_id, 1, 'digest', t.at, 'written', s.id FROM told t JOIN sent s USING (recipient_id, week);
INSERT INTO review (profile_id, call_id, seen_version, seen_at, verdict, reason, verdict_by, verdict_at, verdict_version, made_at)
  SELECT DISTINCT profile_id, call_id, 2, at, CASE WHEN score >= 60 THEN 'study' ELSE 'not' END, CASE WHEN score < 60 THEN 'capacity' END, 'Benchmark', least(at + interval '10 days', now()), 1, at
    FROM told WHERE abs(hashtext(call_id || profile_id)) % 3 = 0;
INSERT INTO note (id, profile_id, call_id, author, text, created_at)
  SELECT gen_random_uuid(), profile_id, call_id, 'Benchmark', 'Ask the laboratory.', verdict_at FROM review JOIN copied ON copied.id = call_id WHERE abs(hashtext(call_id || profile_id)) % 7 = 0;
INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, partners, currency, milestones, created_at, updated_at)
  SELECT gen_random_uuid(), profile_id, call_id, 'studied', verdict_at, '{}', 'EUR', '[]', verdict_at, verdict_at FROM review JOIN copied ON copied.id = call_id WHERE abs(hashtext(call_id || profile_id)) % 11 = 0;
INSERT INTO opportunity_step (id, opportunity_id, profile_id, seq, kind, changes, by, at)
  SELECT gen_random_uuid(), o.id, o.profile_id, step, 'edited', '[]', 'Benchmark', o.created_at FROM opportunity o JOIN copied ON copied.id = o.call_id CROSS JOIN generate_series(1, 5) step;
INSERT INTO transactional_mail (id, kind, profile_id, to_address, subject, text, html, message_id, state, created_at)
  SELECT o.id, 'proposal', o.profile_id, 'researcher@bench.test', 'A call', '', '', o.id::text, 'sent', o.created_at FROM opportunity o JOIN copied ON copied.id = o.call_id;
INSERT INTO proposal (id, profile_id, call_id, name, email, language, subject, text, token_hash, asked_by, created_at, mail_id)
  SELECT o.id, o.profile_id, o.call_id, 'Researcher', 'researcher@bench.test', 'en', 'A call', 'Is it for you?', o.id::text, 'Benchmark', o.created_at, o.id FROM opportunity o JOIN copied ON copied.id = o.call_id`;

/** What goes on whatever is published. */
const GO_ON = `
INSERT INTO harvest_run (id, source_id, state, started_at, ended_at)
  SELECT gen_random_uuid(), source_id, 'accepted', at, at FROM (SELECT DISTINCT source_id FROM source_record) s
    CROSS JOIN LATERAL (SELECT now() - (d + $1::int * 365) * interval '1 day' AS at FROM generate_series(1, 365) d) days;
INSERT INTO partner_search (source_id, id, topic, wants, summary, first_seen_at, gone_at)
  SELECT 'funding-tenders', 'year ' || $1::int || '-' || n, 'HORIZON-MADE-' || n, 'offer', repeat('We look for partners. ', 20), now() - ($1::int * 365 + n) * interval '1 day', now() - ($1::int * 365 + n - 90) * interval '1 day'
    FROM generate_series(90, 365) n;
SELECT audit_note('decision', p, 'call/' || n, '{"verdict": "study"}', NULL, NULL) FROM unnest($3::text[]) p CROSS JOIN generate_series(1, 20) n`;

/** Two people of each institute, told of everything so far. */
const RECIPIENTS = `
INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
  SELECT gen_random_uuid(), 'email', p || n || '@bench.test', 'en', p, p || n, p || n, now() - interval '10 years', 0, now() FROM unnest($1::text[]) p CROSS JOIN generate_series(1, 2) n;
INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) SELECT id, 'profile', profile_id, 'contact', since, 0 FROM recipient`;

const DONE = `
UPDATE recipient SET planned_seq = (SELECT coalesce(max(seq), 0) FROM event);
UPDATE profile SET matched_seq = (SELECT max(seq) FROM call);
DROP TABLE sent; DROP TABLE told; DROP TABLE copied`;

async function each(client, statements, values) {
  for (const statement of statements.split(';\n').filter((s) => s.trim())) {
    const used = [...new Set([...statement.matchAll(/\$(\d)/g)].map((m) => Number(m[1])))].sort();
    await client.query(
      statement.replace(/\$(\d)/g, (_, d) => `$${used.indexOf(Number(d)) + 1}`),
      used.map((d) => values[d - 1]),
    );
  }
}

/** Fills the year that ended so many years ago; `copies`: how many calls have the same text. */
export async function fillYear(client, { year, copies, institutes }) {
  if (year === 0) await each(client, RECIPIENTS, [institutes]);
  // A workers' process would match calls before their matches are visible.
  await client.query('BEGIN');
  const values = [year, copies, institutes];
  await each(client, COPY, values);
  await client.query('ANALYZE copied');
  await each(client, TELL, values);
  await each(client, GO_ON, values);
  await each(client, DONE, values);
  await client.query('COMMIT');
}
