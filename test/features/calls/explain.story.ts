import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { RecipientFitRepository } from '../../../src/notifications/store/digest.repository.js';
import { api } from '../../support/app.js';
import { aCall, deadline } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { leaveMails } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const about = (reference: string, title: string, text: string, told = {}) =>
  aCall(reference, { title, sections: [{ kind: 'expected-outcome', title: '', text }], ...told });
const CALLS = [
  about(
    'FITS-2030-01',
    'Solar cells of perovskite',
    'Perovskite solar cells that last, and how solar cells are made.',
  ),
  about(
    'CLOSED-2030-01',
    'Solar cells of silicon',
    'Silicon solar cells that last, and how solar cells are made.',
    { deadlines: [deadline(-5)] },
  ),
  about(
    'SPACE-2030-01',
    'Solar cells in orbit',
    'Solar cells for satellites that last, and how solar cells are made.',
  ),
  about(
    'BOTH-2030-01',
    'Solar cells and a wind turbine',
    'Solar cells for satellites, and a wind turbine beside each wind turbine with its solar cells.',
  ),
  about(
    'WEAK-2030-01',
    'Monuments of towns',
    `${'Frescoes and old manuscripts of many towns. '.repeat(60)} One wind turbine.`,
  ),
  about('DRAFT-2030-01', 'Solar cells of tomorrow', 'Solar cells that last, and how solar cells are made.', {
    sourceStatus: 'draft',
  }),
  about('NEAR-2030-01', 'Cells of algae', 'Cells of algae and their membranes.'),
  about('FAR-2030-01', 'Old manuscripts', 'Palimpsests in libraries.'),
  about('x', 'Grants for solar cells', 'Solar cells of all kinds, solar cells.', {
    identifier: 'ERC-2030-STG',
  }),
  about('TWICE-2030-01', 'Twice told', 'One of two.', {
    reference: 'twice-a',
    identifier: 'HORIZON-TWICE-2030-01',
    url: 'https://calls.example.org/a',
  }),
  ...Array.from({ length: 12 }, (_, i) =>
    about(`OTHER-2030-${i}`, `Libraries ${i}`, 'Catalogues and shelves.'),
  ),
];
const OURS = aProfile('ours', {
  language: 'en',
  preferences: { typesOfAction: [], programmes: ['Digital Europe'] },
  competences: [
    {
      label: 'Photovoltaics',
      description: '',
      keywords: ['solar cells', 'perovskite'],
      exclusions: ['satellites'],
      weight: 1,
    },
    { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 },
  ],
});

interface Rule {
  rule: string;
  outcome: string;
  concerns: string;
  says: string;
  [detail: string]: any;
}
interface Explanation {
  call: { id: string; title: string };
  score: number;
  band: string;
  reasons: { contribution: number }[];
  remarks: string[];
  answer: { kind: string; rule: string | null; says: string };
  rules: Rule[];
  contacts: { state: string }[];
}

