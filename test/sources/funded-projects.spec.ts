import { joinedProjects } from '../../src/funded-projects/domain/portal-project.js';
import { type CheckAnswer, judgeChecks, nextCheckRequests } from '../../src/harvest/domain/check.js';
import { judge, scanOf } from '../../src/harvest/domain/scan-agreement.js';
import type { ReadDocument } from '../../src/harvest/domain/source.js';
import { source } from '../../src/harvest/sources/funded-projects/funded-projects.source.js';
import { participants, projectRow, TestProjectIndex } from '../support/harvest/project-index.js';

const TOPIC = 'HORIZON-CL9-2025-01-AB-01';
const RULES = {
  maxUnreadShare: 0.02,
  maxShrink: 0.3,
  maxGrowth: 2,
  confirmAfterRuns: 3,
  confirmAfterHours: 48,
};
const NO_PAST = { sizes: [], running: 0, refused: [], now: new Date('2026-06-01T00:00:00Z') };
const JSON_TYPE = 'application/json';

let index: TestProjectIndex;
beforeAll(async () => {
  index = await TestProjectIndex.start();
});
afterAll(() => index.stop());
beforeEach(() => {
  index.rows = [];
  index.asked.length = 0;
});

async function read(topics: string[], scan: 1 | 2 = 1): Promise<ReadDocument[]> {
  const done: ReadDocument[] = [];
  const plan = () => source.plan([...done], { scan, languages: ['en'], topics });
  for (let requests = plan(); requests.length; requests = plan())
    for (const { key, path, method, headers, body } of requests) {
      if (done.length > 100) throw new Error('the plan does not end');
      const answer = await fetch(index.url + path, { method, headers, body });
      const bytes = Buffer.from(await answer.text());
      done.push({ key, page: source.parse({ key, mediaType: JSON_TYPE, bytes }) });
    }
  return done;
}

const page = (...results: object[]) =>
  source.parse({
    key: 'topics-1: 1.1',
    mediaType: JSON_TYPE,
    bytes: Buffer.from(JSON.stringify({ totalResults: results.length, results })),
  });

describe('how the index of funded projects is asked', () => {
  it('is by topics, fifty at a time; for no topic nothing is asked', async () => {
    const topics = Array.from({ length: 70 }, (_, i) => `TOPIC-${i}`);
    await read(topics);
    expect(index.asked).toEqual([topics.slice(0, 50), topics.slice(50)]);
    expect(source.plan([], { scan: 1, languages: ['en'], topics: [] })).toEqual([]);
  });

  it('is until there are as many rows as it says, though rows of one project change places', async () => {
    index.rows = Array.from({ length: 130 }, (_, i) => String(990_000_000 + i)).flatMap((id) => [
      projectRow(id, TOPIC, { participants: participants(['900000001', 'Invented']) }),
      projectRow(id, TOPIC, {}, 'DELIVERABLE'),
      projectRow(id, TOPIC, {}, 'REPORTING'),
    ]);
    const [first, second] = [scanOf(await read([TOPIC])), scanOf(await read([TOPIC], 2))];
    expect(first.projects.size).toBe(390);
    expect(judge(first, second, source, RULES, NO_PAST)).toMatchObject({ accepted: true });
  });

  it('is no reading where rows are missing, or two readings differ', async () => {
    index.rows = [projectRow('990000001', TOPIC, { euContributionAmount: ['1000000'] })];
    const first = await read([TOPIC]);
    const lacking = first.map(({ key, page: p }) => ({ key, page: { ...p, total: 2 } }));
    expect(judge(scanOf(lacking), scanOf(lacking), source, RULES, NO_PAST)).toMatchObject({
      accepted: false,
      why: 'scan 1 found 1 of the 2 topics-1 that the source says it holds',
    });
    index.rows = [projectRow('990000001', TOPIC, { euContributionAmount: ['1000001'] })];
    expect(judge(scanOf(first), scanOf(await read([TOPIC], 2)), source, RULES, NO_PAST)).toMatchObject({
      accepted: false,
      why: 'two scans disagree on 1 rows on funded projects',
    });
  });

  it('is good without any project, since a topic may have none', async () => {
    const scans = [scanOf(await read([TOPIC])), scanOf(await read([TOPIC], 2))] as const;
    expect(judge(...scans, source, RULES, NO_PAST)).toMatchObject({ accepted: true });
  });
});

