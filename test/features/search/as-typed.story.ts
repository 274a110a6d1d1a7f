import { Terminology } from '../../../src/matching/domain/analysis/terminology.js';
import { CallRepository } from '../../../src/calls/store/call.repository.js';
import { CallFinder } from '../../../src/matching/call-finder.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { Vocabulary } from '../../../src/profiles/domain/vocabulary.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, deadline, storeCalls } from '../../support/matching/calls.js';

const text = (of: string) => [{ kind: 'scope' as const, title: 'Scope', text: of }];
const calls = [
  aCall('exact', { title: 'Wind turbines', identifier: 'HORIZON-CL5-2031-02-D3-07' }),
  aCall('sister', { title: 'Heat pumps', identifier: 'HORIZON-CL5-2031-02-D3-08' }),
  aCall('other', { title: 'Cattle feed', identifier: 'HORIZON-CL6-2031-02-FARM-07' }),
  aCall('mention', {
    title: 'Ports of the future',
    sections: text('Semiconductors are used in wind turbines. '.repeat(9)),
  }),
  aCall('mechanics', { title: 'Mechanics of soft tissue' }),
  aCall('mechanism', { title: 'A mechanism for fair prices' }),
  aCall('chips', { title: 'Semiconductors made in Europe' }),
  aCall('printing', { title: 'Additive manufacturing of parts' }),
  aCall('fabrics', { title: 'Additives in the fabrication of cloth' }),
  aCall('epidemics', { title: 'Vaccines against infectious diseases' }),
];

