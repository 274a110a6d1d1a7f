import type { Section } from '../../../src/calls/domain/parsed-call.js';
import {
  requirementsOf,
  statedLevels,
  trlInShort,
  withoutNoteLists,
} from '../../../src/calls/domain/requirements.js';
import { requirementCard, requirementInShort } from '../../../src/calls/domain/facts/requirement-facts.js';
import { aCall } from '../../support/matching/calls.js';
import { lumpSumOf } from '../../../src/calls/domain/page/funding-rate.js';

const scope = (text: string, kind: Section['kind'] = 'scope'): Section => ({ kind, title: '', text });
const inShort = (sections: Section[]) => trlInShort(statedLevels(sections));
const levels = (text: string): [number | null, number | null] | null => {
  const trl = inShort([scope(text)]);
  return trl && [trl.from, trl.to];
};

describe('levels that are stated', () => {
  it.each<[string, number | null, number | null]>([
    [
      'Activities are expected to start at TRL 4-5 and achieve TRL 6-7 by the end of the project – see General Annex B.',
      4,
      7,
    ],
    ['Activities are expected to achieve TRL 6-8 by the end of the project.', null, 8],
    ['Activities are expected to achieve TRL 5 or higher by the end of the project.', null, 5],
    ['nullActivities are expected to start at TRL 2 and achieve TRL 4 by the end of the project', 2, 4],
    [
      'Activities are expected to start from TRL 5 in order to achieve TRL 7-8 by the end of the project.',
      5,
      8,
    ],
    ['Pilots start at TRL 3 and reach TRL 5. nullActivities are expected to achieve TRL 6.', null, 6],
    [
      'Activities may start at any TRL and are expected to achieve TRL 7. Pilots start at TRL 3 and reach TRL 5.',
      null,
      7,
    ],
    [
      'Activities are expected to achieve TRL 5. Activities are expected to start at TRL 3 and achieve TRL 5.',
      3,
      5,
    ],
    ['Activities start at TRL 6 and achieve TRL 7 to 8.', 6, 8],
    ['Projects begin at TRL 6 and should end at TRL 8.', 6, 8],
    ['Innovations are developed further (from TRL 4 to TRL 5/6), and investment is attracted.', 4, 6],
    ['Take the technology from TRL 4 to TRL 6.', 4, 6],
    ['From minimum TRL 4 up to TRL 6.', 4, 6],
    ['Starting from TRL 3 to TRL 5.', 3, 5],
    ['Pilots start with a minimum TRL 6.', 6, null],
    ['Starting at TRL3.', 3, null],
    ['The prototype reaches at least TRL 7.', null, 7],
    ['Additives that reduce emissions (reaching TRL 7) are tested.', null, 7],
    ['Solutions reach up to Technical Readiness Level (TRL) 6.', null, 6],
    ['Demonstrations (up to TRL 7-8) are carried out.', null, 8],
    ['Activities achieve Technology Readiness Levels (TRL) 6–7.', null, 7],
    ['Demonstrations are at minimum TRL 8 by the end of the project.', null, 8],
    ['Value chains are at TRL 8 by the action end.', null, 8],
    ['Demonstrate (at least at TRL 6) how waste wood becomes a plastic.', null, 6],
    ['Activities are expected to focus on technology readiness levels 5 to 7.', null, 7],
    ['They name new materials for energy, andachieve TRL 4 for the systems.', null, 4],
    ['Key technologies against threats are matured up to TRL 6.', null, 6],
    ['This follows up and will complement previous activities by maturing parts up to TRL 6.', null, 6],
    ['Some PoCs at TRL 4/5 for subsystems are built.', null, 5],
    ['Proof-of-concepts (TRL3 completed) of medicines are delivered.', null, 3],
    ['The work should address Technology Readiness Levels 5-7.', null, 7],
    ['Development of technologies above TRL 4 is out of scope.', null, 4],
    [
      'Innovations ready for the market (Technology Readiness Level 8-9) are eligible for this scope.',
      8,
      null,
    ],
    ['Technologies are mature (at least TRL5 or above at the start of the action).', 5, null],
    [
      'A component must have been tested and validated in a laboratory (e.g., at least Technology Readiness Level 5 completed).',
      5,
      null,
    ],
    ['The work is done at TRL 9.', null, null],
  ])('%s', (text, from, to) =>
    expect(levels(text)).toEqual(from === null && to === null ? null : [from, to]),
  );
});

