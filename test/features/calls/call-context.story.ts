import { randomUUID } from 'node:crypto';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, inDays, storeCalls } from '../../support/matching/calls.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';

interface One {
  id: string;
  identifier: string;
  title: string;
  status: string;
  budget: unknown;
  sections?: unknown;
}
interface Context {
  partnership: {
    name: string;
    central: One | null;
    national: { call: One; funder: string | null; eligibility: string[]; budget: string | null }[];
    parent: { identifier: string | null; id: string | null } | null;
  } | null;
  parent: One | null;
  sisters: One[];
  editions: One[];
  similar: One[];
}

const text = (words: string): ParsedCall['sections'] => [{ kind: 'scope', title: 'Scope', text: words }];
const closed = (days: number) => ({ deadlines: [{ at: inDays(days), timeTold: true }] });
const of = (identifier: string, title: string, told: Partial<ParsedCall> = {}) =>
  aCall(identifier, { identifier, title, ...told });

const CALLS = [
  of('HORIZON-CL5-2026-D3-02-06', 'Recycling of wind turbine blades', {
    callIdentifier: 'HORIZON-CL5-2026-D3-02',
    sections: text(
      'Blades of turbines are recycled; recycling of composite blades by pyrolysis. Composite blades wear.',
    ),
  }),
  of('HORIZON-CL5-2026-D3-02-07', 'Floating platforms', {
    callIdentifier: 'HORIZON-CL5-2026-D3-02',
    sections: text('Platforms at sea.'),
  }),
  of('HORIZON-CL5-2026-D3-02-05', 'Cables under the sea', {
    callIdentifier: 'HORIZON-CL5-2026-D3-02',
    sections: text('Cables with composite blades of turbines and pyrolysis.'),
  }),
  of('HORIZON-CL5-2026-D3-021-01', 'Of another call whose name only begins alike', {
    callIdentifier: 'HORIZON-CL5-2026-D3-021',
  }),
  of('HORIZON-CL5-2025-D3-02-06', 'Recycling of wind turbine blades', {
    ...closed(-300),
    callIdentifier: 'HORIZON-CL5-2025-D3-02',
  }),
  of('HORIZON-CL5-2024-D3-02-06', 'Hydrogen in steel plants', closed(-600)),
  of('LIFE-2026-COMPOSITES', 'Composite waste', {
    sections: text('Pyrolysis of composite blades, and recycling of what is left of turbines.'),
  }),
  of('LIFE-2024-COMPOSITES-OLD', 'Composite waste of ships', {
    ...closed(-30),
    sections: text('Pyrolysis of composite blades and recycling of turbines.'),
  }),
  aCall('CASCADE', {
    kind: 'cascade',
    title: 'Open call of a project',
    identifier: 'horizon-cl5-2026-d3-02-06',
    callIdentifier: 'HORIZON-CL5-2026-D3-02',
    parentTopic: { identifier: 'horizon-cl5-2026-d3-02-06', title: 'Circular matter' },
    sections: text('Vouchers.'),
  }),
  of('HORIZON-CL6-2021-WATER-01', 'European Partnership Water4All', {
    typesOfAction: ['HORIZON Programme Cofund Actions'],
    ...closed(-900),
  }),
  aCall('JOINT', {
    kind: 'cascade',
    title: 'Joint transnational call 2026',
    identifier: 'HORIZON-CL6-2021-WATER-01',
    parentTopic: { identifier: 'HORIZON-CL6-2021-WATER-01', title: 'European Partnership Water4All' },
    project: { acronym: 'Water4All', name: null, id: null },
    deadlines: [
      { at: inDays(40), timeTold: true },
      { at: inDays(160), timeTold: true },
    ],
  }),
  aCall('ANNEX', {
    title: 'Water4All 2026 – Nappes',
    language: 'fr',
    funder: 'ANR',
    deadlines: [{ at: inDays(40), timeTold: true }],
    sections: [
      {
        kind: 'summary',
        title: '',
        text: 'Appel transnational conjoint.\nLes équipes françaises sont financées par l’ANR.\nBudget pour la France : 2 M€.',
      },
    ],
  }),
  aCall('ALONE', {
    title: 'M-ERA.NET 2026 – Alliages',
    language: 'fr',
    funder: 'Région inventée',
    sections: text('Appel conjoint d’agences de financement européennes.'),
  }),
  of('ANR-GEO-2026', 'Géothermie et électrolyse', {
    language: 'fr',
    sections: text('Électrolyse, à côté de la géothermie.'),
  }),
  of('ADEME-SEL-2026', 'Électrolyse du sel', {
    language: 'fr',
    sections: text('Une électrolyse qui doit sa chaleur à la géothermie. La géothermie est proche.'),
  }),
  of('CULTURE-2026', 'Music of the Baroque', { sections: text('Choirs and orchestras.') }),
];

