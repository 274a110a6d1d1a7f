import { randomUUID } from 'node:crypto';
import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { SAMPLE } from '../../../src/decisions/sample.job.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { asInstitute } from '../../../src/platform/database/request-context.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { Ranking } from '../../../src/matching/ranking.js';
import { MatchWriter } from '../../../src/matching/store/match-writer.js';
import { MatchOfCall } from '../../../src/matching/match-of-call.js';
import { MATCH } from '../../../src/profiles/jobs.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aCall, inDays } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { somebody } from '../../support/access/people.js';
import { runJob } from '../../support/queue/run-job.js';

const about = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
/** Mentions the institute's field once, among conditions. */
const faint = (n: number): CallContent =>
  aCall(`FAINT-${n}`, {
    title: `Faint ${n}`,
    sections: [
      {
        kind: 'conditions',
        title: '',
        text: `${'Many other things are asked for here. '.repeat(40)} One wind turbine.`,
      },
    ],
  });
const strong = aCall('STRONG', {
  title: 'Wind turbine blades for offshore wind',
  keywords: ['offshore wind'],
  sections: about('Offshore wind: a wind turbine for offshore wind farms.'),
});
const FAINT = [faint(0), faint(1)];
const others = Array.from({ length: 60 }, (_, i) =>
  aCall(`other-${i}`, { title: `Monuments ${i}`, sections: about('Frescoes and old manuscripts.') }),
);

