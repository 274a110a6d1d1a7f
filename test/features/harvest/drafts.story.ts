import { SourceReadings } from '../../../src/harvest/source-readings.js';
import { Reparse } from '../../../src/harvest/reparse.js';
import { Sources } from '../../../src/harvest/source-registry.js';
import { Drafts } from '../../../src/harvest/drafts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { draft, TestRegister } from '../../support/harvest/register.js';
import { row, table, wordFile } from '../../support/harvest/word-file.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';

const REGISTER = 'comitology-register';
const CALL = 'HORIZON-CL9-2027-01';
const [A, B, C, D, E] = ['AB-01', 'AB-02', 'AB-03', 'AB-04', 'AB-05'].map((end) => `${CALL}-${end}`) as [
  string,
  string,
  string,
  string,
  string,
];
const DATES = 'Opening: 02 Mar 2027 Deadline(s): 07 Oct 2027';
const LONG =
  'Proposals should show how a wholly invented machine of glass and copper reads the tides of an invented sea, ' +
  'and what follows from it for the harbours of islands that nobody has ever seen on any map.';

let h: Harvesting;
let register: TestRegister;
let second: SecondSource;
beforeAll(async () => {
  [register, second] = await Promise.all([TestRegister.start(), SecondSource.start()]);
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({
      ...w,
      sources: [...w.sources.filter((s) => s.id !== REGISTER), register.source, second.source],
    }),
  });
  await h.ended();
  second.put(
    secondCall('B', {
      identifier: B,
      callIdentifier: CALL,
      deadlines: [{ at: '2027-09-15T15:00:00Z', timeTold: true }],
    }),
  );
  register.put('900001/1', {
    type: 'A',
    title: 'Draft agenda',
    files: { 'Agenda.pdf': Buffer.from('%PDF-') },
  });
  await read(REGISTER);
  await read('second');
});
afterAll(async () => {
  await h?.stop();
  await register?.stop();
  await second?.stop();
});

async function read(source: string): Promise<void> {
  h.clock.move({ hours: 6 });
  expect(await h.harvest(source)).toMatchObject({ state: 'accepted' });
}
const topics = async () =>
  (await h.call('/v1/calls?status=draft')).body.items.map((c: any) => c.identifier).sort();
const calls = (identifier: string) =>
  h.query<{ id: string; status: string }>(
    `SELECT id, source_status AS status FROM call WHERE summary->>'identifier' = $1`,
    [identifier],
  );
const drafted = (version: number, ...own: { identifier: string; title: string; text?: string }[]) =>
  register.put(`900003/${version}`, {
    title: 'Draft work programme',
    files: { 'Draft.docx': draft(CALL, DATES, own) },
  });

