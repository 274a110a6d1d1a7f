import { NO_FACTS } from '../../../src/pipeline/domain/opportunity.js';
import { STAGES } from '../../../src/pipeline/domain/stage.js';
import { type OpportunityState } from '../../../src/pipeline/domain/state.js';
import type { Task } from '../../../src/pipeline/domain/tasks.js';
import { fieldsOf, linesOf } from '../../../src/spreadsheets/domain/read-sheet.js';
import { readLine } from '../../../src/spreadsheets/domain/line.js';
import { OTHER } from '../../../src/spreadsheets/domain/table.js';
import {
  PIPELINE_COLUMNS,
  readAmount,
  readPercent,
  readRole,
  readStage,
  STAGE_WORDS,
  TASK_COLUMN,
  withBid,
} from '../../../src/spreadsheets/domain/pipeline-columns.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { planSheet, type Standing } from '../../../src/spreadsheets/domain/plan.js';
import { taskLinesIn, withTasks } from '../../../src/spreadsheets/domain/task-text.js';

const CALL = { id: 'c', identifier: 'X', title: 'X', language: 'en', url: null, days: [] };
const found = () => ({ call: CALL, candidates: [], nearest: [] });
const nothing: Standing = {
  ...{ verdict: null, reason: null, until: null, verdictBy: null, notes: [] },
  ...{ opportunity: null, touched: false },
};
const bid = (told: Partial<OpportunityState>): OpportunityState => ({
  ...NO_FACTS,
  stage: 'to-study',
  deadlineAt: null,
  milestones: [],
  tasks: [],
  ...told,
});
let ids = 0;
const OFFICE = {
  people: new Map([
    ['p-anne', 'Anne Martin'],
    ['p-ben', 'Ben Durand'],
  ]),
  newId: () => `new-${(ids += 1)}`,
  at: new Date('2026-06-30T08:00:00Z'),
};
const line = (headings: string[], cells: string[]) =>
  readLine(
    2,
    cells,
    fieldsOf(headings, (i) => [cells[i]!]),
  )!;

it('that our own sheet could not name is left as it is', () => {
  expect(
    line(
      ['Topic identifier', 'Stage', 'Lead', 'Role', 'Verdict', 'Reason'],
      ['HORIZON-X-2027-01', ...Array.from({ length: 5 }, () => OTHER.en)],
    ),
  ).toMatchObject({ verdict: null, reason: null, note: null, bid: null, unknown: null });
});

