import { deadlinesOf } from '../../../src/calls/domain/normalise.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';

const day = (date: string) => ({ at: `${date}T00:00:00.000Z`, timeTold: false });
const overrides = (at: string) => ({ at, timeTold: true });
const of = (deadlines: ParsedCall['deadlines'], deadlineModel: ParsedCall['deadlineModel'] = null) =>
  deadlinesOf({ deadlines, deadlineModel });
const instants = (deadlines: ParsedCall['deadlines']) => of(deadlines).map((d) => d.at);

describe('a deadline without a time closes at 17:00 in Brussels', () => {
  it.each([
    ['in summer', '2026-09-15', '2026-09-15T15:00:00.000Z', '2026-09-15T17:00:00+02:00'],
    ['in winter', '2026-12-01', '2026-12-01T16:00:00.000Z', '2026-12-01T17:00:00+01:00'],
    ['on the day before summer time', '2026-03-28', '2026-03-28T16:00:00.000Z', '2026-03-28T17:00:00+01:00'],
    [
      'on the day on which summer time begins',
      '2026-03-29',
      '2026-03-29T15:00:00.000Z',
      '2026-03-29T17:00:00+02:00',
    ],
    ['on the day before winter time', '2026-10-24', '2026-10-24T15:00:00.000Z', '2026-10-24T17:00:00+02:00'],
    [
      'on the day on which winter time begins',
      '2026-10-25',
      '2026-10-25T16:00:00.000Z',
      '2026-10-25T17:00:00+01:00',
    ],
    ['on a leap day', '2028-02-29', '2028-02-29T16:00:00.000Z', '2028-02-29T17:00:00+01:00'],
    ['on the last day of a year', '2026-12-31', '2026-12-31T16:00:00.000Z', '2026-12-31T17:00:00+01:00'],
  ])('%s', (_, date, at, brussels) => {
    expect(of([day(date)])).toEqual([{ kind: 'single', at, timeTold: false, brussels }]);
  });

  it('on the day as it is written, in whatever offset that is', () => {
    expect(instants([{ at: '2026-09-15T00:00:00+02:00', timeTold: false }])).toEqual([
      '2026-09-15T15:00:00.000Z',
    ]);
    expect(instants([{ at: '2026-09-15T23:59:00-05:00', timeTold: false }])).toEqual([
      '2026-09-15T15:00:00.000Z',
    ]);
  });
});

describe('a time that is told', () => {
  it('is kept', () => {
    expect(of([overrides('2026-06-30T23:59:00Z')])).toEqual([
      {
        kind: 'single',
        at: '2026-06-30T23:59:00.000Z',
        timeTold: true,
        brussels: '2026-07-01T01:59:00+02:00',
      },
    ]);
    expect(instants([overrides('2026-12-01T12:00:00+01:00')])).toEqual(['2026-12-01T11:00:00.000Z']);
  });

  it('is kept at midnight too, where the source tells it', () => {
    expect(instants([overrides('2026-06-30T00:00:00Z')])).toEqual(['2026-06-30T00:00:00.000Z']);
  });

  it.each(['10:00:00.000', '10:00:07.000', '10:00:39.000', '10:00:59.999'])(
    'is 10:00 where seconds jitter: %s',
    (time) => {
      expect(instants([overrides(`2026-06-18T${time}Z`)])).toEqual(['2026-06-18T10:00:00.000Z']);
    },
  );
});

describe('kinds', () => {
  const three = [day('2026-04-14'), day('2026-09-08'), day('2027-01-12')];
  const kinds = (deadlines: ParsedCall['deadlines'], model: ParsedCall['deadlineModel']) =>
    of(deadlines, model).map((d) => d.kind);

  it.each([
    ['one, no model', 1, null, ['single']],
    ['one, single stage', 1, 'single-stage', ['single']],
    ['one date, two stages', 1, 'two-stage', ['stage-1']],
    ['two stages', 2, 'two-stage', ['stage-1', 'stage-2']],
    ['one cut-off', 1, 'multiple-cut-off', ['cut-off']],
    ['three cut-offs', 3, 'multiple-cut-off', ['cut-off', 'cut-off', 'cut-off']],
    ['several, no model: nothing says that the second needs the first', 2, null, ['cut-off', 'cut-off']],
    ['several, though single stage', 2, 'single-stage', ['cut-off', 'cut-off']],
    ['none', 0, 'two-stage', []],
  ] as const)('%s', (_, count, model, expected) => {
    expect(kinds(three.slice(0, count), model)).toEqual(expected);
  });

  it('go by date, in whatever order the dates come', () => {
    expect(of([day('2027-03-30'), day('2026-10-06')], 'two-stage')).toEqual([
      {
        kind: 'stage-1',
        at: '2026-10-06T15:00:00.000Z',
        timeTold: false,
        brussels: '2026-10-06T17:00:00+02:00',
      },
      {
        kind: 'stage-2',
        at: '2027-03-30T15:00:00.000Z',
        timeTold: false,
        brussels: '2027-03-30T17:00:00+02:00',
      },
    ]);
  });

  it('count a date that is given twice once', () => {
    expect(kinds([day('2026-04-14'), day('2026-04-14')], null)).toEqual(['single']);
    expect(kinds([day('2027-03-30'), day('2026-10-06'), day('2026-10-06')], 'two-stage')).toEqual([
      'stage-1',
      'stage-2',
    ]);
    expect(kinds([overrides('2026-06-18T10:00:07Z'), overrides('2026-06-18T10:00:52Z')], null)).toEqual([
      'single',
    ]);
  });

  it('of two for one instant keep the told one, whichever comes first', () => {
    const [rule, word] = [day('2026-09-15'), overrides('2026-09-15T15:00:00Z')];
    expect(of([rule, word])).toEqual(of([word, rule]));
    expect(of([rule, word])).toMatchObject([{ timeTold: true }]);
  });
});
