import type { Deadline } from '../../../src/calls/domain/call-content.js';
import { type Change, withNotedTimes } from '../../../src/calls/domain/versions/diff.js';
import { changeSentences, sentencesOfChanges } from '../../../src/calls/domain/facts/change-sentences.js';

const NB = '\u00a0';
const change = (kind: Change['kind'], field: string, from: unknown, to: unknown): Change => ({
  kind,
  field,
  from,
  to,
});
const deadline = (at: string, kind: Deadline['kind'] = 'single', timeTold = true): Deadline => ({
  kind,
  at,
  timeTold,
  brussels: '',
});
const call = { deadlines: [deadline('2026-09-15T15:00:00.000Z')] };
const en = (...changes: Change[]) => changeSentences(changes, 'en', call);
const fr = (...changes: Change[]) => changeSentences(changes, 'fr', call).map((s) => s.replaceAll(NB, ' '));
const [SEPTEMBER, OCTOBER] = [deadline('2026-09-15T15:00:00.000Z'), deadline('2026-10-01T15:00:00.000Z')];
const budget = (total: number | null) => ({
  currency: 'EUR',
  total,
  expectedGrants: null,
  minContribution: null,
  maxContribution: null,
  years: [],
});

describe('a sentence for each kind of change', () => {
  it.each<[string, Change, string, string]>([
    [
      'a deadline',
      change('extended', 'deadlines', [SEPTEMBER], [OCTOBER]),
      'Deadline: 1 October 2026, 17:00 (Brussels), 16 days later (before: 15 September 2026, 17:00 (Brussels))',
      'Date limite : 1er octobre 2026 à 17 h (heure de Bruxelles), prolongée de 16 jours (auparavant : 15 septembre 2026 à 17 h (heure de Bruxelles))',
    ],
    [
      'a first deadline',
      change('details', 'deadlines', [], [SEPTEMBER]),
      'Deadline: 15 September 2026, 17:00 (Brussels) (before: not stated)',
      'Date limite : 15 septembre 2026 à 17 h (heure de Bruxelles) (auparavant : non indiqué)',
    ],
    [
      'the opening',
      change('opening', 'opensAt', '2026-05-05T00:00:00.000Z', null),
      'Opening: not stated (before: 5 May 2026)',
      'Ouverture : non indiqué (auparavant : 5 mai 2026)',
    ],
    [
      'that it opened',
      change('opened', 'sourceStatus', 'forthcoming', 'open'),
      'The call has opened.',
      'L’appel est ouvert.',
    ],
    [
      'that its source closed it',
      change('closed', 'sourceStatus', 'open', 'closed'),
      'Its source says it is closed.',
      'Sa source indique qu’il est clos.',
    ],
    [
      'another status',
      change('details', 'sourceStatus', 'open', 'forthcoming'),
      'Its status at the source changed.',
      'Son statut à la source a changé.',
    ],
    [
      'a new call',
      change('new', 'call', null, null),
      'New: seen for the first time.',
      'Nouveau : vu pour la première fois.',
    ],
    [
      'that it closed',
      change('closed', 'call', 'open', null),
      'Closed: its source stopped showing it at its deadline.',
      'Clos : à sa date limite, sa source a cessé de l’afficher.',
    ],
    [
      'that it was withdrawn',
      change('withdrawn', 'call', 'open', null),
      'Withdrawn: its source stopped showing it well before its deadline.',
      'Retiré : sa source a cessé de l’afficher bien avant sa date limite.',
    ],
    [
      'that it is back',
      change('reappeared', 'call', null, null),
      'Its source shows it again.',
      'Sa source l’affiche de nouveau.',
    ],
    [
      'the budget',
      change('budget', 'budget', budget(8e6), budget(9e6)),
      'Budget: €9 million (before: €8 million)',
      'Budget : 9 M€ (auparavant : 8 M€)',
    ],
    [
      'a budget that is not stated any more',
      change('budget', 'budget', budget(8e6), null),
      'Budget: not stated (before: €8 million)',
      'Budget : non indiqué (auparavant : 8 M€)',
    ],
    [
      'the title',
      change('text', 'title', 'Old', 'New'),
      'The title changed; before: “Old”',
      'Le titre a changé ; auparavant : « Old »',
    ],
    [
      'the title of the call',
      change('details', 'callTitle', 'Old', 'New'),
      'Changed: title of the call',
      'Modifié : intitulé de l’appel',
    ],
    [
      'a section',
      change('text', 'sections.Expected Outcome', 'a', 'b'),
      'The text changed: Expected Outcome',
      'Le texte a changé : Résultats attendus',
    ],
    [
      'a section without a title',
      change('text', 'sections.summary', 'a', 'b'),
      'The text changed: summary',
      'Le texte a changé : résumé',
    ],
    [
      'the conditions',
      change('conditions', 'sections.Conditions', 'a', 'b'),
      'The conditions changed.',
      'Les conditions ont changé.',
    ],
    [
      'the identifier',
      change('identity', 'identifier', 'A', 'B'),
      'Identifier: B (before: A)',
      'Identifiant : B (auparavant : A)',
    ],
    [
      'the identifier at its source',
      change('identity', 'reference', 'A', 'B'),
      'Its identifier changed.',
      'Son identifiant a changé.',
    ],
    [
      'the TRL',
      change('text', 'trl', null, { from: 4, to: 6, quote: 'q' }),
      'Technology readiness level (TRL): 4 to 6 (before: not stated)',
      'Niveau de maturité technologique (TRL) : 4 à 6 (auparavant : non indiqué)',
    ],
    [
      'one end of the TRL',
      change('text', 'trl', { from: null, to: 6, quote: 'q' }, { from: 5, to: null, quote: 'q' }),
      'Technology readiness level (TRL): from 5 (before: up to 6)',
      'Niveau de maturité technologique (TRL) : à partir de 5 (auparavant : jusqu’à 6)',
    ],
    [
      'the type of action',
      change('details', 'typesOfAction', ['a'], ['b']),
      'Changed: type of action',
      'Modifié : type d’action',
    ],
    [
      'the model',
      change('details', 'deadlineModel', null, 'two-stage'),
      'Changed: submission procedure',
      'Modifié : procédure de soumission',
    ],
  ])('%s', (_, one, english, french) => {
    expect(en(one).map((s) => s.replaceAll(NB, ' '))).toEqual([english]);
    expect(fr(one)).toEqual([french]);
  });

  it('names no deadline where a call that was withdrawn had none', () => {
    const withdrawn = [change('withdrawn', 'call', 'open', null)];
    expect(changeSentences(withdrawn, 'en', { deadlines: [] })).toEqual([
      'Withdrawn: its source stopped showing it, without ever giving a deadline.',
    ]);
    expect(changeSentences(withdrawn, 'fr', { deadlines: [] })).toEqual([
      `Retiré${NB}: sa source a cessé de l’afficher, sans avoir indiqué de date limite.`,
    ]);
  });

  it('tells all deadlines of a call, and which was told and which is the rule’s', () => {
    const cut = [
      deadline('2026-09-15T15:00:00.000Z', 'stage-1', false),
      deadline('2027-03-02T16:00:00.000Z', 'stage-2'),
    ];
    expect(en(change('details', 'deadlines', [], cut))).toEqual([
      'Deadline: 15 September 2026 (time not stated; default: 17:00, Brussels time), stage 1; 2 March 2027, 17:00 (Brussels), stage 2 (before: not stated)',
    ]);
  });
});

