import { DataSource } from 'typeorm';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, DAY, deadline, storeCalls } from '../../support/matching/calls.js';
import { serviceKey } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { WEEKDAYS } from '../../../src/notifications/domain/preferences/preferences.js';
import { tableState } from '../../support/database/table-state.js';

const about = (reference: string, title: string, text: string, told = {}) =>
  aCall(reference, { title, sections: [{ kind: 'expected-outcome', title: '', text }], ...told });
const adopted = about('ADOPTED-2030-01', 'Fuel cell adopted', 'A fuel cell for trams, and each fuel cell.');
/** Unrelated to the profile in words and in meaning. */
const bogs =
  'Projects are expected to contribute to the care of peat bog mosses, with birds for each of the peat bog mosses that last.';
/** Calls that already existed at the first harvest. */
const STOOD = [
  about('FITS-2030-01', 'Fuel cell stacks', 'A fuel cell for ships, and each fuel cell of a bus.'),
  ...Array.from({ length: 150 }, (_, i) =>
    about(
      `OTHER-2030-${i}`,
      `Libraries ${i}`,
      'Catalogues, shelves and projects that are expected to contribute to reading.',
    ),
  ),
];
const NEW = [
  about('NEW-2030-01', 'Another fuel cell', 'A fuel cell for trucks, and each fuel cell of a train.'),
  about('PEAT-2030-01', 'Peat bog mosses', bogs),
  about('PEAT-2030-02', 'Care of peat bog mosses', bogs),
  about('PEAT-2030-03', 'Peat bog mosses to come', bogs, { sourceStatus: 'draft' }),
  about(
    'BOMB-2030-01',
    'Fuel cell and bomb',
    'A fuel cell beside a bomb, and each fuel cell that a balloon carries.',
  ),
  about('SHORT-2030-01', 'Fuel cell in a day', 'A fuel cell, and each fuel cell.', {
    deadlines: [deadline(-1)],
  }),
  about(
    'AGRIP',
    'Vans for farm products',
    'Farms, dairies and bakeries show their products at fairs, and bring them there in vans that run on a fuel cell.',
    { identifier: 'AGRIP-SIMPLE-2030-FUELCELL' },
  ),
  about('OPEN', 'Grants for each fuel cell', 'A fuel cell, and each fuel cell.', {
    identifier: 'ERC-2030-STG',
  }),
  about('DRAFT-2030-01', 'Fuel cell to come', 'A fuel cell for ferries, and each fuel cell of a tug.', {
    sourceStatus: 'draft',
  }),
  adopted,
  about('SOON-2030-01', 'Fuel cell by tomorrow', 'A fuel cell for forklifts, and each fuel cell.', {
    deadlines: [deadline(1)],
  }),
  about(
    'FAINT-2030-01',
    'Carts by tomorrow',
    'Florists, potters and weavers meet in market halls, to which they push their wares in carts with a fuel cell.',
    { deadlines: [deadline(1)] },
  ),
  about('GONE-2030-01', 'Fuel cell no more', 'A fuel cell for planes, and each fuel cell of a kite.'),
];
const OURS = aProfile('ours', {
  competences: [
    {
      label: 'Hydrogen',
      description: '',
      keywords: ['fuel cell', 'hydrogen'],
      exclusions: ['bomb', 'balloon'],
      weight: 1,
    },
    { label: 'Manuscripts', description: '', keywords: ['palimpsest'], exclusions: [], weight: 1 },
  ],
});

const IN_THREE_DAYS = WEEKDAYS[(new Date().getUTCDay() + 2) % 7]!;

interface Topic {
  topic: string;
  call: { title: string } | null;
  outcome: string;
  at: string | null;
  notification: string | null;
  score: number;
  band: string;
  nearest: string[];
  missed: {
    rule: string;
    says: string;
    suggestion: {
      change: { kind: string; competence: string; keywords?: string[]; exclusions?: string[] };
      score: number;
      adds: number;
      says: string;
    } | null;
  } | null;
}
interface Test {
  topics: number;
  known: number;
  told: number;
  missed: number;
  items: Topic[];
}