describe('matches too weak for any list', () => {
  let inbox: InboxTest;
  let ids: string[];
  let strongId: string;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind'), aProfile('sister')], [strong, ...FAINT, ...others]);
    strongId = await inbox.id(strong.title);
    ids = await Promise.all(FAINT.map(({ title }) => inbox.id(title)));
  });
  afterAll(() => inbox?.stop());

  const query = <T = { n: number }>(sql: string, values: unknown[] = []): Promise<T[]> =>
    inbox.test.app.get(DataSource).query(sql, values);
  const matched = (): Promise<unknown> => runJob(inbox.test.app, MATCH, { profileId: 'wind' });
  const matchedAnew = async (): Promise<void> => {
    await query(`UPDATE profile SET matched_revision = 0 WHERE id = 'wind'`);
    await matched();
  };
  /** The stored scores of the faint calls. */
  const stored = async (): Promise<number[]> =>
    (
      await query<{ score: number }>(
        `SELECT score FROM match WHERE profile_id = 'wind' AND call_id = ANY($1)`,
        [ids],
      )
    ).map(({ score }) => score);
  const scoreOf = async (id: string): Promise<number> => {
    const corpus = inbox.test.app.get(Corpus);
    const match = await corpus.held(() =>
      corpus.explain(id, aProfile('wind'), inbox.test.wiring.settings.matching),
    );
    return match!.score;
  };

  it('are not stored, and whoever asks for one is answered as if they were', async () => {
    expect(await stored()).toEqual([]);
    const score = await scoreOf(ids[0]!);
    expect(score).toBeGreaterThan(0);
    const found = await asInstitute('wind', () =>
      inbox.test.app.get(MatchOfCall).findMatch('wind', ids[0]!, 'en'),
    );
    expect(found).toMatchObject({ upToDate: true, match: { score } });
    expect(found!.match.evidence.map((e) => e.term)).toContain('wind turbine');
    const $ = load((await inbox.officer.get(`/institutes/wind/calls/${ids[0]}`)).body);
    expect($('main').text()).toMatch(/wind turbine/i);
  });

  it('are stored when the institute decides on the call, and stay when all is matched again', async () => {
    const path = `/v1/profiles/wind/calls/${ids[0]}/verdict`;
    const body = { verdict: 'later', until: inDays(20).slice(0, 10) };
    expect((await api(inbox.test.url, path, { method: 'PUT', token: inbox.token, body })).status).toBe(200);
    await matched();
    expect(await stored()).toEqual([await scoreOf(ids[0]!)]);
    await matchedAnew();
    expect(await stored()).toEqual([await scoreOf(ids[0]!)]);
    await query('DELETE FROM review');
    await matchedAnew();
    expect(await stored()).toEqual([]);
  });

  it('stay while a note, a bid, a proposal, an interest or a message refers to them', async () => {
    const [call, recipient] = [ids[0]!, randomUUID()];
    await query(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
       VALUES ($1::uuid, 'email', 'w@wind.test', 'en', 'wind', $1::text, $1::text, now(), 0, now())`,
      [recipient],
    );
    await query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) VALUES ($1, 'profile', 'wind', 'contact', now(), 0)`,
      [recipient],
    );
    const referring: [sql: string, values: unknown[], undo: string][] = [
      [
        `INSERT INTO note (id, profile_id, call_id, author, text, created_at) VALUES ($1, 'wind', $2, 'O', 'Look', now())`,
        [randomUUID(), call],
        'DELETE FROM note',
      ],
      [
        `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, partners, currency, milestones, created_at, updated_at)
         VALUES ($1, 'wind', $2, 'studied', now(), '{}', 'EUR', '[]', now(), now())`,
        [randomUUID(), call],
        'DELETE FROM opportunity',
      ],
      [
        `WITH mail AS (INSERT INTO transactional_mail (id, kind, to_address, subject, text, html, message_id, state, created_at)
           VALUES ($1::uuid, 'proposal', 'r@wind.test', 'S', 'T', '', 'm', 'sent', now()) RETURNING id)
         INSERT INTO proposal (id, profile_id, call_id, name, email, language, subject, text, token_hash, asked_by, created_at, mail_id)
         SELECT $1::uuid, 'wind', $2, 'R', 'r@wind.test', 'en', 'S', 'T', $1::text, 'O', now(), mail.id FROM mail`,
        [randomUUID(), call],
        'DELETE FROM proposal',
      ],
      [
        `INSERT INTO interest (profile_id, call_id, competences, leads, tell, by, opened_at, notified_at) VALUES ('wind', $1, '{}', false, false, 'O', now(), now())`,
        [call],
        'DELETE FROM interest',
      ],
      [
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state) VALUES ($1, 'k', 'call', $2, 'digest', now(), 'written')`,
        [recipient, call],
        'DELETE FROM notification_item',
      ],
    ];
    for (const [refer, values, undo] of referring) {
      await query(refer, values);
      await matched();
      expect({ refer, stored: (await stored()).length }).toEqual({ refer, stored: 1 });
      await query(undo);
      await matchedAnew();
      expect({ undo, stored: (await stored()).length }).toEqual({ undo, stored: 0 });
    }
  });

  it('go when a call falls so low', async () => {
    const one = (): Promise<unknown[]> =>
      query(`SELECT FROM match WHERE profile_id = 'wind' AND call_id = $1`, [strongId]);
    expect(await one()).toHaveLength(1);
    await inbox.store([
      { ...strong, keywords: [], sections: faint(0).sections, title: 'Now faint' },
      ...FAINT,
      ...others,
    ]);
    expect(await one()).toEqual([]);
    await inbox.store([strong, ...FAINT, ...others]);
    expect(await one()).toHaveLength(1);
  });

  it('are stored where the decisions of the institute make more of them, and then for its own people', async () => {
    const [profile, weak, own] = [
      { id: 'wind', revision: 1, matchedRevision: 1, matchedBy: null },
      await scoreOf(ids[0]!),
      30,
    ];
    const match = { score: weak, competences: [], evidence: [] };
    await inbox.test.app.get(MatchWriter).write(profile, {
      matches: [{ callId: ids[0]!, callVersion: 1, match, builtIn: weak, readingKey: null, read: false }],
      scope: [],
      known: ids,
      own: [{ callId: ids[0]!, match: { ...match, score: own } }],
      ownScope: 'all',
      seq: '1',
      by: 'another',
      news: new Set(),
      learned: null,
      meaning: null,
      readSeq: '0',
      reads: false,
      leastScore: 20,
      storedFrom: 10,
      thresholdAfter: () => inbox.test.app.get(Ranking).thresholdAfter([]),
      now: new Date(),
    });
    expect(await stored()).toEqual([weak]);
    expect(await query('SELECT score FROM own_match WHERE call_id = $1', [ids[0]])).toEqual([{ score: own }]);
    await matchedAnew();
    expect(await stored()).toEqual([]);
  });

  it('do not tell other institutes or the network that something was done with the call', async () => {
    await query(
      `INSERT INTO review (profile_id, call_id, verdict, verdict_at) VALUES ('wind', $1, 'study', now())`,
      [ids[0]],
    );
    await matchedAnew();
    const [one] = await query<{ id: string }>(`SELECT id FROM match WHERE call_id = $1`, [ids[0]]);
    const { id } = one!;
    const network = await (await somebody(inbox.test, { role: 'coordinator' })).key('read');
    const list = async (token: string): Promise<string[]> =>
      (
        await api<{ items: { id: string }[] }>(inbox.test.url, '/v1/matches?profile=wind&minScore=0', {
          token,
        })
      ).body.items.map((m) => m.id);
    expect(await list(network)).not.toContain(id);
    expect((await api(inbox.test.url, `/v1/matches/${id}`, { token: network })).status).toBe(404);
    expect((await api(inbox.test.url, `/v1/matches/${id}`, { token: inbox.token })).status).toBe(200);
    const bid = await api<object>(inbox.test.url, `/v1/calls/${ids[0]}/network`, { token: network });
    expect([bid.status, JSON.stringify(bid.body)]).toEqual([200, expect.not.stringContaining('"wind"')]);
    const listed = async (token: string): Promise<string[]> =>
      (
        await api<{ items: { id: string }[] }>(
          inbox.test.url,
          '/v1/profiles/wind/inbox?state=all&minScore=0',
          { token },
        )
      ).body.items.map((item) => item.id);
    expect(await listed(network)).not.toContain(ids[0]);
    expect(await listed(inbox.token)).toContain(ids[0]);
    await query('DELETE FROM review');
  });

  it('are like those of calls that closed years ago, of which only what an institute did is left', async () => {
    const [stored] = await query<{ id: string }>(
      `SELECT id FROM match WHERE profile_id = 'wind' AND call_id = $1`,
      [strongId],
    );
    const network = await (await somebody(inbox.test, { role: 'coordinator' })).key('read');
    const listed = async (token: string): Promise<string[]> =>
      (
        await api<{ items: { id: string }[] }>(inbox.test.url, '/v1/matches?profile=wind&closed=true', {
          token,
        })
      ).body.items.map((m) => m.id);
    expect(await listed(network)).toContain(stored!.id);
    await query(`UPDATE call SET last_deadline_at = now() - interval '4 years' WHERE id = $1`, [strongId]);
    expect(await listed(network)).not.toContain(stored!.id);
    expect((await api(inbox.test.url, `/v1/matches/${stored!.id}`, { token: network })).status).toBe(404);
    const bid = await api<object>(inbox.test.url, `/v1/calls/${strongId}/network`, { token: network });
    expect([bid.status, JSON.stringify(bid.body)]).toEqual([200, expect.not.stringContaining('"wind"')]);
    expect(await listed(inbox.token)).toContain(stored!.id);
    await query(`UPDATE call SET last_deadline_at = now() + interval '60 days' WHERE id = $1`, [strongId]);
  });

  it('that a changed text makes strong are news of the call, although the institute decided on another just before', async () => {
    const [{ id: decided }] = (await query<{ id: string }>(
      `SELECT id FROM call WHERE summary->>'title' = $1`,
      [others[0]!.title],
    )) as [{ id: string }];
    await query(
      `INSERT INTO review (profile_id, call_id, verdict, reason, verdict_at) VALUES ('wind', $1, 'not', 'topic', now())`,
      [decided],
    );
    await inbox.store([strong, { ...FAINT[0]!, sections: strong.sections }, FAINT[1]!, ...others]);
    expect(
      await query(
        `SELECT inside, by_call FROM event JOIN call ON call.id = call_id AND call.version = event.version
          WHERE kind = 'match' AND profile_id = 'wind' AND call_id = $1 ORDER BY inside`,
        [ids[0]],
      ),
    ).toEqual([
      { inside: false, by_call: true },
      { inside: true, by_call: true },
    ]);
    await query('DELETE FROM review');
    await inbox.store([strong, ...FAINT, ...others]);
  });

  it('are the first to be asked about among those that were not sent', async () => {
    const many = Array.from({ length: 50 }, (_, n) => faint(n));
    await inbox.store([strong, ...many, ...others]);
    await query(
      `INSERT INTO review (profile_id, call_id, verdict, verdict_at) VALUES ('wind', $1, 'relevant', now() - interval '40 days')`,
      [strongId],
    );
    await runJob(inbox.test.app, SAMPLE, { profileId: 'wind' });
    const drawn = await query<{ stratum: string; title: string }>(
      `SELECT stratum, content->>'title' AS title FROM recall_sample JOIN call ON call.id = call_id WHERE profile_id = 'wind'`,
    );
    expect(drawn.map(({ stratum, title }) => `${stratum} ${title.split(' ')[0]}`).sort()).toEqual([
      ...Array<string>(5).fill('far Monuments'),
      ...Array<string>(5).fill('near Faint'),
    ]);
  });
});