describe('no guess from a mere mention', () => {
  it.each([
    'Activities may start at any TRL.',
    'Technologies at high TRL are of interest.',
    'In line with TRL 5, see General Annex B.',
    'Multi-scale modelling chains (TRL 5) are integrated.',
    'A proof of TRL 4 is out of scope.',
    'Readiness is a scale (from TRL 1 to TRL 9) for the maturity of a technology.',
    'Technologies at low TRL (<4) hold promise.',
    'The reference definition is ISO 16290:2013.',
    'Previous projects took the technology from TRL 2 to TRL 4.',
    'Proposals are not expected to reach TRL 6.',
    'It goes from TRL 6 to TRL 4.',
    'Start at TRL 10.',
    'Reach 7 regions.',
    'Start at room 4 and reach 6 people.',
  ])('%s', (text) => expect(levels(text)).toBeNull());

  it('of another end, where the conditions state one: the text is about its parts', () => {
    const conditions = scope(
      'Activities are expected to achieve TRL 5 by the end of the project.',
      'conditions',
    );
    const text = scope('Activities are expected to start at TRL 4 and achieve TRL 7.');
    expect([inShort([text, conditions]), inShort([text])]).toMatchObject([
      { from: null, to: 5 },
      { from: 4, to: 7 },
    ]);
  });

  it('nor from no text at all', () => expect(inShort([])).toBeNull());
});

describe('the quote', () => {
  const quote = (text: string) => inShort([scope(text)])?.quote;

  it('is the whole sentence and no more', () => {
    expect(quote('Before. Activities, e.g. pilots, achieve TRL 6 (v. 2.5) at last. After.')).toBe(
      'Activities, e.g. pilots, achieve TRL 6 (v. 2.5) at last.',
    );
    expect(quote('A line\nActivities achieve TRL 6\nAnother')).toBe('Activities achieve TRL 6');
    expect(quote('It matters.Activities achieve TRL 6 – see Annex B.[1] Note.')).toBe(
      'Activities achieve TRL 6 – see Annex B.',
    );
    expect(quote('Activities achieve TRL 6.')).toBe('Activities achieve TRL 6.');
  });

  it('holds both levels: what two sentences say of two things is not put together', () => {
    expect(inShort([scope('Area A starts at TRL 2. Area B reaches TRL 8.')])).toEqual({
      from: 2,
      to: null,
      quote: 'Area A starts at TRL 2.',
    });
  });

  it('is the first sentence with both levels, else the first with one, over all sections', () => {
    const sections = [
      scope('Pilots reach TRL 7.', 'summary'),
      scope('Activities start at TRL 4 and achieve TRL 6.'),
    ];
    expect(inShort(sections)).toEqual({
      from: 4,
      to: 6,
      quote: 'Activities start at TRL 4 and achieve TRL 6.',
    });
    expect(inShort([scope('Pilots reach TRL 7.'), scope('Tools reach TRL 5.')])).toMatchObject({ to: 7 });
  });
});

describe('the levels to be reached', () => {
  const reached = (text: string) =>
    statedLevels([scope(text)]).map(({ at, from, to }) => `${at} ${from ?? ''}-${to ?? ''}`);

  it.each<[string, string[]]>([
    [
      'Activities are expected to start at TRL 3/4 and to achieve TRL 5/6 by the end.',
      ['start 3-4', 'end 5-6'],
    ],
    ['The prototype reaches TRL 6 or higher.', ['end 6-']],
    ['Demonstrations (up to TRL 7) are carried out.', ['end -7']],
    ['Validate the coating (TRL 5 and above). Demonstrate the process (at TRL 7).', ['end 5-', 'end 7-7']],
    ['Take it from TRL 6 to TRL 9.', ['start 6-6', 'end 9-9']],
  ])('%s', (text, expected) => expect(reached(text)).toEqual(expected));

  it('are those of the sentence about all activities, where there is one', () =>
    expect(
      reached(
        'Models are developed (TRL 3). Activities are expected to achieve TRL 5 by the end of the project.',
      ),
    ).toEqual(['end 5-5']));

  it('are also read in the conditions, where some topics alone state them', () =>
    expect(inShort([scope('Activities are expected to achieve TRL 6 by the end.', 'conditions')])?.to).toBe(
      6,
    ));
});

