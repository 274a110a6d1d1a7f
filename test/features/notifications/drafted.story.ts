import {
  digestDate,
  digesting,
  outbox,
  PROFILE,
  settled,
  textOf,
  type Told,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Drafts } from '../../../src/harvest/drafts.js';
import { PipelineFigures } from '../../../src/pipeline/pipeline-figures.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { draft, type DraftedTopic, TestRegister } from '../../support/harvest/register.js';
import { secondCall, SecondSource } from '../../support/harvest/second-source.js';

const CALL = 'HORIZON-CL9-2027-01';
const [A, B, C, GIVEN_UP] = ['01', '02', '03', '04'].map((n) => `${CALL}-AB-${n}`) as [
  string,
  string,
  string,
  string,
];
const TEXT =
  'Proposals should show how a wholly invented machine of glass and copper reads the tides of an invented sea, ' +
  'and what follows from it for the harbours of islands that nobody has ever seen on any map.';
/** Topics of a draft share no sentences. */
const textOfTopic = (identifier: string): string =>
  TEXT.replaceAll('invented', identifier.slice(-5)).replaceAll(' of ', ` of ${identifier.slice(-2)} `);
const PAGE = 'https://ec.europa.eu/transparency/comitology-register/screen/documents/900003';

let h: Harvesting;
let register: TestRegister;
let second: SecondSource;
beforeAll(async () => {
  [register, second] = await Promise.all([TestRegister.start(), SecondSource.start()]);
  const settings = digesting({ first: 1 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => {
      const adjusted = settings(w);
      return { ...adjusted, sources: [...adjusted.sources, register.source, second.source] };
    },
  });
  register.put('900001/1', { type: 'A', title: 'Draft agenda' });
  for (const identifier of [B, GIVEN_UP]) second.put(published(identifier, '2027-09-15T15:00:00Z'));
  await welcomed(h);
  for (const source of ['comitology-register', 'second']) await read(source);
});
afterAll(async () => {
  await h?.stop();
  await register?.stop();
  await second?.stop();
});

const published = (identifier: string, at: string, title?: string) =>
  secondCall(identifier, {
    identifier,
    callIdentifier: CALL,
    deadlines: [{ at, timeTold: true }],
    sections: [{ kind: 'scope', title: 'Scope', text: textOfTopic(identifier) }],
    ...(title !== undefined && { title }),
  });
async function read(source: string): Promise<void> {
  expect(await h.harvest(source)).toMatchObject({ state: 'accepted' });
}
async function drafted(version: number, deadline: string, ...topics: DraftedTopic[]): Promise<void> {
  register.put(`900003/${version}`, {
    files: { 'Draft.docx': draft(CALL, `Opening: 02 Mar 2027 Deadline(s): ${deadline}`, topics) },
  });
  // What a draft dropped is gone after two readings.
  for (const _ of [1, 2]) await read('comitology-register');
  await h.matched();
}
const topic = (identifier: string, over: Partial<DraftedTopic> = {}): DraftedTopic => ({
  identifier,
  title: 'Glass and copper',
  text: textOfTopic(identifier),
  budget: '10.00',
  ...over,
});
const idOf = async (identifier: string): Promise<string> =>
  (await h.query(`SELECT id FROM call WHERE summary->>'identifier' = $1`, [identifier]))[0].id;
const decided = async (identifier: string): Promise<unknown> =>
  h.query(
    `INSERT INTO review (profile_id, call_id, verdict, verdict_at, verdict_version, verdict_by) VALUES ($1, $2, 'relevant', $3, 1, 'Anne')`,
    [PROFILE, await idOf(identifier), h.clock.now()],
  );

/** Returns the text of the digest of a date; null if none was sent. */
async function digest(slot: string): Promise<string | null> {
  await digestDate(h, slot);
  const all = await settled(h, (await outbox(h)).length);
  const sent: Told | undefined = all.find((m) => m.createdAt >= slot);
  return sent ? (await textOf(h, sent)).replace(/\s+/g, ' ') : null;
}