describe('an explanation', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([OURS], CALLS);
  });
  afterAll(() => inbox?.stop());

  const ask = (call: string, query = '&language=en', token: string | undefined = inbox.token) =>
    api<Explanation & { detail: string; errors: { path: string; message: string }[] }>(
      inbox.test.url,
      `/v1/profiles/ours/explain?call=${encodeURIComponent(call)}${query}`,
      { token },
    );
  const asNetwork = (call: string) =>
    api<Explanation>(
      inbox.test.url,
      `/v1/profiles/ours/explain?call=${encodeURIComponent(call)}&language=en`,
    );
  const explained = async (identifier: string): Promise<Explanation & { rule: (name: string) => Rule }> => {
    const { status, body } = await ask(identifier);
    expect({ identifier, status }).toEqual({ identifier, status: 200 });
    return { ...body, rule: (name) => body.rules.find((r) => r.rule === name)! };
  };
  /** Returns the calls that the first mail to a contact would list, if there were one. */
  const best = () =>
    inbox.test.app
      .get(RecipientFitRepository)
      .best(
        { profiles: ['ours'], inside: ['ours'] },
        { statuses: ['open'], least: 20, floor: 0, limit: 100 },
        new Date(),
      );
  const stopped = (e: Explanation): string[] =>
    e.rules.filter((r) => r.outcome === 'stopped').map((r) => r.rule);

  it('is found by identifier, key, title or address; what is not known is named', async () => {
    const { call, score } = await explained('HORIZON-FITS-2030-01');
    for (const name of [
      call.id,
      'horizon-fits-2030-01',
      CALLS[0]!.title,
      `Topic HORIZON-FITS-2030-01, please`,
    ])
      expect((await explained(name)).call.id).toBe(call.id);
    expect((await explained('https://calls.example.org/a')).call.title).toBe('Twice told');
    const lost = await ask('HORIZON-FITS-2030-11');
    expect(lost).toMatchObject({
      status: 404,
      body: {
        detail: expect.stringMatching(
          /No call matches "HORIZON-FITS-2030-11"\. Did you mean HORIZON-FITS-2030-01/,
        ),
      },
    });
    expect((await ask(' ')).status).toBe(400);
    const { items } = (await api(inbox.test.url, '/v1/matches?profile=ours&limit=100')).body;
    expect(score).toBeCloseTo(items.find((m: { call: { id: string } }) => m.call.id === call.id).score, 6);
  });

  it('has all rules, and reasons that sum to the score', async () => {
    for (const { identifier } of CALLS) {
      const e = await explained(identifier!);
      expect(e.rules.map((r) => r.rule)).toEqual([
        'status',
        'subject',
        'exclusion',
        'addressees',
        'score',
        'verdict',
        'ready',
        'contact',
        'first-mail',
        'announced',
        'baseline',
        'rank',
        'digest',
      ]);
      expect(e.reasons.reduce((n, r) => n + r.contribution, 0)).toBeCloseTo(e.score, 6);
      for (const language of ['en', 'fr'])
        for (const r of (await ask(identifier!, `&language=${language}`)).body.rules)
          expect(r.says).toMatch(/^[A-ZÀ-Ý“«].*\.$/u);
    }
  });

  it('names the rule that stops a call, with what is behind it', async () => {
    expect(await explained('HORIZON-CLOSED-2030-01')).toMatchObject({
      answer: {
        kind: 'stopped',
        rule: 'status',
        says: expect.stringMatching(/^Its deadline has passed on .*: closed calls are not announced\.$/),
      },
    });
    expect(await explained('ERC-2030-STG')).toMatchObject({
      answer: { rule: 'subject', says: expect.stringContaining('(ERC)') },
    });
    const space = await explained('HORIZON-SPACE-2030-01');
    expect(space).toMatchObject({ score: 0, answer: { kind: 'stopped', rule: 'exclusion' } });
    expect(space.rule('exclusion')).toMatchObject({
      places: [
        {
          competence: 'Photovoltaics',
          term: 'satellites',
          field: 'sections.0',
          passage: expect.stringContaining('for satellites that'),
        },
      ],
    });
    expect(space.rule('exclusion').says).toMatch(
      /^“Photovoltaics” does not count because of “satellites” in the expected outcomes \(“.*satellites.*”\)\. Without that it would score \d+(\.\d)? and be announced\.$/,
    );
    expect(space.rule('score').outcome).toBe('passed');
    const weak = await explained('HORIZON-WEAK-2030-01');
    expect(weak.answer.rule).toBe('score');
    expect(weak.rule('score')).toMatchObject({ least: 20, nearest: ['wind turbine'] });
    expect(weak.rule('score').lacking).toBeCloseTo(20 - weak.score);
    expect((await explained('HORIZON-NEAR-2030-01')).rule('score').nearest).toEqual(['solar cells']);
    expect((await explained('HORIZON-FAR-2030-01')).rule('score').says).toContain(
      'no word of the profile comes close',
    );
  });

  it('says of an exclusion that does not decide that it does not', async () => {
    const both = await explained('HORIZON-BOTH-2030-01');
    expect(both.score).toBeGreaterThan(20);
    expect(both.rule('exclusion')).toMatchObject({
      outcome: 'passed',
      places: [{ term: 'satellites' }],
      says: expect.stringMatching(/This makes no difference to its announcement\.$/),
    });
  });

  it('is true: those that no rule about the call or profile stops are the ones that a contact would be told', async () => {
    const { ids } = await best();
    const passing: string[] = [];
    for (const { identifier, title } of CALLS)
      if (
        !stopped(await explained(identifier!)).some((r) =>
          ['status', 'subject', 'exclusion', 'score'].includes(r),
        )
      )
        passing.push(await inbox.id(title));
    expect(passing.length).toBeGreaterThan(1);
    expect(passing.sort()).toEqual(ids.sort());
  });

  it('says where nobody could be told, and what preferences are not met, whatever the score', async () => {
    expect((await explained('HORIZON-FITS-2030-01')).rule('contact')).toMatchObject({
      outcome: 'passed',
      contacts: 1,
    });
    await leaveMails(inbox.test, inbox.officer.person);
    const fits = await explained('HORIZON-FITS-2030-01');
    expect(fits.answer).toMatchObject({
      kind: 'stopped',
      rule: 'contact',
      says: 'All recipients have stopped the e-mails.',
    });
    expect(fits.rule('contact')).toMatchObject({ outcome: 'stopped' });
    expect(fits.remarks).toEqual([
      `${fits.band === 'weak' ? '' : 'fits, but '}Horizon Europe; you prefer Digital Europe`,
    ]);
  });

  it('tells that a draft is not announced before it is published, however well it fits', async () => {
    const draft = await explained('HORIZON-DRAFT-2030-01');
    expect(draft.score).toBeGreaterThan(20);
    expect(draft.answer).toEqual({
      kind: 'stopped',
      rule: 'status',
      says: expect.stringMatching(
        /^It is a draft, not yet adopted: a call is announced once it is published\./,
      ),
    });
  });

  it('tells the institute, and nobody else, that it decided; what is not for it is not told either', async () => {
    const { call } = await explained('HORIZON-FITS-2030-01');
    await api(inbox.test.url, `/v1/profiles/ours/calls/${call.id}/verdict`, {
      method: 'PUT',
      token: inbox.token,
      body: { verdict: 'not', reason: 'capacity' },
    });
    expect((await explained('HORIZON-FITS-2030-01')).rule('verdict')).toMatchObject({
      outcome: 'stopped',
      concerns: 'both',
      says: expect.stringMatching(/“not for us” \(no capacity\).*, and is no longer announced\.$/),
    });
    expect(
      (await asNetwork('HORIZON-FITS-2030-01')).body.rules.find((r) => r.rule === 'verdict'),
    ).toMatchObject({ outcome: 'passed', at: null });
    const undecided = (await api(inbox.test.url, '/v1/profiles/ours/inbox', { token: inbox.token })).body
      .items;
    expect(undecided.map((i: { id: string }) => i.id)).not.toContain(call.id);
    expect((await best()).ids).not.toContain(call.id);
  });

  it('tells a refused call, and a refused draft, as long as a bid for it is in progress', async () => {
    const { test, token } = inbox;
    const [call, draft] = [
      await inbox.id('Solar cells of perovskite'),
      await inbox.id('Solar cells of tomorrow'),
    ];
    for (const id of [call, draft])
      await api(test.url, `/v1/profiles/ours/calls/${id}/verdict`, {
        method: 'PUT',
        token,
        body: { verdict: 'not', reason: 'capacity' },
      });
    const coming = (at = new Date()) =>
      test.app
        .get(RecipientFitRepository)
        .coming(
          randomUUID(),
          { profiles: ['ours'], inside: ['ours'] },
          { least: 20, floor: 0, limit: 9 },
          at,
        );
    expect([(await best()).ids.includes(call), (await coming()).includes(draft)]).toEqual([false, false]);
    const database = test.app.get(DataSource);
    await database.query(
      `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
       SELECT gen_random_uuid(), 'ours', id, 'preparing', now(), 'EUR', '{}', '[]', '[]', '[]', now(), now() FROM unnest($1::uuid[]) id`,
      [[call, draft]],
    );
    expect([(await best()).ids.includes(call), (await coming()).includes(draft)]).toEqual([true, true]);
    // A draft that was never published is not coming once its deadline has passed.
    expect(await coming(new Date('2100-01-01'))).not.toContain(draft);
    await database.query("UPDATE opportunity SET stage = 'no-go'");
    expect([(await best()).ids.includes(call), (await coming()).includes(draft)]).toEqual([false, false]);
  });
});
