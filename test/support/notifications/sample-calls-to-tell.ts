import type { CallContent, Deadline } from '../../../src/calls/domain/call-content.js';
import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';

export const due = (at: string, kind: Deadline['kind'] = 'single', timeTold = true): Deadline => ({
  kind,
  at,
  timeTold,
  brussels: '',
});

const SCOPE =
  'Proposals should develop and demonstrate processes in which industrial enzymes and engineered micro-organisms convert lipid-rich side streams of the ' +
  'agri-food sector into surfactants, polymers and lubricants. Activities start at TRL 4 and reach TRL 6 by the end of the project.\n' +
  'Applicants are expected to involve primary producers and to assess the environmental performance over the whole life cycle.';

const grant: CallContent = {
  dataSource: 'SEDIA',
  reference: '1',
  language: 'en',
  title: 'Bio-based surfactants and lubricants from lipid-rich side streams',
  kind: 'grant',
  identifier: 'HORIZON-CL6-2026-CIRCBIO-01-04',
  callIdentifier: 'HORIZON-CL6-2026-CIRCBIO-01',
  callTitle: 'Circular economy and bioeconomy sectors',
  programme: { code: '43108390', name: 'Horizon Europe (HORIZON)' },
  divisions: [],
  typesOfAction: ['HORIZON-RIA HORIZON Research and Innovation Actions'],
  sourceStatus: 'open',
  opensAt: '2026-05-01T00:00:00.000Z',
  deadlineModel: 'two-stage',
  deadlines: [due('2026-11-03T16:00:00.000Z', 'stage-1'), due('2027-04-14T15:00:00.000Z', 'stage-2', false)],
  budget: {
    currency: 'EUR',
    total: 18e6,
    expectedGrants: 3,
    minContribution: 5e6,
    maxContribution: 6e6,
    years: ['2026'],
  },
  destination: null,
  keywords: [],
  sections: [{ kind: 'scope', title: 'Scope', text: SCOPE }],
  url: 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/HORIZON-CL6-2026-CIRCBIO-01-04',
  alsoAt: [],
  trl: { from: 4, to: 6, quote: '' },
};

/** Returns a call as its source reports it: open and two-stage unless overridden. */
export const tellable = (told: Partial<CallContent> = {}): CallContent => ({ ...grant, ...told });

/** The same with one deadline and no parent call. */
export const alone = (told: Partial<CallContent> = {}): CallContent =>
  tellable({
    callIdentifier: null,
    callTitle: null,
    deadlineModel: 'single-stage',
    deadlines: [due('2026-10-22T15:00:00.000Z')],
    ...told,
  });

/** An ANR call: French, with a long title and no type of action. */
export const french = (told: Partial<CallContent> = {}): CallContent =>
  alone({
    dataSource: 'ANR',
    language: 'fr',
    identifier: null,
    typesOfAction: [],
    programme: { code: 'anr', name: 'Agence nationale de la recherche' },
    trl: null,
    title:
      'Programme et équipements prioritaires de recherche « Biothérapies et bioproduction de thérapies innovantes » – Appel à projets « Procédés de bioproduction durables : ' +
      'de la souche au pilote industriel, valorisation des coproduits lipidiques et protéiques des filières agroalimentaires » – édition 2026',
    sections: [
      {
        kind: 'scope',
        title: 'Objectifs',
        text: 'L’appel soutient des procédés de fermentation et d’extraction par des enzymes industrielles. Les consortiums associent au moins deux laboratoires.',
      },
    ],
    budget: {
      currency: 'EUR',
      total: 12_500_000,
      expectedGrants: null,
      minContribution: null,
      maxContribution: 2_000_000,
      years: [],
    },
    url: 'https://anr.fr/fr/detail/call/pepr-biotherapies-et-bioproduction-2026/',
    ...told,
  });

/** Returns evidence for words of the scope, worth `score` points. */
export function fitting(
  call: CallContent,
  score: number,
  words: [competence: string, term: string][] = [['Chimie des lipides biosourcés', 'enzymes']],
): MatchScore {
  const text = call.sections[0]?.text ?? '';
  const evidence = words.map(([competence, term], i) => {
    const start = text.indexOf(term);
    const spans = start < 0 ? [] : [{ start, end: start + term.length }];
    return {
      competence,
      term,
      field: 'sections.0',
      spans,
      contribution: (score * (words.length - i)) / ((words.length * (words.length + 1)) / 2),
    };
  });
  return { score, competences: [], evidence };
}

export const FORMER_SCOPE = SCOPE.replace('and engineered micro-organisms ', '')
  .replace('TRL 6', 'TRL 5')
  .replace('surfactants, polymers and lubricants', 'surfactants');