/** What people have made of a call. */
const KEPT = ['review', 'note', 'opportunity', 'proposal', 'joint_opportunity'];
const kept = async (callId: string): Promise<string[]> => {
  const found = await Promise.all(
    KEPT.map(async (table) =>
      (await h.query(`SELECT 1 FROM ${table} WHERE call_id = $1`, [callId])).length ? [table] : [],
    ),
  );
  return found.flat();
};

describe('a draft, for whoever decided on its topics', () => {
  it('says in the digest what it would change in a topic that is published, once', async () => {
    await decided(B);
    await drafted(
      1,
      '07 Oct 2027',
      topic(A),
      topic(B, { title: `What the second source calls ${B}` }),
      topic(C),
      topic(GIVEN_UP),
    );
    await decided(A);
    await decided(C);
    await decided(GIVEN_UP);
    await h.query(
      `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'no-go', $3, 'EUR', '{}', '[]', '[]', '[]', $3, $3)`,
      [PROFILE, await idOf(GIVEN_UP), h.clock.now()],
    );
    const text = await digest('2026-05-11T05:00:00Z');
    expect(text).toContain(
      'A draft of 1 May 2026, version 1, not yet adopted, would move the deadline to 7 October 2027.',
    );
    expect(text).toContain(`${PAGE}/1/consult`);
    expect(text).toContain('This is what is new or has changed');
    expect(text).not.toContain(GIVEN_UP);
    // Nothing has happened since they decided.
    expect(text).not.toContain('Glass and copper');
    expect(await digest('2026-05-18T05:00:00Z')).toBeNull();
  });

  it('says what its next version changes and drops, and nobody else hears of what it drops', async () => {
    await drafted(2, '14 Oct 2027', topic(A, { budget: '9.00' }));
    const text = await digest('2026-05-25T05:00:00Z');
    expect(text).toContain(
      'In the draft of 1 May 2026, version 2: total budget changed from €10 million to €9 million, deadline moved from 7 October 2027 to 14 October 2027.',
    );
    expect(text).toContain('It is no longer in the draft of 1 May 2026, version 2.');
    expect(await h.query('SELECT key FROM event WHERE call_id = $1', [await idOf(C)])).toEqual([]);
  });

  it('goes on as the call once it is published, with all that people have made of it', async () => {
    const id = await idOf(A);
    const mail = '00000000-0000-4000-8000-0000000000aa';
    await h.query(
      `WITH m AS (INSERT INTO transactional_mail (id, kind, to_address, subject, text, html, message_id, state, created_at) VALUES ($3, 'proposal', 'r@example.fr', 's', 't', 'h', 'i', 'sent', now())),
            p AS (INSERT INTO proposal (id, profile_id, call_id, name, email, language, subject, text, token_hash, asked_by, created_at, mail_id) VALUES (gen_random_uuid(), $1, $2, 'R', 'r@example.fr', 'fr', 's', 't', 'h', 'Anne', now(), $3)),
            n AS (INSERT INTO note (id, profile_id, call_id, author, text, created_at) VALUES (gen_random_uuid(), $1, $2, 'Anne', 'Ask Ben', now())),
            j AS (INSERT INTO joint_opportunity (id, call_id, lead_id, stage, stage_at, begun_at, updated_at) VALUES (gen_random_uuid(), $2, $1, 'idea', now(), now(), now()))
       INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, currency, partners, documents, milestones, tasks, deadline_at, created_at, updated_at)
       VALUES (gen_random_uuid(), $1, $2, 'preparing', now(), 'EUR', '{}', '[]', '[]', '[]', '2027-10-14T15:00:00Z', now(), now())`,
      [PROFILE, id, mail],
    );
    second.put({ ...published(A, '2027-11-03T16:00:00Z', 'Glass and copper'), budget: budgetOf(8_000_000) });
    await read('second');
    await h.matched();
    expect((await h.call(`/v1/calls/${id}`)).body).toMatchObject({ status: 'open', identifier: A });
    expect(await kept(id)).toEqual(KEPT);
    expect(await digest('2026-06-01T05:00:00Z')).toContain(
      'This topic is now published. Since the first draft of 1 May 2026: deadline moved twice, budget cut by a fifth.',
    );
  });

  it('is kept as the history of the call, whatever is read again of it', async () => {
    const id = await idOf(A);
    register.put('900003/1', { updatedAt: '2026-06-01T08:00:00Z' });
    await read('comitology-register');
    const history = await h.test.app.get(Drafts).history(id);
    expect(history!.steps).toMatchObject([
      { draft: { document: '900003/1' }, changes: [] },
      { draft: { document: '900003/2' }, changes: [{ field: 'budgetEur' }, { field: 'deadlineDate' }] },
      { draft: null, changes: [{ field: 'budgetEur', after: 8_000_000 }, { field: 'deadlineDate' }] },
    ]);
    expect(history!.summary).toMatchObject({ deadlineMoves: 2, budget: 0.8, renumbered: false });
    expect(await h.test.app.get(Drafts).history(await idOf(B))).toBeNull();
  });

  it('says nothing more of a published topic once what it would change is adopted', async () => {
    second.put(published(B, '2027-10-07T15:00:00Z'));
    await read('second');
    second.put(published(B, '2027-12-07T15:00:00Z'));
    await read('second');
    const [call] = await h.query('SELECT id, content FROM call WHERE id = $1', [await idOf(B)]);
    expect(await h.test.app.get(Drafts).ofPublished(call.id, call.content)).toBeNull();
  });

  it('names the topic that one of theirs went into as it was published', async () => {
    const call = 'HORIZON-CL9-2027-02';
    const parts = ['GL-01', 'CO-02'].map((end) => `${call}-${end}`);
    const texts = ['wells', 'kites'].map((word) => TEXT.replaceAll(/a|e/g, word));
    register.put('900006/1', {
      files: {
        'Draft.docx': draft(
          call,
          'Opening: 02 Mar 2027 Deadline(s): 14 Oct 2027',
          parts.map((p, i) => topic(p, { text: texts[i]! })),
        ),
      },
    });
    await read('comitology-register');
    await decided(parts[0]!);
    second.put(
      secondCall('whole', {
        identifier: `${call}-WH-09`,
        title: 'Glass with copper',
        callIdentifier: call,
        deadlines: [{ at: '2027-10-14T15:00:00Z', timeTold: true }],
        sections: [{ kind: 'scope', title: 'Scope', text: texts.join(' ') }],
      }),
    );
    await read('second');
    for (const _ of [1, 2]) await read('comitology-register');
    await h.matched();
    const text = await digest('2026-06-08T05:00:00Z');
    expect(text).toContain(`It is now part of ${call}-WH-09, “Glass with copper”.`);
    expect(text).not.toContain('It is no longer in the draft');
  });
});

