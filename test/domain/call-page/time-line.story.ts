import { timeLineOf, type SeenChange } from '../../../src/calls/domain/page/time-line.js';
import { normalise } from '../../../src/calls/domain/normalise.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { aCall } from '../../support/matching/calls.js';

const NOW = new Date('2026-06-30T08:00:00Z');
const dated = (
  opensAt: string | null,
  deadlines: string[],
  deadlineModel: ParsedCall['deadlineModel'] = null,
) => aCall('D', { opensAt, deadlineModel, deadlines: deadlines.map((at) => ({ at, timeTold: true })) });
const moved = (
  from: string[],
  to: string[],
  seenAt: string,
  model: ParsedCall['deadlineModel'] = null,
): SeenChange => ({
  field: 'deadlines',
  from: dated(null, from, model).deadlines,
  to: dated(null, to, model).deadlines,
  seenAt,
});

describe('the line of time of a call', () => {
  it('has the opening, both stages and today in their order, past ones said to be so', () => {
    const line = timeLineOf(
      dated('2026-04-15T00:00:00Z', ['2026-06-09T15:00:00Z', '2026-10-06T15:00:00Z'], 'two-stage'),
      [],
      NOW,
    )!;
    expect(line.points.map((p) => [p.kind, p.past])).toEqual([
      ['opens', true],
      ['stage-1', true],
      ['stage-2', false],
    ]);
    expect(line.next).toBe(2);
    const [opens, first, second] = line.points.map((p) => p.x);
    expect([opens! < first!, first! < line.today, line.today < second!]).toEqual([true, true, true]);
  });

  it('places by time: half of the time is half of the line', () => {
    const line = timeLineOf(dated('2026-06-20T08:00:00Z', ['2026-07-10T08:00:00Z']), [], NOW)!;
    expect(line.today).toBeCloseTo((line.points[0]!.x + line.points[1]!.x) / 2, 6);
    for (const x of [line.today, ...line.points.map((p) => p.x)]) expect(x > 0 && x < 1).toBe(true);
  });

  it('numbers cut-offs, and has none coming where all have passed', () => {
    const line = timeLineOf(
      dated(
        null,
        ['2025-01-10T16:00:00Z', '2025-09-10T15:00:00Z', '2026-03-10T16:00:00Z'],
        'multiple-cut-off',
      ),
      [],
      NOW,
    )!;
    expect(line.points.map((p) => p.nth)).toEqual([1, 2, 3]);
    expect(line.next).toBeNull();
    expect(line.today).toBeGreaterThan(line.points[2]!.x);
  });

  it('shows where a deadline had been, oldest first, and each former date once', () => {
    const [a, b, c] = ['2026-09-01T15:00:00Z', '2026-09-15T15:00:00Z', '2026-10-01T15:00:00Z'];
    const second = moved([b!], [c!], '2026-06-20T00:00:00Z');
    const line = timeLineOf(
      dated(null, [c!]),
      [second, moved([a!], [b!], '2026-05-20T00:00:00Z'), second],
      NOW,
    )!;
    expect(line.points[0]!.moved.map((m) => [Date.parse(m.at), m.seenAt])).toEqual([
      [Date.parse(a!), '2026-05-20T00:00:00Z'],
      [Date.parse(b!), '2026-06-20T00:00:00Z'],
    ]);
    expect(line.points[0]!.moved[0]!.x).toBeLessThan(line.points[0]!.moved[1]!.x);
  });

  it('strikes only the stage that moved', () => {
    const stages = (second: string) => ['2026-09-01T15:00:00Z', second];
    const line = timeLineOf(
      dated(null, stages('2027-03-01T16:00:00Z'), 'two-stage'),
      [
        moved(
          stages('2027-02-01T16:00:00Z'),
          stages('2027-03-01T16:00:00Z'),
          '2026-06-20T00:00:00Z',
          'two-stage',
        ),
      ],
      NOW,
    )!;
    expect(line.points.map((p) => p.moved.length)).toEqual([0, 1]);
  });

  it('strikes nothing where a date came back to what it was, or where deadlines were added', () => {
    const [a, b] = ['2026-09-01T15:00:00Z', '2026-09-15T15:00:00Z'];
    const back = timeLineOf(
      dated(null, [a]),
      [moved([a], [b], '2026-05-01T00:00:00Z'), moved([b], [a], '2026-05-02T00:00:00Z')],
      NOW,
    )!;
    expect(back.points[0]!.moved.map((m) => Date.parse(m.at))).toEqual([Date.parse(b)]);
    expect(
      timeLineOf(dated(null, [a, b]), [moved([a], [a, b], '2026-05-01T00:00:00Z')], NOW)!.points.flatMap(
        (p) => p.moved,
      ),
    ).toEqual([]);
  });

  it('strikes an opening date that moved', () => {
    const line = timeLineOf(
      dated('2026-09-10T00:00:00Z', []),
      [
        {
          field: 'opensAt',
          from: '2026-09-01T00:00:00Z',
          to: '2026-09-10T00:00:00Z',
          seenAt: '2026-06-01T00:00:00Z',
        },
      ],
      NOW,
    )!;
    expect(line.points[0]!.moved.map((m) => m.at)).toEqual(['2026-09-01T00:00:00Z']);
  });

  it('says months where they are few, and years where the line is long; all of them lie on it', () => {
    const short = timeLineOf(dated('2026-05-10T00:00:00Z', ['2026-09-10T15:00:00Z']), [], NOW)!;
    expect(short.ticks.map((t) => new Date(Date.parse(t.at) + 3 * 3_600_000).getUTCMonth() + 1)).toEqual([
      6, 7, 8, 9,
    ]);
    const long = timeLineOf(dated('2021-05-10T00:00:00Z', ['2027-12-10T15:00:00Z']), [], NOW)!;
    expect(long.ticks.every((t) => t.step === 'year')).toBe(true);
    expect(long.ticks.map((t) => new Date(Date.parse(t.at) + 86_400_000).getUTCFullYear())).toEqual([
      2022, 2023, 2024, 2025, 2026, 2027,
    ]);
    for (const { x } of [...short.ticks, ...long.ticks]) expect(x > 0 && x < 1).toBe(true);
  });

  it('is there with one date alone, even if that is now, and not there without any', () => {
    expect(timeLineOf(dated(null, [NOW.toISOString()]), [], NOW)).toMatchObject({
      today: 0.5,
      points: [{ x: 0.5 }],
    });
    expect(timeLineOf(normalise({ ...aCall('N'), opensAt: null, deadlines: [] }), [], NOW)).toBeNull();
  });
});
