import { type CalendarCall, eventsOf } from '../../../src/calendars/domain/deadline-events.js';
import {
  entriesOf,
  MOST_EVENTS,
  publishedFrom,
  type PublishedEvent,
} from '../../../src/calendars/domain/published-events.js';
import { deadlinesOf } from '../../../src/calls/domain/normalise.js';
import type { Language } from '../../../src/kernel/language.js';

const NOW = new Date('2026-06-30T08:00:00Z');
const ID = '00000000-0000-4000-8000-000000000001';
const at = (...days: string[]) => days.map((day) => ({ at: `${day}T15:00:00Z`, timeTold: true }));
const call = (published: Partial<CalendarCall> = {}): CalendarCall => ({
  id: ID,
  title: 'Floating wind',
  kind: 'grant',
  identifier: 'HORIZON-CL5-2027-D3-01',
  programme: 'Horizon Europe',
  url: 'https://portal.example.org/x',
  budget: null,
  total: 'topic',
  deadlines: deadlinesOf({ deadlineModel: 'single-stage', deadlines: at('2026-09-15') }),
  fits: [{ institute: null, score: 71.6 }],
  ...published,
});
const eventsIn = (language: Language, published: Partial<CalendarCall> = {}) =>
  eventsOf(
    call(published),
    { language, callPage: (id) => `https://calls.test/calls/${id}` },
    new Date('2026-06-01T00:00:00Z'),
  );
const published = (before: PublishedEvent[], events = eventsIn('en'), now = NOW) =>
  publishedFrom(before, events, now);
const MINUTE = NOW.getTime() / 60_000;
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

describe('the events of a call', () => {
  it('say of a topic of a draft that it is not yet adopted, where a calendar shows only titles too', () => {
    const draft = { reference: 'D113042', version: 2, day: '2026-05-28' };
    const [event] = eventsIn('en', { draft });
    expect(event!.summary).toBe('Deadline (draft, not yet adopted): Floating wind');
    expect(event!.description.split('\n')[0]).toBe(
      'Status: draft of 28 May 2026, version 2; not yet adopted',
    );
    expect(eventsIn('fr', { draft })[0]!.summary).toBe(
      'Échéance (projet, pas encore adopté)\u00a0: Floating wind',
    );
  });

  it('say in words what there is to know, and nothing of what is not stated', () => {
    const budget = {
      currency: 'EUR',
      total: 40_000_000,
      minContribution: null,
      maxContribution: 8_000_000,
      expectedGrants: null,
      years: [],
    };
    expect(eventsIn('en', { budget })).toEqual([
      {
        uid: `${ID}-1@carnot-europe`,
        at: '2026-09-15T15:00:00.000Z',
        summary: 'Deadline: Floating wind',
        url: `https://calls.test/calls/${ID}`,
        description: [
          'Deadline: 15 September 2026, 17:00 (Brussels)',
          'Topic: HORIZON-CL5-2027-D3-01',
          'Programme: Horizon Europe',
          'Score: 72 out of 100 (strong)',
          'Budget: €40 million for the topic; at most €8 million per project',
          'Official page: https://portal.example.org/x',
        ].join('\n'),
      },
    ]);
    expect(
      eventsIn('en', { identifier: null, programme: null, url: 'javascript:alert(1)', fits: [] })[0]!
        .description,
    ).toBe('Deadline: 15 September 2026, 17:00 (Brussels)');
  });

  it('say of a cascade call under which topic it is, who runs it and what it pays in its own currency', () => {
    const budget = {
      currency: 'NOK',
      total: 2_000_000,
      minContribution: null,
      maxContribution: null,
      expectedGrants: null,
      years: [],
    };
    const cascade = {
      kind: 'cascade' as const,
      identifier: 'HORIZON-CL4-2024-X',
      parentTopic: { identifier: 'HORIZON-CL4-2024-X', title: 'Wind at sea' },
      project: { acronym: 'FLOAT', name: 'Floating\ntogether', id: '101' },
      duration: '9 months',
      programme: null,
      fits: [],
      url: null,
      budget,
    };
    expect(eventsIn('en', cascade)[0]!.description.split('\n').slice(1)).toEqual([
      'Under topic: HORIZON-CL4-2024-X – Wind at sea',
      'Organised by project: FLOAT – Floating together',
      'Duration: 9 months',
      'Budget: NOK\u00a02 million for the call',
    ]);
    expect(
      eventsIn('fr', {
        ...cascade,
        kind: 'external-action',
        parentTopic: undefined,
        project: undefined,
        duration: undefined,
        identifier: null,
        zones: ['Egypt', 'Jordan'],
        contractType: 'Action grants',
      })[0]!
        .description.split('\n')
        .slice(1)
        .map((line) => line.replace(/\u00a0/g, ' ')),
    ).toEqual([
      'Zones géographiques : Egypt, Jordan',
      'Type de contrat : Action grants',
      'Budget : 2 M NOK pour l’appel',
    ]);
  });

  it("say that a time is the rule's where the source told none, in both languages", () => {
    const deadlines = deadlinesOf({
      deadlineModel: 'single-stage',
      deadlines: [{ at: '2026-12-01', timeTold: false }],
    });
    expect(eventsIn('en', { deadlines })[0]).toMatchObject({
      at: '2026-12-01T16:00:00.000Z',
      description: expect.stringContaining('(time not stated; default: 17:00, Brussels time)') as string,
    });
    expect(eventsIn('fr', { deadlines })[0]!.description).toMatch(
      /1er\sdécembre\s2026 à\s17\sh.*la source n’en précise pas/,
    );
  });

  it('are one for each stage and cut-off, known again by its place though its kind changes', () => {
    const two = deadlinesOf({ deadlineModel: 'two-stage', deadlines: at('2026-09-15', '2027-03-02') });
    expect(
      eventsIn('fr', { deadlines: two }).map((e) => [e.uid.slice(37), e.summary.replace(/\u00a0/g, ' ')]),
    ).toEqual([
      ['1@carnot-europe', 'Échéance de l’étape 1 : Floating wind'],
      ['2@carnot-europe', 'Échéance de l’étape 2 : Floating wind'],
    ]);
    const cutOffs = deadlinesOf({
      deadlineModel: 'multiple-cut-off',
      deadlines: at('2026-03-01', '2026-09-15', '2027-03-02'),
    });
    expect(eventsIn('en', { deadlines: cutOffs }).map((e) => [e.uid.slice(37), e.summary])).toEqual([
      ['2@carnot-europe', 'Cut-off: Floating wind'],
      ['3@carnot-europe', 'Cut-off: Floating wind'],
    ]);
  });

  it('name the members that the call fits, best first, as many as are read', () => {
    const fits = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name, i) => ({
      institute: `Carnot ${name}`,
      score: 80 - i * 10,
    }));
    expect(eventsIn('en', { fits })[0]!.description).toContain(
      'Score: Carnot A 80 out of 100 (strong), Carnot B 70 out of 100 (strong), Carnot C 60 out of 100 (possible), Carnot D 50 out of 100 (possible), Carnot E 40 out of 100 (uncertain), and 2 others',
    );
  });
});

