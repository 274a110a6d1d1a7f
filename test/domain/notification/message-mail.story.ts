import { load } from 'cheerio';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import type { Evidence } from '../../../src/matching/domain/scoring/match.js';
import { LINKED_VERDICTS } from '../../../src/notifications/domain/content/mail-link.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { both, read, unwrapped } from '../../support/notifications/read-mail.js';
import { alone, due, fitting, french, tellable } from '../../support/notifications/sample-calls-to-tell.js';
import {
  decideUrl,
  GLOBAL_CARE,
  hostile,
  largest,
  LISA,
  message,
  moved,
  opening,
  reminder,
  told,
  urgent,
  weekly,
} from '../../support/notifications/sample-messages.js';

const NB = '\u00a0';
const LANGUAGES = ['fr', 'en'] as const;
const SOURCE = tellable().url!;
const withoutMarks = (text: string): string => text.replace(/\[-|-\]|\{\+|\+\}/g, '');

describe('a message as a mail', () => {
  it('does not explain a time that the official note beside the date states', () => {
    const unstated = (at: string) => due(at, 'single', false);
    const call = alone({ deadlines: [unstated('2026-10-22T15:00:00.000Z')] });
    const forward = {
      ...moved('forward', '2026-11-05T16:00:00.000Z', '2026-10-22T15:00:00.000Z'),
      ...{ from: [unstated('2026-11-05T16:00:00.000Z')], to: call.deadlines },
    };
    const noted = (text: string) => ({
      ...{ kind: 'notice' as const, field: 'notices', from: null },
      to: { day: '2026-10-01', text, explains: ['deadlines'] },
    });
    const bodies = (text: string) =>
      both(message({ items: [told(call, { changes: [forward, noted(text)], urgency: 'brought-forward' })] }));
    for (const body of bodies('Brought forward to 22 October 2026, 17:00 (Brussels time).')) {
      expect(body).toContain('Deadline: 22 October 2026, 17:00 (Brussels), 14 days earlier');
      expect(body).not.toContain('Time not stated');
    }
    for (const body of bodies('Brought forward to 22 October 2026.')) {
      expect(body).toContain('Deadline: 22 October 2026*, 14 days earlier');
      expect(body).toContain('* Time not stated by the source');
    }
  });

  it('says of a withdrawn call neither when it opens nor who may answer, and once that it changed', () => {
    const call = alone({
      ...{ sourceStatus: 'forthcoming' as const, opensAt: '2026-12-01T00:00:00.000Z' },
      sections: [
        { kind: 'scope', title: 'Scope', text: 'Proposals must be submitted by at least four applicants.' },
      ],
    });
    const [text] = both(message({ items: [told(call)] }));
    expect(text).toMatch(/Opens: 1 December 2026.* How many: /);
    const changes = [{ kind: 'withdrawn' as const, field: 'call', from: 'open', to: null }];
    for (const body of both(message({ items: [told(call, { changes, urgency: 'withdrawn' })] }))) {
      expect(body).toMatch(/Withdrawn.*Deadline/);
      expect(body).not.toMatch(/Opens|Partners|\[?Changed\]? /);
    }
    const back = { kind: 'reappeared' as const, field: 'call', from: null, to: 'open' };
    const renamed = { kind: 'text' as const, field: 'title', from: 'Other', to: call.title };
    for (const body of both(message({ items: [told(call, { changes: [...changes, back, renamed] })] })))
      expect(body).toContain('Opens');
  });

  it('names all countries whose entities may answer', () => {
    const text =
      'In order to safeguard strategic assets of the Union, participation is limited to legal entities established in Member States, Norway and Iceland and the following associated countries: Canada, Israel, Republic of Korea, New Zealand, Switzerland, and the United Kingdom.';
    const call = alone({ sections: [{ kind: 'conditions', title: 'Conditions', text }] });
    for (const body of both(message({ items: [told(call)] })))
      expect(body).toMatch(/Eligibility[^…]*participation is limited [^…]* and the United Kingdom\./);
  });

  it('of deadlines alone shows their calls behind the subject', () => {
    const { html } = renderMail(message({ reminders: [reminder(alone())] }));
    expect(load(html!)('div').first().text()).toContain(alone().title.slice(0, 40));
  });

  it('tells the same in both bodies: fit, reason, dates, money, why it came, what is next, sources', () => {
    const sentences = [
      'Hello Anne Martin,',
      'Bio-based surfactants and lubricants',
      'HORIZON-CL6-2026-CIRCBIO-01-04',
      'Carnot LISA 81 (strong) · Carnot 3BCAR 72 (strong) · 1 more',
      '“Chimie des lipides biosourcés”: enzymes, lipid-rich side streams',
      '3 topics of call HORIZON-CL6-2026-CIRCBIO-01',
      'Circular economy and bioeconomy sectors',
      'D-32 (3 Nov, stage 1; 14 Apr 2027, stage 2) · €5–6M per project · RIA',
      '* Time not stated by the source; default: 17:00, Brussels time.',
      'Not announced before',
      'Institut Pasteur 52 (possible)',
      'Because you follow the group GLOBAL CARE (through Institut Pasteur)',
      'Because you follow the search “hydrogène ET pile à combustible” and this call',
      'Relevant',
      'Not for us',
      '2 of these were held back by your daily limit of 5 messages.',
      '4 more calls fit and wait for the next message.',
      'Upcoming deadlines',
      'in 2 days – Programme et équipements',
      'in 14 days – Bio-based',
      '16 October 2026, 17:00 (Brussels), stage 1',
      'Marie Durand is interested – Bio-based',
      '“Oui, avec l’équipe de Bordeaux ; je peux piloter un lot.”',
      'Paul Lefèvre: not for me',
      'Sources in trouble',
      'Eureka, Eurostars, since 28 September 2026',
      'You receive this because you follow Carnot LISA, the group GLOBAL CARE and the search “hydrogène ET pile à combustible”.',
      'The next digest will be sent on Monday 5 October 2026, 07:00 (Brussels), if there is anything new.',
      'EU Funding & Tenders Portal: last read in full on 2 October 2026, 04:10 (Brussels), 2 hours ago',
      'Unsubscribe',
      'Notification settings: what, when and where',
    ];
    for (const body of both(weekly('en'))) expect(sentences.filter((s) => !body.includes(s))).toEqual([]);
    for (const body of both(weekly('fr')))
      expect(body).toContain(
        `Parce que vous suivez la recherche «${NB}hydrogène ET pile à combustible${NB}» et cet appel`,
      );
  });

  it('says what each call is about: as a model wrote it, or quoted and in the language of the call', () => {
    const written = {
      language: 'fr',
      sentences: ['Le projet <i>conçoit</i>.', 'Deux pilotes.'],
      source: 'model',
    };
    const quoted = { language: 'en', sentences: ['Proposals design blades.'], source: 'quoted' };
    for (const [summary, says] of [
      [written, 'Le projet <i>conçoit</i>. Deux pilotes.'],
      [quoted, 'Extrait : « Proposals design blades. »'],
    ] as const)
      // One call is told in full, and several in brief.
      for (const count of [1, 5]) {
        const items = Array.from({ length: count }, (_, i) =>
          told(alone({ title: `Blades of kind ${i}` }), { summary: summary as never }),
        );
        const { html, text } = renderMail(message({ language: 'fr', items }));
        const $ = load(html!);
        const spoken = $(`span[lang=${summary.language}]`)
          .toArray()
          .map((e) => $(e).text());
        expect(spoken.filter((s) => s === summary.sentences.join(' '))).toHaveLength(count);
        for (const body of [$.root().text(), unwrapped(text)])
          expect(body.replaceAll(NB, ' ').split(says)).toHaveLength(count + 1);
      }
  });

  it('says in the text nothing that the page does not say', () => {
    for (const make of [weekly, opening, urgent])
      for (const language of LANGUAGES) {
        const { text, html } = renderMail(make(language));
        const words = new Set(read(html!.replaceAll('<', ' <')).split(/[^\p{L}\p{N}]+/u));
        expect(
          withoutMarks(text)
            .replace(/https:\/\/\S+/g, '')
            .split(/[^\p{L}\p{N}]+/u)
            .filter((w) => w && !words.has(w)),
        ).toEqual([]);
      }
  });

  it('shows of a changed text what went and what came', () => {
    const { text, html } = renderMail(weekly('en'));
    expect(unwrapped(text)).toContain('enzymes {+and engineered micro-organisms+} convert');
    expect(unwrapped(text)).toContain('reach TRL [-5-] {+6+} by the end');
    const page = load(html!);
    expect(
      page('del')
        .map((_, e) => page(e).text())
        .get(),
    ).toEqual(['5', '45']);
    expect(
      page('ins')
        .map((_, e) => page(e).text())
        .get(),
    ).toEqual(['and engineered micro-organisms', ', polymers and lubricants', '6', ', and of Canada', '40']);
    expect(text).toContain('- The text changed: Scope\n');
    expect(text).not.toContain('The whole difference');
  });

  it('quotes no title, which the reader has just read, but what the text says', () => {
    const call = alone({ title: 'Enzymes for textiles' });
    const inTitle = {
      signal: 'words' as const,
      competence: 'Enzymes',
      term: 'enzymes',
      field: 'title',
      spans: [{ start: 0, end: 7 }],
      contribution: 60,
    };
    const said = (match: Evidence[]) =>
      renderMail(message({ items: [told(call, { match: { ...fitting(call, 0), evidence: match } })] })).text;
    expect(said([inTitle])).not.toContain('“Enzymes for');
    const start = call.sections[0]!.text.indexOf('micro-organisms');
    const weaker = {
      ...inTitle,
      term: 'micro-organisms',
      field: 'sections.0',
      spans: [{ start, end: start + 15 }],
      contribution: 5,
    };
    expect(unwrapped(said([inTitle, weaker]))).toContain('“Proposals should develop');
  });

  it('says once what a change says, and why the call came', () => {
    const call = tellable({ deadlines: [due('2026-11-03T16:00:00Z')] });
    const changes = [moved('extended', '2026-10-20T15:00:00Z', '2026-11-03T16:00:00Z')];
    const said = (over: object) => renderMail(message({ items: [told(call, over)] })).text;
    expect(said({}).match(/Deadline: /g)).toHaveLength(1);
    expect(said({ changes }).match(/Deadline: /g)).toHaveLength(1);
    const raised = [
      { kind: 'budget', field: 'budget', from: { ...call.budget, total: 12e6 }, to: call.budget },
    ];
    expect(said({ changes: raised }).match(/Budget: /g)).toHaveLength(1);
    expect(unwrapped(said({})).match(/because you follow/gi)).toHaveLength(1);
    expect(unwrapped(said({ because: [LISA, GLOBAL_CARE] }))).toContain(
      'Because you follow Carnot LISA and the group',
    );
  });

  it('quotes no passage that stands in the sentence quoted above it', () => {
    const call = alone({ title: 'Textiles' });
    const match = fitting(call, 78, [['Chimie des lipides biosourcés', 'micro-organisms']]);
    const quoted = (sentence: string): string[] => {
      const summary = { language: 'en', sentences: [sentence], source: 'quoted' as const };
      const { text } = renderMail(message({ items: [told(call, { match, summary })] }));
      return unwrapped(text).match(/“[^”]*micro-organisms[^”]*”/g) ?? [];
    };
    expect(quoted('Proposals design blades.')).toHaveLength(1);
    expect(quoted(call.sections[0]!.text)).toHaveLength(1);
  });

  const money = {
    total: null,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
  };
  const cascade = (over: Parameters<typeof tellable>[0] = {}) =>
    tellable({
      kind: 'cascade',
      title: 'SHIELD second open call',
      identifier: 'DIGITAL-2024-CYBER-02',
      callTitle: null,
      typesOfAction: [],
      parentTopic: { identifier: 'DIGITAL-2024-CYBER-02', title: 'Cyber resilience' },
      project: { acronym: 'SHIELD', name: 'Shield for <small> companies', id: '101' },
      duration: '9 months',
      budget: { ...money, currency: 'NOK', asWritten: '1.2' },
      ...over,
    });

  it('tells of a cascade call under which topic it is, who runs it, how long and how much, as far as that can be meant', () => {
    const [en, fr] = LANGUAGES.map((language) =>
      both(message({ language, items: [told(cascade())] })),
    ).reverse();
    for (const [bodies, facts] of [
      [
        en,
        [
          'Under topic DIGITAL-2024-CYBER-02 – Cyber resilience',
          'Organised by project SHIELD – Shield for <small> companies',
          'Duration 9 months',
          'Budget “1.2” NOK as published: an implausible amount, check the official page',
          'Type of action cascade funding',
        ],
      ],
      [
        fr,
        [
          'Au titre du sujet DIGITAL-2024-CYBER-02 – Cyber resilience',
          'Projet organisateur SHIELD – Shield for <small> companies',
          'Durée 9 months',
          '« 1.2 » NOK d’après la source : montant peu plausible, à vérifier sur la page officielle',
        ],
      ],
    ] as const) {
      for (const body of bodies!) {
        // A label and its value are separated by a table cell in HTML and by a colon in plain text.
        const bare = (text: string): string => text.replace(/[\s\u00a0:]+/g, '');
        expect(facts.filter((f) => !bare(body).includes(bare(f)))).toEqual([]);
        expect(body.match(/DIGITAL-2024-CYBER-02/g)).toHaveLength(1);
      }
    }
  });

  it('tells of an external action its zones and its contract, and of a topic that it is one of lump sums', () => {
    const action = told(
      alone({
        kind: 'external-action',
        typesOfAction: [],
        zones: ['Egypt', 'Jordan'],
        contractType: 'Action Grants',
        budget: { ...money, currency: 'EUR', total: 4_500_000 },
      }),
    );
    const lump = told(alone({ title: 'In lumps', lumpSum: true }));
    for (const body of both(
      message({
        items: [action, lump, told(alone({ title: 'Not in lumps', lumpSum: false, typesOfAction: ['CSA'] }))],
      }),
    )) {
      for (const fact of [
        /Zones(: )?Egypt, Jordan/,
        /Type of contract(: )?Action Grants/,
        /Budget(: )?€4\.5 million for the call/,
        /Research and Innovation Actions, lump sum/,
        /Type of action(: )?CSA(?!, lump)/,
      ])
        expect(body).toMatch(fact);
    }
  });

  it('tells a topic under two identifiers once, and names both; what differs is said', () => {
    const [first, twin, edition] = [
      alone({ title: 'Production of isotopes', identifier: 'EURATOM-2026-01-05' }),
      alone({
        ...{ title: 'Production of isotopes', identifier: 'EURATOM-LS-2026-01-05', lumpSum: true },
        ...{ budget: { ...alone().budget!, minContribution: 2e6, maxContribution: 2e6 } },
        typesOfAction: ['HORIZON-IA HORIZON Innovation Actions'],
      }),
      alone({
        title: 'Production of isotopes',
        identifier: 'EURATOM-2027-01-05',
        deadlines: [{ ...alone().deadlines[0]!, at: '2027-11-03T16:00:00.000Z' }],
      }),
    ];
    const other = alone({ title: 'Blades of wood', identifier: 'HORIZON-CL5-2026-D3-01' });
    const items = [first, twin, edition, other].map((call) => told(call));
    for (const body of both(message({ items }))) {
      // Four calls are announced, and told.
      expect(body).toContain('4 new calls');
      expect(body).toMatch(/1–3\. (\[New\] )?Production of isotopes/);
      expect(body).toMatch(/4\. (\[New\] )?Blades of wood/);
      expect(body).toContain('EURATOM-LS-2026-01-05 – €2M per project – IA – Lump sum');
      expect(body).toContain('EURATOM-2027-01-05 – 3 Nov 2027');
    }
    // What closes next is told, whichever fits better.
    for (const body of both(message({ items: [items[2]!, items[0]!] }))) {
      expect(body).toContain('EURATOM-2027-01-05 – 3 Nov 2027');
      expect(body).not.toContain('EURATOM-2026-01-05 –');
    }
    const { text } = renderMail(message({ items }));
    for (const { pageUrl } of items) expect(text).toContain(pageUrl);
    // Each is decided on by itself, where it is named.
    const { html } = renderMail(message({ items }));
    for (const { callId } of items)
      for (const url of LINKED_VERDICTS.map((verdict) => decideUrl(verdict, [callId]))) {
        expect(text.split('\n').map((one) => one.trim())).toContain(url);
        expect(load(html!)(`a[href="${url}"]`)).toHaveLength(1);
      }
    const offered = renderMail(message({ items, decideUrl: null }));
    expect(offered.text + offered.html).not.toContain('/decide/');
    // A change is told of each.
    const changes = [moved('extended', '2026-10-22', '2026-11-22')];
    const changed = [first, twin].map((call) => told(call, { changes }));
    for (const body of both(message({ items: changed })))
      expect(body).toMatch(/2\. (\[Changed\] )?Production of isotopes/);
  });

  describe('of topics of one call that share reason and deadline', () => {
    const sentence = (of: string): string =>
      `Proposals should ${of} with industrial partners, and show what it costs at the size of a plant, in two regions at least.`;
    const second =
      'A consortium has three partners of three countries, and one of them coordinates what the others do.';
    const sister = (title: string, over: Partial<CallContent> = {}) =>
      told(
        tellable({
          title,
          identifier: `HORIZON-CL5-2027-${title.toUpperCase().replace(/ /g, '-')}`,
          ...over,
        }),
        {
          summary: { sentences: [sentence(`build ${title}`), second], source: 'model', language: 'en' },
        },
      );
    const items = [sister('Blades of wood'), sister('Blades of flax'), sister('Blades of hemp')];
    const many = [...items, ...['One', 'Two'].map((title) => told(alone({ title: `${title} alone` })))];

    it.each([
      ['few', items],
      ['many', many],
    ])('says once what they share, and of each its sentence and how to decide: %s', (_, all) => {
      const { text, html } = renderMail(message({ items: all }));
      const $ = load(html!);
      for (const body of [unwrapped(text), $.root().text()]) {
        expect(body.match(/enzymes(?: and|,) lipid-rich side streams/g)!.length).toBe(1 + all.length - 3);
        expect(body.match(/3 topics of call/g)).toHaveLength(1);
        for (const { call } of items) {
          expect(body).toContain(call.identifier);
          expect(body).toContain(sentence(`build ${call.title}`));
        }
        expect(body).not.toContain(second);
      }
      const ids = items.map(({ callId }) => callId);
      for (const verdict of LINKED_VERDICTS)
        for (const url of [ids, ...ids.map((id) => [id])].map((some) => decideUrl(verdict, some))) {
          expect($(`a[href="${url}"]`)).toHaveLength(1);
          expect(text.split('\n').map((one) => one.trim())).toContain(url);
        }
      expect($('a:contains("All relevant"), a:contains("None for us")')).toHaveLength(2);
      // Calls are counted, and so are numbers.
      expect(text).toContain(`${all.length} new calls`);
      expect(text).toContain(`${all.length}. `);
    });

    it('says their money once where it is equal, and of each where it is not', () => {
      const own = { ...tellable().budget!, maxContribution: 7e6 };
      const other = sister('Blades of glass', { budget: own });
      const equal = read(renderMail(message({ items })).html!);
      expect(equal.match(/€18 million/g)).toHaveLength(1);
      expect(equal).toContain('Budget of each');
      const lump = { budget: { ...own, maxContribution: null, minContribution: null } };
      const totals = ['One', 'Two', 'Three', 'Four'].map((title) => sister(title, lump));
      for (const body of both(message({ items: totals })))
        expect(body.match(/€18M per topic/g)).toHaveLength(1);
      const differing = read(renderMail(message({ items: [...items, other] })).html!);
      expect(differing.match(/€5–7M/g)).toHaveLength(1);
    });

    it('keeps both sentences where they are short, and offers no decision to who may not decide', () => {
      const short = items.map((item) => ({
        ...item,
        summary: { ...item.summary!, sentences: ['It builds blades.', 'Three partners do it.'] },
      }));
      const mail = message({ items: short, decideUrl: null });
      for (const body of both(mail)) {
        expect(body.match(/It builds blades\. Three partners do it\./g)).toHaveLength(3);
        expect(body).not.toMatch(/All relevant|None for us/);
      }
    });

    it('leaves alone those that changed, that close at another time, or that fit for another reason', () => {
      const changed = { ...items[0]!, changes: [moved('extended', '2026-10-22', '2026-11-22')] };
      const later = sister('Blades of jute', {
        deadlines: [{ ...tellable().deadlines[0]!, at: '2027-11-03T16:00:00.000Z' }],
      });
      const reasoned = {
        ...items[1]!,
        match: fitting(items[1]!.call, 78, [['Chimie des lipides biosourcés', 'enzymes']]),
      };
      for (const body of both(message({ items: [items[2]!, changed, later, reasoned] })))
        expect(body).not.toContain('All relevant');
    });

    it('stand together in a first mail if no better call is between them, and beside those of their call that differ', () => {
      const [first, ...rest] = items;
      const stranger = told(alone({ title: 'Something else' }));
      const { text } = renderMail(message({ kind: 'first', items: [first!, stranger, ...rest] }));
      expect(text).toMatch(/1\. Blades of wood[^]*Something else[^]*2 topics of call[^]*3\. Blades of flax/);
      const apart = renderMail(
        message({ kind: 'first', items: [...items.slice(0, 2), stranger, ...items.slice(1)] }),
      );
      expect(apart.text).toMatch(/2 topics of call[^]*Something else[^]*2 more topics of call/);
      const differs = told(
        tellable({ title: 'Towers of wood', deadlines: [due('2027-02-02T16:00:00.000Z')] }),
      );
      const digest = renderMail(message({ items: [differs, ...items] })).text;
      expect(digest.match(/3 topics of call/g)).toHaveLength(1);
    });
  });

  it('does not repeat the identifier of a call that is titled by it above its topics', () => {
    const callIdentifier = 'HORIZON-JU-CBE-2026';
    const items = ['A', 'B'].map((title) =>
      told(tellable({ title, callIdentifier, callTitle: callIdentifier })),
    );
    for (const body of both(message({ items }))) expect(body.split(callIdentifier)).toHaveLength(2);
  });

  it('lets cascade calls stand alone: they are no topics of the call that their projects came out of', () => {
    const items = [
      told(cascade()),
      told(cascade({ title: 'AEGIS open call', project: { acronym: 'AEGIS', name: null, id: null } })),
    ];
    for (const body of both(message({ items })))
      expect([body.includes('topics of call'), body.includes('AEGIS open call')]).toEqual([false, true]);
  });

  it('leads to the page for what a difference has more', () => {
    const item = told(alone(), {
      changes: [{ kind: 'text', field: 'sections.Scope', from: null, to: 'new words '.repeat(300) }],
    });
    const { text, html } = renderMail(message({ items: [item] }));
    expect(text).toContain(`All differences are on its page:\n     ${item.pageUrl}\n`);
    expect(load(html!)(`li a[href="${item.pageUrl}"]`)).toHaveLength(1);
    expect(load(html!)('ins').text().length).toBeLessThan(500);
  });

  it('tells once what is the same for all topics of a call, but dates together or not at all, and budgets each', () => {
    const [a, b] = [
      told(tellable()),
      told(
        tellable({
          title: 'Other',
          deadlines: [tellable().deadlines[0]!, due('2027-05-01T15:00:00.000Z', 'stage-2')],
        }),
      ),
    ];
    const { text } = renderMail(message({ items: [a, told(french()), b] }));
    expect(text.match(/Programme: Horizon Europe/g)).toHaveLength(1);
    expect(text.match(/3 November 2026/g)).toHaveLength(2);
    expect(text.match(/€18 million/g)).toHaveLength(2);
    // Related calls are grouped, numbered by their position.
    expect(text.indexOf('2. [New] Other')).toBeLessThan(text.indexOf('3. [New] Programme et'));
    expect(
      load(renderMail(message({ items: [a, b] })).html!)('h2, h3')
        .map((_, e) => e.tagName)
        .get(),
    ).toEqual(['h2', 'h3', 'h3']);
  });

  it('calls no total the topic’s own that is one for several, or may be', () => {
    const changed = {
      changes: [
        {
          kind: 'budget' as const,
          field: 'budget',
          from: { ...tellable().budget, total: 96e6 },
          to: tellable().budget,
        },
      ],
    };
    const items = [told(alone(), { total: 'several', ...changed }), told(alone(), { total: 'unclear' })];
    for (const body of both(message({ items }))) {
      expect(body).toContain(
        '€18 million in all, probably shared by several topics; €5 million to €6 million per project; 3 projects expected (before: €96 million in all',
      );
      expect(body).toContain(
        '€18 million for the topic, or shared by several topics of the call; €5 million',
      );
      expect(body).not.toContain('for the topic;');
    }
    for (const body of both(message({ language: 'fr', items }))) {
      expect(body).toContain(`18${NB}M€ au total, sans doute partagés entre plusieurs sujets`);
      expect(body).toContain(`18${NB}M€ pour le sujet, ou partagé entre les sujets de l’appel`);
      expect(body).not.toMatch(/pour le sujet(?!, ou)/);
    }
  });

  it('keeps a first message strictly best first: topics of one call stand together only if no better call is between them', () => {
    const scored = [
      told(tellable({ title: 'Ninety' })),
      told(tellable({ title: 'Eighty-nine' })),
      told(alone({ title: 'Eighty-seven' })),
      told(tellable({ title: 'Sixty-six' })),
    ];
    for (const body of both(message({ kind: 'first', items: scored }))) {
      const places = [
        '2 topics of call',
        'Ninety',
        'Eighty-nine',
        'Other calls',
        'Eighty-seven',
        'Sixty-six',
      ];
      const found = places.map((place) => body.lastIndexOf(place));
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(found).not.toContain(-1);
    }
  });

  it('puts no call under the heading of topics that it does not belong to', () => {
    const items = [
      told(tellable()),
      told(tellable({ title: 'Other topic' })),
      told(alone({ title: 'Lone call' })),
    ];
    const headings = (language: 'en' | 'fr') =>
      load(renderMail(message({ language, items })).html!)('h2, h3')
        .map((_, e) => [`${e.tagName} ${load(e).text()}`.slice(0, 16)])
        .get();
    expect(headings('en').map((h) => h.slice(0, 2))).toEqual(['h2', 'h3', 'h3', 'h2', 'h3']);
    expect(headings('en')[3]).toBe('h2 Another call');
    expect(headings('fr')[3]).toBe('h2 Autre appel');
    const { text } = renderMail(message({ items }));
    expect(text.indexOf('* Another call')).toBeGreaterThan(text.indexOf('Other topic'));
    expect(text.indexOf('Lone call')).toBeGreaterThan(text.indexOf('* Another call'));
  });

  it('opens with the best calls and with how to say what one wants', () => {
    const bodies = both(opening('en'));
    for (const body of bodies) {
      expect(unwrapped(renderMail({ ...opening('en'), hasInbox: false }).text)).toMatch(
        /also fit: find them in the list of calls\.[^]*See all calls/,
      );
      for (const part of [
        'Your 10 best calls',
        'These are the 10 calls that fit you best, open or opening soon: best first, each with its reasons.',
        'Calls already published will not be announced again',
        'Choose what you receive',
        'opens 10 Dec, D-167 (18 Mar 2027)',
        '23 more calls, open or opening soon, also fit: find them under “To decide”.',
      ])
        expect(body).toContain(part);
      // Its rows show no time of day, so the e-mail does not explain one.
      expect(body).not.toMatch(/\[New\]|Changed|not stated/);
    }
    expect(both({ ...opening('fr'), items: opening('fr').items.slice(0, 3) })[0]).toContain(
      'Vos 3 meilleurs appels',
    );
    const nothing = renderMail(message({ kind: 'first' }));
    expect(nothing.subject).toBe('Carnot Europe: no call that fits at the moment for Carnot LISA');
    expect(unwrapped(nothing.text)).toContain('No call that is open or opens soon fits what you follow.');
  });

  it.each([
    ['en', 'not stated by the source', '10 December 2026*'],
    ['fr', 'non indiquée par la source', `10${NB}décembre 2026*`],
  ] as const)(
    'says once, in %s, what a mark on a deadline means whose time was not told',
    (language, note, marked) => {
      const untold = alone({ deadlines: [due('2026-12-10T16:00:00.000Z', 'single', false)] });
      const changed = told(untold, {
        changes: [{ kind: 'extended', field: 'deadlines', from: null, to: untold.deadlines }],
      });
      for (const over of [
        { items: [changed, told(untold)], reminders: [reminder(untold), reminder(untold)] },
        { reminders: [reminder(untold)] },
      ]) {
        for (const body of both(message({ language, ...over }))) {
          expect([body.split(note).length - 1, body.includes(marked)]).toEqual([1, true]);
          expect(body).not.toMatch(/time not stated;|heure par défaut\u00a0:/);
        }
      }
      for (const body of both(message({ language, items: [told(alone())] })))
        expect(body).not.toMatch(/not stated by|non indiquée|2026\*/);
    },
  );

  it('tells when the next digest leaves in the time of its reader, or that none does', () => {
    const at = new Date('2026-10-26T06:00:00Z');
    const next = (zone: string, language: 'fr' | 'en'): string =>
      both({ ...urgent(language), next: { at, zone } })[0]!.replaceAll(NB, ' ');
    expect(next('Europe/Athens', 'en')).toContain(
      'The next digest will be sent on Monday 26 October 2026, 08:00 (Europe/Athens), if there is anything new.',
    );
    expect(next('Europe/Athens', 'fr')).toContain(
      'Le prochain récapitulatif part le lundi 26 octobre 2026 à 8 h (fuseau Europe/Athens), s’il y a du nouveau.',
    );
    expect(next('Europe/Paris', 'fr')).toContain('à 7 h (heure de Paris)');
    expect(both({ ...urgent('en'), next: null })[0]).toContain('No digest is planned at the moment.');
  });

  it('refuses a message that says nothing', () => {
    expect(() => renderMail(message())).toThrow('has nothing to tell');
    expect(() => renderMail(message({ kind: 'urgent' }))).toThrow('has nothing to tell');
  });

  it('says loudly that a sample’s calls are invented', () => {
    for (const language of LANGUAGES) {
      const { subject, html, text } = renderMail({ ...weekly(language), sample: true });
      expect(subject).toMatch(/^\[SAMPLE\] Carnot Europe/);
      expect(unwrapped(text)).toMatch(/^-+ (SAMPLE|EXEMPLE).*(invented|inventés)/);
      expect(load(html!)('td.w').text()).toMatch(/invented|inventés/);
    }
    expect(renderMail(weekly('en')).html).not.toMatch(/SAMPLE/);
  });

  it('tells by another reason where no word of the profile was found', () => {
    const match = {
      ...fitting(tellable(), 0),
      evidence: [
        {
          signal: 'past-projects' as const,
          competence: '',
          term: 'OLEUM: oils of tomorrow',
          field: 'title',
          spans: [],
          contribution: 60,
        },
      ],
    };
    expect(both(message({ items: [told(tellable(), { match })] }))[0]).toMatch(/OLEUM/);
  });

  it('says beside the reason that a call is for others in the first place', () => {
    const fits = fitting(tellable(), 50);
    const match = {
      ...fits,
      evidence: [
        ...fits.evidence,
        {
          signal: 'addressees' as const,
          competence: '',
          term: 'public-buyers',
          field: '',
          spans: [],
          contribution: -12,
        },
      ],
    };
    for (const [language, says] of [
      ['en', 'It is mainly for public buyers.'],
      ['fr', 'Il s’adresse surtout aux acheteurs publics.'],
    ] as const) {
      for (const body of both(message({ language, items: [told(tellable(), { match })] })))
        expect(body).toContain(says);
    }
  });

  it('sets French with its spaces, those of calls too', () => {
    for (const make of [weekly, opening, urgent]) {
      const { text, html, subject } = renderMail(make('fr'));
      expect(
        (subject + unwrapped(text) + read(html!)).match(/.{0,20}[^\s\u00a0:]( [;!?»]| : |« ).{0,9}/g),
      ).toBeNull();
    }
    expect(load(renderMail(weekly('fr')).html!)('html').attr('lang')).toBe('fr');
    expect(
      load(renderMail(weekly('fr')).html!)('h2 span[lang="fr"], h3 span[lang="en"]').length,
    ).toBeGreaterThan(1);
  });

  it('lets nothing from outside become markup, a second line or a link that is not one', () => {
    for (const language of LANGUAGES) {
      const { subject, html, text } = renderMail(hostile(language));
      const page = load(html!);
      expect(page('script, img, b, [onclick], [onerror]')).toHaveLength(0);
      expect(page('.k').text()).toBe('enzymes');
      expect(
        page('a')
          .map((_, a) => page(a).attr('href')!)
          .get()
          .filter((href) => !href.startsWith('https://carnot.example/')),
      ).toEqual([]);
      expect(subject + text).not.toMatch(/[\r\u202e]|javascript:/);
      expect(subject).not.toContain('\n');
    }
  });

  it('refuses an address of our own that is no web address', () => {
    for (const wrong of [
      { unsubscribeUrl: 'javascript:alert(1)' },
      { settingsUrl: 'data:x' },
      { inboxUrl: 'javascript:x' },
    ])
      expect(() => renderMail({ ...weekly('en'), ...wrong })).toThrow(TypeError);
  });

  it('is what Outlook, Gmail and screen readers take', () => {
    const { html } = renderMail(weekly('fr'));
    const page = load(html!);
    expect(page('link, img, script, form, svg')).toHaveLength(0);
    expect(html).not.toMatch(/url\(|@import|display:\s*(flex|grid)/);
    expect(page('h1')).toHaveLength(1);
    expect(page('meta[name="color-scheme"]').attr('content')).toBe('light dark');
    expect(html).toContain('<!--[if mso]><table role="presentation" width="640"');
    // Every coloured cell sets its own text and background colours.
    expect(
      page('td.s')
        .map((_, e) => e.attribs.style)
        .get()
        .filter((s) => !/background:#.*color:#/.test(s)),
    ).toEqual([]);
    expect(page('body > div').first().attr('style')).toMatch(/display:none.*mso-hide:all/);
    expect(page('body > div').first().text()).toContain('Bio-based surfactants');
  });

  it('stays below what Gmail shows, with fifteen calls of all and with more than there can be of each', () => {
    const changes = [
      moved('extended', '2026-10-20T15:00:00.000Z', '2026-11-18T16:00:00.000Z'),
      ...weekly('fr').items[4]!.changes,
    ];
    const fifteen = renderMail({
      ...weekly('fr'),
      items: [...Array(15).keys()].map((i) =>
        told(french({ title: `${i} ${french().title}` }), {
          changes,
          because: [LISA, GLOBAL_CARE, GLOBAL_CARE],
        }),
      ),
    });
    expect(Buffer.byteLength(fifteen.html!)).toBeLessThan(90_000);
    // Nothing was shortened to stay within the limit.
    expect(
      fifteen.text
        .replace(/\s+/g, ' ')
        .match(/le groupe GLOBAL CARE \(via l’Institut Pasteur\) et le groupe/g),
    ).toHaveLength(15);
    for (const language of LANGUAGES)
      expect(Buffer.byteLength(renderMail(largest(language)).html!)).toBeLessThan(90_000);
  });

  it('is a text of short lines in which links stand alone', () => {
    for (const make of [weekly, opening, urgent, hostile, largest])
      for (const language of LANGUAGES) {
        const lines = renderMail(make(language)).text.split('\n');
        expect(lines.filter((line) => line.length > 76 && /\s/.test(line.trim().replaceAll(NB, '')))).toEqual(
          [],
        );
        expect(
          lines.filter((line) => line.includes('https://carnot.example') && !/^ *https:\S+$/.test(line)),
        ).toEqual([]);
      }
    expect(renderMail(weekly('en')).text).toContain(`${SOURCE}\n`);
  });
});
