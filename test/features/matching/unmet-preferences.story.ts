import { load } from 'cheerio';
import { KIND_COLUMNS } from '../../../src/spreadsheets/domain/call-columns.js';
import { PIPELINE_COLUMNS, WORK_COLUMNS } from '../../../src/spreadsheets/domain/pipeline-columns.js';
import { api } from '../../support/app.js';
import { aCall, deadline } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aProfile } from '../../support/matching/profiles.js';
import { bearer, get, linesOf } from '../../support/institutes/sheets.js';

interface Told {
  id: string;
  title: string;
  match: string;
  unmet: { preference: string; says: { en: string; fr: string } }[];
}

const about = (text: string) => [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: `Offshore wind: a wind turbine for offshore wind farms. ${text}`,
  },
];
const euros = (over: object) => ({
  currency: 'EUR',
  total: 170_760_699,
  expectedGrants: 2,
  minContribution: null,
  maxContribution: 7_000_000,
  years: [],
  ...over,
});
const widening =
  'Participation as coordinators is limited to legal entities established in Widening countries, as defined in the regulation.';
const high = aCall('HIGH', {
  title: 'Wind turbine demonstration',
  sections: about('Activities are expected to achieve TRL 7.'),
  deadlines: [deadline(20)],
  callIdentifier: 'HORIZON-POOL',
  budget: euros({}),
});
const right = aCall('RIGHT', {
  title: 'Wind turbine research',
  sections: about('Activities are expected to achieve TRL 5.'),
  deadlines: [deadline(200)],
  callIdentifier: 'HORIZON-OWN',
  budget: euros({ total: 14_000_000 }),
});
const abroad = aCall('ABROAD', {
  title: 'Wind turbine training in Kenya',
  kind: 'external-action',
  sections: [
    ...about('Activities are expected to achieve TRL 5.'),
    { kind: 'conditions', title: '', text: `Before. ${widening}` },
  ],
  deadlines: [deadline(200)],
  programme: null,
});
// States the same budget as another topic, but its projects take all of it, so it is its own.
const alike = aCall('ALIKE', {
  title: 'Of the same size',
  sections: [],
  callIdentifier: 'HORIZON-OWN',
  budget: euros({ total: 14_000_000 }),
});
const sister = aCall('SISTER', {
  title: 'Cables',
  sections: [],
  callIdentifier: 'HORIZON-POOL',
  budget: euros({ expectedGrants: 1 }),
});
const others = Array.from({ length: 40 }, (_, i) =>
  aCall(`other-${i}`, {
    title: `Monuments ${i}`,
    sections: [{ kind: 'scope' as const, title: '', text: 'Frescoes and old manuscripts.' }],
  }),
);

