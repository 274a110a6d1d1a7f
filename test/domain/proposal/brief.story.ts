import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { requirementsOf } from '../../../src/calls/domain/requirements.js';
import type { Block, Document } from '../../../src/kernel/document.js';
import { writePdf } from '../../../src/platform/documents/pdf.js';
import { briefOf, type Briefed } from '../../../src/proposals/domain/brief.js';
import { aCall } from '../../support/matching/calls.js';

const SCOPE = 'Proposals build an offshore wind turbine\nShow that it lasts\nOpen to all.';
const call = aCall('W-1', {
  title: 'Larger wind farms',
  identifier: 'HORIZON-W-1',
  typesOfAction: ['HORIZON Innovation Actions'],
  url: 'https://example.org/w-1',
  opensAt: '2026-10-01T08:00:00Z',
  deadlines: [{ at: '2027-01-12T16:00:00Z', timeTold: true }],
  sections: [{ kind: 'scope', title: 'Scope', text: SCOPE }],
});
const start = SCOPE.indexOf('offshore');
const matched = (content: CallContent): Briefed['matched'] => ({
  content,
  match: {
    score: 50,
    competences: [{ competence: 'Wind energy', score: 50, excludedBy: null }],
    evidence: [
      {
        competence: 'Wind energy',
        term: 'offshore wind',
        field: 'sections.0',
        spans: [{ start, end: start + 13 }],
        contribution: 50,
      },
    ],
  },
});
const brief = (over: Partial<Briefed> = {}): Document =>
  briefOf({
    call,
    stated: requirementsOf(over.call ?? call),
    total: 'topic',
    summary: null,
    institute: 'Carnot Air',
    whomToCall: [],
    results: [],
    why: [{ competence: 'Wind energy', points: 50, terms: ['offshore wind'] }],
    matched: matched(call),
    language: 'en',
    translated: null,
    now: new Date('2026-11-01T08:00:00Z'),
    ...over,
  });
const won: Pick<Briefed, 'results' | 'whomToCall'> = {
  results: [{ callId: 'x', identifier: 'HORIZON-X', day: '2026-02-03', submitted: 27, funded: 2, quote: '' }],
  whomToCall: ['A', 'B', 'C'].map((name) => ({
    ...{ pic: name, name, country: 'DE', page: null, latest: null, partnerOf: null, of: 4 },
    coordinated: [{ id: '1', acronym: 'NEXTBAT' }],
  })),
};
const headings = ({ blocks }: Document): string[] =>
  blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
const rows = ({ blocks }: Document): string[] =>
  (blocks.find((b) => b.kind === 'facts') as Extract<Block, { kind: 'facts' }>).rows.map(([name]) => name);
const said = (document: Document): string => JSON.stringify(document.blocks);