describe('what a call says of who may answer', () => {
  const of = (description: string, conditions = '', identifier: string | null = null) =>
    requirementsOf({
      identifier,
      typesOfAction: [],
      deadlineModel: null,
      sections: [scope(description), scope(conditions, 'conditions')],
    });
  it('is quoted with what follows its colon: a list of countries, or the items of a list, once', () => {
    const quotes = (text: string) => of(text).restrictions.map(({ quote }) => quote);
    const countries =
      'Participation is limited to legal entities established in the following countries: Canada, Israel, and the United Kingdom.';
    expect(quotes(`${countries} In addition, others are watched.`)).toEqual([countries]);
    const items =
      'The partnership should engage with the following stakeholders:\n- national funding agencies;\n- at least three hospitals of different countries.';
    expect(quotes(`${items}\nIt is large.`)).toEqual([items]);
  });

  const kinds = (text: string) => of(text).restrictions.map(({ kind }) => kind);

  it.each([
    ['minPartners', 'Proposals must be submitted by at least four applicants from four countries.'],
    [
      'minPartners',
      'This topic requires the active involvement of at least 3 fire brigades or port authorities.',
    ],
    [
      'mustInclude',
      'Consortia should bring together shipyards, port operators and classification societies.',
    ],
    ['mustInclude', 'The participation of patient organisations is mandatory.'],
    ['mustInclude', 'This topic requires the effective contribution of SSH disciplines.'],
    ['mustInclude', 'Proposals must implement the multi-actor approach with growers and bakers.'],
    ['onlyFor', 'Participation is limited to legal entities established in Member States and Norway.'],
    ['onlyFor', 'Entities that are controlled by China are not eligible to participate in the action.'],
    ['onlyFor', 'The proposal must be submitted by the coordinator of the running project on tides.'],
    ['excluded', 'The burning of straw is out of scope of this topic altogether.'],
    ['excluded', 'Support will not be given to the purchase of lorries and trailers.'],
    [
      'minPartners',
      '- At least three legal entities independent from each other, each from another country;',
    ],
    ['minPartners', 'Bakers of several towns, with a minimum of 3 partners that speak for millers.'],
    ['minPartners', 'Demonstrate the approach in at least three cities of different countries.'],
    ['onlyFor', 'Grant agreements will only be concluded with organisations that signed a framework.'],
    ['onlyFor', 'Fellowships are open to European nationals or long-term residents who go abroad.'],
    ['mustInclude', 'Proposals should engage local communities, citizens and their associations.'],
    ['mustInclude', 'Strategic projects shall actively involve the main stakeholders of the plan.'],
    ['mustInclude', 'The active involvement of fishers in the tests is crucial to suit their boats.'],
    ['mustInclude', 'The actors involved should include farmers, foresters and owners of land.'],
    ['mustInclude', 'Close cooperation with the authorities that own the data is essential.'],
    ['mustInclude', 'Measures are expected to ensure a balanced representation of research and industry.'],
    ['mustInclude', 'Involve advisors and farmers from across Europe in the tests.'],
  ])('%s: %s', (kind, text) => expect(kinds(text)).toEqual([kind]));

  it.each([
    'Consortia are encouraged to involve small and medium-sized enterprises.',
    'Proposals may include partners from industry where relevant.',
    'Admissibility conditions are described in Annex A of the General Annexes.',
    'Proposals should include a plan that says how results reach companies and regions.',
    'Batteries are a key technology for European industry and its many regions.',
    'Applications are limited to maximum 45 pages (Part B).',
    'Entities assessed as high-risk suppliers within the meaning of ‘restrictions for the protection of European communication networks’ cannot submit guarantees.',
    'The relevance of studies on participation is limited (most are outdated).',
    'Benefits in kind (except for healthcare) have been studied little in many countries.',
    'The maximum contribution per proposal should not exceed EUR 350 000.',
    'The awarding authority may cancel the contest if the winner is not eligible or must be excluded.',
    'Proposals including entities established in countries outside the scope specified in the call will be ineligible.',
    'At least one industrial sector with much heat is expected to use less of it.',
    'Proposals should include an analysis of heating in the regions and countries.',
    'Proposals should include the sharing of knowledge between countries and regions.',
    'Proposals should identify strategies like better networks and education for farmers.',
    'The topic is open to both cars and lorries of all companies.',
    'In case of a consortium your proposal must be submitted by the coordinator on behalf of the consortium.',
  ])('says nothing binding: %s', (text) => expect(kinds(text)).toEqual([]));

  it('does not take a reference to an annex for an item of the list above it', () =>
    expect(
      of(
        '',
        '3. Other Eligible ConditionsApplications must be submitted by a consortium of at least three legal entities:Two of them are public;described in Annex B of the Work Programme General Annexes.',
      ).restrictions.map(({ quote }) => quote),
    ).not.toContain('described in Annex B of the Work Programme General Annexes.'));

  it('ends a sentence at its full stop behind a note, also where the source ran the next into it', () =>
    expect(
      of('They use a method [6].Validate it in at least three cities of different countries.').restrictions,
    ).toMatchObject([{ quote: 'Validate it in at least three cities of different countries.' }]));

  it('ends a sentence at "etc." where another begins', () =>
    expect(
      of('They study schools, media etc. Proposals must involve two hospitals or more.').restrictions,
    ).toMatchObject([{ quote: 'Proposals must involve two hospitals or more.' }]));

  it('does not read the notes at the end of a section', () => {
    const notes = '[1] Age at diagnosis 0-19 years.[2] Proposals must involve two clinics or more.';
    const { restrictions } = of(
      `Children[1] are treated in clinics.[2] Rust is out of scope of this topic.${notes}`,
    );
    expect(restrictions.map(({ quote }) => quote)).toEqual(['Rust is out of scope of this topic.']);
  });

  it('holds what a language model found, but for the words that were found already', () => {
    const text =
      'Proposals must involve two hospitals or more. The town hall signs the agreement beforehand.';
    const bound = (quote: string) => ({
      kind: 'mustInclude' as const,
      quote,
      section: 'scope' as const,
      title: '',
      part: null,
    });
    const { restrictions } = requirementsOf(
      { identifier: null, typesOfAction: [], deadlineModel: null, sections: [scope(text)] },
      [bound('must involve two hospitals'), bound('The town hall signs the agreement beforehand')],
    );
    expect(restrictions.map(({ quote }) => quote)).toEqual([
      'Proposals must involve two hospitals or more.',
      'The town hall signs the agreement beforehand',
    ]);
  });

  it('is read in an item of a list with the line above it', () =>
    expect(
      of('Consortia must include:\nat least two hospitals from two countries;\nan insurer').restrictions,
    ).toMatchObject([{ kind: 'minPartners', quote: 'at least two hospitals from two countries;' }]));

  it('stands as in the text, with its heading, once, without footnotes, each sentence by itself', () => {
    const { restrictions } = of(
      'Scope.Rust is out of scope of this topic.Proposals must involve two shipyards or more operators.[[See the guide.]] More.',
      'General conditions1. Admissibility Conditions: Proposal page limit and layoutdescribed in Annex A.3. Other Eligible ConditionsParticipation is limited to legal entities established in Norway.described in Annex B of the Work Programme.',
    );
    expect(restrictions).toEqual([
      {
        kind: 'onlyFor',
        quote: 'Participation is limited to legal entities established in Norway.',
        section: 'conditions',
        title: '',
        part: 'eligibility',
      },
      {
        kind: 'mustInclude',
        quote: 'Proposals must involve two shipyards or more operators.',
        section: 'scope',
        title: '',
        part: null,
      },
      {
        kind: 'excluded',
        quote: 'Rust is out of scope of this topic.',
        section: 'scope',
        title: '',
        part: null,
      },
    ]);
    const twice = 'Proposals must involve two shipyards or more operators.';
    expect(of(twice, twice).restrictions).toHaveLength(1);
  });

  it('knows two stages, page limit, duration, the JRC and money for third parties, and says nothing of what is not there', () => {
    expect(of('')).toEqual({
      trl: [],
      lumpSum: null,
      twoStage: false,
      jrc: null,
      pageLimit: null,
      duration: null,
      thirdParties: null,
      restrictions: [],
    });
    const all = of(
      'The action is expected to have a duration of 30 months. The JRC may participate as a member of the consortium.',
      'The page limit of the application is 35 pages. The maximum amount to be granted to each third party is EUR 90 000.',
      'HORIZON-X-2027-01-two-stage',
    );
    expect(all.twoStage).toBe(true);
    expect(all.pageLimit?.pages).toBe(35);
    expect(all.duration?.quote).toBe('The action is expected to have a duration of 30 months.');
    expect(all.jrc?.quote).toBe('The JRC may participate as a member of the consortium.');
    expect(all.thirdParties?.quote).toContain('EUR 90 000');
  });

  it('does not take a cascade call for one in two stages because the topic of its project was', () => {
    const call = {
      identifier: 'HORIZON-CL6-2022-FARM2FORK-02-04-two-stage',
      typesOfAction: [],
      deadlineModel: null,
      sections: [],
    };
    expect(requirementsOf({ ...call, kind: 'grant' }).twoStage).toBe(true);
    expect(requirementsOf({ ...call, kind: 'cascade' }).twoStage).toBe(false);
  });

  it.each<[string, number | null]>([
    ['The page limit in part B is exceptionally extended by 3 pages.', null],
    ['Applications must be readable, not exceeding 40 pages.', 40],
    ['The limit for a full proposal is 70 pages for research actions.', 70],
    [
      'At the first stage, the limit for short proposals is 20 pages; at the second stage, the limit for full proposals is 50 pages.',
      50,
    ],
  ])('reads the limit of pages: %s', (text, pages) =>
    expect(of('', text).pageLimit?.pages ?? null).toBe(pages),
  );

  it.each([
    ['The duration of the projects should accommodate longer timescales.', true],
    ['Grants may be awarded for a period of 60 months.', true],
    ['Expected project duration: 36 months', true],
    ['Experiments have a minimum duration of 20 years in the field.', false],
    ['The duration of the actions supported by FSTP should not be longer than 18 months.', false],
  ])('reads how long a project lasts: %s', (text, stated) => expect(of(text).duration !== null).toBe(stated));

  it('knows a lump sum by its grant agreement, wherever the agreement is named, and by how the grant is paid', () => {
    const lump = (text: string) =>
      lumpSumOf({ typesOfAction: [], sections: [scope(text, 'conditions')] })?.yes;
    expect(
      lump(
        'Refer to the Model Grant Agreement (MGA) used for EIC actions. Model Grant Agreements (MGA)Lump Sum MGACall-specific instructions',
      ),
    ).toBe(true);
    expect(lump('The Plus Grant is awarded as a single lump sum contribution.')).toBe(true);
  });
});

