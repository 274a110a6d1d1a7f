import type { CallContent, Deadline } from '../../src/calls/domain/call-content.js';
import type { Evidence } from '../../src/matching/domain/scoring/match.js';
import { amountForPeople, budgetForPeople, budgetInList } from '../../src/calls/domain/facts/budget.js';
import {
  dateForPeople,
  deadlineForPeople,
  momentForPeople,
  shortDate,
} from '../../src/calls/domain/facts/deadline.js';
import { reasonSentence } from '../../src/matching/domain/explanation/reason-sentence.js';
import { shortened, spaced } from '../../src/kernel/one-line.js';
import { wrapped } from '../../src/outbox/domain/mail-page.js';

const NB = '\u00a0';
const deadline = (at: string, over: Partial<Deadline> = {}): Deadline => ({
  kind: 'single',
  at,
  timeTold: true,
  brussels: 'not used',
  ...over,
});

describe('a deadline for people', () => {
  it('is Brussels time, in summer and in winter', () => {
    expect(deadlineForPeople(deadline('2026-09-15T15:00:00.000Z'), 'en')).toBe(
      '15 September 2026, 17:00 (Brussels)',
    );
    expect(deadlineForPeople(deadline('2027-02-02T16:00:00.000Z'), 'en')).toBe(
      '2 February 2027, 17:00 (Brussels)',
    );
    expect(deadlineForPeople(deadline('2026-09-15T22:30:00.000Z'), 'en')).toBe(
      '16 September 2026, 00:30 (Brussels)',
    );
  });

  it('is written as French writes it: 1er, months with their accents, hours without empty minutes', () => {
    const french = (at: string): string => deadlineForPeople(deadline(at), 'fr');
    expect(french('2026-08-01T15:00:00.000Z')).toBe(`1er${NB}août 2026 à 17${NB}h (heure de Bruxelles)`);
    expect(french('2026-12-31T22:59:00.000Z')).toBe(
      `31${NB}décembre 2026 à 23${NB}h${NB}59 (heure de Bruxelles)`,
    );
    expect(dateForPeople('2026-02-03T12:00:00Z', 'fr')).toBe(`3${NB}février 2026`);
  });

  it('says that a time was not told, and that the one shown is the rule’s', () => {
    const untold = deadline('2026-09-15T15:00:00.000Z', { timeTold: false });
    expect(deadlineForPeople(untold, 'en')).toBe(
      '15 September 2026 (time not stated; default: 17:00, Brussels time)',
    );
    expect(deadlineForPeople(untold, 'fr')).toBe(
      `15${NB}septembre 2026 à 17${NB}h, heure de Bruxelles (heure par défaut${NB}: la source n’en précise pas)`,
    );
  });

  it.each([
    ['stage-1', 'stage 1', `étape${NB}1`],
    ['stage-2', 'stage 2', `étape${NB}2`],
    ['cut-off', 'cut-off', 'date intermédiaire (cut-off)'],
  ] as const)('names its kind: %s', (kind, en, fr) => {
    const one = deadline('2026-09-15T15:00:00.000Z', { kind });
    expect(deadlineForPeople(one, 'en').endsWith(`, ${en}`)).toBe(true);
    expect(deadlineForPeople(one, 'fr').endsWith(`, ${fr}`)).toBe(true);
  });

  it('is short in a subject, with its year where that is another one', () => {
    const now = new Date('2026-10-03T08:00:00Z');
    expect(
      ['2026-10-14T15:00:00Z', '2026-11-01T15:00:00Z', '2027-03-02T15:00:00Z'].map((at) =>
        shortDate(at, now, 'en'),
      ),
    ).toEqual(['14 Oct', '1 Nov', '2 Mar 2027']);
    expect(
      ['2026-10-14T15:00:00Z', '2026-11-01T15:00:00Z', '2027-03-02T15:00:00Z'].map((at) =>
        shortDate(at, now, 'fr'),
      ),
    ).toEqual([`14${NB}oct.`, `1er${NB}nov.`, `2${NB}mars 2027`]);
    // The year is taken in Brussels time.
    expect(shortDate('2026-12-31T23:30:00Z', now, 'en')).toBe('1 Jan 2027');
  });

  it('tells the age of a reading, and never a reading to come', () => {
    const now = new Date('2026-10-03T08:00:00Z');
    const read = momentForPeople(new Date('2026-10-01T04:12:00Z'), now, 'en');
    expect(read).toEqual({ moment: '1 October 2026, 06:12 (Brussels)', age: '2 days ago' });
    expect(momentForPeople(new Date('2026-10-03T03:00:00Z'), now, 'fr').age).toBe('il y a 5 heures');
    expect(momentForPeople(new Date('2026-10-03T09:00:00Z'), now, 'en').age).toBe('1 second ago');
  });
});