describe('what a call that fits lacks', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox(
      [
        aProfile('wind', {
          preferences: {
            typesOfAction: [],
            programmes: [],
            trl: { min: 3, max: 6 },
            minLeadDays: 30,
            countries: ['FR', 'MA'],
            roles: ['coordinator'],
          },
        }),
      ],
      [high, right, abroad, alike, sister, ...others],
    );
  });
  afterAll(() => inbox?.stop());

  const SAYS = [
    {
      preference: 'trl',
      says: { en: 'TRL 7 is above your range (3 to 6)', fr: 'le TRL 7 est au-dessus de votre plage (3 à 6)' },
    },
    {
      preference: 'lead-time',
      says: {
        en: '20 days left; you want 30 or more',
        fr: '20 jours restants\u00a0; il vous en faut au moins 30',
      },
    },
  ];
  const list = async (): Promise<Map<string, Told>> => {
    const { body } = await api<{ items: Told[] }>(inbox.test.url, '/v1/profiles/wind/inbox', {
      token: inbox.token,
    });
    return new Map(body.items.map((item) => [item.title, item]));
  };
  const page = async (path: string) => load((await inbox.officer.get(path)).body);

  it('stands in the inbox and at the match, and hides nothing', async () => {
    const items = await list();
    expect([...items.keys()].sort()).toEqual([high.title, right.title, abroad.title].sort());
    expect(items.get(right.title)!.unmet).toEqual([]);
    const { unmet, match } = items.get(high.title)!;
    expect(unmet).toEqual(SAYS);
    expect(
      (await api<Told>(inbox.test.url, `/v1/matches/${match}`, { token: inbox.token })).body.unmet,
    ).toEqual(SAYS);
  });

  it('is the place of the call and the role that is left, with the words of the call on its page and over the API', async () => {
    const { id, match, unmet } = (await list()).get(abroad.title)!;
    const says = {
      en: [
        'it takes place elsewhere (Kenya); your countries are France and Morocco',
        'its coordinator must be from a country other than France; you prefer to coordinate',
      ],
      fr: [
        'l’action se déroule ailleurs (Kenya)\u00a0; vos pays\u00a0: France et Maroc',
        'le coordinateur doit venir d’un autre pays que la France\u00a0; vous préférez coordonner',
      ],
    };
    expect(unmet).toEqual(
      ['country', 'role'].map((preference, i) => ({ preference, says: { en: says.en[i], fr: says.fr[i] } })),
    );
    const told = async <T>(path: string) => (await api<T>(inbox.test.url, path, { token: inbox.token })).body;
    const remarks = (await told<{ remarks: string[] }>(`/v1/matches/${match}`)).remarks;
    expect(
      (await told<{ remarks: string[] }>(`/v1/profiles/wind/explain?call=${id}&language=en`)).remarks,
    ).toEqual(says.en.map((s) => `fits, but ${s}`));
    expect(remarks).toHaveLength(2);
    const quote = widening.slice(0, -1);
    expect(await told(`/v1/calls/${id}`)).toMatchObject({
      place: { kind: 'action', countries: ['KE'], quote: abroad.title },
      roleRules: [{ rule: 'coordinator-elsewhere', quote }],
    });
    const facts = (await page(`/institutes/wind/calls/${id}`))('dl.facts');
    expect(facts.text()).toContain(`the action takes place in Kenya “${abroad.title}”`);
    const requirements = await page(`/institutes/wind/calls/${id}`);
    expect(requirements('dl.conditions').text()).toContain(
      `a coordinator from a country other than France: ${widening}`,
    );
    const others = await page(`/institutes/wind/calls/${(await list()).get(right.title)!.id}`);
    expect(others('dl.conditions').text()).not.toContain('Eligibility');
  });

  it('is told in a line on the pages', async () => {
    const $ = await page('/institutes/wind/inbox');
    const row = (title: string) => $('.inbox-row').filter((_, e) => $(e).find('h3').text() === title);
    const line = 'Fits, but: TRL 7 is above your range (3 to 6) · 20 days left; you want 30 or more';
    expect([row(high.title).find('.more .but').text(), row(right.title).find('.but').length]).toEqual([
      line,
      0,
    ]);
    expect(
      (await page(`/institutes/wind/calls/${(await list()).get(high.title)!.id}`))('.reasons .but').text(),
    ).toBe(line);
  });

  it('is a column of the table to take away, behind those that were there before it', async () => {
    const lines = await linesOf(
      await get(inbox.test.url, '/v1/profiles/wind/export/matches.csv?language=en', bearer(inbox.token)),
    );
    const of = (title: string) => lines.find((l) => l['Title'] === title)!;
    const columns = Object.keys(of(high.title));
    expect(columns.slice(columns.indexOf('Page of the source') + 1)).toEqual([
      'Preferences not met',
      ...KIND_COLUMNS.map((c) => c.header.en),
      ...[...PIPELINE_COLUMNS, ...WORK_COLUMNS].map((c) => c.header.en),
    ]);
    expect([of(high.title)['Preferences not met'], of(right.title)['Preferences not met']]).toEqual([
      'TRL 7 is above your range (3 to 6)\n20 days left; you want 30 or more',
      '',
    ]);
  });

  it('a total that topics share is told as theirs, after what one project gets', async () => {
    const own = 'at most €7 million per project; 2 projects expected; €14 million for the topic';
    const shared =
      'at most €7 million per project; 2 projects expected; €170,760,699 in all, probably shared by several topics';
    const $ = await page('/institutes/wind/inbox');
    expect(
      $('.inbox-row')
        .toArray()
        .map((e) => $(e).find('.more p:contains("Budget")').text())
        .sort(),
    ).toEqual([`Budget ${shared}`, `Budget ${own}`, 'Budget not stated'].sort());
    const $$ = await page('/calls?q=wind');
    expect(
      $$('td[data-label=Budget]')
        .toArray()
        .map((td) => $$(td).find('[title]').attr('title') ?? $$(td).text().trim())
        .sort(),
    ).toEqual([own, shared, 'not stated'].sort());
    const { body } = await api<{
      items: { id: string; title: string; budgetShared: boolean; budgetFor: string }[];
    }>(inbox.test.url, '/v1/calls?limit=100', { token: inbox.token });
    expect(
      body.items
        .filter((c) => c.budgetShared)
        .map((c) => c.title)
        .sort(),
    ).toEqual([sister.title, high.title].sort());
    expect(new Set(body.items.map((c) => c.budgetFor))).toEqual(new Set(['topic', 'several']));
    const id = body.items.find((c) => c.title === high.title)!.id;
    const call = await page(`/institutes/wind/calls/${id}`);
    expect(call('main').text().split('€170,760,699 in all, probably shared by several topics')).toHaveLength(
      2,
    );
    expect(call('main').text()).not.toContain('€170,760,699 for the topic');
    const lines = await linesOf(
      await get(inbox.test.url, '/v1/export/calls.csv?language=en', bearer(inbox.token)),
    );
    expect(lines.find((l) => l['Title'] === high.title)!['Budget is for']).toBe('probably several topics');
  });
});
