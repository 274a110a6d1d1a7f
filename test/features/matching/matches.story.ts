import { DataSource } from 'typeorm';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { fieldText } from '../../../src/matching/domain/index/fields.js';
import type { Evidence } from '../../../src/matching/domain/scoring/match.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { RecipientFitRepository } from '../../../src/notifications/store/digest.repository.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aCall, deadline, storeCalls } from '../../support/matching/calls.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { until, worked } from '../../support/until.js';

type Quoted = Evidence & { found: string[] };
interface Match {
  id: string;
  score: number;
  profile: { id: string };
  call: { id: string; title: string; identifier: string; status: string };
  excludedBy: { fact: string; says: string; at: string | null }[];
  competences: { competence: string; score: number; excludedBy: { term: string } | null }[];
  evidence: Quoted[];
  callVersion: number;
  profileRevision: number;
  matchedAt: string;
}

const scope = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const calls: CallContent[] = [
  aCall('best', {
    title: 'Wind turbine blades and offshore wind farms',
    keywords: ['offshore wind'],
    sections: scope('A wind turbine 😀 é for offshore wind: Wind turbines, wind  turbine.'),
  }),
  aCall('good', { title: 'Offshore energy', sections: scope('Foundations of each offshore wind turbine.') }),
  aCall('poor', {
    sections: scope(`${'Many other things are asked for here. '.repeat(5)} One wind turbine.`),
  }),
  aCall('sun', { title: 'Solar cells', sections: scope('Perovskite solar cells of any constructor.') }),
  aCall('passed', { title: 'Wind turbine recycling', deadlines: [deadline(-2)] }),
  aCall('withdrawn', {
    title: 'Wind turbine noise',
    deadlines: [],
    deadlineModel: null,
    sourceStatus: 'closed',
  }),
  aCall('excluded', {
    title: 'Solar cells in space',
    sections: scope('Solar cells for satellites, and a wind turbine.'),
  }),
  aCall('bottom-up', {
    title: 'Grants for wind turbine blades and offshore wind farms',
    identifier: 'ERC-2030-STG',
    sections: scope('A wind turbine for offshore wind, wind turbines.'),
  }),
  ...Array.from({ length: 12 }, (_, i) =>
    aCall(`other-${i}`, { title: `Monuments ${i}`, sections: scope('Frescoes and old manuscripts.') }),
  ),
];
const profiles = [
  aProfile('wind'),
  aProfile('sun', {
    competences: [
      {
        label: 'Photovoltaics',
        description: '',
        keywords: ['solar cells'],
        exclusions: ['satellites'],
        weight: 1,
      },
      { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 0.5 },
    ],
  }),
  aProfile('nothing', {
    competences: [
      { label: 'Nanotubes', description: '', keywords: ['carbon nanotubes'], exclusions: [], weight: 1 },
    ],
  }),
];

