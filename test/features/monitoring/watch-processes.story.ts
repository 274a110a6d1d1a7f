import { startMonitoring } from '../../../src/app/process.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { until } from '../../support/until.js';
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
afterEach(() => jest.restoreAllMocks());

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the API alone, with no worker anywhere', () => {
  it('notices it and mails it by itself', async () => {
    const api = await Monitoring.start(
      { SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR },
      { beside: w, monitoring: { everySeconds: 1 } },
    );
    try {
      await w.waiting('harvest', 30);
      startMonitoring(api.test.app, { ...api.test.wiring, works: false });
      await until('both mails', async () => sink.mails.length >= 2);
      await rest(1_500);
      expect(sink.mails.map((m) => m.subject).sort()).toEqual([
        '[carnot-europe] Queue harvest is late (at the first look)',
        '[carnot-europe] The background work is stopped (at the first look)',
      ]);
    } finally {
      await api.stop();
    }
  });

  it('and a process that works says that it is there', async () => {
    const worker = await Monitoring.start({}, { beside: w, monitoring: { everySeconds: 1 } });
    try {
      startMonitoring(worker.test.app, worker.test.wiring);
      await until('a sign of life', async () => (await w.call('/v1/queues')).body.workers.state === 'ok');
      expect((await w.alarms()).filter((a) => a.subject === 'workers')).toEqual([]);
    } finally {
      await worker.stop();
    }
  });
});

describe('a mail server that hangs', () => {
  it('holds up no sign of life of those who work', async () => {
    const worker = await Monitoring.start(
      { SMTP_URL: sink.url, OPERATOR_EMAIL: OPERATOR },
      { beside: w, monitoring: { everySeconds: 1 } },
    );
    let answers = (): void => undefined;
    try {
      const send = jest.spyOn(worker.mailer, 'send').mockImplementation(
        () =>
          new Promise((resolve) => {
            answers = () => resolve({ where: 'late' });
          }),
      );
      await worker.seen('broken');
      startMonitoring(worker.test.app, worker.test.wiring);
      await until('the mail to hang', async () => send.mock.calls.length > 0);
      const hangsSince = Date.now();
      await until(
        'a sign of life',
        async () =>
          Date.parse((await w.call('/v1/queues')).body.workers.lastSeenAt ?? 0) > hangsSince + 1_000,
      );
    } finally {
      answers();
      await worker.stop();
    }
  });
});
