import {
  judgeDelivery,
  type DeliveryFacts,
} from '../../../src/notifications/domain/delivery/delivery-health.js';

const now = new Date('2026-06-01T10:00:00Z');
const since = new Date('2026-06-01T09:00:00Z');
const facts = (over: Partial<DeliveryFacts> = {}): DeliveryFacts => ({
  channel: 'email',
  accepted: 20,
  lastAcceptedAt: new Date('2026-06-01T08:00:00Z'),
  refusedReaders: 0,
  refusedTries: 0,
  refusedSince: null,
  struggling: 0,
  givenUp: 0,
  stopped: 0,
  answer: null,
  ...over,
});
const state = (over: Partial<DeliveryFacts>, oneServer = true) =>
  judgeDelivery(facts(over), oneServer, now).state;

describe('the delivery of a channel', () => {
  it('is fine while single messages wait', () => {
    expect(judgeDelivery(facts({ refusedReaders: 2, refusedTries: 4, struggling: 2 }), true, now)).toEqual({
      state: 'ok',
      reason: null,
      since: null,
    });
  });

  it('fails where nobody is reached any more, since the first of them', () => {
    expect(
      judgeDelivery(
        facts({ refusedReaders: 3, refusedTries: 1, refusedSince: since, answer: '554 no' }),
        false,
        now,
      ),
    ).toEqual({
      state: 'failing',
      reason:
        'messages to 3 readers wait, the last one was accepted on 1 June 2026, 10:00 (Brussels); the last answer: 554 no',
      since,
    });
  });

  it('fails through one server where one message is refused again and again, but not where each address has its own', () => {
    expect(state({ refusedReaders: 1, refusedTries: 5 })).toBe('failing');
    expect(state({ refusedReaders: 1, refusedTries: 5 }, false)).toBe('ok');
  });

  it('is incomplete where messages were given up or addresses do not exist', () => {
    expect(judgeDelivery(facts({ givenUp: 2, stopped: 1 }), true, now).reason).toBe(
      '2 messages were given up; 1 address does not exist, and nothing more is sent there',
    );
    expect(state({ givenUp: 1, refusedReaders: 3 })).toBe('failing');
  });

  it('is hampered where more than a tenth of a day waits after several tries', () => {
    expect(state({ struggling: 3, accepted: 26 })).toBe('hampered');
    expect(state({ struggling: 3, accepted: 27 })).toBe('ok');
    expect(state({ struggling: 2, accepted: 0 })).toBe('ok');
  });
});