describe('matches', () => {
  const config = configWith(profiles);
  let server: TestApp;
  const matchAll = async () => {
    for (const { id } of profiles) await server.app.get(MatchJob).run({ profileId: id });
  };
  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    await storeCalls(server.app, calls);
    await matchAll();
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const list = async (query: string): Promise<Match[]> => {
    const { status, body } = await api<{ items: Match[]; total: number }>(server.url, `/v1/matches?${query}`);
    expect({ query, status, total: body.total }).toEqual({ query, status: 200, total: body.items.length });
    return body.items;
  };
  const one = async (id: string, query = ''): Promise<Match> =>
    (await api<Match>(server.url, `/v1/matches/${id}${query}`)).body;
  const titles = (matches: Match[]): string[] => matches.map((m) => m.call.title);

  it('come best first, for one profile or for all', async () => {
    const wind = await list('profile=wind');
    expect(titles(wind).slice(0, 2)).toEqual([calls[0]!.title, calls[1]!.title]);
    expect(titles(wind)).not.toContain('Solar cells');
    const all = await list('');
    for (const matches of [wind, all])
      expect(matches.map((m) => m.score)).toEqual(matches.map((m) => m.score).sort((a, b) => b - a));
    expect(new Set(all.map((m) => m.profile.id))).toEqual(new Set(['wind', 'sun']));
    expect(await list('profile=nothing')).toEqual([]);
    expect(await list('profile=nobody')).toEqual([]);
    for (const { score } of all) expect(score > 0 && score <= 100).toBe(true);
  });

  it('are those from a score on, that score included', async () => {
    const all = await list('profile=wind');
    for (const { score } of all)
      expect(await list(`profile=wind&minScore=${score}`)).toEqual(all.filter((m) => m.score >= score));
    expect(await list('profile=wind&minScore=100')).toEqual([]);
    expect(await list('profile=wind&minScore=0')).toEqual(all);
  });

  it('with closed calls are listed on request alone, and say what rules the call out', async () => {
    const open = await list('profile=wind');
    expect(open.every((m) => m.call.status === 'open' && m.excludedBy.length === 0)).toBe(true);
    expect(await list('profile=wind&closed=false')).toEqual(open);
    const all = await list('profile=wind&closed=true');
    const closed = all.filter((m) => m.call.status === 'closed');
    expect(titles(closed).sort()).toEqual(['Wind turbine noise', 'Wind turbine recycling']);
    expect(all.filter((m) => m.call.status !== 'closed')).toEqual(open);
    const passed = calls.find((c) => c.reference === 'passed')!;
    expect(closed.find((m) => m.call.title === passed.title)!.excludedBy).toMatchObject([
      { fact: 'deadline-passed', at: passed.deadlines[0]!.at },
    ]);
    expect(closed.find((m) => m.call.title === 'Wind turbine noise')!.excludedBy).toMatchObject([
      { fact: 'closed', at: null },
    ]);
    expect((await one(closed[0]!.id)).excludedBy).toEqual(closed[0]!.excludedBy);
    const french = closed.map((m) => one(m.id, '?language=fr'));
    const says = (await Promise.all(french)).flatMap(({ excludedBy }) => excludedBy.map((f) => f.says));
    expect(says.sort()).toEqual([
      expect.stringMatching(/^Sa date limite est passée \(\d.* 20\d\d\)\.$/),
      'Sa source le dit clos.',
    ]);
  });

  it('with a withdrawn call say so, too', async () => {
    const withdrawn = (at: string | null) =>
      server.app
        .get(DataSource)
        .query("UPDATE call SET withdrawn_at = $1 WHERE content->>'title' = $2", [at, calls[0]!.title]);
    await withdrawn('2026-02-01T08:00:00Z');
    const [match] = (await list('profile=wind&closed=true')).filter((m) => m.call.status === 'withdrawn');
    expect(match!.excludedBy).toEqual([
      {
        fact: 'withdrawn',
        says: 'It was withdrawn: its source no longer shows it.',
        at: '2026-02-01T08:00:00.000Z',
      },
    ]);
    await withdrawn(null);
  });

  it('with calls that are open to every subject are listed on request alone, and told in no mail', async () => {
    const open = await list('profile=wind');
    const asked = await list('profile=wind&bottomUp=true');
    const grants = asked.find((m) => m.call.identifier === 'ERC-2030-STG')!;
    expect(asked.filter((m) => m.id !== grants.id)).toEqual(open);
    // Its score alone would qualify it.
    expect(grants.score).toBeGreaterThan(40);
    const best = await server.app
      .get(RecipientFitRepository)
      .best(
        { profiles: ['wind'], inside: ['wind'] },
        { statuses: ['open'], least: 1, floor: 0, limit: 100 },
        new Date(),
      );
    expect(best.ids).toEqual(expect.arrayContaining(open.map((m) => m.call.id)));
    expect(best.ids).not.toContain(grants.call.id);
    expect(best.total).toBe(best.ids.length);
  });

  it('carry reasons that add up to the score, and quote the call', async () => {
    for (const summary of await list('closed=true')) {
      const match = await one(summary.id);
      expect(match).toMatchObject({ ...summary, callVersion: 1, profileRevision: 1 });
      const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
      expect(sum(match.evidence.map((e) => e.contribution))).toBeCloseTo(match.score, 6);
      expect(sum(match.competences.map((c) => c.score))).toBeCloseTo(match.score, 6);
      const { body: call } = await api<CallContent>(server.url, `/v1/calls/${match.call.id}`);
      for (const { signal, field, spans, found } of match.evidence) {
        const text = fieldText(call, field)!;
        expect(found).toEqual(spans.map((s) => text.slice(s.start, s.end)));
        if (signal === undefined)
          for (const words of found)
            expect(words.toLowerCase()).toMatch(/wind|turbine|offshore|energ|solar|cell/);
      }
    }
  });

  it('are told in sentences that sum to the score too, in the language that is asked for or else wanted, and in a word', async () => {
    const told = async (id: string, query = '', wanted = '*') => {
      const response = await fetch(new URL(`/v1/matches/${id}${query}`, server.url), {
        headers: { authorization: `Bearer ${TOKEN}`, 'accept-language': wanted },
      });
      return {
        status: response.status,
        body: (await response.json()) as Match & {
          band: string;
          reasons: {
            says: string;
            points: number;
            contribution: number;
            passage: { field: string; found: string } | null;
          }[];
          remarks: string[];
        },
      };
    };
    for (const { id, score } of await list('closed=true')) {
      const { body } = await told(id);
      expect(body.band).toBe(
        score >= 65 ? 'strong' : score >= 50 ? 'possible' : score >= 40 ? 'uncertain' : 'weak',
      );
      expect(body.reasons.reduce((n, r) => n + r.contribution, 0)).toBeCloseTo(score, 6);
      expect(body.reasons.reduce((n, r) => n + r.points, 0)).toBe(Math.round(score));
      const { body: call } = await api<CallContent>(server.url, `/v1/calls/${body.call.id}`);
      for (const { passage } of body.reasons)
        if (passage) expect(fieldText(call, passage.field)!.replace(/\s+/g, ' ')).toContain(passage.found);
    }
    const [best] = (await list('profile=wind')) as (Match & { band: string })[];
    expect(best!.band).toBe('strong');
    expect((await told(best!.id, '?language=fr')).body.reasons[0]!.says).toMatch(
      /, dans le titre \(.* de votre compétence .*points\.$/,
    );
    expect((await told(best!.id, '?language=en', 'fr')).body.reasons[0]!.says).toMatch(
      / (of|to) your competence .*: \d+ points\.$/,
    );
    expect((await told(best!.id, '', 'fr-FR,fr;q=0.9,en;q=0.5')).body.reasons[0]!.says).toContain(
      'de votre compétence',
    );
    expect((await told(best!.id, '', 'de')).body.reasons[0]!.says).toContain('your competence');
    expect((await told(best!.id, '?language=de')).status).toBe(400);
  });

  it('leave out the competence whose exclusion the call holds, and say so', async () => {
    const match = (await list('profile=sun')).find((m) => m.call.title === 'Solar cells in space')!;
    expect(match.competences.find((c) => c.competence === 'Photovoltaics')).toMatchObject({
      score: 0,
      excludedBy: { term: 'satellites' },
    });
    expect(new Set((await one(match.id)).evidence.map((e) => e.competence))).toEqual(new Set(['Wind']));
  });

  it('quote the text that was matched until the changed call is matched again, and keep their ids', async () => {
    const before = (await list('profile=wind')).find((m) => m.call.title === 'Offshore energy')!;
    const evidence = (await one(before.id)).evidence;
    const moved = aCall('good', {
      title: 'Offshore energy',
      sections: scope('Now written after a long introduction: foundations of each offshore wind turbine.'),
    });
    await storeCalls(
      server.app,
      calls.map((c) => (c.reference === 'good' ? moved : c)),
    );
    expect(await one(before.id)).toMatchObject({ callVersion: 1, evidence });
    await matchAll();
    const after = await one(before.id);
    expect(after).toMatchObject({ id: before.id, callVersion: 2, call: before.call });
    expect(after.evidence.map((e) => e.found).sort()).toEqual(evidence.map((e) => e.found).sort());
    expect(after.evidence.find((e) => e.field === 'sections.0')!.spans).not.toEqual(
      evidence.find((e) => e.field === 'sections.0')!.spans,
    );
  });

  it('cease where the call or the profile does not fit any more', async () => {
    const gone = (await list('profile=wind')).find((m) => m.call.title === 'Call poor')!;
    await storeCalls(
      server.app,
      calls.map((c) => (c.reference === 'poor' ? aCall('poor', { sections: scope('Nothing of it.') }) : c)),
    );
    await matchAll();
    expect((await list('profile=wind')).map((m) => m.id)).not.toContain(gone.id);
    expect((await api(server.url, `/v1/matches/${gone.id}`)).status).toBe(404);
  });
});

describe('matches of a profile that is written', () => {
  const config = configWith(profiles);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { adjust: on(config.dir) });
    await storeCalls(server.app, calls);
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });
  const profile = async (id: string) => (await api(server.url, `/v1/profiles/${id}`)).body;
  const matched = (id: string) =>
    until(`the matches of ${id}`, async () => ((await profile(id)).matched ? profile(id) : null));
  const titles = async () =>
    (await api<{ items: Match[] }>(server.url, '/v1/matches?profile=nothing')).body.items.map(
      (m) => m.call.title,
    );

  it('are made again at once where its competences changed, and not where its contacts did', async () => {
    const before = await matched('nothing');
    expect(await titles()).toEqual([]);
    const competences = [{ label: 'Heritage', keywords: ['frescoes', 'solar cells'] }];
    const { body } = await api(server.url, '/v1/profiles/nothing', {
      method: 'PUT',
      body: { ...before, competences },
    });
    expect(body).toMatchObject({ revision: before.revision + 1, matched: false });
    const after = await matched('nothing');
    expect(after.revision).toBe(body.revision);
    expect(await titles()).toEqual(expect.arrayContaining(['Solar cells', 'Solar cells in space']));
    const times = async () =>
      (await api<{ items: Match[] }>(server.url, '/v1/matches?profile=nothing')).body.items.map(
        (m) => m.matchedAt,
      );
    const made = await times();
    expect(
      (
        await api(server.url, '/v1/profiles/nothing', {
          method: 'PUT',
          body: { ...after, contacts: [{ name: 'Jane Doe', email: 'jane@example.org' }] },
        })
      ).body,
    ).toMatchObject({ matched: true, revision: after.revision });
    await worked();
    expect(await times()).toEqual(made);
  });

  it('give a call for public buyers its points back once the institute says that it answers such calls', async () => {
    const forBuyers = aCall('buyers', {
      title: 'Solar cells for cities',
      typesOfAction: ['HORIZON Pre-commercial Procurement'],
      sections: scope('Solar cells.'),
    });
    await storeCalls(server.app, [...calls, forBuyers]);
    await server.app.get(MatchJob).run({ profileId: 'nothing' });
    const { id } = await profile('nothing');
    const score = async () => {
      await worked();
      const { items } = (await api<{ items: Match[] }>(server.url, `/v1/matches?profile=${id}`)).body;
      return items.find((m) => m.call.title === forBuyers.title)!.score;
    };
    const lost = await score();
    await api(server.url, `/v1/profiles/${id}`, {
      method: 'PUT',
      body: { ...(await profile(id)), preferences: { answersAs: ['public-buyers'] } },
    });
    expect(await score()).toBeGreaterThan(1.2 * lost);
  });
});
