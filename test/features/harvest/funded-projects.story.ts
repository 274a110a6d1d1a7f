import { strFromU8, unzipSync } from 'fflate';
import { TrackRecord } from '../../../src/profiles/domain/track-record.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { participants, projectRow, TestProjectIndex } from '../../support/harvest/project-index.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';
import { pageFor } from '../../support/pages/pages.js';

const SOURCE = 'funded-projects';
const TITLE = 'Wholly invented materials for the wings of gliders';
const [NOW, BEFORE] = ['HORIZON-CL9-2027-01-AB-01', 'HORIZON-CL9-2025-01-AB-01'];
const OTHER_NUMBER = 'HORIZON-CL8-2024-03-XY-09';
const SAME_NUMBER_ONLY = 'HORIZON-CL9-2026-01-AB-01';
const [CEA, CNRS, JENA, PORTO] = ['999992401', '999997930', '900000001', '900000002'];

/** Which projects of a number an institute says are its own. */
const claims = (pic: string, ...projects: string[]) => TrackRecord.parse([{ pic, projects }]);

/** What the operator wants to be asked for. */
const named: string[] = [];

let h: Harvesting;
let index: TestProjectIndex;
let second: SecondSource;
let officer: Somebody;
let call: string;

const amount = (euros: string) => ({ euContributionAmount: [euros] });
const began = (day: string, end: string) => ({
  startDate: [`${day}T00:00:00.000+0100`],
  endDate: [`${end}T00:00:00.000+0100`],
});
const titled = { topicDescription: [`${TITLE} (2025)`] };
const GLASS = projectRow('990000001', BEFORE, {
  ...{
    acronym: ['GLASSWING'],
    objective: ['Copper spars of glider wings are tried in icy tunnels.'],
    ...titled,
    ...amount('3000000'),
    ...began('2025-09-01', '2028-08-31'),
  },
  participants: participants([JENA, 'Institute of Jena'], [PORTO, 'University of Porto', 'PT']),
});
const COPPER = projectRow('990000002', BEFORE, {
  ...{ acronym: ['COPPERWING'], ...titled, ...began('2025-01-01', '2027-12-31') },
  participants: participants([JENA, 'Institute of Jena'], [CNRS, 'CNRS', 'FR']),
});
const TIN = projectRow('990000003', OTHER_NUMBER, {
  ...{
    acronym: ['TINWING'],
    topicDescription: [TITLE],
    ...amount('1000000'),
    ...began('2024-05-01', '2027-04-30'),
  },
  participants: participants([PORTO, 'University of Porto', 'PT'], [CEA, 'CEA', 'FR']),
});
/** Another topic has the number of this one in the year between. */
const UNRELATED = projectRow('990000004', SAME_NUMBER_ONLY, {
  ...{ acronym: ['PUMP'], topicDescription: ['Pumps for invented water'] },
  participants: participants(['900000009', 'Nobody to call']),
});

const ofCall = (who?: string) =>
  h.call(`/v1/calls/${call}/projects`, who ? { token: who } : undefined).then(({ body }) => body);
async function read(state = 'accepted') {
  h.clock.move({ hours: 72 });
  const run = await h.harvest(SOURCE);
  expect([run.state, run.reason]).toEqual([state, state === 'accepted' ? null : run.reason]);
  return run;
}

beforeAll(async () => {
  [index, second] = await Promise.all([TestProjectIndex.start(), SecondSource.start()]);
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({
      ...w,
      institutes: w.institutes.map((i) => ({
        ...i,
        profile: {
          ...i.profile,
          trackRecord:
            i.profile.id === 'leti'
              ? claims(CEA, 'TINWING')
              : i.profile.id === '3bcar'
                ? claims(CNRS, 'COPPERWING')
                : [],
        },
      })),
      sources: [
        ...w.sources.filter((s) => s.id !== SOURCE),
        { ...index.source, topics: named },
        second.source,
      ],
    }),
  });
  await h.ended();
  second.put(
    secondCall('NOW', {
      identifier: NOW,
      title: TITLE,
      sections: [
        {
          kind: 'expected-outcome',
          title: 'Expected Outcome',
          text: 'Projects are expected to contribute to the following outcomes:\n- Copper spars for glider wings that last in icy tunnels;\n- Pilots who trust them.',
        },
      ],
      deadlines: [{ at: '2027-09-15T15:00:00Z', timeTold: true }],
    }),
    secondCall('BEFORE', {
      identifier: BEFORE,
      title: `${TITLE} (2025)`,
      sourceStatus: 'closed',
      deadlines: [{ at: '2025-09-16T15:00:00Z', timeTold: true }],
    }),
  );
  expect(await h.harvest('second')).toMatchObject({ state: 'accepted' });
  [call] = (
    await h.query<{ id: string }>(`SELECT id FROM call WHERE summary->>'identifier' = $1`, [NOW])
  ).map((row) => row.id) as [string];
  await h.query(
    `INSERT INTO call_note (call_id, day, hash, text, source_id, first_seen_at)
     SELECT id, '2026-02-03', 'x', $2, 'second', now() FROM call WHERE summary->>'identifier' = $1`,
    [BEFORE, 'Number of proposals submitted: 27\nNumber of proposals retained for funding: 2'],
  );
  officer = await somebody(h.test, { role: 'officer', profile: 'leti', language: 'en' });
});
afterAll(async () => {
  await h?.stop();
  await index?.stop();
  await second?.stop();
});

