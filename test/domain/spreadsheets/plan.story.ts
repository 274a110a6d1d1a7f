import { callFinder, type FoundCall, nearIdentifiers } from '../../../src/spreadsheets/domain/find-call.js';
import type { SheetLine } from '../../../src/spreadsheets/domain/line.js';
import type { SheetBid } from '../../../src/spreadsheets/domain/pipeline-columns.js';
import {
  importedNote,
  KnownNotes,
  noteBlock,
  type SheetNote,
} from '../../../src/spreadsheets/domain/task-text.js';
import { cpuSeconds } from '../../support/cpu-seconds.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { planSheet, writesOf, type Standing } from '../../../src/spreadsheets/domain/plan.js';

const call = (id: string, overrides: Partial<FoundCall> = {}): FoundCall => ({
  id,
  identifier: `HORIZON-X-2027-${id}`,
  title: `Call ${id}`,
  language: 'en',
  url: null,
  days: [],
  ...overrides,
});
const line = (row: number, overrides: Partial<SheetLine>): SheetLine => ({
  row,
  key: null,
  identifiers: [],
  link: null,
  pages: [],
  title: null,
  deadline: null,
  verdict: null,
  reason: null,
  until: null,
  note: null,
  bid: null,
  unknown: null,
  unread: [],
  ...overrides,
});
const standing = (overrides: Partial<Standing>): Standing => ({
  verdict: null,
  reason: null,
  until: null,
  verdictBy: null,
  notes: [],
  opportunity: null,
  touched: false,
  ...overrides,
});
const NOW = new Date('2026-06-30T08:00:00Z');
const NONE = new Set<string>();

describe('which call a line means', () => {
  const twins = [
    call('a', { identifier: 'TWIN-2027-01', days: ['2026-09-15'] }),
    call('b', { identifier: 'TWIN-2027-01', title: 'Second', days: ['2027-01-10'] }),
  ];
  const find = callFinder(
    [call('1', { url: 'https://x.eu/1' }), call('2', { title: 'Batteries: the next généràtion!' }), ...twins],
    new Map([
      [
        'HORIZON-X-2027-3',
        nearIdentifiers('HORIZON-X-2027-3', ['HORIZON-X-2027-1', 'HORIZON-X-2027-2', 'OTHER-2027-9']),
      ],
    ]),
  );

  it('goes by our key, then identifier, then address, then title', () => {
    expect(find(line(1, { key: '1', identifiers: ['HORIZON-X-2027-2'] })).call?.id).toBe('1');
    expect(find(line(1, { key: 'gone', identifiers: ['HORIZON-X-2027-2'] })).call?.id).toBe('2');
    expect(find(line(1, { link: 'https://x.eu/1' })).call?.id).toBe('1');
    expect(find(line(1, { title: 'BATTERIES – the next Généràtion' })).call?.id).toBe('2');
  });

  it('tells calls of one identifier apart by title or deadline, and says which they are where it cannot', () => {
    expect(find(line(1, { identifiers: ['TWIN-2027-01'], title: 'second' })).call?.id).toBe('b');
    expect(find(line(1, { identifiers: ['TWIN-2027-01'], deadline: '2026-09-15' })).call?.id).toBe('a');
    const doubt = find(line(1, { identifiers: ['TWIN-2027-01'] }));
    expect([doubt.call, doubt.candidates.map((c) => c.id)]).toEqual([null, ['a', 'b']]);
  });

  it('tells cascade calls that bear their parent’s identifier apart by their page', () => {
    const at = (number: string) => `https://portal.example.eu/competitive-calls-cs/${number}`;
    const [first, second] = [
      call('c', { identifier: 'PARENT-2027-01', url: at('8123') }),
      call('d', { identifier: 'PARENT-2027-01', url: at('8124') }),
    ];
    const either = callFinder([call('p', { identifier: 'PARENT-2027-01' }), first, second], new Map());
    const pages = ['page portal.example.eu/competitive-calls-cs/8124'];
    expect([
      either(line(1, { pages })).call?.id,
      either(line(1, { pages, identifiers: ['PARENT-2027-01'] })).call?.id,
    ]).toEqual(['d', 'd']);
    expect(either(line(1, { identifiers: ['PARENT-2027-01'] })).candidates).toHaveLength(3);
  });

  it('says what is spelt alike where it finds nothing, and never takes it instead', () => {
    expect(find(line(1, { identifiers: ['HORIZON-X-2027-3'] }))).toEqual({
      call: null,
      candidates: [],
      nearest: ['HORIZON-X-2027-1', 'HORIZON-X-2027-2'],
    });
    expect(find(line(1, {}))).toEqual({ call: null, candidates: [], nearest: [] });
  });
});