describe('a search as it is typed', () => {
  const terminology = Terminology.fromVocabularies([
    Vocabulary.parse({
      french: {
        mécanique: 'mechanics',
        éolienne: 'wind turbine',
        photovoltaïque: 'photovoltaic',
        'fabrication additive': ['additive manufacturing', '3D printing'],
        fabrication: 'fabrication',
        paludisme: 'malaria',
        vaccin: 'vaccine',
        infectieux: 'infectious',
      },
      acronyms: {},
      same: [],
    }),
  ]);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp(
      {},
      { working: false, adjust: (wiring) => ({ ...wiring, model: { ...wiring.model, terminology } }) },
    );
    await storeCalls(server.app, calls);
    await server.app.get(Corpus).refresh();
  });
  afterAll(() => server.stop());

  const answer = async (q: string, which: Record<string, string> = {}) => {
    const path = `/v1/calls?${new URLSearchParams({ q, ...which }).toString()}`;
    const { status, body } = await api<{
      items: { reference: string; near?: true; nearTo?: string[] }[];
      next: string | null;
      total: number;
      meant: string[];
      inTitles: boolean;
      tried: string[];
      instead: string[];
    }>(server.url, path);
    expect({ q, status }).toEqual({ q, status: 200 });
    return body;
  };
  const found = async (q: string): Promise<string[]> =>
    (await answer(q)).items.flatMap(({ reference, near }) => (near ? [] : [reference]));

  it.each([
    'HORIZON-CL5-2031-02-D3-07',
    'horizon cl5 2031 02 d3 07',
    'horizon_cl5_2031_02_d3_07',
    'Horizon CL5-2031-02-D3 07',
  ])(
    'finds a topic by its identifier in any case and with blanks, then the other topics of its call: %s',
    async (q) => expect(await found(q)).toEqual(['exact', 'sister']),
  );

  it.each(['cl5-2031-02', 'CL5 2031', '2031-02-D3'])(
    'finds topics by a part of their identifier: %s',
    async (q) => expect((await found(q)).sort()).toEqual(['exact', 'sister']),
  );

  it('finds a topic while its identifier is typed, and first the one that is named', async () => {
    for (const q of ['HORIZON-CL5-2', 'horizon cl5 2031 0', 'HORIZON-CL5-2031-02-D', 'D3-0'])
      expect([q, (await found(q)).sort()]).toEqual([q, ['exact', 'sister']]);
    const mentioned = aCall('mentioned', {
      title: 'Rotor blades',
      sections: text('As HORIZON-CL5-2031-02-D3-08.'),
    });
    const tenth = aCall('tenth', { title: 'Heat storage', identifier: 'HORIZON-CL5-2031-02-D3-070' });
    await storeCalls(server.app, [tenth, mentioned], 'identifiers');
    expect(await found('HORIZON-CL5-2031-02-D3-07')).toEqual(['exact', 'tenth', 'sister']);
    expect(await found('HORIZON-CL5-2031-02-D3-08')).toEqual(expect.arrayContaining(['sister', 'mentioned']));
    await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'identifiers');
  });

  it.each([
    'blades HORIZON-CL5-2031-02',
    'HORIZON-CL5-2031-02 topic blades',
    'sentence HORIZON-CL5-2031-02-D3-09',
    'topic HORIZON CL5 2031',
  ])('looks beside an identifier for words that stand in the text alone: %s', async (q) => {
    const sections = text('This sentence of the topic is about blades.');
    const bladed = aCall('bladed', { title: 'Rotors', identifier: 'HORIZON-CL5-2031-02-D3-09', sections });
    await storeCalls(server.app, [bladed], 'blades');
    expect(await found(q)).toContain('bladed');
    await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'blades');
  });

  it.each(['PM2.5', 'cities PM2.5 NO2', 'NO2 and PM2.5 in cities', 'cities NO2 2030 2040'])(
    'takes words with numbers for words where they are no identifier: %s',
    async (q) => {
      const cities = text('In cities by 2030 or 2040, NO2 and PM2.5 fall.');
      const air = aCall('air', { title: 'Clean air', sections: cities });
      await storeCalls(server.app, [air, aCall('dust', { title: 'PM2.5 sensors' })], 'air');
      expect(await found(q)).toContain('air');
      await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'air');
    },
  );

  it('puts first what stands in the title, however often another call says it', async () => {
    expect(await found('wind turbines')).toEqual(['exact', 'mention']);
    expect(await found('éoliennes')).toEqual(['exact', 'mention']);
  });

  it('takes a translated term for the term, and not for its stem', async () =>
    expect(await found('mécanique')).toEqual(['mechanics']));

  it('takes words of both languages for the French term that they are', async () =>
    expect((await found('fabrication additive'))[0]).toBe('printing'));

  it('keeps a word that only the other language leaves out', async () =>
    expect((await answer('non-linear optics')).tried).toEqual(['non linear optics']));

  it.each(['semiconducters', 'semicondcutors', 'semicon', 'Sémiconductors'])(
    'finds words with slips, and by their beginning: %s',
    async (q) => expect((await found(q)).sort()).toEqual(['chips', 'mention']),
  );

  it('says what it searched for in place of a word that nobody uses', async () => {
    expect((await answer('semiconducters')).meant).toEqual(['semiconductors']);
    expect((await answer('photovoltaiqe')).meant).toEqual(['photovoltaïque']);
    for (const q of ['semiconductors', 'MECANIQUE']) expect([q, (await answer(q)).meant]).toEqual([q, []]);
  });

  it('does not say that it searched for words that a source ran together, while it knows others', async () => {
    const list = text('1. General IntroductionHE Main Work Programme and IntroductionHE Guide.');
    await storeCalls(
      server.app,
      [
        aCall('glued', { title: 'Church organs', sections: list }),
        aCall('glued-2', { title: 'Bell towers', sections: list }),
        aCall('intro', { title: 'Introduction to choirs' }),
      ],
      'lists',
    );
    expect((await answer('introd')).meant).toEqual(['introduction']);
    expect((await found('introductionh')).sort()).toEqual(['glued', 'glued-2']);
    await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'lists');
  });

  it('looks for a half word that very many calls have in titles alone, until it is typed out', async () => {
    const finder = server.app.get(CallFinder);
    const { mostOfHalfWord } = finder;
    expect(await answer('semicond')).toMatchObject({ total: 2, inTitles: false });
    finder.mostOfHalfWord = 1;
    try {
      expect(await found('semicond')).toEqual(['chips']);
      expect(await answer('Europe semicond')).toMatchObject({ total: 1, inTitles: true, meant: [] });
      expect(await answer('semicond', { status: 'closed' })).toMatchObject({ total: 0, tried: ['semicond'] });
      expect(await answer('semiconductors')).toMatchObject({ total: 2, inTitles: false });
      const first = await answer('additi', { limit: '1' });
      const second = await answer('additi', { limit: '1', cursor: first.next! });
      expect([first, second].flatMap(({ items }) => items.map(({ reference }) => reference)).sort()).toEqual([
        'fabrics',
        'printing',
      ]);
    } finally {
      finder.mostOfHalfWord = mostOfHalfWord;
    }
  });

  it('looks for a half word in whole texts where all calls are no more than that, however many words begin with it', async () => {
    const words = Array.from(
      { length: 60 },
      (_, i) => `zyg${String.fromCharCode(97 + (i % 26), 97 + i / 26)}t`,
    );
    await storeCalls(
      server.app,
      [aCall('zygote', { title: 'Cells', sections: text(words.join(' ')) })],
      'cells',
    );
    const finder = server.app.get(CallFinder);
    const { mostOfHalfWord } = finder;
    finder.mostOfHalfWord = 59;
    try {
      expect(await answer('zyg')).toMatchObject({ total: 1, inTitles: false });
    } finally {
      finder.mostOfHalfWord = mostOfHalfWord;
      await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'cells');
    }
  });

  it.each(['"turbines wind"', '“turbines wind”', '„turbines wind“', '« turbines wind »'])(
    'takes words in any quotation marks for a phrase, and says that no call has it: %s',
    async (q) => {
      expect(await answer(q)).toMatchObject({ total: 0, tried: [q.replace(/[“”„«»]/g, '"')] });
      expect(await found(q.replace('turbines wind', 'wind turbines'))).toEqual(['exact', 'mention']);
    },
  );

  it('reads phrases and left-out words without regard to accents, capitals and small figures', async () => {
    const sun = aCall('sun', { title: 'Énergie solaire', language: 'fr' });
    const hydrogen = aCall('hydrogen', { title: 'Énergie et hydrogène', language: 'fr' });
    const pipes = aCall('pipes', { title: 'Pipes', sections: text('CO₂ networks.') });
    const committee = aCall('committee', { title: 'Co-governance of a committee' });
    await storeCalls(server.app, [sun, hydrogen, pipes, committee], 'accents');
    for (const q of ['"energie solaire"', '"ÉNERGIE solaire"', 'énergie -hydrogene', 'energie -hydrogène'])
      expect([q, await found(q)]).toEqual([q, ['sun']]);
    for (const q of ['"CO2 networks"', '"CO₂ networks"', 'networks CO₂ -sun'])
      expect([q, await found(q)]).toEqual([q, ['pipes']]);
    expect(await found('CO₂')).toEqual(['pipes']);
    await storeCalls(server.app, [aCall('none', { title: 'Tides' })], 'accents');
  });

  it.each(['the', '-', '😀', '""'])('has tried nothing where there is no word to look for: %s', async (q) =>
    expect(await answer(q)).toMatchObject({ items: [], tried: [] }),
  );

  it('finds nothing for a word like no other', async () =>
    expect(await answer('xylographie')).toMatchObject({
      items: [],
      meant: [],
      tried: ['xylographie'],
      instead: [],
    }));

  it('says what it tried where no call has the words, and offers words that calls have', async () => {
    const { tried, instead } = await answer('paludisme');
    expect(tried).toEqual(['paludisme', 'malaria']);
    expect(instead).toEqual(expect.arrayContaining(['infectious', 'vaccines']));
    expect(await answer('vaccines')).toMatchObject({ tried: [], instead: [] });
  });

  it('says of each call that is only near what in it is close', async () => {
    const { items } = await answer('paludisme');
    for (const { near, nearTo } of items) expect([near, nearTo?.length]).toEqual([true, expect.any(Number)]);
    expect(items.flatMap(({ nearTo }) => nearTo ?? [])).toContain('infectious diseases');
  });

  it('puts what is only near in meaning last, marked so, ten at most', async () => {
    const more = Array.from({ length: 14 }, (_, i) =>
      aCall(`near-${i}`, { title: `Prevention of forest fire and fire-resilient forest landscapes ${i}` }),
    );
    await storeCalls(server.app, [aCall('wild', { title: 'Wildfires' }), ...more], 'more');
    const repository = server.app.get(CallRepository);
    const { items: all } = await repository.list({ source: 'more' }, new Date(), 100, null);
    // As close as the meaning may say; the call that has the word is the farthest.
    const near = new Map(all.map(({ call }) => [call.id, call.content.title === 'Wildfires' ? 41 : 70]));
    const asked = {
      readings: [[{ word: 'wildfire' }]],
      typed: null,
      identifier: false,
      inTitles: false,
      meant: [],
      meaning: null,
    };
    const { items, total } = await repository.list({ text: { ...asked, near } }, new Date(), 100, null);
    expect(items[0]).toMatchObject({ near: false, call: { content: { title: 'Wildfires' } } });
    expect(items.slice(1).map((one) => one.near)).toEqual(Array.from({ length: 10 }, () => true));
    expect(total).toBe(11);
  });

  it('orders what it finds equally well by the last deadline, then by identifier, on every page', async () => {
    const alike = (days: number, identifier: string) =>
      aCall(identifier, {
        title: 'Zeolites for desalination',
        identifier,
        deadlines: [deadline(days)],
        sections: [],
      });
    const wanted = [alike(90, 'ZEO-3'), alike(30, 'ZEO-1'), alike(30, 'ZEO-2'), alike(30, 'ZEO-4')];
    // Each is stored by itself, not in this order: the numbers that they get must not matter.
    for (const i of [2, 0, 3, 1]) await storeCalls(server.app, [wanted[i]!], `zeolites-${i}`);
    const order: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, next } = await answer('zeolites for desalination', {
        limit: '1',
        ...(cursor && { cursor }),
      });
      order.push(...items.map(({ reference }) => reference));
      cursor = next;
    }
    expect(order).toEqual(wanted.map(({ reference }) => reference));
  });

  it('gives each of many calls once over its pages, those with the words in the title first', async () => {
    const many = Array.from({ length: 130 }, (_, i) =>
      aCall(`m${i}`, {
        title: i % 3 ? `Ports ${i}` : `Lichens ${i}`,
        identifier: `MANY-${i}`,
        sections: text(`${'Lichens grow slowly. '.repeat(1 + (i % 7))}`),
      }),
    );
    await storeCalls(server.app, many, 'lichens');
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { items, next, total } = await answer('lichens', { limit: '40', ...(cursor && { cursor }) });
      expect(total).toBe(130);
      found.push(...items.map(({ reference }) => reference));
      cursor = next;
    }
    expect([...found].sort()).toEqual(many.map(({ reference }) => reference).sort());
    const inTitle = found.map((reference) => Number(reference.slice(1)) % 3 === 0);
    expect(inTitle.lastIndexOf(true)).toBe(inTitle.filter(Boolean).length - 1);
  });
});
