import { load, type CheerioAPI } from 'cheerio';
import { cascadePage } from '../../../src/calls/domain/page/outside-pages.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { formWith } from '../../support/institutes/sheets.js';
import { aProfile } from '../../support/matching/profiles.js';

const PROFILE = aProfile('wind', {
  name: 'Carnot Wind',
  competences: [
    {
      label: 'Wind energy',
      description: '',
      keywords: ['wind turbine', 'offshore wind'],
      exclusions: [],
      weight: 1,
    },
  ],
});
const MONEY = { total: null, expectedGrants: null, minContribution: null, maxContribution: null, years: [] };
const TOPIC = aCall('TOPIC', {
  title: 'Blades of tomorrow',
  identifier: 'HORIZON-T-1',
  lumpSum: true,
  mission: 'Soils',
  crossCutting: ['AI', 'SSH'],
  partnerSearch: true,
  destination: 'Clean energy',
  documents: [
    { title: 'Guide <b>', url: 'https://docs.example.org/guide.pdf' },
    { title: 'Not shown', url: 'javascript:alert(1)' },
  ],
});
const CASCADE = aCall('CASCADE', {
  title: 'GUST open call: wind turbine vouchers',
  kind: 'cascade',
  url: cascadePage('8123'),
  identifier: 'HORIZON-T-1',
  callIdentifier: 'HORIZON-T',
  programme: null,
  deadlineModel: null,
  parentTopic: { identifier: 'HORIZON-T-1', title: 'Blades of tomorrow' },
  project: { acronym: 'GUST', name: 'Wind turbine for all', id: '101070' },
  duration: '9 months',
  budget: { ...MONEY, currency: 'NOK', asWritten: '1.2' },
});
const STRAY = aCall('STRAY', {
  title: 'A stray open call',
  kind: 'cascade',
  identifier: 'HORIZON-GONE',
  parentTopic: { identifier: 'HORIZON-GONE', title: 'Gone' },
  project: { acronym: 'STRAY', name: null, id: 'x/../1' },
});
const ACTION = aCall('ACTION', {
  title: 'Water for towns',
  kind: 'external-action',
  zones: ['Egypt', 'Jordan'],
  contractType: 'Action Grants',
  budget: { ...MONEY, currency: 'USD', total: 4_500_000 },
});

const JOINT = aCall('JOINT', {
  title: 'Water4All joint call 2031',
  kind: 'cascade',
  identifier: 'HORIZON-W-1',
  parentTopic: { identifier: 'HORIZON-W-1', title: 'European Partnership Water4All' },
  project: { acronym: 'Water4All', name: null, id: null },
  deadlines: [{ at: '2031-07-16T13:00:00Z', timeTold: true }],
});
const ANNEX = aCall('ANNEX', {
  title: 'Nappes (Water4All 2031)',
  language: 'fr',
  funder: 'Agence <inventée>',
  deadlines: [{ at: '2031-07-16T15:00:00Z', timeTold: true }],
  sections: [
    {
      kind: 'summary',
      title: '',
      text: 'Appel transnational conjoint.\nLes équipes françaises sont éligibles.\nBudget : 2 M€.',
    },
  ],
});
const LONE = aCall('LONE', {
  title: 'QuantERA 2033 : capteurs',
  language: 'fr',
  funder: 'ANR',
  sections: [{ kind: 'summary', title: '', text: 'Des agences de financement européennes.' }],
});