describe('a budget for people', () => {
  it.each([
    [60_000_000, '€60 million', `60${NB}M€`],
    [1_500_000, '€1.5 million', `1,5${NB}M€`],
    [1_234_567, '€1,234,567', `1${NB}234${NB}567${NB}€`],
    [60_000, '€60,000', `60${NB}000${NB}€`],
    [1_200_000_000, '€1,200 million', `1${NB}200${NB}M€`],
    [999_999.5, '€999,999.5', `999${NB}999,5${NB}€`],
  ])('rounds nothing: %d', (amount, en, fr) => {
    expect(amountForPeople(amount, 'EUR', 'en')).toBe(en);
    expect(amountForPeople(amount, 'EUR', 'fr')).toBe(fr);
  });

  it('names another currency by its code', () => {
    expect(amountForPeople(2_000_000, 'NOK', 'en')).toBe(`NOK${NB}2 million`);
    expect(amountForPeople(2_000_000, 'NOK', 'fr')).toBe(`2${NB}M${NB}NOK`);
  });

  const budget = (over: object): CallContent['budget'] => ({
    currency: 'EUR',
    total: null,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
    ...over,
  });

  it.each([
    [null, 'not stated'],
    [budget({}), 'not stated'],
    [budget({ total: 60e6 }), '€60 million for the topic'],
    [
      budget({ total: 60e6, minContribution: 5e6, maxContribution: 6e6, expectedGrants: 10 }),
      '€60 million for the topic; €5 million to €6 million per project; 10 projects expected',
    ],
    [budget({ minContribution: 5e6, maxContribution: 5e6 }), 'total not stated; €5 million per project'],
    [budget({ minContribution: 5e6 }), 'total not stated; at least €5 million per project'],
    [
      budget({ maxContribution: 60000, expectedGrants: 1 }),
      'total not stated; at most €60,000 per project; 1 project expected',
    ],
  ])('tells what is stated and no more (%#)', (given, told) => {
    expect(budgetForPeople({ budget: given, kind: 'grant' }, 'en', 'topic')).toBe(told);
  });

  it.each([
    [null, 'topic', 'not stated'],
    [budget({}), 'topic', 'not stated'],
    [budget({ total: 60e6 }), 'topic', '€60 million for the topic'],
    [
      budget({ total: 60e6, minContribution: 5e6, maxContribution: 6e6, expectedGrants: 10 }),
      'topic',
      '€5 million to €6 million per project; 10 projects expected; €60 million for the topic',
    ],
    [budget({ maxContribution: 7e6 }), 'topic', 'at most €7 million per project'],
    [
      budget({ total: 170_760_699, maxContribution: 7e6, expectedGrants: 2 }),
      'several',
      'at most €7 million per project; 2 projects expected; €170,760,699 in all, probably shared by several topics',
    ],
    [
      budget({ total: 170_760_699 }),
      'unclear',
      '€170,760,699 for the topic, or shared by several topics of the call',
    ],
  ] as const)(
    'tells in a list what a project gets first, and a shared total as one (%#)',
    (given, stated, told) => {
      expect(budgetInList({ budget: given, kind: 'grant' }, stated, 'en')).toBe(told);
    },
  );

  it.each(['cascade', 'external-action'] as const)('is that of the call where it is no topic: %s', (kind) => {
    const given = { budget: budget({ currency: 'USD', total: 1_200_000 }), kind };
    expect([budgetForPeople(given, 'en', 'topic'), budgetInList(given, 'topic', 'en')]).toEqual([
      `USD${NB}1.2 million for the call`,
      `USD${NB}1.2 million for the call`,
    ]);
    expect(budgetForPeople(given, 'fr', 'topic')).toBe(`1,2${NB}M${NB}USD pour l’appel`);
  });

  it("shows an amount that cannot be meant in its source's characters, and says so", () => {
    const given = { budget: budget({ currency: 'NOK', asWritten: '1.2\n' }), kind: 'cascade' as const };
    expect(budgetForPeople(given, 'en', 'topic')).toBe(
      '“1.2” NOK as published: an implausible amount, check the official page',
    );
    expect(budgetInList(given, 'topic', 'fr')).toBe(
      `«${NB}1.2${NB}»${NB}NOK d’après la source${NB}: montant peu plausible, à vérifier sur la page officielle`,
    );
    expect(
      budgetForPeople({ budget: budget({ asWritten: '9'.repeat(5_000) }), kind: 'cascade' }, 'en', 'topic')
        .length,
    ).toBeLessThan(140);
  });

  it('shows an amount without a currency as none', () => {
    const given = { budget: budget({ currency: 'XXX', asWritten: '60000' }), kind: 'cascade' as const };
    expect(budgetForPeople(given, 'en', 'topic')).toBe(
      '“60000” as published, with no currency: check the official page',
    );
    expect(budgetInList(given, 'topic', 'fr')).toBe(
      `«${NB}60000${NB}» d’après la source, sans devise${NB}: à vérifier sur la page officielle`,
    );
  });

  it('is for the call, not for a topic, where a call has no topics: one of a French funder', () => {
    const call = { budget: budget({ total: 2.1e6 }), kind: 'grant' as const, identifier: null };
    const told = [budgetForPeople(call, 'fr', 'topic'), budgetInList(call, 'topic', 'en')];
    expect(told.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      '2,1 M€ pour l’appel',
      '€2.1 million for the call',
    ]);
  });

  it('tells a shared total in French too', () => {
    expect(
      budgetInList(
        { budget: budget({ total: 170_760_699, maxContribution: 7e6 }), kind: 'grant' },
        'several',
        'fr',
      ).replaceAll('\u00a0', ' '),
    ).toBe('au plus 7 M€ par projet ; 170 760 699 € au total, sans doute partagés entre plusieurs sujets');
  });
});

