import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { seeded } from '../../../src/matching/domain/training/encoder.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { ProfileMatching } from '../../../src/matching/profile-matching.js';
import { Ranking } from '../../../src/matching/ranking.js';
import { acrossInstitutes, asInstitute } from '../../../src/platform/database/request-context.js';
import { NEVER, ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { CONTACTS, MATCH, MATCH_NEW, PARTS } from '../../../src/profiles/jobs.js';
import { aCall } from '../../support/matching/calls.js';
import { storeCalls } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { runJob } from '../../support/queue/run-job.js';

const SUBJECTS = [
  ['offshore wind', 'wind turbine', 'turbine blades'],
  ['hydrogen storage', 'fuel cell', 'electrolyser'],
  ['old manuscripts', 'fresco', 'museum collections'],
  ['soil carbon', 'crop rotation', 'plant breeding'],
  ['photonic chip', 'laser source', 'quantum sensor'],
];
const random = seeded(Number(process.env['FUZZ_SEED'] ?? 11));
const upTo = (n: number): number => Math.floor(random() * n);
const oneOf = <T>(all: readonly T[]): T => all[upTo(all.length)]!;
const some = <T>(all: readonly T[], share: number): T[] => all.filter(() => random() < share);

const PROFILES = Array.from({ length: 20 }, (_, i) =>
  aProfile(`institute-${i}`, {
    competences: some([0, 1, 2, 3, 4], 0.4)
      .concat(i % 5)
      .filter((subject, nth, all) => all.indexOf(subject) === nth)
      .map((subject) => ({
        label: `Field ${subject}`,
        keywords: some(SUBJECTS[subject]!, 0.7).concat(SUBJECTS[subject]![0]!),
      })) as never,
  }),
);

/** A call that mentions a subject at the top, once among conditions, or not at all. */
function madeCall(n: number): CallContent {
  const [said, filler] = [oneOf(oneOf(SUBJECTS)), 'Many other things are asked for here. '.repeat(upTo(60))];
  const place = upTo(3);
  return aCall(`${n}`, {
    title: place === 0 ? `About ${said} ${n}` : `Something else ${n}`,
    sections: [{ kind: 'scope', title: '', text: place === 2 ? filler : `${filler} One ${said}.` }],
  });
}

describe('new calls', () => {
  let inbox: InboxTest;
  const calls = new Map(Array.from({ length: 60 }, (_, n) => [n, madeCall(n)]));
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    inbox.test.app.get(DataSource).query(sql, values);
  beforeAll(async () => {
    inbox = await startInbox(PROFILES, [...calls.values()]);
  });
  afterAll(() => inbox?.stop());

  const stored = async () => ({
    matches: await query(
      `SELECT profile_id, call_id, id, score, result, built_in, reading_key, read, profile_revision, call_version FROM match ORDER BY 1, 2`,
    ),
    own: await query('SELECT * FROM own_match ORDER BY profile_id, call_id'),
    thresholds: await query('SELECT * FROM own_threshold ORDER BY profile_id'),
    events: await query(
      'SELECT key, seq, kind, call_id, version, profile_id, by_call, inside FROM event ORDER BY key',
    ),
    marks: await query(
      'SELECT id, matched_revision, matched_seq, matched_by, matched_verdicts, matched_meaning, matched_read_seq, reading_since FROM profile ORDER BY id',
    ),
  });
  const match = (profileId: string) => runJob(inbox.test.app, MATCH, { profileId });
  async function somethingIsDone(profileId: string): Promise<void> {
    const [{ id }] = (await query('SELECT id FROM call ORDER BY md5(id::text || $1) LIMIT 1', [
      `${random()}`,
    ])) as [{ id: string }];
    if (random() < 0.4)
      await query(
        `INSERT INTO note (id, profile_id, call_id, author, text, created_at) VALUES ($1, $2, $3, 'O', 'Look', now())`,
        [randomUUID(), profileId, id],
      );
    else
      await query(
        `INSERT INTO review (profile_id, call_id, verdict, reason, verdict_at) VALUES ($1, $2, $3, $4, now())
         ON CONFLICT (profile_id, call_id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason`,
        [
          profileId,
          id,
          ...oneOf([
            ['relevant', null],
            ['study', null],
            ['not', 'topic'],
            ['not', 'capacity'],
          ]),
        ],
      );
  }

  it('looked at for many institutes at once leave what they leave if each institute is looked at by itself', async () => {
    let alone = 0;
    for (let turn = 0; turn < 8; turn += 1) {
      for (const { id } of some(PROFILES, 0.3)) {
        await somethingIsDone(id);
        if (random() < 0.7) await match(id);
      }
      for (let i = 0; i <= upTo(3); i += 1) {
        const n = random() < 0.5 ? calls.size : upTo(calls.size);
        calls.set(n, madeCall(n));
      }
      await storeCalls(inbox.test.app, [...calls.values()], 'test');
      const before = await query('SELECT id, matched_seq FROM profile');
      const next = (
        await Promise.all(PARTS.map((part) => runJob(inbox.test.app, MATCH_NEW, { part })))
      ).flat();
      expect(next.map(({ data }) => data['profileId']).sort()).toEqual(PROFILES.map(({ id }) => id).sort());
      const byThemselves = next.filter(({ name }) => name === MATCH.name).map((j) => j.data['profileId']!);
      expect(next.filter(({ name }) => name === CONTACTS.name)).toHaveLength(
        next.length - byThemselves.length,
      );
      alone += byThemselves.length;
      for (const id of byThemselves) await match(id);
      const together = await stored();
      const looked = before.filter(({ id }) => !byThemselves.includes(id));
      await query(
        'UPDATE profile p SET matched_seq = b.matched_seq FROM jsonb_to_recordset($1) AS b(id text, matched_seq bigint) WHERE p.id = b.id',
        [JSON.stringify(looked)],
      );
      for (const { id } of looked) await match(id);
      expect(await stored()).toEqual(together);
    }
    // Only an institute that has decided something since is handed on.
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(PROFILES.length * 4);
  });

  it('are looked at institute by institute if they are as many as a first harvest brings', () => {
    const matching = inbox.test.app.get(ProfileMatching);
    const { fingerprint: matchedBy } = inbox.test.app.get(Ranking);
    const matched = { id: PROFILES[0]!.id, revision: 1, matchedRevision: 1, matchedSeq: '1000', matchedBy };
    expect(matching.lacksCallsAlone(matched, '1000')).toBe(false);
    expect(matching.lacksCallsAlone(matched, '1001')).toBe(true);
    expect(matching.lacksCallsAlone(matched, '6000')).toBe(false);
  });

  it('leave an institute to be matched anew that is to be since its profile was read', async () => {
    const { app } = inbox.test;
    const [matching, profiles] = [app.get(ProfileMatching), app.get(ProfileRepository)];
    const id = PROFILES[0]!.id;
    await match(id);
    await asInstitute(id, async () => {
      const [one] = await matching.known([(await profiles.findById(id))!]);
      const scored = await app.get(Corpus).held((seq) => matching.scored(one!, seq));
      await acrossInstitutes('as another model does', () => profiles.matchAllAnew());
      await matching.write(one!, scored);
      expect((await profiles.findById(id))!.matchedRevision).toBe(NEVER);
    });
    await match(id);
    const after = await asInstitute(id, () => profiles.findById(id));
    expect(after!.matchedRevision).toBe(after!.revision);
  });
});