describe('funded projects of the topics that a call continues', () => {
  it('are asked for only once an institute studies the call, with its other editions', async () => {
    await read();
    expect(index.asked.flat()).not.toContain(SAME_NUMBER_ONLY);
    const put = await officer.post(`/institutes/leti/calls/${call}/verdict`, { verdict: 'study' });
    expect(put.status).toBe(303);
    index.rows = [GLASS, COPPER, TIN, UNRELATED];
    index.asked.length = 0;
    await read();
    expect(index.asked.flat()).toEqual(expect.arrayContaining([NOW, BEFORE, SAME_NUMBER_ONLY]));
    expect(await ofCall()).toMatchObject({
      total: 2,
      topics: [{ code: BEFORE, lineage: 'identifier', projects: 2 }],
    });
  });

  it('come with those of the same title, which the operator may name; a mere number is no edition', async () => {
    named.push(OTHER_NUMBER);
    await read();
    const { topics, projects, asOf } = await ofCall();
    expect(topics).toMatchObject([
      { code: BEFORE, lineage: 'identifier', projects: 2 },
      { code: OTHER_NUMBER, lineage: 'title', projects: 1 },
    ]);
    expect(projects.map((p: any) => [p.acronym, p.contribution, p.coordinators[0].name])).toEqual([
      ['GLASSWING', 3_000_000, 'Institute of Jena'],
      ['COPPERWING', null, 'Institute of Jena'],
      ['TINWING', 1_000_000, 'University of Porto'],
    ]);
    expect(asOf).toBe(h.clock.now().toISOString());
  });

  it('say whom to call: who coordinated, and which public project it had with this or another institute', async () => {
    const said = async (token?: string) =>
      (await ofCall(token)).whomToCall.map((c: any) => [c.name, c.coordinated.length, c.of, c.partnerOf]);
    const own = { institute: { id: 'leti' }, project: 'TINWING', start: '2024-05-01', end: '2027-04-30' };
    const sister = { institute: { id: '3bcar' }, project: 'COPPERWING' };
    const expected = [
      [
        'Institute of Jena',
        2,
        3,
        expect.objectContaining({ ...sister, institute: expect.objectContaining(sister.institute) }),
      ],
      [
        'University of Porto',
        1,
        3,
        expect.objectContaining({ ...own, institute: expect.objectContaining(own.institute) }),
      ],
    ];
    expect(await said()).toEqual(expected);
    expect(await said(await officer.key('read'))).toEqual(expected);
    expect((await ofCall()).whomToCall[0].page).toBe(
      `https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/how-to-participate/org-details/${JENA}`,
    );
  });

  it('tell nothing of a sister but its name beside a public project', async () => {
    const text = JSON.stringify(await ofCall(await officer.key('read')));
    const [{ content }] = await h.query(`SELECT content FROM profile WHERE id = '3bcar'`);
    for (const { label } of content.competences) expect(text).not.toContain(label);
    expect(text).not.toContain('trackRecord');
    await h.query(
      `UPDATE profile SET content = jsonb_set(content, '{trackRecord}', '[]') WHERE id = '3bcar'`,
    );
    expect((await ofCall(await officer.key('read'))).whomToCall[0].partnerOf).toBeNull();
    await h.query(`UPDATE profile SET content = $1 WHERE id = '3bcar'`, [content]);
  });

  it('stand on the page of the call with the numbers of an official note', async () => {
    const $ = await pageFor(officer, `/institutes/leti/calls/${call}`);
    const text = $('section[aria-labelledby=won]').text().replaceAll('\u00a0', ' ');
    expect(text).toContain('HORIZON-CL9-2025-01-AB-01: 27 proposals submitted, 2 retained for funding');
    expect(text).toContain('Official note of 3 February 2026');
    expect(text).toContain('Number of proposals retained for funding: 2');
    expect(text).toContain('Institute of Jena (DE)');
    expect(text).toMatch(/coordinated 2 of 3 \(GLASSWING, COPPERWING\); partner of .+ in COPPERWING 2025–27/);
    expect(text).toContain('EU contribution not stated');
    expect($(`section[aria-labelledby=won] a[href$="/org-details/${PORTO}"]`)).toHaveLength(1);
    expect((await ofCall()).results).toMatchObject([
      { identifier: BEFORE, submitted: 27, funded: 2, day: '2026-02-03' },
    ]);
    const french = await somebody(h.test, { role: 'officer', profile: '3bcar', language: 'fr' });
    const la = (await pageFor(french, `/institutes/3bcar/calls/${call}`))(
      'section[aria-labelledby=won]',
    ).text();
    expect(la).toContain('Qui appeler');
    expect(la).toContain('a coordonné 2 projets sur 3 (GLASSWING, COPPERWING)');
  });

  it('are in the brief, and in the pack of a meeting for a call that two institutes are interested in', async () => {
    const brief = await fetch(`${h.test.url}/institutes/leti/calls/${call}/brief.docx`, {
      headers: { cookie: officer.cookie },
    });
    const document = unzipSync(new Uint8Array(await brief.arrayBuffer()))['word/document.xml']!;
    expect(strFromU8(document)).toContain('Institute of Jena (DE), coordinated 2 of 3');
    const sister = await somebody(h.test, { role: 'officer', profile: '3bcar' });
    for (const [who, profile] of [
      [officer, 'leti'],
      [sister, '3bcar'],
    ] as const)
      await who.post(`/institutes/${profile}/calls/${call}/interest`, {});
    const coordinator = await somebody(h.test, { role: 'coordinator', language: 'en' });
    const { location } = await coordinator.post('/network/papers/pack', { month: '2026-05', language: 'en' });
    const pack = (await pageFor(coordinator, `/papers/${location!.split('/').at(-1)!}`))('.paper').text();
    expect(pack).toContain('Whom to call');
    expect(pack).toMatch(
      /Institute of Jena \(DE\), coordinated 2 of 3 \(GLASSWING, COPPERWING\); partner of/,
    );
  });

  it('say in a joint opportunity whom to call about a point that no member covers', async () => {
    const coordinator = await somebody(h.test, { role: 'coordinator', language: 'en' });
    const { location } = await coordinator.post('/network/joint', { call });
    const id = location!.split('/').at(-1)!;
    const token = await officer.key('read');
    const { body } = await h.call(`/v1/profiles/leti/joint-opportunities/${id}/team`, { token });
    const [spars, pilots] = body.statements;
    expect(spars.whomToCall).toMatchObject([
      { name: 'Institute of Jena', of: 1, partnerOf: { project: 'COPPERWING' } },
    ]);
    expect(pilots.whomToCall).toEqual([]);
    const page = (await pageFor(officer, `/institutes/leti/joint/${id}`))('main').text();
    expect(page).toContain('Institute of Jena (DE)');
    expect(page).toContain('coordinated the only project (GLASSWING)');
  });

  it('change with the index, and are gone after five readings without them', async () => {
    index.rows = [{ ...GLASS, metadata: { ...GLASS.metadata, ...amount('2900000') } }, TIN, UNRELATED];
    await read();
    const of = async (id: string) =>
      (
        await h.query(`SELECT changes, gone_at AS gone, is_news AS news FROM portal_project WHERE id = $1`, [
          id,
        ])
      )[0];
    expect(await of('990000001')).toMatchObject({
      changes: [{ field: 'contribution', from: 3_000_000, to: 2_900_000 }],
      news: true,
    });
    // Its topic had not been asked for before.
    expect((await of('990000003')).news).toBe(false);
    expect((await ofCall()).total).toBe(3);
    for (let i = 0; i < 4; i += 1) await read();
    expect(await of('990000002')).toMatchObject({ gone: expect.any(Date) });
    expect((await ofCall()).total).toBe(2);
    index.rows.push(COPPER, projectRow('990000005', BEFORE, { ...titled }));
    await read();
    expect((await of('990000002')).gone).toBeNull();
    expect((await of('990000005')).news).toBe(true);
  });

  it('do not go because their row cannot be read, nor forget what another of their rows does not say', async () => {
    const all = index.rows;
    index.rows = all.map((row) =>
      row === all[0] ? { ...row, metadata: { ...row.metadata, ...amount('a lot') } } : row,
    );
    for (let i = 0; i < 5; i += 1) await read();
    expect((await ofCall()).total).toBe(4);
    const [before] = (await ofCall()).projects.filter((p: any) => p.id === '990000001');
    expect(before.coordinators).toHaveLength(1);
    index.rows = [...index.rows, projectRow('990000001', BEFORE, {}, 'DELIVERABLE')];
    await read();
    expect((await ofCall()).projects).toContainEqual(before);
    index.rows = all;
  });

  it('stay as they are while the index has another shape, whose documents are kept', async () => {
    index.instead = JSON.stringify({ total: 3, items: [] });
    const { reason } = await read('failed');
    expect(reason).toContain('the index of projects changed shape');
    expect(await h.source(SOURCE)).toMatchObject({ state: 'broken' });
    const kept = await h.query(`SELECT 1 FROM harvest_request WHERE rejected_why LIKE '%changed shape%'`);
    expect(kept.length).toBeGreaterThan(0);
    expect((await ofCall()).total).toBe(4);
    index.instead = null;
    await read();
    expect(await h.source(SOURCE)).toMatchObject({ state: 'healthy' });
  });

  it('do not go because the index shows none at all', async () => {
    const all = index.rows;
    for (let id = 990000100; id < 990000110; id += 1) all.push(projectRow(`${id}`, BEFORE, { ...titled }));
    await read();
    const { total } = await ofCall();
    index.rows = [];
    for (let i = 0; i < 5; i += 1) expect((await read('rejected')).reason).toContain('it shows none of the');
    expect(await h.source(SOURCE)).toMatchObject({ state: 'doubtful' });
    expect((await ofCall()).total).toBe(total);
    index.rows = all;
    await read();
  });
});