describe('the page of a call of its kind', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox(
      [PROFILE],
      [
        TOPIC,
        CASCADE,
        STRAY,
        ACTION,
        JOINT,
        ANNEX,
        LONE,
        ...Array.from({ length: 20 }, (_, i) => aCall(`K${i}`)),
      ],
    );
  });
  afterAll(() => inbox?.stop());

  const facts = async (
    title: string,
    language = 'en',
  ): Promise<{ $: CheerioAPI; of: (label: string) => string | null; sums: string }> => {
    const at = `/institutes/wind/calls/${await inbox.id(title)}`;
    const $ = load(
      (await inbox.officer.request(at, { headers: { cookie: `${inbox.officer.cookie}; lang=${language}` } }))
        .body,
    );
    const text = (e: ReturnType<CheerioAPI>): string =>
      e
        .text()
        .replace(/[\s\u00a0]+/g, ' ')
        .trim();
    const of = (label: string) => {
      const term = $('dl.facts dt').filter((_, e) => $(e).text() === label);
      return term.length ? text(term.next('dd')) : null;
    };
    return { $, of, sums: text($('.summary .sums')) };
  };
  const linkOf = ($: CheerioAPI, label: string) =>
    $('dl.facts dt')
      .filter((_, e) => $(e).text() === label)
      .next('dd')
      .find('a');

  it('shows both layers of a partnership’s joint call, and says of what is not known that it is not found here', async () => {
    const section = async (title: string, language = 'en') =>
      (await facts(title, language))
        .$('#partnership')
        .parent()
        .text()
        .replace(/[\s\u00a0]+/g, ' ');
    const annexed = await section(JOINT.title);
    expect(annexed).toContain('Water4All');
    expect(annexed).toContain('HORIZON-W-1 – European Partnership Water4All');
    expect(annexed).toContain('FunderAgence <inventée>');
    expect(annexed).toContain('Les équipes françaises sont éligibles.');
    expect(annexed).toContain('Budget : 2 M€.');
    const { $ } = await facts(ANNEX.title);
    expect($(`a[href="/institutes/wind/calls/${await inbox.id(JOINT.title)}"]`).length).toBeGreaterThan(0);
    expect((await section(LONE.title)).match(/not found here/g)).toHaveLength(4);
    expect((await section(LONE.title, 'fr')).match(/introuvable ici/g)).toHaveLength(4);
    expect((await facts(ACTION.title)).$('#partnership').length).toBe(0);
  });

  it('tells of a cascade call the topic, as a way to our page of it, the project, its length and an amount that cannot be meant', async () => {
    const { $, of, sums } = await facts(CASCADE.title);
    expect([of('Under topic'), of('Organised by project'), of('Duration'), sums]).toEqual([
      'HORIZON-T-1 Blades of tomorrow',
      'GUST – Wind turbine for all (opens another site)',
      '9 months',
      '“1.2” NOK as published: an implausible amount, check the official page',
    ]);
    expect(linkOf($, 'Under topic').attr('href')).toBe(
      `/institutes/wind/calls/${await inbox.id(TOPIC.title)}`,
    );
    expect(linkOf($, 'Organised by project').attr()).toMatchObject({
      href: 'https://cordis.europa.eu/project/id/101070',
      rel: 'noopener noreferrer',
    });
    expect($('.badges').text()).toContain('under topic HORIZON-T-1');
    expect([
      of('Part of'),
      of('Zones'),
      of('Type of contract'),
      of('Mission'),
      of('Partner search'),
      of('Links and documents'),
    ]).toEqual(Array(6).fill(null));
    expect(linkOf($, 'Organised by project').find('mark').text()).toBe('Wind turbine');
    const fr = await facts(CASCADE.title, 'fr');
    expect([fr.of('Au titre du sujet'), fr.of('Durée'), fr.sums]).toEqual([
      'HORIZON-T-1 Blades of tomorrow',
      '9 months',
      '« 1.2 » NOK d’après la source : montant peu plausible, à vérifier sur la page officielle',
    ]);
  });

  it('leads to the portal where the topic is none of ours, and nowhere for a project without a number', async () => {
    const { $, of } = await facts(STRAY.title);
    expect(linkOf($, 'Under topic').attr('href')).toMatch(
      /^https:\/\/ec\.europa\.eu\/.*\/topic-details\/HORIZON-GONE$/,
    );
    expect([of('Organised by project'), linkOf($, 'Organised by project').length]).toEqual(['STRAY', 0]);
  });

  it('tells of an external action its zones, its contract and its money', async () => {
    const { of, sums } = await facts(ACTION.title);
    expect([
      of('Zones'),
      of('Type of contract'),
      sums,
      of('Under topic'),
      of('Organised by project'),
    ]).toEqual(['Egypt, Jordan', 'Action Grants', 'USD 4.5 million for the call', null, null]);
  });

  it('tells of a topic lump sum, mission, priorities, partner search and documents, of which one that is no web address is left out', async () => {
    const { $, of } = await facts(TOPIC.title);
    expect([
      of('Lump sum'),
      of('Mission'),
      of('Cross-cutting priorities'),
      of('Partner search'),
      of('Destination'),
    ]).toEqual([
      'yes',
      'Soils',
      'Artificial intelligenceSocial sciences and humanities (SSH)',
      'open on the official page',
      'Clean energy',
    ]);
    expect(
      linkOf($, 'Links and documents')
        .toArray()
        .map((a) => [
          a.attribs['href'],
          a.attribs['rel'],
          $(a)
            .text()
            .replace(/ \(opens.*/, ''),
        ]),
    ).toEqual([['https://docs.example.org/guide.pdf', 'noopener noreferrer', 'Guide <b>']]);
    expect([of('Under topic'), of('Organised by project'), of('Duration')]).toEqual([null, null, null]);
  });

  it.each(['8123COMPETITIVE_CALLen', '8123', `${cascadePage('8123')}?order=DESC`])(
    'finds a cascade call by its own number: %s',
    async (named) => {
      const id = await inbox.id(CASCADE.title);
      const why = await inbox.officer.get(`/institutes/wind/why?call=${encodeURIComponent(named)}`);
      expect([why.status, load(why.body)('main').text().includes(CASCADE.title)]).toEqual([200, true]);
      const tested = await api(inbox.test.url, '/v1/profiles/wind/test', {
        method: 'POST',
        body: { topics: named },
        token: inbox.token,
      });
      expect(tested.body.items.map((i: { call: { id: string } | null }) => i.call?.id)).toEqual([id]);
      const sheet = await inbox.officer.request('/v1/profiles/wind/import?dryRun=true', {
        method: 'POST',
        body: formWith(`Topic,Verdict\n${named},yes\n`, 'v.csv'),
      });
      expect(JSON.parse(sheet.body)).toMatchObject({ lines: [{ outcome: 'write', call: { id } }] });
    },
  );

  it('shows in lists whose identifier a cascade call bears, and its money', async () => {
    const row = async (at: string) =>
      load((await inbox.officer.get(at)).body)('main')
        .text()
        .replace(/[\s\u00a0]+/g, ' ');
    expect(await row('/calls?q=GUST')).toMatch(
      /GUST open call: wind turbine vouchers ?under topic HORIZON-T-1.*amount to be checked/,
    );
    const list = load((await inbox.officer.get('/calls?q=GUST')).body);
    expect(list('.calls td [title]').attr('title')).toContain('“1.2” NOK as published');
    expect(await row('/institutes/wind/inbox')).toMatch(/“1\.2” NOK as published.*under topic HORIZON-T-1/);
  });
});