describe('a call in brief', () => {
  it('says how many applied the last time, and whom to call', () => {
    const document = brief(won);
    expect(rows(document).slice(-4)).toEqual(['Last edition', 'Whom to call', 'Whom to call', 'Call page']);
    expect(said(document)).toContain('HORIZON-X: 27 proposals submitted, 2 retained for funding');
    expect(said(document)).toContain('A (DE), coordinated 1 of 4 (NEXTBAT)');
    expect(said(document)).not.toContain('C (DE)');
  });

  it('says what it is for in its own words, who may apply, money, dates, and why it concerns the institute', () => {
    const document = brief();
    expect(headings(document)).toEqual(['Purpose', 'Before you answer', 'Why Carnot Air']);
    expect(rows(document)).toEqual(['Deadline', 'Budget', 'Programme', 'Type of action', 'Call page']);
    expect(said(document)).toContain('offshore wind turbine; Show that it lasts; Open to all.');
    expect(said(document)).toContain('Wind energy: offshore wind');
    expect(document.foot).toBe('Carnot Europe, 1 November 2026. The call page is authoritative.');
  });

  it('says of a topic of a draft that it is not yet adopted', () => {
    const draft = { reference: 'D113042', version: 2, day: '2026-05-28' };
    const document = brief({ call: { ...call, draft } });
    expect(rows(document).slice(0, 2)).toEqual(['Status', 'Deadline']);
    expect(said(document)).toContain('draft of 28 May 2026, version 2; not yet adopted');
  });

  it('says first what the call is about, and that a sentence of its text is quoted', () => {
    const first = (summary: Briefed['summary']) => brief({ summary, language: 'fr' }).blocks[1];
    expect(
      first({ language: 'fr', sentences: ['Un parc éolien.', 'Deux pilotes.'], source: 'model' }),
    ).toEqual({
      kind: 'paragraph',
      words: 'Un parc éolien. Deux pilotes.',
    });
    expect(first({ language: 'en', sentences: ['A wind farm.'], source: 'quoted' })).toEqual({
      kind: 'paragraph',
      words: 'Extrait\u00a0: «\u00a0A wind farm.\u00a0»',
    });
    expect(first(null)).toMatchObject({ kind: 'facts' });
  });

  it('quotes no passage that stands in the sentence quoted above it', () => {
    const summary: Briefed['summary'] = {
      language: 'en',
      sentences: ['Proposals build an offshore wind turbine'],
      source: 'quoted',
    };
    expect(said(brief())).toContain('Most relevant passage');
    expect(said(brief({ summary }))).not.toContain('Most relevant passage');
  });

  it('is in the language of its reader, and quotes the call in its own', () => {
    const document = brief({ language: 'fr' });
    expect(headings(document)).toEqual(['Objet', 'À savoir avant de répondre', 'Pourquoi le Carnot Air']);
    expect(said(document)).toContain('Dans les mots de l’appel (anglais), abrégés.');
  });

  it('gives the rules that the call states, each once', () => {
    const rule = { rule: 'consortium' as const, quote: 'At least three partners.' };
    expect(said(brief({ call: { ...call, roleRules: [rule, rule] } })).split(rule.quote)).toHaveLength(2);
    expect(said(brief())).toContain('No requirement on who may answer was found in the text.');
  });

  it('gives the binding sentences of its text as its page does, what sets it apart first, and what is left empty', () => {
    const text =
      'Proposals must implement the multi-actor approach with growers. Proposals must be submitted by at least four applicants.';
    const of = (language: 'en' | 'fr') =>
      said(brief({ language, call: { ...call, sections: [{ kind: 'scope', title: 'Scope', text }] } }));
    expect(of('en')).toMatch(
      /How many: “Proposals must be submitted.*Who must take part: “Proposals must implement/,
    );
    expect(of('fr')).toMatch(/Combien.*Qui doit participer.*Non renseigné par la source\u00a0: budget\./);
  });

  it('says which level of readiness is to be reached, and then where the project starts', () => {
    const text = 'The project is expected to start at TRL 3 and to reach TRL 5.';
    const of = (language: 'en' | 'fr') =>
      said(brief({ language, call: { ...call, sections: [{ kind: 'scope', title: 'Scope', text }] } }));
    expect(of('en')).toContain('5, starting at 3');
    expect(of('fr')).toContain('5, au départ 3');
  });

  it('leaves out why where nothing fits, and what is not stated it does not make up', () => {
    const bare = { ...call, sections: [], deadlines: [], budget: null, url: null, typesOfAction: [] };
    const document = brief({ call: bare, why: [], matched: null });
    expect(headings(document)).toEqual(['Before you answer']);
    expect(said(document)).toContain('["Budget","not stated"]');
    expect(said(document)).toContain('["Call page","not stated"]');
  });

  it('stands on one page, however long all of it is', async () => {
    const long = 'A sentence as long as those of a work programme tend to be. '.repeat(60);
    const content: CallContent = {
      ...call,
      title: long,
      opensAt: '2026-12-01T08:00:00Z',
      kind: 'cascade',
      project: { acronym: 'LONG', name: long, id: null },
      duration: long,
      deadlines: Array.from({ length: 9 }, (_, i) => ({
        ...call.deadlines[0]!,
        at: `2027-0${i + 1}-12T16:00:00Z`,
      })),
      sections: (['scope', 'expected-outcome'] as const).map((kind) => ({
        kind,
        title: kind,
        text: SCOPE + long,
      })),
      roleRules: Array.from({ length: 5 }, (_, i) => ({
        rule: 'consortium' as const,
        quote: `${i} ${long}`,
      })),
      trl: { from: 3, to: 6, quote: '' },
    };
    const why = Array.from({ length: 9 }, (_, i) => ({
      competence: `Competence number ${i} with a long name`,
      points: 9 - i,
      terms: Array.from({ length: 9 }, (_, n) => `a term of several words ${n}`),
    }));
    for (const language of ['fr', 'en'] as const) {
      const summary = {
        language,
        sentences: [long.slice(0, 320), long.slice(0, 320)],
        source: 'model' as const,
      };
      const pdf = await writePdf(
        brief({
          ...won,
          call: content,
          summary,
          matched: matched(content),
          why,
          language,
        }),
      );
      expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    }
  });
});

describe('a call in brief that a model has translated', () => {
  const translated = {
    title: 'Des parcs éoliens plus grands',
    purpose: ['Les propositions construisent une éolienne en mer.'],
    rules: [],
    model: 'mistral-small',
  };
  const french = brief({ language: 'fr', translated });

  it('says that it was, by which model, and under which title the call is found', () => {
    expect(french.title).toBe(translated.title);
    expect(said(french)).toContain('Larger wind farms');
    const purpose = french.blocks.findIndex((b) => b.kind === 'heading' && b.text === 'Objet');
    expect(french.blocks[purpose + 1]).toEqual({ kind: 'paragraph', words: translated.purpose[0] });
    expect(said(french)).toContain(
      'Traduction automatique (anglais → français) par mistral-small, non relue. Seul le texte de l’appel fait foi.',
    );
  });

  it('quotes what fits the institute in the words of the call', () => {
    expect(said(french)).toContain('offshore wind turbine');
  });

  it('stands on one page, however long the translation is', async () => {
    const long = 'Une phrase qui ne finit pas de dire ce que l’appel demande. '.repeat(60);
    const document = brief({
      language: 'fr',
      translated: { ...translated, title: long, purpose: [long, long], rules: [long, long] },
    });
    expect((await writePdf(document)).toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
  });
});
