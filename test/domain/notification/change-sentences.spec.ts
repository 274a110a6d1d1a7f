import type { Change } from '../../../src/domain/call/diff.js';
import { changeSentences } from '../../../src/domain/notification/change-sentences.js';

const NB = '\u00a0';
const change = (kind: Change['kind'], field: string, from: unknown, to: unknown): Change => ({ kind, field, from, to });
const en = (...changes: Change[]) => changeSentences(changes, 'en');
const fr = (...changes: Change[]) => changeSentences(changes, 'fr').map((s) => s.replaceAll(NB, ' '));
const deadline = (at: string, kind = 'single', timeTold = true) => ({ kind, at, timeTold, brussels: '' });
const [SEPTEMBER, OCTOBER] = [deadline('2026-09-15T15:00:00.000Z'), deadline('2026-10-01T15:00:00.000Z')];
const budget = (total: number | null) => ({ currency: 'EUR', total, expectedGrants: null, minContribution: null, maxContribution: null, years: [] });

describe('a sentence for each kind of change', () => {
  it.each<[string, Change, string, string]>([
    ['a deadline', change('deadline', 'deadlines', [SEPTEMBER], [OCTOBER]),
      'Deadline: 1 October 2026, 17:00 (Brussels) (before: 15 September 2026, 17:00 (Brussels))',
      'Date limite : 1er octobre 2026 à 17 h (heure de Bruxelles) (auparavant : 15 septembre 2026 à 17 h (heure de Bruxelles))'],
    ['a first deadline', change('deadline', 'deadlines', [], [SEPTEMBER]),
      'Deadline: 15 September 2026, 17:00 (Brussels) (before: not stated)',
      'Date limite : 15 septembre 2026 à 17 h (heure de Bruxelles) (auparavant : non précisé)'],
    ['the opening', change('opening', 'opensAt', '2026-05-05T00:00:00.000Z', null), 'Opens on not stated (before: 5 May 2026)',
      'Ouverture le non précisé (auparavant : 5 mai 2026)'],
    ['that it opened', change('opened', 'sourceStatus', 'forthcoming', 'open'), 'The call has opened.', 'L’appel est ouvert.'],
    ['that it closed', change('opened', 'sourceStatus', 'open', 'closed'), 'Its status at the source changed.', 'Son statut à la source a changé.'],
    ['the budget', change('budget', 'budget', budget(8e6), budget(9e6)),
      'Budget: €9 million for the topic (before: €8 million for the topic)',
      'Budget : 9 M€ pour le sujet (auparavant : 8 M€ pour le sujet)'],
    ['a budget that is not stated any more', change('budget', 'budget', budget(8e6), null),
      'Budget: not stated (before: €8 million for the topic)', 'Budget : non précisé (auparavant : 8 M€ pour le sujet)'],
    ['the title', change('title', 'title', 'Old', 'New'), 'The title changed; before: “Old”', 'Le titre a changé ; auparavant : « Old »'],
    ['the title of the call', change('title', 'callTitle', 'Old', 'New'), 'Changed: title of the call', 'Modifié : intitulé de l’appel'],
    ['a section', change('text', 'sections.Expected Outcome', 'a', 'b'), 'The text changed: Expected Outcome', 'Le texte a changé : Expected Outcome'],
    ['a section without a title', change('text', 'sections.summary', 'a', 'b'), 'The text changed: summary', 'Le texte a changé : résumé'],
    ['the order of sections', change('text', 'sections', [1], [2]), 'The text changed: order of the sections', 'Le texte a changé : ordre des sections'],
    ['the conditions', change('conditions', 'sections.Conditions', 'a', 'b'), 'The conditions changed.', 'Les conditions ont changé.'],
    ['the identifier', change('identity', 'identifier', 'A', 'B'), 'Its identifier changed.', 'Son identifiant a changé.'],
    ['the TRL', change('text', 'trl', null, { from: 4, to: 6, quote: 'q' }),
      'Technology readiness level (TRL): 4 to 6 (before: not stated)', 'Niveau de maturité technologique (TRL) : 4 à 6 (auparavant : non précisé)'],
    ['one end of the TRL', change('text', 'trl', { from: null, to: 6, quote: 'q' }, { from: 5, to: null, quote: 'q' }),
      'Technology readiness level (TRL): from 5 (before: up to 6)', 'Niveau de maturité technologique (TRL) : à partir de 5 (auparavant : jusqu’à 6)'],
    ['the type of action', change('other', 'typesOfAction', ['a'], ['b']), 'Changed: type of action', 'Modifié : type d’action'],
    ['the model', change('deadline', 'deadlineModel', null, 'two-stage'), 'Changed: submission procedure', 'Modifié : procédure de soumission'],
  ])('%s', (_, one, english, french) => {
    expect(en(one).map((s) => s.replaceAll(NB, ' '))).toEqual([english]);
    expect(fr(one)).toEqual([french]);
  });

  it('tells all deadlines of a call, and which was told and which is the rule’s', () => {
    const cut = [deadline('2026-09-15T15:00:00.000Z', 'stage-1', false), deadline('2027-03-02T16:00:00.000Z', 'stage-2')];
    expect(en(change('deadline', 'deadlines', [], cut))).toEqual([
      'Deadline: 15 September 2026 (time not stated: 17:00, Brussels time, by rule), stage 1; 2 March 2027, 17:00 (Brussels), stage 2 (before: not stated)',
    ]);
  });
});

describe('several changes', () => {
  it('of one field are told from the first state to the last', () => {
    expect(en(change('title', 'title', 'A', 'B'), change('budget', 'budget', null, budget(8e6)), change('title', 'title', 'B', 'C'))).toEqual([
      'The title changed; before: “A”',
      'Budget: €8 million for the topic (before: not stated)',
    ]);
  });

  it('that took each other back are no news', () => {
    expect(en(change('title', 'title', 'A', 'B'), change('title', 'title', 'B', 'A'))).toEqual([]);
    // The database gives the keys of an object in an order of its own.
    expect(en(change('budget', 'budget', { currency: 'EUR', total: 1 }, null), change('budget', 'budget', null, { total: 1, currency: 'EUR' }))).toEqual([]);
  });

  it('that read the same are told once', () => {
    expect(en(change('identity', 'identifier', 'A', 'B'), change('identity', 'callIdentifier', 'A', 'B'))).toEqual(['Its identifier changed.']);
  });

  it('leave out a TRL whose sentence alone is another', () => {
    const trl = (quote: string) => ({ from: 4, to: 6, quote });
    expect(en(change('text', 'trl', trl('a'), trl('b')), change('text', 'sections.Scope', 'a', 'b'))).toEqual(['The text changed: Scope']);
  });

  it('may be none', () => expect(en()).toEqual([]));
});