describe('the reason', () => {
  const found = (competence: string, term: string, contribution: number): Evidence => ({
    competence,
    term,
    field: 'title',
    spans: [{ start: 0, end: 1 }],
    contribution,
  });
  const match = (...evidence: Evidence[]) => ({ score: 40, competences: [], evidence });
  const strong = match(
    found('White biotechnology', 'enzymes', 4),
    found('Packaging', 'films', 3),
    found('White biotechnology', 'fermentation', 9),
    found('White biotechnology', 'Fermentation', 1),
    found('White biotechnology', 'industrial biotechnology', 20),
    found('White biotechnology', 'yeast', 0.1),
    found('Unrelated', 'never', 0),
  );

  it('is one sentence: the competence, its strongest words, the next competences', () => {
    expect(reasonSentence(strong, 'en')).toBe(
      'Fits your competence “White biotechnology”: it mentions industrial biotechnology, fermentation and enzymes; it also fits “Packaging”.',
    );
    expect(reasonSentence(strong, 'fr').replaceAll(NB, '~')).toBe(
      'Correspond à votre compétence «~White biotechnology~» par les termes «~industrial biotechnology~», «~fermentation~» et «~enzymes~»~; il correspond aussi à «~Packaging~».',
    );
  });

  const meant = (term: string, contribution: number): Evidence => ({
    ...found('Packaging', term, contribution),
    signal: 'meaning',
  });

  it.each([
    [
      'a word that brings little beside a better one',
      [
        found('Packaging', 'barrier film', 20),
        found('Packaging', 'use', 3),
        found('Packaging', 'laminates', 6),
      ],
      'barrier film and laminates',
    ],
    [
      'first what only means the same as what the profile says itself',
      [meant('cooled', 20), found('Packaging', 'barrier film', 6)],
      'barrier film and cooled',
    ],
    [
      'a part of a phrase that is named',
      [meant('film', 20), meant('barrier', 9), found('Packaging', 'barrier film', 12)],
      'barrier film',
    ],
    [
      'little words of the profile where the meaning says more',
      [meant('polymers', 20), found('Packaging', 'apply', 0.5), found('Packaging', 'thin film', 1)],
      'thin film and polymers',
    ],
    ['a letter that was left of a formula', [meant('q', 20), meant('sensors', 6)], 'sensors'],
    ['nothing, where there is one word alone', [found('Packaging', 'use', 0.2)], 'use'],
  ])('does not name %s', (_, evidence, terms) =>
    expect(reasonSentence(match(...evidence), 'en')).toBe(
      `Fits your competence “Packaging”: it mentions ${terms}.`,
    ),
  );

  it('speaks of the institute to one who follows it from outside', () => {
    expect(reasonSentence(match(found('Packaging', 'films', 3)), 'en', false)).toBe(
      'Fits its competence “Packaging”: it mentions films.',
    );
    expect(reasonSentence(match(found('Packaging', 'films', 3)), 'fr', false)).toContain(
      'Correspond à sa compétence',
    );
  });

  it('claims nothing where nothing was found', () => {
    expect(reasonSentence(match(), 'en')).toBe('No word of your profile was found in it.');
    expect(reasonSentence(match(found('A', 'b', 0)), 'fr')).toBe(
      'Aucun mot de votre profil n’y a été trouvé.',
    );
  });

  it('takes one word, and a name with a line break', () => {
    expect(reasonSentence(match(found('White\nbiotechnology', 'enzymes', 1)), 'en')).toBe(
      'Fits your competence “White biotechnology”: it mentions enzymes.',
    );
  });
});

describe('lines', () => {
  it('are broken at spaces, never in an address or at a no-break space', () => {
    const address = `https://example.eu/${'x'.repeat(90)}`;
    expect(wrapped(`see ${address} now`, '- ', '  ')).toBe(`- see\n  ${address}\n  now`);
    expect(wrapped(`${'a'.repeat(74)} b${NB}: c`)).toBe(`${'a'.repeat(74)}\nb${NB}: c`);
  });

  it('neither begin nor end at a mark that French holds to its word', () => {
    expect(spaced('Quoi ? « Ceci » : oui ; non !', 'fr').replaceAll(NB, '~')).toBe(
      'Quoi~? «~Ceci~»~: oui~; non~!',
    );
  });

  it('are shortened between words', () => {
    expect(shortened('one two three', 13)).toBe('one two three');
    expect(shortened('one two three', 11)).toBe('one two…');
    expect(shortened('x'.repeat(20), 11)).toBe(`${'x'.repeat(10)}…`);
  });
});
