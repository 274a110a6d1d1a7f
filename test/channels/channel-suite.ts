import { inspect } from 'node:util';
import type { Channel, Outgoing, Outside } from '../../src/notifications/domain/delivery/channel.js';
import { isAddressGone } from '../../src/kernel/mail-refusal.js';
import { CarnotError, type RetryPolicy } from '../../src/kernel/errors.js';

/** Sets up the other side's next step; returns message overrides if the outcome depends on the address. */
type Arrange = () => Partial<Outgoing> | void;

/** A channel with a real server on the other side. */
export interface Harness {
  channel: Channel;
  outside: Outside;
  outgoing: Outgoing;
  /** The ids of the accepted messages, as seen by the other side. */
  taken(): string[];
  accept: Arrange;
  /** Accepts the message but cuts the connection before confirming it. */
  drop: Arrange;
  /** Never answers. */
  hang: Arrange;
  /** The ways to reach each outcome of the channel, by name. */
  outcomes: Record<RetryPolicy | 'gone', Record<string, Arrange>>;
  /** What no error may contain: secret parts of the address, and signing keys. */
  hidden: string[];
  close(): Promise<void>;
}

/** Everything that an error could write to a log. */
const shown = (error: unknown): string => {
  const { message, stack, details, cause } = error as CarnotError;
  return inspect([message, stack, details, cause], { depth: 10 });
};

/** Tests what all channels have in common. `outcomes`: the names of the ways that the harness arranges. */
export function channelSuite(
  start: () => Promise<Harness>,
  outcomes: Record<RetryPolicy | 'gone', string[]>,
): void {
  let h: Harness;
  beforeEach(async () => {
    h = await start();
  });
  afterEach(() => h.close());

  const send = (arrange: Arrange): Promise<{ where: string }> => {
    const over = arrange() ?? {};
    return h.channel.send({ ...h.outgoing, ...over }, h.outside);
  };
  const failure = async (arrange: Arrange): Promise<CarnotError> => {
    const error: unknown = await send(arrange).then(
      ({ where }) => new Error(`was sent: ${where}`),
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(CarnotError);
    for (const secret of h.hidden) expect(shown(error)).not.toContain(secret);
    return error as CarnotError;
  };

  it('hands a message over, and says where it went and what was answered', async () => {
    const { where } = await send(h.accept);
    expect(h.taken()).toEqual([h.outgoing.id]);
    expect(where).toMatch(/\b2\d\d\b/);
    for (const secret of h.hidden) expect(where).not.toContain(secret);
  });

  it('gives a message the same id however often it is sent', async () => {
    for (let n = 0; n < 3; n += 1) await send(h.accept);
    expect(h.taken()).toEqual([h.outgoing.id, h.outgoing.id, h.outgoing.id]);
  });

  it('tries later what was taken without a word of it, as the same message', async () => {
    const error = await failure(h.drop);
    expect(error.retryPolicy).toBe('later');
    await send(h.accept);
    expect(new Set(h.taken())).toEqual(new Set([h.outgoing.id]));
  });

  it('does not wait for ever', async () => {
    expect(await failure(h.hang)).toMatchObject({ retryPolicy: 'later' });
  });

  for (const [outcome, names] of Object.entries(outcomes) as [RetryPolicy | 'gone', string[]][]) {
    if (names.length === 0) continue;
    it.each(names)(`${outcome}: %s`, async (name) => {
      expect(Object.keys(h.outcomes[outcome]).sort()).toEqual([...names].sort());
      const error = await failure(h.outcomes[outcome][name]!);
      expect(error.retryPolicy).toBe(outcome === 'gone' ? 'never' : outcome);
      expect(isAddressGone(error)).toBe(outcome === 'gone');
      expect(error.message.length).toBeGreaterThan(10);
    });
  }

  it('keeps an address in one form, takes that form again, and refuses what is none', () => {
    const { address } = h.channel;
    const kept = address.parse(`  ${h.outgoing.to.address} `);
    expect(kept).toBe(h.outgoing.to.address);
    expect(address.parse(kept)).toBe(kept);
    for (const bad of ['', 'x', 'javascript:alert(1)', `${kept}\r\nX: 1`, `a ${kept}`, 'x'.repeat(5_000)])
      expect(address.safeParse(bad).success).toBe(false);
  });

  it('tries over days, and then no more', () => {
    const hours = h.channel.waits.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(48);
    expect(hours).toBeLessThan(120);
  });
}