describe('where a bid stands, by a sheet', () => {
  it.each([
    ['Soumis', 'submitted'],
    ['en cours de montage', 'preparing'],
    ['Liste de réserve', 'reserve-list'],
    ['FINANCÉ', 'funded'],
    ['non financé', 'rejected'],
    ['Go/No-Go', 'go-no-go'],
    ['no-go', 'no-go'],
    ['go', 'preparing'],
    ['abandonné', 'withdrawn'],
    ['à l’étude', 'to-study'],
    ['En cours d’évaluation', 'submitted'],
    ['en cours d’étude', 'to-study'],
    ['En attente des résultats', 'submitted'],
    ['en cours de négociation', 'funded'],
  ])('is read of %s', (cell, stage) => expect(readStage(cell)).toMatchObject({ stage, rest: null }));

  it.each([
    ['Déposé - refusé', 'rejected'],
    ['Soumis, non retenu', 'rejected'],
    ['Soumis le 12/03', 'submitted'],
    ['Financé, 2e phase du programme', 'funded'],
    ['Non, trop tard', 'no-go'],
  ])('is read of the words before others in %s', (cell, stage) =>
    expect(readStage(cell)).toEqual({ stage, rest: cell }),
  );

  it.each([
    'Non décidé',
    'No decision yet',
    'Non démarré',
    'Not started',
    'Retenu en phase 2',
    'Accepted for stage 2',
  ])('is not guessed of %s', (cell) => expect(readStage(cell)).toBeNull());

  it('knows its own words again in both languages', () => {
    for (const stage of STAGES)
      for (const language of ['en', 'fr'] as const)
        expect(readStage(STAGE_WORDS[stage][language])).toEqual({ stage, rest: null });
  });

  it('keeps what stands beside the word, and a word that it does not know, as a note', () => {
    expect(line(['Référence', 'Étape'], ['X-1', 'Soumis le 12/03'])).toMatchObject({
      bid: { stage: 'submitted' },
      note: 'Soumis le 12/03',
    });
    expect(line(['Référence', 'Étape'], ['X-1', 'bof'])).toMatchObject({
      bid: null,
      note: 'bof',
      unknown: 'bof',
    });
  });

  it('is a column called "Statut" only where stages stand in it', () => {
    const fields = (cells: string[]) => fieldsOf(['Référence', 'Statut'], (i) => (i === 1 ? cells : []));
    expect(fields(['Soumis', 'En montage', ''])).toEqual(['identifier', 'stage']);
    expect(fields(['ouvert', 'clos', 'à venir'])).toEqual(['identifier', null]);
    // A column whose heading names the field takes precedence.
    expect(fieldsOf(['Référence', 'Statut', 'Étape'], () => ['Soumis'])).toEqual([
      'identifier',
      null,
      'stage',
    ]);
  });

  it('is told by a decision too where that says so', () => {
    expect(line(['Référence', 'Décision'], ['X-1', 'En montage'])).toMatchObject({
      verdict: 'relevant',
      bid: { stage: 'preparing' },
    });
    expect(line(['Référence', 'Décision'], ['X-1', 'oui'])).toMatchObject({ bid: null });
  });

  it('is told with its result by a decision', () => {
    expect(line(['Référence', 'Décision'], ['X-1', 'Déposé - refusé'])).toMatchObject({
      verdict: 'relevant',
      bid: { stage: 'rejected' },
    });
    expect(line(['Référence', 'Décision'], ['X-1', 'Refusé'])).toMatchObject({ verdict: 'not', bid: null });
  });

  it('has days in words, and says which it could not read', () => {
    const days = (decided: string, signed: string) =>
      line(['Référence', 'Date de décision', 'Date de signature'], ['X-1', decided, signed]);
    expect(days('15 septembre 2026', '1er août 2026').bid!.facts).toEqual({
      decideBy: '2026-09-15',
      signedOn: '2026-08-01',
    });
    expect(days('15 Sept. 2026', 'June 2nd, 2027').bid!.facts).toEqual({
      decideBy: '2026-09-15',
      signedOn: '2027-06-02',
    });
    expect(days('12 juin 2026', '3 juil. 2026').bid!.facts).toEqual({
      decideBy: '2026-06-12',
      signedOn: '2026-07-03',
    });
    expect(days('vers Pâques', '31 février 2026')).toMatchObject({
      note: 'vers Pâques\n31 février 2026',
      unread: ['vers Pâques', '31 février 2026'],
    });
  });

  it('keeps the documents that have an address, and says which has none', () => {
    const cell = 'Budget https://files.example/b\nPartie B sur le serveur';
    expect(line(['Référence', 'Documents'], ['X-1', cell])).toMatchObject({
      bid: { facts: { documents: [{ label: 'Budget', url: 'https://files.example/b' }] } },
      note: 'Partie B sur le serveur',
      unread: ['Partie B sur le serveur'],
    });
  });

  it('has amounts and parts as people write them', () => {
    expect(
      ['4 000 000', '1.250.000,50 €', '2,5 M€', '650 k€', '650000.5', '1,250,000', 'à voir'].map(readAmount),
    ).toEqual([4e6, 1_250_000.5, 2.5e6, 650e3, 650_000.5, 1.25e6, null]);
    // Nobody asks for a thousand millions, but the French write three decimals.
    expect(['1,250 M€', '2.125 millions', '1,250 k€'].map(readAmount)).toEqual([1.25e6, 2.125e6, 1.25e6]);
    expect(
      [
        ...['1 500 000 € dont 300 k€ pour nous', '2 500 k€, 36 mois', '650 keuros', '2 Meuros', '2 Mio €'],
        ...['M€ 2,5', '2,01 M€', '0,125 M€', '1 M d’euros'],
      ].map(readAmount),
    ).toEqual([1.5e6, 2.5e6, 650e3, 2e6, 2e6, 2.5e6, 2.01e6, 125e3, 1e6]);
    expect(['30 %', '100%', '4 M€ (80 %)', '1 200 000 € HT, 70 %'].map(readAmount)).toEqual([
      ...[null, null, 4e6, 1.2e6],
    ]);
    expect(['30 %', '0,3', '100', '250', '?'].map(readPercent)).toEqual([30, 30, 100, null, null]);
    expect(['Coordinateur', 'partenaire', 'tiers lié', 'associé', '?'].map(readRole)).toEqual([
      'coordinator',
      'partner',
      'subcontractor',
      'associated',
      null,
    ]);
    expect(
      line(['Référence', 'Étape', 'Porteur', 'Partenaires'], ['X-1', 'soumis', 'Univ. Gand', 'A; B\nC']).bid,
    ).toEqual({
      stage: 'submitted',
      facts: { leadName: 'Univ. Gand', partners: ['A', 'B', 'C'] },
      tasks: [],
    });
  });

  it('has no amount where a cell says several, and keeps the cell as a note', () => {
    expect(['3 M€ - 36 mois', '650 k€ à 2 partenaires'].map(readAmount)).toEqual([3e6, 650e3]);
    for (const cell of [
      '3 à 5 M€',
      '3 M€ à 5 M€',
      '300 k€ - 500 k€',
      '3 000 € to 5 000 €',
      '3-5 M€',
      '2026: 500 k€',
      'Lot 1 : 500 k€',
    ]) {
      expect(readAmount(cell)).toBeNull();
      const { bid: read, note } = line(['Référence', 'Étape', 'Montant demandé'], ['X-1', 'soumis', cell]);
      expect(read!.facts).toEqual({});
      expect(note).toContain(cell);
    }
  });

  it('has amounts in the unit that their heading states', () => {
    const facts = (heading: string, cell: string) => {
      const headings = ['Référence', heading, 'Budget du topic (M€)'];
      const sheet = { id: '1', file: 'f', sheet: 's', others: [], firstRow: 2, headings };
      const rows = [['X-1', cell, '12']];
      return toEnd(linesOf({ ...sheet, rows, fields: fieldsOf(headings) }))[0]!.bid?.facts;
    };
    expect(facts('Budget demandé (k€)', '650')).toEqual({ requested: 650e3 });
    expect(facts('Montant demandé en M€', '0,125')).toEqual({ requested: 125e3 });
    expect(facts('Notre part (kEUR)', '1 250,5')).toEqual({ share: 1_250_500 });
    expect(facts('Requested (in millions of euros)', '2.5')).toEqual({ requested: 2.5e6 });
    expect(facts('Montant demandé (milliers d’euros)', '650')).toEqual({ requested: 650e3 });
    expect(facts('Montant demandé (EUR thousands)', '650')).toEqual({ requested: 650e3 });
    expect(facts('Montant demandé (k€, milliers d’euros)', '650')).toEqual({ requested: 650e3 });
    expect(facts('Montant demandé en €, coût total en k€', '650000')).toEqual({ requested: 650e3 });
    expect(facts('Requested (thousand euros)', '650')).toEqual({ requested: 650e3 });
    // A share of the whole is no amount.
    expect(facts('Notre part (%)', '30')).toBeUndefined();
    // A cell that has its own unit keeps it.
    expect(facts('Budget demandé (k€)', '2 M€')).toEqual({ requested: 2e6 });
    expect(facts('Budget demandé (€)', '650')).toEqual({ requested: 650 });
  });

  it('comes back the same by way of its own columns, in both languages', () => {
    const full = bid({
      stage: 'reserve-list',
      lead: 'outside',
      leadName: 'Université de Gand',
      role: 'associated',
      partners: ['Gand', 'University of Bologna, DEI', 'A; B'],
      requested: 4_000_000,
      share: 650_000.5,
      probability: 35,
      proposalNumber: '101234567',
      decideBy: '2026-05-04',
      signedOn: '2026-06-05',
      acronym: 'GALE',
      documents: [
        { label: 'Draft of part B', url: 'https://files.example/b' },
        { label: 'https://files.example/c', url: 'https://files.example/c' },
      ],
    });
    for (const language of ['en', 'fr'] as const) {
      const reader = { language, now: new Date(), home: '' };
      const cells = PIPELINE_COLUMNS.map((column) => {
        const cell = column.value({ opportunity: full, people: OFFICE.people }, reader);
        return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? '');
      });
      const headings = PIPELINE_COLUMNS.map((column) => column.header[language]);
      const read = line(['Référence', ...headings], ['X-1', ...cells]).bid!;
      expect(withBid(full, read, OFFICE)).toEqual(full);
      expect(Object.keys(read.facts).length).toBe(Object.keys(NO_FACTS).length);
    }
  });

  it('keeps the letters that an old encoding lacks, and takes what is new beside them', () => {
    const full = bid({ acronym: 'GALE→', partners: ['AGH Kraków', 'TU Łódź', 'Ω; β'], leadName: 'Ștefan' });
    const told = ['GALE?', 'AGH Kraków; TU ?ód?; ?; ?', '?tefan', '4 M€'];
    const read = line(
      ['Référence', 'Acronyme', 'Partenaires', 'Nom du porteur', 'Montant demandé'],
      ['X-1', ...told],
    );
    expect(read.bid!.facts).toMatchObject({ acronym: 'GALE?', leadName: '?tefan', requested: 4e6 });
    expect(withBid(full, read.bid!, OFFICE)).toEqual({ ...full, requested: 4e6 });
  });
});

