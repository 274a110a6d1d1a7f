import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { OPERATOR, Monitoring } from '../../support/queue/watching.js';

let sink: SmtpSink;
let w: Monitoring;
beforeAll(async () => {
  sink = await startSmtpSink();
  w = await Monitoring.start({ SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR });
});
afterAll(async () => {
  await w?.stop();
  await sink?.close();
});
beforeEach(async () => {
  sink.mails.length = 0;
  await w.forget();
});

/** Time passes, in which every process looks what is to be mailed. */
const pass = async (minutes: number): Promise<void> => {
  w.clock.move({ minutes });
  await Promise.all([w.deliver(), w.deliver()]);
};
const headlines = (): string[] => sink.mails.map((m) => m.text!.split('.\n')[0]!.replaceAll('\n', ' '));

describe('a source that goes up and down', () => {
  it('is one thread of mails: when it begins, a reminder a day, and when it is over for good', async () => {
    await w.seen('healthy');
    await w.seen('broken', 'the first reason');
    await pass(0);
    expect(sink.mails).toHaveLength(1);
    for (let n = 0; n < 5; n += 1) {
      await w.seen('healthy');
      await pass(50);
      await w.seen(n % 2 ? 'broken' : 'unreachable', `reason ${n}`);
      await pass(50);
    }
    expect(sink.mails).toHaveLength(1);
    await pass(16 * 60);
    await pass(10);
    expect(sink.mails).toHaveLength(2);
    await pass(24 * 60);
    expect(sink.mails).toHaveLength(3);
    await w.seen('healthy');
    await pass(59);
    expect(sink.mails).toHaveLength(3);
    await pass(2);
    await pass(24 * 60);
    expect(headlines()).toEqual([
      'EU Funding & Tenders Portal is broken (was healthy)',
      expect.stringMatching(/^EU Funding & Tenders Portal is still unreachable, for 1 day\b/),
      expect.stringMatching(/^EU Funding & Tenders Portal is still unreachable, for 2 days\b/),
      expect.stringMatching(/^EU Funding & Tenders Portal is healthy again after 2 days\b/),
    ]);
    expect(sink.mails[1]!.text!.replace(/\s+/g, ' ')).toContain(
      'Reason: reason 4 Since 6 May 2026, 12:00 (Brussels)',
    );
    expect(sink.mails[3]!.text!.replace(/\s+/g, ' ')).toContain('It seemed to be over 5 times in between.');
    const [first, ...later] = sink.mails;
    for (const mail of later)
      expect(mail).toMatchObject({
        subject: `Re: ${first!.subject}`,
        inReplyTo: first!.messageId,
        references: first!.messageId,
      });
    expect(new Set(sink.mails.map((m) => m.messageId)).size).toBe(4);
    expect((await w.alarms()).map((a) => a.delivery)).toEqual([
      'sent',
      ...Array.from({ length: 5 }, () => ['settling', 'incident'])
        .flat()
        .slice(0, 9),
      'sent',
      'sent',
    ]);
  });

  it('is a new incident, in a thread of its own, once it has been over', async () => {
    for (const state of ['broken', 'healthy']) await w.seen(state);
    await pass(61);
    await w.seen('broken');
    await pass(0);
    // Two processes send: which of two mails arrives first is chance.
    expect(sink.mails.map((m) => [m.subject, m.inReplyTo !== undefined]).sort()).toEqual([
      ['Re: [carnot-europe] EU Funding & Tenders Portal is broken (at the first look)', true],
      ['[carnot-europe] EU Funding & Tenders Portal is broken (at the first look)', false],
      ['[carnot-europe] EU Funding & Tenders Portal is broken (was healthy)', false],
    ]);
  });

  it('is over only after its next reading, if that is later', async () => {
    await w.seen('broken');
    await w.seen('healthy', null, undefined, { calmMs: 7 * 3_600_000 });
    await pass(6 * 60);
    expect(sink.mails).toHaveLength(1);
    await pass(61);
    expect(sink.mails).toHaveLength(2);
  });

  it('is not reminded of once it is acknowledged, through every relapse; its end is mailed', async () => {
    await w.acknowledge((await w.seen('broken'))!.id);
    await pass(0);
    for (const state of ['healthy', 'broken']) await w.seen(state);
    expect(await w.newest()).toMatchObject({ delivery: 'silenced', acknowledgedAt: expect.any(String) });
    await pass(3 * 24 * 60);
    expect(sink.mails).toHaveLength(1);
    await w.acknowledge((await w.newest()).id, 'rearm');
    await pass(1);
    expect(sink.mails).toHaveLength(2);
    await w.seen('healthy');
    await pass(61);
    expect(sink.mails).toHaveLength(3);
    expect(await w.newest()).toMatchObject({ state: 'healthy', delivery: 'sent', acknowledgedAt: null });
  });

  it('is an incident of its own once it hinders something, though what hindered nothing yet was acknowledged', async () => {
    const disk = 'disk/data';
    await w.acknowledge((await w.seen('nearly-full', null, disk))!.id);
    await pass(0);
    await w.seen('full', 'there is no space to write', disk);
    await pass(0);
    expect(await w.newest()).toMatchObject({ state: 'full', delivery: 'sent', acknowledgedAt: null });
    // Up and down within it is no other one.
    for (const state of ['nearly-full', 'full', 'nearly-full']) {
      await w.seen(state, null, disk);
      await pass(0);
    }
    await w.seen('ok', null, disk);
    await pass(61);
    await pass(24 * 60);
    expect(sink.mails.map((m) => m.subject!.replace('[carnot-europe] The disk of DATA_DIR is', ''))).toEqual([
      ' nearly full (at the first look)',
      ' full (was nearly full)',
      'Re:  full (was nearly full)',
    ]);
  });

  it('is reported to an operator by another process, where that which sees its end has none', async () => {
    const alone = await Monitoring.start({ SMTP_URL: sink.url }, { beside: w });
    try {
      await w.seen('broken');
      await pass(0);
      await w.seen('healthy');
      w.clock.move({ minutes: 61 });
      await alone.deliver();
      expect(sink.mails).toHaveLength(1);
      await w.deliver();
      expect(headlines().at(-1)).toMatch(/is healthy again/);
    } finally {
      await alone.stop();
    }
  });

  it('is not reminded of after it was switched off', async () => {
    await w.seen('broken', null, 'source/gone');
    await pass(0);
    await pass(25 * 60);
    expect(sink.mails).toHaveLength(1);
  });
});