describe('a deadline of which no time was told, before and after', () => {
  const byRule = (at: string) => [deadline(at, 'single', false)];
  it('has the rule named once', () => {
    const moved = change(
      'extended',
      'deadlines',
      byRule('2026-04-15T15:00:00.000Z'),
      byRule('2026-04-16T15:00:00.000Z'),
    );
    expect(en(moved)).toEqual([
      'Deadline: 16 April 2026 (time not stated; default: 17:00, Brussels time), 1 day later (before: 15 April 2026)',
    ]);
    expect(fr(moved)[0]).toMatch(/\(auparavant : 15 avril 2026\)$/);
  });

  it('of two stages tells the one that moved', () => {
    const stages = (second: string) => [
      deadline('2026-09-15T15:00:00.000Z', 'stage-1', false),
      deadline(second, 'stage-2', false),
    ];
    expect(
      en(
        change(
          'extended',
          'deadlines',
          stages('2027-02-12T16:00:00.000Z'),
          stages('2027-02-26T16:00:00.000Z'),
        ),
      ),
    ).toEqual([
      'Deadline: 26 February 2027 (time not stated; default: 17:00, Brussels time), stage 2, 14 days later (before: 12 February 2027)',
    ]);
  });

  it('says by how many days it came earlier, as it says by how many later', () => {
    const moved = (at: string) =>
      change('forward', 'deadlines', [deadline('2027-01-12T16:00:00.000Z')], [deadline(at)]);
    expect(en(moved('2026-09-16T15:00:00.000Z'))).toEqual([
      'Deadline: 16 September 2026, 17:00 (Brussels), 118 days earlier (before: 12 January 2027, 17:00 (Brussels))',
    ]);
    expect(fr(moved('2026-09-16T15:00:00.000Z'))[0]).toContain(
      '16 septembre 2026 à 17 h (heure de Bruxelles), avancée de 118 jours (auparavant : ',
    );
    expect(fr(moved('2027-01-11T16:00:00.000Z'))[0]).toContain(', avancée de 1 jour (');
    // A change of hour within a day is not counted as a day.
    expect(en(moved('2027-01-12T11:00:00.000Z'))).toEqual([
      'Deadline: 12 January 2027, 12:00 (Brussels) (before: 12 January 2027, 17:00 (Brussels))',
    ]);
  });

  it('of several that moved tells each, in French too', () => {
    expect(
      fr(
        change(
          'extended',
          'deadlines',
          [SEPTEMBER, OCTOBER],
          [OCTOBER, deadline('2026-11-02T16:00:00.000Z')],
        ),
      ),
    ).toEqual([
      'Date limite : 1er octobre 2026 à 17 h (heure de Bruxelles), prolongée de 16 jours ; 2 novembre 2026 à 17 h (heure de Bruxelles), prolongée de 32 jours (auparavant : 15 septembre 2026 à 17 h (heure de Bruxelles) ; 1er octobre 2026 à 17 h (heure de Bruxelles))',
    ]);
  });

  it('nor that of another day once a time is told, but that of the same day', () => {
    const before = (day: string) =>
      en(change('extended', 'deadlines', byRule(`${day}T15:00:00.000Z`), [SEPTEMBER]))[0];
    expect(before('2026-09-10')).toContain('(before: 10 September 2026)');
    expect(before('2026-09-15')).toMatch(/\(before: 15 September 2026 \(time not stated; default: /);
  });
});

describe('what only some kinds of calls tell', () => {
  const field = (name: string) => change('details', name, null, 'x');
  it('is called by its name in both languages', () => {
    const fields = [
      'parentTopic',
      'project',
      'funder',
      'duration',
      'zones',
      'contractType',
      'lumpSum',
      'mission',
      'crossCutting',
      'documents',
      'partnerSearch',
    ].map(field);
    for (const told of [en(...fields), fr(...fields)]) {
      expect(new Set(told).size).toBe(fields.length);
      expect(told.filter((s) => /[a-z][A-Z]/.test(s))).toEqual([]);
    }
    expect(en(field('project'))).toEqual(['Changed: the project that organises it']);
    expect(fr(field('crossCutting'))).toEqual(['Modifié : priorités transversales']);
  });

  it('is money of the call and not of a topic', () => {
    const changes = [change('budget', 'budget', budget(1e6), budget(2e6))];
    expect(changeSentences(changes, 'en', { ...call, kind: 'cascade' })).toEqual([
      'Budget: €2 million for the call (before: €1 million for the call)',
    ]);
  });
});

describe('several changes', () => {
  it('of one field are told from the first state to the last', () => {
    expect(
      en(
        change('text', 'title', 'A', 'B'),
        change('budget', 'budget', null, budget(8e6)),
        change('text', 'title', 'B', 'C'),
      ),
    ).toEqual(['The title changed; before: “A”', 'Budget: €8 million (before: not stated)']);
  });

  it('that took each other back are no news', () => {
    expect(en(change('text', 'title', 'A', 'B'), change('text', 'title', 'B', 'A'))).toEqual([]);
    // The database returns object keys in its own order.
    expect(
      en(
        change('budget', 'budget', { currency: 'EUR', total: 1 }, null),
        change('budget', 'budget', null, { total: 1, currency: 'EUR' }),
      ),
    ).toEqual([]);
  });

  it('that read the same are told once', () => {
    expect(
      en(change('identity', 'reference', 'A', 'B'), change('identity', 'callIdentifier', 'A', 'B')),
    ).toEqual(['Its identifier changed.']);
    expect(
      en(change('identity', 'callIdentifier', 'A', 'B'), change('identity', 'identifier', 'A-1', 'B-1')),
    ).toEqual(['Identifier: B-1 (before: A-1)']);
  });

  it('leave out a TRL whose sentence alone is another', () => {
    const trl = (quote: string) => ({ from: 4, to: 6, quote });
    expect(en(change('text', 'trl', trl('a'), trl('b')), change('text', 'sections.Scope', 'a', 'b'))).toEqual(
      ['The text changed: Scope'],
    );
  });

  it('do not tell that it ended and is there again, but what else is new', () => {
    const [gone, ended, back] = [
      change('withdrawn', 'call', 'open', null),
      change('closed', 'call', 'open', null),
      change('reappeared', 'call', null, null),
    ];
    expect(en(gone, back)).toEqual([]);
    expect(en(ended, back, change('text', 'sections.Scope', 'a', 'b'))).toEqual(['The text changed: Scope']);
    expect(en(gone, back, gone)).toEqual(en(gone));
    expect(en(back, gone)).toEqual([]);
    expect(en(back, gone, back)).toEqual(en(back));
  });

  it('may be none', () => expect(en()).toEqual([]));
});

describe('an official note', () => {
  const unstated = (at: string) => deadline(at, 'single', false);
  const note = (text: string): Change => ({
    ...{ kind: 'notice', field: 'notices', from: null },
    to: { day: '2026-06-24', text, explains: ['deadlines', 'budget'] },
  });
  const forward = change(
    'forward',
    'deadlines',
    [unstated('2026-11-05T16:00:00.000Z')],
    [unstated('2026-09-30T15:00:00.000Z')],
  );
  const STATES = note(
    'The deadline has been brought forward from 5 November 2026 to 30 September 2026, 17:00 (Brussels time).',
  );

  it('states the time of a deadline of which the field gives the day alone', () => {
    expect(en(forward, STATES)).toEqual([
      'Deadline: 30 September 2026, 17:00 (Brussels), 36 days earlier (before: 5 November 2026). Official note of 24 June 2026: “The deadline has been brought forward from 5 November 2026 to 30 September 2026, 17:00 (Brussels time).”',
    ]);
    const [moved] = withNotedTimes(
      [unstated('2026-09-30T15:00:00.000Z')],
      [note('Extended to 30 September 2026 at 12.00 (Brussels time).')],
    );
    expect(moved).toMatchObject({
      ...{ at: '2026-09-30T10:00:00.000Z', timeTold: true, brussels: '2026-09-30T12:00:00+02:00' },
    });
  });

  it('of another reading than the change is told with it all the same', () => {
    const alone = { ...STATES, to: { ...(STATES.to as object), explains: [] } };
    expect(en(forward, alone)).toEqual(en(forward, STATES));
  });

  it('of another day, or without a time, states none', () => {
    for (const text of [
      'The deadline was 5 November 2026, 17:00 (Brussels time).',
      'The deadline is now 30 September 2026.',
    ])
      expect(en(forward, note(text))[0]).toMatch(/^Deadline: 30 September 2026 \(time not stated; default/);
  });

  it('is cut within its quotation marks, and what did not change is not said twice', () => {
    const paying = (total: number) => ({ ...budget(total), expectedGrants: 2, maxContribution: 7e6 });
    const [told] = sentencesOfChanges(
      [change('budget', 'budget', paying(17e7), paying(185e6)), note(`The budget ${'grew '.repeat(80)}.`)],
      'en',
      call,
      { untold: 'marked', total: null, longestNote: 60 },
    );
    expect(told!.sentence).toMatch(
      /^Budget: €185 million; at most €7 million per project; 2 projects expected \(before: €170 million\)\. .*“The budget .{30,50}…”$/,
    );
  });
});