describe('the tasks of a bid, by a sheet', () => {
  const task = (text: string, told: Partial<Task> = {}): Task => ({
    ...{ id: text, text, personId: null, due: null, doneAt: null },
    ...told,
  });
  const TASKS = [
    task('Draft the budget', { personId: 'p-anne', due: '2026-09-15' }),
    task('Call Ghent (again)', { id: 'again' }),
    task('Find a partner (Ben Durand)', { id: 'odd' }),
    task('Letter of intent', { personId: 'p-ben', doneAt: '2026-06-01T07:30:00.000Z' }),
    task('Twice', { id: 'one', due: '2026-09-01' }),
    task('Twice', { id: 'two', due: '2026-10-01' }),
  ];
  const cell = (tasks: Task[], language: 'en' | 'fr' = 'en'): string =>
    String(
      TASK_COLUMN.value(
        { opportunity: bid({ tasks }), people: OFFICE.people },
        { language, now: new Date(), home: '' },
      ) ?? '',
    );
  const after = (tasks: Task[], told: string): Task[] => withTasks(tasks, taskLinesIn(told), OFFICE);

  it('are a line each, and come back as they are, in both languages', () => {
    expect(cell(TASKS).split('\n').slice(0, 4)).toEqual([
      '☐ Draft the budget (Anne Martin, 2026-09-15)',
      '☐ Call Ghent (again)',
      '☐ Find a partner (Ben Durand)',
      '☑ Letter of intent (Ben Durand, done 2026-06-01)',
    ]);
    for (const language of ['en', 'fr'] as const) expect(after(TASKS, cell(TASKS, language))).toEqual(TASKS);
  });

  it('come back as they are from a CSV that Excel saved in an old encoding, which has no boxes', () => {
    expect(after(TASKS, cell(TASKS).replace(/[☐☑]/g, '?'))).toEqual(TASKS);
    const arrow = [task('Budget → Paul 🚀')];
    for (const lost of ['? Budget ? Paul ??', '? Budget ? Paul ?']) expect(after(arrow, lost)).toEqual(arrow);
    expect(after([], '? Ask Paul').map((t) => [t.text, t.doneAt])).toEqual([['? Ask Paul', null]]);
  });

  it('keep who does them, whose name has letters that the encoding lacks', () => {
    const office = { ...OFFICE, people: new Map([['p-zoe', 'Zoë Łuk']]) };
    const tasks = [task('Budget', { personId: 'p-zoe', due: '2026-09-15' })];
    expect(withTasks(tasks, ['? Budget (Zoë ?uk, 2026-09-15)'], office)).toEqual(tasks);
  });

  it.each(['Martin, Anne', 'Anne Martin (Leti)', 'Anne Martin, PhD (Leti)', 'A. (Anne) Martin'])(
    'come back as they are where who does them is called %s',
    (name) => {
      const office = { ...OFFICE, people: new Map([['p-anne', name]]) };
      const tasks = [
        task('Draft the budget', { personId: 'p-anne', due: '2026-09-15' }),
        task('Call Ghent (again)', { personId: 'p-anne' }),
      ];
      for (const language of ['en', 'fr'] as const) {
        const reader = { language, now: new Date(), home: '' };
        const written = TASK_COLUMN.value({ opportunity: bid({ tasks }), people: office.people }, reader);
        expect(withTasks(tasks, taskLinesIn(String(written)), office)).toEqual(tasks);
        // Nothing stands there yet: the person is known again.
        expect(
          withTasks([], taskLinesIn(String(written)), office).map(({ text, personId, due }) => [
            text,
            personId,
            due,
          ]),
        ).toEqual(tasks.map(({ text, personId, due }) => [text, personId, due]));
      }
    },
  );

  it('stay with who does them where somebody else has the same name', () => {
    const people = new Map([...OFFICE.people, ['p-other', 'Anne Martin']]);
    for (const personId of ['p-anne', 'p-other']) {
      const tasks = [task('Draft the budget', { personId })];
      expect(withTasks(tasks, ['☐ Draft the budget (Anne Martin)'], { ...OFFICE, people })).toEqual(tasks);
    }
  });

  it('say the same where nothing stands: text, person, day, and the day on which it was done', () => {
    const clear = TASKS.filter((t) => t.id !== 'odd');
    // A sheet holds only the date on which a task was done.
    const said = (tasks: Task[]) =>
      tasks.map(({ text, personId, due, doneAt }) => [text, personId, due, doneAt?.slice(0, 10)]);
    for (const language of ['en', 'fr'] as const)
      expect(said(after([], cell(clear, language)))).toEqual(said(clear));
  });

  it('change as the sheet says: what it leaves out stays, what is new comes behind', () => {
    const told = '- [x] draft the budget (Ben Durand)\n\n• Book a room (15/10/2026, Zoë)';
    expect(after(TASKS.slice(0, 2), told)).toEqual([
      task('Draft the budget', {
        ...{ personId: 'p-ben', due: '2026-09-15' },
        doneAt: '2026-06-30T08:00:00.000Z',
      }),
      TASKS[1],
      // Nobody at the institute has this name.
      task('Book a room (Zoë)', { id: expect.any(String), due: '2026-10-15' }),
    ]);
    expect(after([TASKS[3]!], '☐ Letter of intent')[0]!.doneAt).toBeNull();
  });

  it('are no longer than a task may be, and no more than there may be', () => {
    const long = after([], 'a'.repeat(400));
    expect(long.map((t) => t.text.length)).toEqual([300]);
    expect(after(long, 'a'.repeat(400))).toEqual(long);
    expect(after([], Array.from({ length: 120 }, (_, i) => `Task ${i}`).join('\n')).length).toBe(100);
    expect(taskLinesIn('a\n'.repeat(10_000))).toHaveLength(100);
  });
});