describe('the calls beside a call', () => {
  let server: TestApp;
  let ids: Map<string, string>;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    await storeCalls(server.app, CALLS);
    ids = new Map(
      (await api<{ items: One[] }>(server.url, '/v1/calls?limit=100')).body.items.map((c) => [
        c.identifier,
        c.id,
      ]),
    );
  });
  afterAll(() => server?.stop());

  const context = async (identifier: string): Promise<Context> =>
    (await api<Context>(server.url, `/v1/calls/${ids.get(identifier)}/context`)).body;
  const named = (all: One[]): string[] => all.map((c) => c.identifier);

  it('are the topics of the same call, by their identifiers, without itself and without calls that are called nearly alike', async () => {
    expect(named((await context('HORIZON-CL5-2026-D3-02-06')).sisters)).toEqual([
      'HORIZON-CL5-2026-D3-02-05',
      'HORIZON-CL5-2026-D3-02-07',
    ]);
    expect(named((await context('HORIZON-CL5-2025-D3-02-06')).sisters)).toEqual([]);
  });

  it('are not the cascade calls of projects that came out of it; these lead to the topic where it is ours, and to none where it is not', async () => {
    const cascade = await context('horizon-cl5-2026-d3-02-06');
    expect([cascade.parent?.identifier, cascade.sisters, cascade.editions]).toEqual([
      'HORIZON-CL5-2026-D3-02-06',
      [],
      [],
    ]);
    expect((await context('HORIZON-CL5-2026-D3-02-06')).parent).toBeNull();
  });

  it('are its other editions, closed ones too; one of the same number about something else is none', async () => {
    const { editions } = await context('HORIZON-CL5-2026-D3-02-06');
    expect(editions.map((e) => [e.identifier, e.status])).toEqual([['HORIZON-CL5-2025-D3-02-06', 'closed']]);
    expect(named((await context('HORIZON-CL5-2025-D3-02-06')).editions)).toEqual([
      'HORIZON-CL5-2026-D3-02-06',
    ]);
  });

  it('are calls that speak of the same and can still be had; sisters and editions are told elsewhere', async () => {
    const { similar } = await context('HORIZON-CL5-2026-D3-02-06');
    expect(named(similar)).toEqual(['LIFE-2026-COMPOSITES']);
    expect(named((await context('CULTURE-2026')).similar)).toEqual([]);
    // French has most of its words of science with accents.
    expect(named((await context('ANR-GEO-2026')).similar)).toEqual(['ADEME-SEL-2026']);
  });

  it('are the layers of a partnership’s joint call, with what its French funder says; what is not known is not filled in', async () => {
    const byTitle = new Map(
      (await api<{ items: One[] }>(server.url, '/v1/calls?limit=100')).body.items.map((c) => [c.title, c.id]),
    );
    const layers = async (title: string) =>
      (await api<Context>(server.url, `/v1/calls/${byTitle.get(title)}/context`)).body.partnership;
    for (const title of ['Joint transnational call 2026', 'Water4All 2026 – Nappes'])
      expect(await layers(title)).toMatchObject({
        name: 'Water4All',
        central: { title: 'Joint transnational call 2026' },
        national: [
          {
            call: { title: 'Water4All 2026 – Nappes' },
            funder: 'ANR',
            eligibility: ['Les équipes françaises sont financées par l’ANR.'],
            budget: 'Budget pour la France : 2 M€.',
          },
        ],
        parent: {
          identifier: 'HORIZON-CL6-2021-WATER-01',
          id: byTitle.get('European Partnership Water4All'),
        },
      });
    expect(await layers('M-ERA.NET 2026 – Alliages')).toMatchObject({
      name: 'M-ERA.NET',
      central: null,
      national: [{ funder: 'Région inventée', eligibility: [], budget: null }],
      parent: null,
    });
    expect(await layers('European Partnership Water4All')).toBeNull();
    expect(await layers('Composite waste')).toBeNull();
  });

  it('come without their texts, and are told of calls that there are', async () => {
    const { sisters } = await context('HORIZON-CL5-2026-D3-02-06');
    expect(sisters[0]).toMatchObject({ title: 'Cables under the sea', budget: null });
    expect(sisters[0]).not.toHaveProperty('sections');
    expect((await api(server.url, `/v1/calls/${randomUUID()}/context`)).status).toBe(404);
    expect((await api(server.url, '/v1/calls/nonsense/context')).status).toBe(400);
    expect(
      (await api(server.url, `/v1/calls/${ids.get('CULTURE-2026')}/context`, { token: null })).status,
    ).toBe(401);
  });

  it('are found in a call whose words are written like the language of the database', async () => {
    const odd = of("ODD-2026-'|&!", "Quotes ' and \\ and | & ! :* () words of blades", {
      callIdentifier: "ODD-'2026",
      sections: text("d'eau l'''air \\ blades composite pyrolysis blades composite"),
    });
    await storeCalls(server.app, [...CALLS, odd]);
    const { body } = await api<{ items: One[] }>(server.url, '/v1/calls?q=quotes');
    expect((await api(server.url, `/v1/calls/${body.items[0]!.id}/context`)).status).toBe(200);
  });
});
