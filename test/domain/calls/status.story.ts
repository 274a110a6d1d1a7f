import { statusAt, statusFacts, type SourceStatus, type Status } from '../../../src/calls/domain/status.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const at = (iso: string | null): Date | null => (iso === null ? null : new Date(iso));
const [PAST, FUTURE] = ['2026-05-01T00:00:00Z', '2026-07-01T00:00:00Z'];

describe('the status by our own clock', () => {
  it.each<[string, string | null, string | null, SourceStatus, Status]>([
    // opens, last deadline, status in the source, expected status
    ['closed at the last deadline, though the source says open', PAST, PAST, 'open', 'closed'],
    [
      'closed at the last deadline, though the source says forthcoming',
      FUTURE,
      PAST,
      'forthcoming',
      'closed',
    ],
    ['open between opening and deadline', PAST, FUTURE, 'open', 'open'],
    ['open between, though the source still says forthcoming', PAST, FUTURE, 'forthcoming', 'open'],
    ['open between, though the source says closed', PAST, FUTURE, 'closed', 'open'],
    ['forthcoming before it opens', FUTURE, FUTURE, 'forthcoming', 'forthcoming'],
    ['forthcoming before it opens, though the source says open', FUTURE, FUTURE, 'open', 'forthcoming'],
    ['open where no date is known and the source says so', null, null, 'open', 'open'],
    ['closed where no date is known and the source says so', null, null, 'closed', 'closed'],
    ['forthcoming where no date is known and the source says so', null, null, 'forthcoming', 'forthcoming'],
    ['open without an opening date before the deadline', null, FUTURE, 'open', 'open'],
    ['forthcoming without an opening date, as the source says', null, FUTURE, 'forthcoming', 'forthcoming'],
    ['open without a deadline after it opened', PAST, null, 'open', 'open'],
    [
      'open without a deadline after it opened, though the source says forthcoming',
      PAST,
      null,
      'forthcoming',
      'open',
    ],
    ['closed without a deadline where the source says so', PAST, null, 'closed', 'closed'],
    ['forthcoming without a deadline before it opens', FUTURE, null, 'open', 'forthcoming'],
  ])('%s', (_, opens, last, sourceStatus, expected) => {
    expect(statusAt({ opensAt: at(opens), lastDeadlineAt: at(last), sourceStatus }, NOW)).toBe(expected);
  });

  it('is withdrawn where its sources dropped it, whatever the dates and the source say', () => {
    const withdrawnAt = at('2026-05-20T00:00:00Z');
    for (const opensAt of [at(PAST), at(FUTURE), null]) {
      for (const lastDeadlineAt of [at(PAST), at(FUTURE), null]) {
        for (const sourceStatus of ['forthcoming', 'open', 'closed'] as const) {
          expect(statusAt({ opensAt, lastDeadlineAt, sourceStatus, withdrawnAt }, NOW)).toBe('withdrawn');
          expect(statusAt({ opensAt, lastDeadlineAt, sourceStatus, withdrawnAt: null }, NOW)).not.toBe(
            'withdrawn',
          );
        }
      }
    }
  });

  it('turns at the instant itself', () => {
    const facts = {
      opensAt: at('2026-05-05T00:00:00Z'),
      lastDeadlineAt: at('2026-09-15T15:00:00Z'),
      sourceStatus: 'open' as const,
    };
    const status = (iso: string) => statusAt(facts, new Date(iso));
    expect(status('2026-05-04T23:59:59.999Z')).toBe('forthcoming');
    expect(status('2026-05-05T00:00:00.000Z')).toBe('open');
    expect(status('2026-09-15T14:59:59.999Z')).toBe('open');
    expect(status('2026-09-15T15:00:00.000Z')).toBe('closed');
  });
});

describe('the facts of a call', () => {
  const deadline = (iso: string) => ({ kind: 'cut-off' as const, at: iso, timeTold: true, brussels: '' });

  it('take the last of several deadlines, so that a passed cut-off closes nothing', () => {
    const deadlines = [deadline('2026-04-14T15:00:00.000Z'), deadline('2027-01-12T16:00:00.000Z')];
    const facts = statusFacts({ opensAt: '2026-03-01T00:00:00.000Z', deadlines, sourceStatus: 'open' });
    expect(facts).toEqual({
      opensAt: at('2026-03-01T00:00:00Z'),
      lastDeadlineAt: at('2027-01-12T16:00:00Z'),
      sourceStatus: 'open',
    });
    expect(statusAt(facts, NOW)).toBe('open');
  });

  it('keep missing what is missing', () => {
    expect(statusFacts({ opensAt: null, deadlines: [], sourceStatus: 'closed' })).toEqual({
      opensAt: null,
      lastDeadlineAt: null,
      sourceStatus: 'closed',
    });
  });
});