describe('the plan of a line with a bid', () => {
  const submitted = line(['Référence', 'Étape', 'Notre part'], ['X-1', 'soumis', '650 k€']);
  const plan = (standing: Partial<Standing>, ...lines: (typeof submitted)[]) =>
    toEnd(
      planSheet(
        lines.length ? lines : [submitted],
        found,
        new Map([['c', { ...nothing, ...standing }]]),
        OFFICE,
      ),
    );

  it('brings the stage, and the verdict that it stands for where nobody has decided', () => {
    expect(plan({})).toMatchObject([
      { outcome: 'write', decision: { verdict: 'relevant' }, bid: { stage: 'submitted', share: 650_000 } },
    ]);
    expect(plan({ verdict: 'relevant' })).toMatchObject([{ outcome: 'write', decision: null }]);
    const studied = line(['Référence', 'Étape'], ['X-1', 'à étudier']);
    expect(plan({}, studied)).toMatchObject([{ decision: { verdict: 'study' }, bid: { stage: 'to-study' } }]);
  });

  it('asks before it changes what somebody worked on, and changes what followed by itself', () => {
    const opportunity = bid({ stage: 'preparing' });
    expect(plan({ verdict: 'relevant', opportunity, touched: true })).toMatchObject([
      { outcome: 'conflict', bid: { stage: 'submitted' }, bidBefore: { stage: 'preparing' } },
    ]);
    expect(plan({ verdict: 'relevant', opportunity })).toMatchObject([{ outcome: 'write' }]);
  });

  it('says that it stands already, and that two lines say otherwise of one call', () => {
    const opportunity = bid({ stage: 'submitted', share: 650_000 });
    expect(plan({ verdict: 'relevant', opportunity, touched: true })).toMatchObject([
      { outcome: 'same', bid: null },
    ]);
    const funded = line(['Référence', 'Étape'], ['X-1', 'financé']);
    expect(plan({}, submitted, funded)).toMatchObject([{ outcome: 'write' }, { outcome: 'contradiction' }]);
    expect(plan({}, submitted, submitted)).toMatchObject([{ outcome: 'write' }, { outcome: 'same' }]);
  });

  it('makes no bid of a call that nobody wants', () => {
    const lead = (decision: string) => line(['Référence', 'Décision', 'Porteur'], ['X-1', decision, 'Gand']);
    expect(plan({}, lead('non'))).toMatchObject([{ decision: { verdict: 'not' }, bid: null }]);
    expect(plan({}, lead('oui'))).toMatchObject([{ bid: { stage: 'to-study', leadName: 'Gand' } }]);
  });
});