describe('a plan', () => {
  const calls = ['1', '2', '3', '4', '5'].map((id) => call(id));
  const finder = callFinder(calls, new Map());
  const of = (id: string, row: number, overrides: Partial<SheetLine>) =>
    line(row, { identifiers: [`HORIZON-X-2027-${id}`], ...overrides });
  const plan = (lines: SheetLine[], stands: [string, Standing][] = []) =>
    toEnd(
      planSheet(lines, finder, new Map(stands), { people: new Map(), newId: () => 'new', at: new Date() }),
    );
  const outcomes = (lines: SheetLine[], stands: [string, Standing][] = []) =>
    plan(lines, stands).map((p) => p.outcome);

  it('writes what is new, leaves what stands, and overwrites only what is ticked', () => {
    const lines = [
      of('1', 2, { verdict: 'relevant' }),
      of('2', 3, { verdict: 'not', reason: 'trl' }),
      of('3', 4, { verdict: 'not', reason: 'budget', note: 'n' }),
      of('4', 5, {}),
      of('9', 6, { verdict: 'relevant' }),
    ];
    const stands: [string, Standing][] = [
      ['2', standing({ verdict: 'not', reason: 'trl' })],
      ['3', standing({ verdict: 'relevant' })],
    ];
    expect(outcomes(lines, stands)).toEqual(['write', 'same', 'conflict', 'silent', 'not-found']);
    const made = plan(lines, stands);
    expect(writesOf(made, NONE)).toEqual({
      decisions: [{ callId: '1', verdict: 'relevant', reason: null, until: null }],
      bids: [],
      notes: [{ callId: '3', text: 'n' }],
    });
    expect(writesOf(made, new Set(['3'])).decisions).toHaveLength(2);
    expect(writesOf(made, 'all').decisions[1]).toMatchObject({
      callId: '3',
      verdict: 'not',
      reason: 'budget',
    });
  });

  it('adds a reason that was missing, and takes none away', () => {
    expect(
      outcomes([of('1', 2, { verdict: 'not', reason: 'trl' })], [['1', standing({ verdict: 'not' })]]),
    ).toEqual(['write']);
    expect(
      outcomes([of('1', 2, { verdict: 'not' })], [['1', standing({ verdict: 'not', reason: 'trl' })]]),
    ).toEqual(['same']);
    expect(
      outcomes(
        [of('1', 2, { verdict: 'not', reason: 'role' })],
        [['1', standing({ verdict: 'not', reason: 'trl' })]],
      ),
    ).toEqual(['conflict']);
  });

  it('joins lines about one call, and writes neither one more verdict nor one more note of it', () => {
    const lines = [
      of('1', 2, { verdict: 'relevant', note: 'a' }),
      of('1', 3, { verdict: 'relevant', note: 'a' }),
      of('1', 4, { note: 'b' }),
      of('1', 5, { verdict: 'not' }),
    ];
    const made = plan(lines);
    expect(made.map((p) => [p.outcome, p.joins])).toEqual([
      ['write', null],
      ['same', 2],
      ['write', 2],
      ['contradiction', 2],
    ]);
    expect(writesOf(made, 'all')).toEqual({
      decisions: [{ callId: '1', verdict: 'relevant', reason: null, until: null }],
      bids: [],
      notes: [
        { callId: '1', text: 'a' },
        { callId: '1', text: 'b' },
      ],
    });
  });
});