describe('topics that are known from drafts before the portal has them', () => {
  it('are counted with the days from draft to publication, and to the first message', async () => {
    const FIVE = [1, 2, 3, 4, 5].map((n) => `${CALL}-ZZ-1${n}`);
    const [before] = (await h.call('/v1/sources')).body.items.filter((s: any) => s.lead);
    register.put('900007/1', {
      createdAt: '2026-06-01T08:00:00Z',
      files: {
        'Draft.docx': draft(
          CALL,
          'Opening: 02 Mar 2027 Deadline(s): 07 Oct 2027',
          FIVE.map((f) => topic(f)),
        ),
      },
    });
    await read('comitology-register');
    h.clock.set(new Date('2026-08-30T08:00:00Z'));
    second.put(...FIVE.map((f) => published(f, '2027-10-07T15:00:00Z')));
    await read('second');
    const [after] = (await h.call('/v1/sources')).body.items.filter((s: any) => s.lead);
    expect(after.lead).toMatchObject({ topics: before.lead.topics + 5, days: 90 });
    // Read again from the drafts, they are no more of them.
    await read('comitology-register');
    const figures = h.test.app.get(PipelineFigures);
    expect((await figures.ofNetwork({ from: '2026-08-01', to: '2026-08-31' })).drafts).toEqual({
      topics: 5,
      days: 90,
      daysToMessage: null,
    });
    expect((await figures.ofNetwork({ to: '2026-05-01' })).drafts).toEqual({
      topics: 0,
      days: null,
      daysToMessage: null,
    });
  });
});

const budgetOf = (total: number) => ({
  currency: 'EUR',
  total,
  expectedGrants: null,
  minContribution: null,
  maxContribution: null,
  years: [],
});