describe('what is read of a funded project', () => {
  it('is joined from its rows, and what none of them states is missing', () => {
    const { projects } = page(
      projectRow('990000001', TOPIC, { acronym: ['OTHER'], status: ['Ended'] }, 'ADELIVERABLE'),
      projectRow('990000001', TOPIC, {
        acronym: ['GLASSWING'],
        euContributionAmount: [''],
        participants: participants(['900000001', 'Invented'], ['900000002', 'Imagined', 'FR']),
        startDate: ['2026-09-01T00:00:00.000+0100'],
      }),
    );
    expect(joinedProjects(projects!)).toEqual([
      expect.objectContaining({
        id: '990000001',
        acronym: 'GLASSWING',
        status: 'Ended',
        start: '2026-09-01',
        totalCost: null,
        contribution: null,
        participants: [
          expect.objectContaining({
            pic: '900000001',
            role: 'coordinator',
            country: 'DE',
            contribution: 250_000,
          }),
          expect.objectContaining({ pic: '900000002', role: 'participant', country: 'FR' }),
        ],
      }),
    ]);
  });

  it('is left out with the reason where an amount or its participants are in another form', () => {
    const { projects, unread } = page(
      projectRow('990000001', TOPIC),
      projectRow('990000002', TOPIC, { overallBudget: ['4,5 M€'] }),
      projectRow('990000003', TOPIC, { participants: ['[{"role":"coordinator"}]'] }),
    );
    expect(projects).toHaveLength(1);
    expect(unread).toEqual([
      { reference: '990000002PROJECTen', why: '"4,5 M€" is not an amount' },
      { reference: '990000003PROJECTen', why: expect.stringContaining('pic') },
    ]);
  });

  it('is nothing at all where no row is in the known form', () => {
    const strange = [1, 2].map((n) => ({ ...projectRow(`99000000${n}`, TOPIC), metadata: { id: ['x'] } }));
    expect(() => page(...strange)).toThrow('none of 2 rows could be read: projectId is missing');
  });
});

describe('the check of the index', () => {
  const TOPIC_ASKED = 'HORIZON-CL5-2021-D2-01-01';

  async function checked() {
    const checks = source.checks!;
    const answers: CheckAnswer[] = [];
    for (const { key, path, method, headers, body } of nextCheckRequests(checks, [])) {
      const answer = await fetch(index.url + path, { method, headers, body });
      const bytes = Buffer.from(await answer.text());
      answers.push({
        ...{ key, status: 200, mediaType: JSON_TYPE, etag: null },
        bytes,
        error: null,
        passing: false,
      });
    }
    return Object.fromEntries(judgeChecks(checks, answers).map((c) => [c.id, c.holds]));
  }

  it('finds the form that is expected', async () => {
    index.rows = [
      projectRow('990000001', TOPIC_ASKED, {
        euContributionAmount: ['1000000'],
        participants: participants(['900000001', 'Invented']),
      }),
    ];
    expect(await checked()).toEqual({ topic: true, none: true, participants: true, amounts: true });
  });

  it('says what differs, and says nothing of what it has not seen', async () => {
    index.rows = [projectRow('990000001', TOPIC_ASKED)];
    expect(await checked()).toEqual({ topic: true, none: true, participants: false, amounts: false });
    index.rows = [];
    expect(await checked()).toEqual({ topic: false, none: true, participants: null, amounts: null });
  });
});