describe('a bid on several lines about one call', () => {
  const finder = () => ({ call: call('1'), candidates: [], nearest: [] });
  const bid = (told: Partial<SheetBid>): SheetBid => ({ stage: null, facts: {}, tasks: [], ...told });
  const plan = (lines: Partial<SheetLine>[]) =>
    toEnd(
      planSheet(
        lines.map((told, i) => line(i + 2, { verdict: 'relevant', ...told })),
        finder,
        new Map(),
        { people: new Map(), newId: () => 'new', at: NOW },
      ),
    );

  it('is saved from the first line that says something of it, though one before decided the same', () => {
    const made = plan([{}, { bid: bid({ stage: 'preparing', facts: { partners: ['TU Delft'] } }) }]);
    expect(made.map((p) => p.outcome)).toEqual(['write', 'write']);
    const { decisions, bids } = writesOf(made, NONE);
    expect(decisions).toHaveLength(1);
    expect(bids).toMatchObject([{ callId: '1', state: { stage: 'preparing', partners: ['TU Delft'] } }]);
  });

  it('is not said to be saved where a later line says something else of it', () => {
    const first = { bid: bid({ stage: 'preparing', facts: { requested: 4e6 } }) };
    const outcomes = (second: SheetBid) => plan([first, { bid: second }]).map((p) => p.outcome);
    expect(outcomes(first.bid)).toEqual(['write', 'same']);
    expect(outcomes(bid({ stage: 'preparing' }))).toEqual(['write', 'same']);
    expect(outcomes(bid({ stage: 'preparing', facts: { requested: 5e6 } }))).toEqual([
      'write',
      'contradiction',
    ]);
    expect(outcomes(bid({ tasks: ['Call Ghent'] }))).toEqual(['write', 'contradiction']);
  });

  it('is refused where the share of the institute would be more than the whole, with the decision beside it', () => {
    const facts = { requested: 4e6, share: 5e6 };
    const made = plan([{ verdict: 'relevant', note: 'Call Ghent', bid: bid({ stage: 'preparing', facts }) }]);
    expect(made).toMatchObject([{ line: { row: 2 }, outcome: 'share-above-requested', bid: facts }]);
    expect(writesOf(made, 'all')).toMatchObject({ decisions: [], bids: [], notes: [{ text: 'Call Ghent' }] });
  });
});

describe('notes that come back', () => {
  const newNote = (cell: string, notes: SheetNote[]) => new KnownNotes(notes).newIn(cell);
  const kept = { author: 'Anne', text: importedNote('Relancer\nPaul', 'veille (2).xlsx'), createdAt: NOW };

  it('are known again as a sheet brought them, and as a sheet of ours shows them', () => {
    expect(kept.text).toBe('Relancer\nPaul\n(Excel: veille  2 .xlsx)');
    expect(newNote('Relancer\r\nPaul', [kept])).toBeNull();
    expect(newNote(noteBlock(kept), [kept])).toBeNull();
    expect(newNote(`${noteBlock(kept)}\nNouveau`, [kept])).toBe('Nouveau');
    expect(newNote('Relancer', [kept])).toBe('Relancer');
  });

  it('are told from new text in a time that grows with the sheet alone, if all its lines are about one call', async () => {
    const find = callFinder([call('1')], new Map());
    const seconds = (rows: number) =>
      cpuSeconds(() => {
        const lines = Array.from({ length: rows }, (_, row) =>
          line(row, { identifiers: ['HORIZON-X-2027-1'], note: `${row} ${'word '.repeat(60)}` }),
        );
        const office = { people: new Map(), newId: () => 'new', at: new Date() };
        const plan = toEnd(planSheet(lines, find, new Map(), office));
        expect(plan.filter((p) => p.note !== null)).toHaveLength(rows);
      });
    const few = await seconds(600);
    // Quadratic growth would take 64 times as long.
    expect(await seconds(4_800)).toBeLessThan(0.5 + 16 * few);
  });

  it('are known again where a cell was too short for the last of them', () => {
    const long = { author: 'Ben', text: 'Relancer encore. '.repeat(20), createdAt: NOW };
    const cell = `${noteBlock(kept)}\n${noteBlock(long)}`;
    expect(newNote(cell.slice(0, -30), [kept, long])).toBeNull();
    expect(newNote(`${cell.slice(0, -30)}\nNouveau`, [kept, long])).toContain('Nouveau');
  });

  it('are known again without the letters that an old encoding lacks', () => {
    const typed = { author: 'Zoë Łuk', text: 'Budget → 5\u202f% 🚀', createdAt: NOW };
    // Excel writes a sign for each half of an emoji, LibreOffice one for both.
    for (const lost of ['Budget ? 5?% ??', 'Budget ? 5?% ?']) {
      expect(newNote(lost, [typed])).toBeNull();
      expect(newNote(`• 2026-06-30 Zoë ?uk: ${lost}`, [typed])).toBeNull();
    }
    expect(newNote('Budget ? 6?% ??', [typed])).toBe('Budget ? 6?% ??');
    expect(newNote('Budget → 5', [{ ...typed, text: 'Budget ? 5' }])).toBe('Budget → 5');
  });

  it('are known again whose lines ended as a browser ends them', () => {
    const typed = { author: 'Anne', text: 'Relancer\r\nPaul', createdAt: NOW };
    expect(noteBlock(typed)).toBe('• 2026-06-30 Anne: Relancer\nPaul');
    for (const cell of [noteBlock(typed), 'Relancer\nPaul', 'Relancer\r\nPaul'])
      expect(newNote(cell, [typed])).toBeNull();
  });
});
