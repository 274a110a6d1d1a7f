import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { differencesOf } from '../../../src/harvest/domain/drafts/draft-history.js';

type Topic = Parameters<typeof differencesOf>[0][number];

const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `word${from + i}`).join(' ');
const budget = (total: number): CallContent['budget'] => ({
  currency: 'EUR',
  total,
  expectedGrants: null,
  minContribution: null,
  maxContribution: null,
  years: [],
});
const days = (...all: string[]) =>
  all.map((day) => ({
    kind: 'single' as const,
    at: `${day}T15:00:00.000Z`,
    timeTold: false,
    brussels: `${day}T17:00:00+02:00`,
  }));
const topic = (identifier: string, text: string, told: Partial<Topic> = {}): Topic => ({
  identifier,
  title: `Title of ${identifier}`,
  sections: [{ kind: 'scope', title: 'Scope', text }],
  budget: budget(4_000_000),
  deadlines: days('2027-09-15'),
  typesOfAction: ['RIA'],
  ...told,
});

describe('what differs between two drafts', () => {
  it('is told by field, of what both sides state', () => {
    const before = [topic('X-01', words(0, 100))];
    const after = [
      topic('x-01', `${words(0, 60)} other words here ${words(60, 100)}`, {
        title: 'Another title',
        budget: budget(3_200_000),
        deadlines: days('2027-10-01'),
        typesOfAction: ['HORIZON Innovation Actions'],
      }),
    ];
    expect(differencesOf(before, after)).toMatchObject([
      { kind: 'changed', key: 'x-01', field: 'title', after: 'Another title' },
      { kind: 'changed', field: 'budgetEur', before: 4_000_000, after: 3_200_000 },
      { kind: 'changed', field: 'deadlineDate', before: ['2027-09-15'], after: ['2027-10-01'] },
      { kind: 'changed', field: 'typeOfAction', before: 'RIA', after: 'IA' },
      { kind: 'changed', field: 'text' },
    ]);
    expect(differencesOf(before, [topic('X-01', words(0, 100), { budget: null, deadlines: [] })])).toEqual(
      [],
    );
  });

  it('is nothing where one says more exactly what the other does: rounded millions, a type in full, a second stage', () => {
    const before = [topic('X-01', 'Some words', { deadlines: days('2027-04-13', '2027-11-02') })];
    const after = [
      topic('X-01', 'some  words.', {
        budget: budget(4_004_999),
        typesOfAction: ['HORIZON-RIA HORIZON Research and Innovation Actions'],
        deadlines: days('2027-04-13'),
      }),
    ];
    expect(differencesOf(before, after)).toEqual([]);
  });

  it('sees a topic under another number, and one that is another', () => {
    const before = [topic('X-01', words(0, 100)), topic('X-02', words(100, 200))];
    const after = [topic('X-11', words(2, 100)), topic('X-12', words(300, 400))];
    expect(differencesOf(before, after)).toMatchObject([
      { kind: 'renumbered', key: 'X-11', before: ['X-01'], after: ['X-11'] },
      { kind: 'dropped', key: 'X-02' },
      { kind: 'added', key: 'X-12' },
      { kind: 'changed', key: 'X-11', field: 'title' },
      { kind: 'changed', key: 'X-11', field: 'text' },
    ]);
  });

  it('sees two topics become one, and one become two', () => {
    const two = [topic('X-01', words(0, 100)), topic('X-02', words(100, 200))];
    const one = [topic('X-01', words(0, 200))];
    expect(differencesOf(two, one)[0]).toEqual({
      kind: 'merged',
      key: 'X-01',
      before: ['X-01', 'X-02'],
      after: ['X-01'],
    });
    expect(differencesOf(one, two)[0]).toEqual({
      kind: 'split',
      key: 'X-02',
      before: ['X-01'],
      after: ['X-01', 'X-02'],
    });
  });

  it('does not take topics that were always alike for merged ones', () => {
    const alike = [topic('X-01', words(0, 100)), topic('X-02', `${words(0, 90)} ${words(500, 510)}`)];
    expect(differencesOf(alike, alike.slice(0, 1))).toMatchObject([{ kind: 'dropped', key: 'X-02' }]);
  });
});