describe('drafts of topics', () => {
  it('become calls of status draft, but for a topic that is published already', async () => {
    drafted(
      1,
      { identifier: A, title: 'Glass and copper', text: LONG },
      { identifier: B, title: 'Published already' },
      { identifier: C, title: 'Dropped later' },
      { identifier: D, title: 'Renumbered later', text: LONG.replaceAll('invented', 'imagined') },
    );
    const { total } = (await h.call('/v1/changes?limit=1')).body;
    await read(REGISTER);
    expect(await topics()).toEqual([A, C, D]);
    expect(await calls(B)).toMatchObject([{ status: 'open' }]);
    const { body } = await h.call(`/v1/calls/${(await calls(A))[0]!.id}`);
    expect(body).toMatchObject({
      status: 'draft',
      title: 'Glass and copper',
      draft: { reference: '900003', version: 1, day: '2026-05-01' },
    });
    const [reading] = (await h.test.app.get(SourceReadings).all()).filter((r) => r.source.id === REGISTER);
    expect(reading!.documents).toMatchObject([
      {
        content: { reference: '900003', version: 1, title: 'Draft work programme' },
        topics: 4,
        proposals: [],
      },
      { content: { reference: '900001', files: [{ name: 'Agenda.pdf' }] }, topics: 0 },
    ]);
    const closing = async (drafts = ''): Promise<string[]> =>
      (
        await h.call(`/v1/deadlines?from=2027-10-01T00:00:00Z&to=2027-11-01T00:00:00Z&limit=100${drafts}`)
      ).body.items.map((d: any) => d.call.identifier);
    expect(await closing()).not.toContain(A);
    expect(await closing('&drafts=shown')).toContain(A);
    // Nobody is told of a draft as of a call.
    const events = await h.query(`SELECT key FROM event WHERE key LIKE 'call/%' AND call_id = $1`, [body.id]);
    expect(events).toEqual([]);
    expect((await h.call('/v1/changes?limit=1')).body.total).toBe(total + 3);
  });

  it('say what they would change in a topic that is published already', async () => {
    const [published] = await h.query(`SELECT id, content FROM call WHERE summary->>'identifier' = $1`, [B]);
    const drafts = h.test.app.get(Drafts);
    expect(await drafts.ofPublished(published.id, published.content)).toMatchObject({
      day: '2026-05-01',
      version: 1,
      changes: [
        { field: 'title', after: 'Published already' },
        { field: 'deadlineDate', before: ['2027-09-15'], after: ['2027-10-07'] },
        { field: 'text' },
      ],
    });
    const [draft] = await h.query(`SELECT id, content FROM call WHERE summary->>'identifier' = $1`, [A]);
    expect(await drafts.ofPublished(draft.id, draft.content)).toBeNull();
  });

  it('are matched, and announced to nobody as calls', async () => {
    await h.matched();
    const [best] = await h.query(
      `SELECT c.content FROM match m JOIN call c ON c.id = m.call_id WHERE c.summary->>'language' = 'en' ORDER BY m.score DESC LIMIT 1`,
    );
    const text = best.content.sections.map((s: { text: string }) => s.text.replace(/[<&>]/g, ' ')).join(' ');
    const identifier = 'HORIZON-CL8-2027-01-ZZ-01';
    register.put('900004/1', {
      files: {
        'Draft.docx': draft('HORIZON-CL8-2027-01', DATES, [
          { identifier, title: best.content.title.replace(/[<&>]/g, ' '), text },
        ]),
      },
    });
    await read(REGISTER);
    await h.matched();
    const { id } = (await calls(identifier))[0]!;
    const [{ score }] = await h.query('SELECT max(score) AS score FROM match WHERE call_id = $1', [id]);
    expect(score).toBeGreaterThan(50);
    expect(await h.query('SELECT key FROM event WHERE call_id = $1', [id])).toEqual([]);
    const inbox = await h.call(`/v1/calls?status=open&limit=100`);
    expect(inbox.body.items.map((c: any) => c.id)).not.toContain(id);
    register.put('900004/1', { type: 'O' });
    await h.query(`DELETE FROM draft_topic WHERE reference = '900004'`);
    await h.query('DELETE FROM call WHERE id = $1', [id]);
  });

  it('are asked for again only when their document is updated', async () => {
    register.asked.clear();
    await read(REGISTER);
    expect([...register.asked].filter((url) => /documents.\d|attachment/.test(url))).toEqual([]);
  });

  it('change, and are dropped, with the next version of the document', async () => {
    drafted(
      2,
      { identifier: A, title: 'Glass and tin', text: LONG },
      { identifier: B, title: 'Published already' },
      { identifier: E, title: 'Renumbered later', text: LONG.replaceAll('invented', 'imagined') },
    );
    const [old] = await calls(D);
    await read(REGISTER);
    await read(REGISTER);
    expect(await topics()).toEqual([A, E]);
    expect(await calls(E)).toEqual([old]);
    const [{ differences }] = await h.query(
      `SELECT differences FROM committee_document WHERE reference = '900003' AND version = 2`,
    );
    expect(differences).toEqual([
      { kind: 'renumbered', key: E, before: [D], after: [E] },
      { kind: 'dropped', key: C, title: 'Dropped later' },
      { kind: 'changed', key: A, field: 'title', before: 'Glass and copper', after: 'Glass and tin' },
    ]);
    const { body } = await h.call(
      `/v1/calls/${(await h.query(`SELECT call_id AS id FROM draft_topic WHERE identifier = $1`, [C]))[0].id}`,
    );
    expect(body.status).toBe('withdrawn');
  });

  it('are read again from the kept documents, each version by itself, and nothing is told', async () => {
    const reparse = h.test.app.get(Reparse);
    const source = h.test.app.get(Sources).get(REGISTER);
    expect(await reparse.preview(source)).toMatchObject({ different: [], lost: [], topics: [] });
    // As an earlier parser would have stored it.
    await h.query(
      `UPDATE draft_topic SET content = jsonb_set(content, '{title}', '"Misread"') WHERE identifier = $1 AND version = 1`,
      [A],
    );
    const found = await reparse.preview(source);
    expect(found.topics).toMatchObject([
      { identifier: A, version: 1, content: { title: 'Glass and copper' } },
    ]);
    await reparse.apply(source, found);
    const stored = await h.query(
      `SELECT version, content->>'title' AS title FROM draft_topic WHERE identifier = $1 ORDER BY version`,
      [A],
    );
    expect(stored).toEqual([
      { version: 1, title: 'Glass and copper' },
      { version: 2, title: 'Glass and tin' },
    ]);
  });

  it('are asked for again once a mended parser is applied, as are decisions, of which no document is kept', async () => {
    const annex = wordFile(
      table(row(['Proposal number', 'Acronym', 'Topic']), row(['101999001', 'GLASSTIDE', A])),
    );
    register.put('900006/1', { title: `Award of grants ${CALL}`, files: { 'Annex.docx': annex } });
    await read(REGISTER);
    const proposals = async () =>
      (
        await h.query(
          `SELECT proposals->0->>'acronym' AS acronym, names FROM committee_document WHERE reference = '900006'`,
        )
      )[0];
    const whole = { acronym: 'GLASSTIDE', names: expect.arrayContaining([A.toLowerCase()]) };
    expect(await proposals()).toEqual(whole);
    // As an earlier parser would have stored them: a table that it did not know, and a draft without topics.
    await h.query(`UPDATE committee_document SET proposals = '[]', names = '{}' WHERE reference = '900006'`);
    await h.query(`DELETE FROM draft_topic WHERE reference = '900003' AND version = 1`);
    await read(REGISTER);
    expect(await proposals()).toEqual({ acronym: null, names: [] });

    const [reparse, source] = [h.test.app.get(Reparse), h.test.app.get(Sources).get(REGISTER)];
    const { total } = (await h.call('/v1/changes?limit=1')).body;
    const applied = await reparse.apply(source, await reparse.preview(source));
    expect(applied).toEqual({ calls: 0, askedAgain: 3 });
    await read(REGISTER);
    expect(await proposals()).toEqual(whole);
    expect(
      await h.query(`SELECT identifier FROM draft_topic WHERE reference = '900003' AND version = 1`),
    ).toHaveLength(4);
    expect((await h.call('/v1/changes?limit=1')).body.total).toBe(total);
    register.drop('900006/1');
    await h.query(`DELETE FROM committee_document WHERE reference = '900006'`);
  });

  it('go on as the same call when they are published, under their identifier or another', async () => {
    const [[a], [e]] = [await calls(A), await calls(E)];
    const number = `${CALL}-AB-77`;
    const text = LONG.replaceAll('invented', 'imagined');
    second.put(
      secondCall('A', {
        identifier: A,
        callIdentifier: CALL,
        opensAt: '2027-03-02T00:00:00.000Z',
        deadlines: [{ at: '2027-11-02T16:00:00Z', timeTold: true }],
      }),
      secondCall('E', {
        identifier: number,
        callIdentifier: CALL,
        sections: [{ kind: 'scope', title: 'Scope', text }],
      }),
    );
    await read('second');
    expect(await calls(A)).toEqual([{ id: a!.id, status: 'open' }]);
    expect(await calls(number)).toEqual([{ id: e!.id, status: 'open' }]);
    await read(REGISTER);
    expect(await topics()).toEqual([]);
    const versions = await h.query('SELECT kinds FROM call_version WHERE call_id = $1 ORDER BY version', [
      a!.id,
    ]);
    const { kinds } = versions.at(-1)!;
    expect(kinds).toEqual(expect.arrayContaining(['new', 'extended']));
    // Neither its own number nor the same day of opening, written otherwise, is a change to a reader.
    expect(kinds.filter((kind: string) => ['identity', 'opening'].includes(kind))).toEqual([]);
    expect(await h.query(`SELECT key FROM event WHERE key = $1`, [`call/${a!.id}`])).toHaveLength(1);
  });

  it('that went into another lead to it, in a later version or as it was published', async () => {
    const call = 'HORIZON-CL9-2027-05';
    const identifiers = ['FA', 'FB', 'FC', 'FD'].map((end) => `${call}-${end}-01`);
    const [F, G, I, J] = identifiers as [string, string, string, string];
    const [f, g, i, j] = ['wells', 'kites', 'looms', 'bells'].map((word) =>
      LONG.replaceAll(/a|e/g, word),
    ) as [string, string, string, string];
    const version = (number: number, topics: Record<string, string>) =>
      register.put(`900007/${number}`, {
        files: {
          'Draft.docx': draft(
            call,
            DATES,
            Object.entries(topics).map(([identifier, text]) => ({ identifier, title: identifier, text })),
          ),
        },
      });
    version(1, { [F]: f, [G]: g, [I]: i, [J]: j });
    await read(REGISTER);
    const ids = new Map<string, string>();
    for (const identifier of identifiers) ids.set(identifier, (await calls(identifier))[0]!.id);
    version(2, { [G]: `${g} ${f}`, [I]: i, [J]: j });
    await read(REGISTER);
    const whole = `${call}-FE-09`;
    second.put(
      secondCall('I and J', {
        identifier: whole,
        title: 'Looms and bells',
        callIdentifier: call,
        sections: [{ kind: 'scope', title: 'Scope', text: `${i} ${j}` }],
      }),
    );
    await read('second');
    await read(REGISTER);
    await read(REGISTER);
    expect(await topics()).toEqual([G]);
    const news = async (identifier: string) => {
      const { body } = await h.call(`/v1/calls/${ids.get(identifier)}`);
      const [row] = await h.query('SELECT content, withdrawn_at AS "withdrawnAt" FROM call WHERE id = $1', [
        body.id,
      ]);
      const page = await h.call(`/calls/${body.id}`);
      return [body.status, await h.test.app.get(Drafts).news(body.id, row), page.body];
    };
    const published = (await calls(whole))[0]!.id;
    for (const [identifier, into, callId] of [
      [F, G, ids.get(G)!],
      [I, whole, published],
      [J, whole, published],
    ] as const)
      expect([identifier, await news(identifier)]).toEqual([
        identifier,
        [
          'withdrawn',
          expect.objectContaining({
            kind: 'merged',
            into: expect.objectContaining({ identifier: into, callId }),
          }),
          expect.stringContaining(`/calls/${callId}`),
        ],
      ]);
    register.drop('900007/1');
    register.drop('900007/2');
    await h.query(`DELETE FROM draft_topic WHERE reference = '900007'`);
    await h.query(`DELETE FROM committee_document WHERE reference = '900007'`);
  });

  it('are listed with all other documents of the register, by page', async () => {
    const path = '/v1/committee-documents?limit=1';
    const first = (await h.call(path)).body;
    expect(first).toMatchObject({ total: 4, items: [{ reference: '900003', version: 2, topics: 3 }] });
    expect(first.items[0].url).toContain('/screen/documents/900003/2/consult');
    const second = (await h.call(`${path}&cursor=${first.next}`)).body;
    expect(second.items).toMatchObject([{ reference: '900004', version: 1 }]);
    const agendas = (await h.call('/v1/committee-documents?type=A')).body;
    expect(agendas.items).toMatchObject([{ reference: '900001', files: [{ name: 'Agenda.pdf' }] }]);
    expect((await h.call('/v1/committee-documents?cursor=x')).status).toBe(400);
  });

  it('are not all that is new in a register, which is not quiet while it has other documents', async () => {
    await h.query(
      `UPDATE source_record SET changed_at = changed_at - interval '1 year' WHERE source_id = $1`,
      [REGISTER],
    );
    register.put('900005/1', { type: 'S', title: 'Summary record' });
    await read(REGISTER);
    expect(await h.source(REGISTER)).toMatchObject({ state: 'healthy' });
  });

  it('are told of with their history, whatever is updated late', async () => {
    register.put('900003/2', {
      title: 'Draft work programme, renamed',
      updatedAt: '2026-05-20T08:00:00.123456Z',
    });
    await read(REGISTER);
    const [{ changes }] = await h.query(
      `SELECT changes FROM committee_document WHERE reference = '900003' AND version = 2`,
    );
    expect(changes).toMatchObject([
      { field: 'title', from: 'Draft work programme', to: 'Draft work programme, renamed' },
    ]);
  });

  it('stand in all Word files of their document', async () => {
    const call = 'HORIZON-CL7-2027-03';
    const [one, two] = [`${call}-QA-01`, `${call}-QA-02`] as [string, string];
    register.put('900008/1', {
      files: {
        'Part 1.docx': draft(call, DATES, [{ identifier: one, title: 'In the first part' }]),
        'Part 2.docx': draft(call, DATES, [{ identifier: two, title: 'In the second part' }]),
        'Part 2, changes marked.docx': draft(call, DATES, [{ identifier: two, title: 'In the second part' }]),
      },
    });
    await read(REGISTER);
    expect(await topics()).toEqual(expect.arrayContaining([one, two]));
  });

  it('are not dropped where a file of the next version cannot be read', async () => {
    const put = (version: number, second: Buffer): void =>
      register.put(`900010/${version}`, {
        createdAt: `2026-05-0${version}T08:00:00Z`,
        files: {
          'Part 1.docx': draft('HORIZON-CL5-2027-08', DATES, [
            { identifier: 'HORIZON-CL5-2027-08-01', title: `In the first part ${version}` },
          ]),
          'Part 2.docx': second,
        },
      });
    const whole = draft('HORIZON-CL5-2027-08', DATES, [
      { identifier: 'HORIZON-CL5-2027-08-02', title: 'In the second part' },
    ]);
    put(1, whole);
    await read(REGISTER);
    put(2, Buffer.from('no Word file'));
    for (const _ of [1, 2, 3]) await read(REGISTER);
    expect(await topics()).toEqual(
      expect.arrayContaining(['HORIZON-CL5-2027-08-01', 'HORIZON-CL5-2027-08-02']),
    );
    put(2, draft('HORIZON-CL5-2027-08', DATES, [{ identifier: 'HORIZON-CL5-2027-08-03', title: 'Another' }]));
    for (const _ of [1, 2]) await read(REGISTER);
    expect(await topics()).not.toContain('HORIZON-CL5-2027-08-02');
  });

  it('stay their own call where their file cannot be read and another one has a new topic like them', async () => {
    const call = 'HORIZON-CL5-2027-09';
    const [first, renumbered, unread, alike] = ['01', '11', '02', '12'].map((end) => `${call}-${end}`) as [
      string,
      string,
      string,
      string,
    ];
    const text = LONG.replaceAll(/i|n/g, 'unread');
    const put = (version: number, files: Record<string, { identifier: string; text: string }[] | null>) =>
      register.put(`900011/${version}`, {
        files: Object.fromEntries(
          Object.entries(files).map(([name, own]) => [
            name,
            own
              ? draft(
                  call,
                  DATES,
                  own.map((topic) => ({ ...topic, title: 'A topic' })),
                )
              : Buffer.from('no Word file'),
          ]),
        ),
      });
    const stays = { identifier: `${call}-05`, text: 'Proposals should stay.' };
    const moves = LONG.replaceAll(/a|s/g, 'moves');
    put(1, {
      'Part 1.docx': [stays, { identifier: first, text: moves }],
      'Part 2.docx': [{ identifier: unread, text }],
    });
    await read(REGISTER);
    const [[moved], [kept]] = [await calls(first), await calls(unread)];
    put(2, {
      'Part 1.docx': [stays, { identifier: renumbered, text: moves }, { identifier: alike, text }],
      'Part 2.docx': null,
    });
    await read(REGISTER);
    expect(await calls(unread)).toEqual([kept]);
    expect(await calls(renumbered)).toEqual([moved]);
    expect(await calls(alike)).toHaveLength(1);
    const [{ differences }] = await h.query(
      `SELECT differences FROM committee_document WHERE reference = '900011' AND version = 2`,
    );
    expect(differences.map((d: any) => [d.kind, d.key])).toEqual([
      ['renumbered', renumbered],
      ['added', alike],
    ]);
    for (const version of [1, 2]) register.drop(`900011/${version}`);
    await h.query(`DELETE FROM draft_topic WHERE reference = '900011'`);
    await h.query(`DELETE FROM committee_document WHERE reference = '900011'`);
  });

  it('stay the same call when the next version writes their identifier in another case', async () => {
    const [one, other] = [`${CALL}-AB-31-two-stage`, `${CALL}-AB-31-Two-Stage`];
    const told = { title: 'Written in another case', text: 'One' };
    const put = (version: number, identifier: string) =>
      register.put(`900031/${version}`, {
        title: 'Draft work programme',
        files: { 'Draft.docx': draft(CALL, DATES, [{ identifier, ...told }]) },
      });
    put(1, one);
    await read(REGISTER);
    const { id } = (await calls(one))[0]!;
    put(2, other);
    await read(REGISTER);
    await read(REGISTER);
    expect(await calls(other)).toMatchObject([{ id }]);
    expect(await calls(one)).toEqual([]);
    expect(await h.query('SELECT withdrawn_at FROM call WHERE id = $1', [id])).toEqual([
      { withdrawn_at: null },
    ]);
  });

  it('are one call when they are published beside a twin with the same text', async () => {
    const call = 'HORIZON-CL7-2027-04';
    const [one, twin] = [`${call}-QA-01`, `${call}-QA-01-two-stage`] as [string, string];
    const text = LONG.replaceAll(/o|u/g, 'twin');
    register.put('900009/1', {
      files: { 'Draft.docx': draft(call, DATES, [{ identifier: one, title: 'One of two', text }]) },
    });
    await read(REGISTER);
    const [drafted] = await calls(one);
    second.put(
      ...[one, twin].map((identifier) =>
        secondCall(identifier, {
          identifier,
          title: identifier,
          callIdentifier: call,
          sections: [{ kind: 'scope', title: 'Scope', text }],
        }),
      ),
    );
    await read('second');
    expect(await calls(one)).toEqual([{ id: drafted!.id, status: 'open' }]);
    expect(await calls(twin)).toMatchObject([{ status: 'open' }]);
  });
});
