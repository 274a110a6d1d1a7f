import {
  digestDate,
  digesting,
  harvested,
  outbox,
  welcomed,
  type Told,
} from '../../support/institutes/contacts.js';
import { HeldSending } from '../../../src/outbox/store/sending.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { worked } from '../../support/until.js';

const BEST = '90000024TOPICSen';
const SPAM = { code: 554, text: '5.7.1 Spam message rejected' };

let sink: SmtpSink;
let h: Harvesting;
beforeAll(async () => {
  sink = await startSmtpSink();
  h = await Harvesting.start({
    copies: 1,
    adjust: digesting({ first: 1 }, { urgent: false, deadlineDays: [30] }),
    variables: { SMTP_URL: sink.url, MAIL_FROM: 'calls@carnot.test' },
  });
  h.portal.deadline(BEST, '2026-12-01T17:00:00.000+0100');
  await welcomed(h);
});
afterAll(async () => {
  await h?.stop();
  await sink?.close();
});

const published = async (name: string): Promise<void> => {
  h.portal.deadline(h.portal.addLike(BEST, name), '2026-06-13T17:00:00.000+0200');
  await harvested(h);
};
const newest = async (): Promise<Told> => (await outbox(h)).at(-1)!;
const names = ({ calls }: Told): string[] => calls.map(({ title }) => title.split(', ').at(-1)!).sort();
const items = (message: Told) =>
  h.query(
    `SELECT split_part(key, '/', 1) AS kind, state FROM notification_item WHERE notification_id = $1 ORDER BY 1`,
    [message.id],
  );
/** Makes the next try the last one, and makes it. */
const lastTry = async (): Promise<void> => {
  await h.query(`UPDATE notification SET attempts = 39, next_try_at = NULL WHERE state = 'pending'`);
  await h.tick();
  await worked();
};
const again = (): Promise<number> => h.test.app.get(HeldSending).sendGivenUp();
const delivered = async (): Promise<number> => {
  await h.tick();
  await worked();
  return sink.mails.length;
};

describe('a digest that a content filter refuses', () => {
  it('is tried again, as one that is refused before it was read', async () => {
    await published('spam-1');
    sink.misbehave(SPAM);
    await digestDate(h, '2026-05-11T05:00:00Z');
    await worked();
    expect(await newest()).toMatchObject({
      kind: 'digest',
      state: 'pending',
      attempts: 1,
      nextTryAt: expect.any(String),
      error: expect.stringContaining('Spam message rejected'),
    });
  });

  it('has told nobody of its calls once it is given up: they wait for the next digest', async () => {
    expect(await items(await newest())).toEqual([
      { kind: 'call', state: 'written' },
      { kind: 'deadline', state: 'written' },
    ]);
    await lastTry();
    expect(await newest()).toMatchObject({ state: 'failed', attempts: 40 });
    expect(await items(await newest())).toEqual([
      { kind: 'call', state: 'waiting' },
      { kind: 'deadline', state: 'dropped' },
    ]);
  });

  it('is sent when the operator says so, and the next digest does not repeat it', async () => {
    sink.misbehave(null);
    expect(await again()).toBe(1);
    const before = sink.mails.length;
    expect(await delivered()).toBe(before + 1);
    expect(sink.mails.at(-1)!.text).toContain('spam-1');
    expect(await items(await newest())).toEqual([
      { kind: 'call', state: 'written' },
      { kind: 'deadline', state: 'written' },
    ]);
    expect(await again()).toBe(0);
    await digestDate(h, '2026-05-18T05:00:00Z');
    expect(await delivered()).toBe(before + 1);
  });

  it('comes with the next digest where the operator says nothing, and is then not sent beside it', async () => {
    await published('spam-2');
    sink.misbehave(SPAM);
    await digestDate(h, '2026-05-25T05:00:00Z');
    await lastTry();
    const lost = await newest();
    expect([lost.state, names(lost)]).toEqual(['failed', ['spam-2']]);
    sink.misbehave(null);
    await published('spam-3');
    const before = sink.mails.length;
    await digestDate(h, '2026-06-01T05:00:00Z');
    expect(await delivered()).toBe(before + 1);
    expect(names(await newest())).toEqual(['spam-2', 'spam-3']);
    expect(sink.mails.at(-1)!.text).toMatch(/spam-2[^]*spam-3|spam-3[^]*spam-2/);
    expect(await again()).toBe(0);
    await digestDate(h, '2026-06-08T05:00:00Z');
    expect(await delivered()).toBe(before + 1);
  });
});
