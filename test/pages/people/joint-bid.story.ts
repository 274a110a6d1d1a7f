import type { CheerioAPI } from 'cheerio';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const competence = (label: string, ...keywords: string[]) => ({
  label,
  description: '',
  keywords,
  exclusions: [],
  weight: 1,
});
const PORT = aCall('PORT', {
  title: 'Green hydrogen and coral reefs',
  sections: [
    {
      kind: 'expected-outcome',
      title: 'Expected Outcome',
      text: 'Cranes run on green hydrogen, and green hydrogen is stored there;\nCorals grow on quay walls again, corals spawn and coral reefs recover <script>alert(1)</script>;\nDockers learn new trades at school.',
    },
  ],
});
const BARE = aCall('BARE', { title: 'Nothing that anybody does', sections: [] });
const NOISE = Array.from({ length: 60 }, (_, i) => aCall(`N${i}`));
const GROUPS = [
  { id: 'sea', name: { fr: 'La mer', en: 'The sea' }, members: ['coral'], confirmed: true, source: '' },
];

describe('who could bid together, on the page of a call', () => {
  let inbox: InboxTest;
  let coordinator: Somebody;
  let path: string;
  beforeAll(async () => {
    inbox = await startInbox(
      [
        aProfile('hydrogen', {
          name: 'Carnot Hydrogène',
          competences: [competence('Hydrogen', 'green hydrogen', 'electrolyser')],
        }),
        aProfile('coral', {
          name: 'Carnot <i>Coral</i>',
          competences: [competence('Reefs', 'corals', 'coral reefs')],
        }),
      ],
      [PORT, BARE, ...NOISE],
      GROUPS,
    );
    coordinator = await somebody(inbox.test, { role: 'coordinator' });
    path = `/calls/${await inbox.id(PORT.title)}`;
  });
  afterAll(() => inbox?.stop());

  const page = (at: string, who = coordinator): Promise<CheerioAPI> => pageFor(who, at);
  const section = ($: CheerioAPI) => $('section[aria-labelledby=network]');

  it('says in a table of words how well each institute of the team answers each outcome', async () => {
    const $ = await page(path);
    expect($('a[href="#network"]').length).toBe(1);
    const table = section($).find('table.coverage');
    expect(table.find('caption').text()).not.toBe('');
    const heads = table
      .find('thead th')
      .toArray()
      .map((e) => $(e).text());
    expect(heads[0]).toBe('Expected outcome');
    expect(heads.slice(1).sort()).toEqual(['Carnot <i>Coral</i>', 'Carnot Hydrogène']);
    const rows = table
      .find('tbody tr')
      .toArray()
      .map((tr) => [
        $(tr).find('th').text(),
        ...heads.slice(1).map((head) => $(tr).find(`td[data-label="${head}"] strong`).text()),
      ]);
    expect(rows.map(([first]) => first)).toEqual([
      expect.stringContaining('1. Cranes run'),
      expect.stringContaining('<script>alert(1)</script>'),
      expect.stringContaining('3. Dockers'),
    ]);
    expect(
      rows
        .flatMap(([, ...cells]) => cells)
        .every((word) => ['strong', 'partial', 'not found'].includes(word)),
    ).toBe(true);
    const hydrogen = heads.indexOf('Carnot Hydrogène');
    expect(rows[0]![hydrogen]).toBe('strong');
    expect(rows[1]![hydrogen]).not.toBe('strong');
  });

  it("names the partners to find in the outcome's own words, and ranks the institutes with a way to each", async () => {
    const $ = await page(path);
    expect(section($).text()).toContain('Partner to find for “Dockers learn new trades at school”.');
    const links = section($)
      .find('.bid-ranking a')
      .toArray()
      .map((a) => $(a).attr('href'));
    expect(links.sort()).toEqual([`/institutes/coral${path}`, `/institutes/hydrogen${path}`]);
    expect(section($).find('.bid-ranking .badge').length).toBe(2);
    expect(section($).find('blockquote b').length).toBe(2);
  });

  it('is in French for who reads French', async () => {
    const french = await somebody(inbox.test, { role: 'coordinator', language: 'fr' });
    const text = section(await page(path, french)).text();
    expect(text).toContain('répondent bien à 2 des 3 résultats attendus.');
    expect(text).toContain('Partenaire à trouver pour «\u00a0Dockers learn new trades at school\u00a0».');
  });

  it('can be asked for a group and a size; what is none is left aside', async () => {
    const $ = await page(`${path}?group=sea&size=1`);
    expect(section($).find('#bid-group option[selected]').attr('value')).toBe('sea');
    expect(section($).find('#bid-size option[selected]').attr('value')).toBe('1');
    expect(section($).find('.bid-ranking a').length).toBe(1);
    const old = await page(`${path}?group=land&size=900`);
    expect(section(old).find('#bid-group option[selected]').attr('value')).toBe('');
    expect(section(old).find('#bid-size option[selected]').attr('value')).toBe('4');
  });

  it('says so where there is nothing to answer and nobody to ask', async () => {
    const text = section(await page(`/calls/${await inbox.id(BARE.title)}`)).text();
    expect(text).toContain('does not say point by point');
    expect(text).toContain('No word of their profiles appears in this call.');
  });

  it("is the network's alone", async () => {
    expect(section(await page(`/institutes/hydrogen${path}`, inbox.officer)).length).toBe(0);
    expect(section(await page(`/institutes/hydrogen${path}`)).length).toBe(0);
  });
});