describe('a binding sentence in short', () => {
  it('begins where it binds, if that would be cut off, and else at its beginning', () => {
    const long = `In accordance with an article, and to safeguard assets, ${'interests, '.repeat(9)}participation is limited to legal entities established in Norway.`;
    expect(requirementInShort(long, 120)).toBe(
      '…participation is limited to legal entities established in Norway.',
    );
    expect(requirementInShort(long, 300)).toBe(long);
    const bracket = `For proposals under topics identified as such, for ${'reasons, '.repeat(9)}(in the specific conditions for eligibility), participation is limited to legal entities established in Norway.`;
    expect(requirementInShort(bracket, 160)).toBe(
      '…participation is limited to legal entities established in Norway.',
    );
    expect(requirementInShort('participation is limited to Norway.', 60)).toBe(
      '…participation is limited to Norway.',
    );
    expect(requirementInShort('Primary biomass is out of scope;', 60)).toBe(
      'Primary biomass is out of scope',
    );
    expect(requirementInShort(`Participation is limited to ${'legal entities, '.repeat(9)}`, 60)).toMatch(
      /^Participation is limited to legal entities/,
    );
  });
});

describe('the heading of a binding sentence', () => {
  const said = (text: string, language: 'fr' | 'en') => {
    const call = { ...aCall('A'), sections: [{ kind: 'scope' as const, title: '', text }] };
    return requirementCard(call, language, requirementsOf(call)).requirements.map(({ label }) => label);
  };
  it.each([
    ['Applicants that have won before are not eligible.', 'Exclusions', 'Exclusions'],
    ['Incineration is out of scope of this topic.', 'Exclusions', 'Exclusions'],
    [
      'The minimum size of the action to be eligible for funding is EUR 2 000 000.',
      'Eligibility',
      'Éligibilité',
    ],
    [
      'Participation is limited to legal entities established in Member States.',
      'Eligibility',
      'Éligibilité',
    ],
    ['At least two pilot sites in different Member States are expected.', 'How many', 'Combien'],
  ])('holds for what it says, in both languages alike: %s', (text, en, fr) =>
    expect([said(text, 'en'), said(text, 'fr')]).toEqual([[en], [fr]]),
  );
});

describe('lists of notes', () => {
  const left = (...texts: string[]) =>
    withoutNoteLists(texts.map((text) => ({ text }))).map(({ text }) => text);

  it('are left out at the end of the section that they stand in, also if another refers to them', () =>
    expect(
      left('Fish[1] and boats.[2]', 'Nets.[3] Sails.[1] A note.[2] Another, see p. 3.[3] https://a.eu'),
    ).toEqual(['Fish[1] and boats.[2]', 'Nets.[3] Sails.']));

  it('are no numbers within the text, nor numbers that stop before the last one', () => {
    const texts = [
      'Space[1] and data.[2] Health [1] and food[2] matter.',
      'Fish.[1] Boats.[2] Nets.[1] Sails.',
    ];
    for (const text of texts) expect(left(text)).toEqual([text]);
  });
});