describe('what a calendar tells', () => {
  it('begins with the minute and rises with each change, and only then', () => {
    const first = published([]);
    expect(first).toEqual([
      expect.objectContaining({ sequence: MINUTE, changedAt: NOW.toISOString(), cancelled: false }),
    ]);
    expect(published(first, eventsIn('en'), later(1))).toEqual(first);
    const moved = published(
      first,
      eventsIn('en', {
        deadlines: deadlinesOf({ deadlineModel: 'single-stage', deadlines: at('2026-10-01') }),
      }),
      later(2),
    );
    expect(moved).toEqual([
      expect.objectContaining({
        uid: first[0]!.uid,
        sequence: MINUTE + 1,
        at: '2026-10-01T15:00:00.000Z',
        changedAt: later(2).toISOString(),
      }),
    ]);
    expect(
      published(moved, eventsIn('en', { fits: [{ institute: null, score: 40 }] }), later(3))[0]!.sequence,
    ).toBe(MINUTE + 2);
  });

  it('calls off what is no more, once, for 30 days, and takes it up again with a higher number', () => {
    const first = published([]);
    const off = published(first, [], later(1));
    expect(off).toEqual([
      expect.objectContaining({ sequence: MINUTE + 1, cancelled: true, changedAt: later(1).toISOString() }),
    ]);
    expect(published(off, [], later(2))).toEqual(off);
    expect(entriesOf(off, [], later(30))).toEqual([
      expect.objectContaining({ cancelled: true, summary: 'Deadline: Floating wind', description: null }),
    ]);
    expect(entriesOf(off, [], later(31))).toEqual([]);
    expect(published(off, eventsIn('en'), later(40))[0]).toMatchObject({
      sequence: MINUTE + 2,
      cancelled: false,
    });
  });

  it('takes up again with a higher number what had passed, and was forgotten, too', () => {
    const first = published([]);
    const moved = published(first, eventsIn('en', { title: 'Wind' }), later(1));
    const forgotten = published(moved, [], later(120));
    expect(forgotten).toEqual([]);
    const reopened = deadlinesOf({ deadlineModel: 'single-stage', deadlines: at('2027-01-12') });
    const [again] = published(forgotten, eventsIn('en', { deadlines: reopened }), later(150));
    expect(again!.uid).toBe(moved[0]!.uid);
    expect(again!.sequence).toBeGreaterThan(moved[0]!.sequence);
  });

  it('calls nothing off that others stand before, where it has only the nearest', () => {
    const [event] = eventsIn('en');
    const all = Array.from({ length: MOST_EVENTS + 1 }, (_, i) => ({
      ...event!,
      uid: String(i),
      at: later(i + 1).toISOString(),
    }));
    const before = published([], all.slice(1));
    expect(published(before, all.slice(0, -1)).map(({ cancelled }) => cancelled)).not.toContain(true);
    const without = all.filter(({ uid }) => uid !== '5');
    expect(published(before, without).filter(({ cancelled }) => cancelled)).toEqual([
      expect.objectContaining({ uid: '5' }),
    ]);
  });

  it('calls nothing off that has passed', () => {
    expect(published(published([]), [], new Date('2026-09-15T15:00:00Z'))).toEqual([]);
  });
});