describe('a profile tested by topics', () => {
  const config = configWith([OURS, aProfile('theirs')]);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp(
      {},
      {
        working: false,
        adjust: (w) => {
          const own = on(config.dir)(w);
          const digest = { ...own.settings.digest, weekday: IN_THREE_DAYS, minScore: 15 };
          return { ...own, settings: { ...own.settings, digest } };
        },
      },
    );
    const drafted = new Date(Date.now() - 60 * DAY);
    await storeCalls(server.app, [{ ...adopted, sourceStatus: 'draft' }], 'register', drafted);
    await storeCalls(server.app, STOOD);
    await storeCalls(server.app, [...STOOD, ...NEW]);
    await server.app.get(MatchJob).run({ profileId: 'ours' });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const test = (topics: string, query = '?language=en', token?: string) =>
    api<Test & { errors: { path: string; message: string }[] }>(
      server.url,
      `/v1/profiles/ours/test${query}`,
      { method: 'POST', body: { topics }, ...(token !== undefined && { token }) },
    );
  const one = async (topic: string, token?: string): Promise<Topic> => {
    const { status, body } = await test(topic, '?language=en', token);
    expect({ topic, status, items: body.items.length }).toEqual({ topic, status: 200, items: 1 });
    return body.items[0]!;
  };

  it('finds topics by identifier or title in any mix, and says which it does not know', async () => {
    const { body } = await test(
      'HORIZON-NEW-2030-01, HORIZON-PEAT-2030-01;\nCare of peat bog mosses\nHORIZON-NEW-2030-11; Nobody knows this one',
    );
    expect(body).toMatchObject({ topics: 5, known: 3, announced: 1, missed: 2 });
    expect(body.items.map((i) => [i.call?.title ?? null, i.outcome])).toEqual([
      ['Another fuel cell', 'would-be-announced'],
      ['Peat bog mosses', 'missed'],
      ['Care of peat bog mosses', 'missed'],
      [null, 'unknown'],
      [null, 'unknown'],
    ]);
    expect(body.items[3]!.nearest).toContain('HORIZON-NEW-2030-01');
  });

  it('says in which digest it would have been; nothing where it stood there before', async () => {
    const at = (await one('HORIZON-NEW-2030-01')).at!;
    expect(new Date(at).getTime()).toBeGreaterThan(Date.now());
    expect(new Date(at).getTime()).toBeLessThan(Date.now() + 8 * 86_400_000);
    expect(await one('HORIZON-FITS-2030-01')).toMatchObject({ outcome: 'would-be-announced', at: null });
  });

  it('proposes a keyword, and says how many further calls it adds; with it the call is told, and so many more', async () => {
    const { missed } = await one('HORIZON-PEAT-2030-01');
    expect(missed).toMatchObject({
      rule: 'score',
      suggestion: { change: { kind: 'add-keyword', competence: 'Hydrogen' }, adds: 1 },
    });
    const { change, score, says } = missed!.suggestion!;
    expect(says).toMatch(
      /^Add the keyword “.*” to the competence “Hydrogen”; it would add 1 more call from the last 12 months\.$/,
    );
    expect(score).toBeGreaterThanOrEqual(15);
    const draft = {
      ...OURS,
      competences: [
        { ...OURS.competences[0]!, keywords: [...OURS.competences[0]!.keywords, ...change.keywords!] },
        OURS.competences[1],
      ],
    };
    const { body: preview } = await api(server.url, '/v1/profiles/ours/preview', {
      method: 'POST',
      body: draft,
    });
    expect(preview.gained.total).toBe(2);
    expect(
      preview.gained.calls.find((c: { call: { title: string } }) => c.call.title === 'Peat bog mosses').after,
    ).toBeCloseTo(score, 6);
  });

  it('proposes to take exclusions away, all that are in the way', async () => {
    expect(await one('HORIZON-BOMB-2030-01')).toMatchObject({
      outcome: 'missed',
      score: 0,
      missed: {
        rule: 'exclusion',
        suggestion: {
          change: {
            kind: 'remove-exclusion',
            competence: 'Hydrogen',
            exclusions: expect.arrayContaining(['bomb', 'balloon']),
          },
          adds: 0,
        },
      },
    });
  });

  it('proposes to say as what else the institute answers calls, where it is a call for others', async () => {
    const { outcome, score, missed } = await one('AGRIP-SIMPLE-2030-FUELCELL');
    expect({ outcome, missed }).toMatchObject({
      outcome: 'missed',
      missed: {
        rule: 'addressees',
        says: expect.stringMatching(/^It is aimed at trade and producer organisations/),
        suggestion: { change: { kind: 'answer-as', addressee: 'trade-organisations' }, adds: 0 },
      },
    });
    expect(missed!.suggestion!.score * 0.3).toBeCloseTo(score, 6);
    expect(missed!.suggestion!.score).toBeGreaterThanOrEqual(15);
  });

  it('says of what no profile could mend why it is so', async () => {
    expect(await one('ERC-2030-STG')).toMatchObject({
      outcome: 'missed',
      missed: { rule: 'subject', suggestion: null },
    });
    expect(await one('HORIZON-SHORT-2030-01')).toMatchObject({
      outcome: 'missed',
      missed: { rule: 'status', suggestion: null, says: expect.stringMatching(/^Its deadline has passed/) },
    });
    expect((await test('HORIZON-SHORT-2030-01', '?language=fr')).body.items[0]!.missed!.says).toMatch(
      /^Sa date limite est passée/,
    );
  });

  it('says of a draft that fits that it is announced once it is published, as the explanation does', async () => {
    const says = expect.stringMatching(/^It is a draft, not yet adopted/);
    expect(await one('HORIZON-DRAFT-2030-01')).toMatchObject({
      outcome: 'missed',
      at: null,
      missed: { rule: 'status', says, suggestion: null },
    });
    const explained = '/v1/profiles/ours/explain?language=en&call=HORIZON-DRAFT-2030-01';
    expect((await api(server.url, explained)).body.answer).toMatchObject({ rule: 'status', says });
  });

  it('counts a draft that was published from its publication on', async () => {
    const { outcome, at } = await one('HORIZON-ADOPTED-2030-01');
    expect({ outcome, at: at && new Date(at) > new Date() }).toEqual({
      outcome: 'would-be-announced',
      at: true,
    });
  });

  it('knows that a strong match with little time left does not wait for the digest', async () => {
    const { outcome, at } = await one('HORIZON-SOON-2030-01');
    expect(outcome).toBe('would-be-announced');
    expect(new Date(at!).getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('says of a call that closes before the next digest that it will, not that it has', async () => {
    expect(await one('HORIZON-FAINT-2030-01')).toMatchObject({
      band: expect.not.stringMatching('strong'),
      outcome: 'missed',
      missed: { rule: 'status', suggestion: null, says: expect.stringMatching(/^Its deadline is on /) },
    });
  });

  it('says of a call that was withdrawn before the next digest that it was withdrawn', async () => {
    await server.app
      .get(DataSource)
      .query("UPDATE call SET withdrawn_at = now() WHERE content->>'title' = 'Fuel cell no more'");
    expect(await one('HORIZON-GONE-2030-01')).toMatchObject({
      outcome: 'missed',
      missed: { rule: 'status', suggestion: null, says: expect.stringMatching(/^It was withdrawn/) },
    });
  });

  it('says when and in which mail it was told already', async () => {
    const [row] = await server.app
      .get(DataSource)
      .query("SELECT id FROM call WHERE content->>'title' = 'Fuel cell stacks'");
    const id = '11111111-1111-4111-8111-111111111111';
    await server.app.get(DataSource).query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
       VALUES ($1, 'k', 'first', $1, 'email', 'ours', 'a@example.org', 's', 't', 'u', 'm', $2, 0, 'sent', now(), '2026-05-06T10:00:00Z')`,
      [id, JSON.stringify([{ callId: row.id, version: 1, matchId: row.id, score: 50, title: 'x' }])],
    );
    const own = await serviceKey(server, 'read', 'ours');
    expect(await one('HORIZON-FITS-2030-01', own)).toMatchObject({
      outcome: 'announced',
      at: '2026-05-06T10:00:00.000Z',
      notification: id,
      missed: null,
    });
    // The network does not learn what was sent to the institute.
    expect(await one('HORIZON-FITS-2030-01')).toMatchObject({ at: null, notification: null });
  });

  it('says of a mail to a contact of two institutes that it was sent, to the other one too if the call fits it', async () => {
    const [database, id] = [server.app.get(DataSource), '22222222-2222-4222-8222-222222222222'];
    await database.query(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at) VALUES ($1, 'email', 'both@example.org', 'en', 'theirs', 't', 'l', now(), 0, now())`,
      [id],
    );
    await database.query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) SELECT $1, 'profile', target, 'contact', '2026-05-01', 0 FROM unnest('{ours,theirs}'::text[]) target`,
      [id],
    );
    await database.query(
      `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
       SELECT $1, 'both', 'digest', $1, 'email', 'theirs', 'both@example.org', 's', 't', 'u', 'both', jsonb_agg(jsonb_build_object('callId', id)), 0, 'sent', '2026-05-06T10:00:00Z', '2026-05-06T10:00:00Z'
         FROM call WHERE content->>'title' IN ('Another fuel cell', 'Peat bog mosses')`,
      [id],
    );
    const own = await serviceKey(server, 'read', 'ours');
    // The mail itself is read in the institute under which it is filed.
    expect(await one('HORIZON-NEW-2030-01', own)).toMatchObject({
      outcome: 'announced',
      at: '2026-05-06T10:00:00.000Z',
      notification: null,
    });
    expect(await one('HORIZON-PEAT-2030-01', own)).toMatchObject({ outcome: 'missed' });
  });

  it('writes nothing, and refuses what it cannot read', async () => {
    const before = await tableState(server.app);
    await test('HORIZON-PEAT-2030-01\nHORIZON-BOMB-2030-01');
    expect(await tableState(server.app)).toEqual(before);
    expect(await test(Array.from({ length: 201 }, (_, i) => `Topic ${i}`).join('\n'))).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'topics', message: expect.stringContaining('201') }] },
    });
    expect((await test(' ; , ')).status).toBe(400);
    expect(
      (await api(server.url, '/v1/profiles/nobody/test', { method: 'POST', body: { topics: 'x' } })).status,
    ).toBe(404);
  });

  it('is done once at a time for each who asks', async () => {
    const many = Array.from({ length: 20 }, () => 'HORIZON-PEAT-2030-01\nHORIZON-BOMB-2030-01').join('\n');
    const both = await Promise.all([test(many), test(many)]);
    expect(both.map((b) => b.status)).toEqual([200, 200]);
  });
});
