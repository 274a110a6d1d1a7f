import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../support/command.js';
import { emptyDatabase } from '../support/database/database.js';
import { Outbox } from '../support/notifications/outbox.js';
import { report } from '../support/notifications/reports.js';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';

let sink: SmtpSink;
let box: Outbox;
let folder: string;
beforeAll(async () => {
  [sink, folder] = [await startSmtpSink(), await mkdtemp(join(tmpdir(), 'carnot-commands-'))];
  box = await Outbox.start({ smtpUrl: sink.url });
});
afterAll(async () => {
  await box?.stop();
  await sink?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the test-mail command', () => {
  const testMail = (env: Record<string, string>, address = 'anne@example.fr') =>
    ran(['test-mail', address], { MAIL_FROM: 'Carnot Europe <calls@carnot.test>', DATA_DIR: folder, ...env });

  it('sends a mail and says what was answered', async () => {
    expect(await testMail({ SMTP_URL: sink.url })).toEqual({
      status: 0,
      output: expect.stringMatching(/^The e-mail was accepted: 127\.0\.0\.1:\d+ 250 /),
    });
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({
      envelopeTo: ['anne@example.fr'],
      text: expect.stringContaining('This is a test message'),
    });
  });

  it('says what is wrong and how it is mended', async () => {
    sink.refuse({ code: 554, text: '5.7.1 Relay access denied' });
    expect(await testMail({ SMTP_URL: sink.url })).toEqual({
      status: 1,
      output: expect.stringMatching(
        /was not sent \(MailSetup\): .*Relay access denied\nFix: Correct SMTP_URL/,
      ),
    });
    expect(await testMail({ SMTP_URL: 'smtp://127.0.0.1:1' })).toEqual({
      status: 1,
      output: expect.stringMatching(/\(MailDeferred\): .*ECONNREFUSED.*\nFix: Check that host and port/),
    });
    expect(await testMail({ SMTP_URL: sink.url }, 'anne')).toEqual({
      status: 1,
      output: expect.stringContaining('Fix: npm run cli -- test-mail ADDRESS'),
    });
  });

  it('says so where a mail catcher keeps it', async () => {
    sink.refuse(null);
    const { host } = new URL(sink.url);
    expect(await testMail({ SMTP_URL: sink.url, MAIL_CATCHER: host })).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^The mail catcher keeps the e-mail, and nobody gets it: 127\.0\.0\.1:\d+ 250 /,
      ),
    });
  });

  it('writes a file where there is no server', async () => {
    const { status, output } = await testMail({});
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining(join(folder, 'outbox', 'test.')),
    });
    expect(await readdir(join(folder, 'outbox'))).toHaveLength(1);
  });
});

describe('the resume-sending command', () => {
  const resume = (...args: string[]) => ran(['resume-sending', ...args], { DATABASE_URL: box.url });

  it('makes what was given up due again, once', async () => {
    const mail = await box.message(await box.recipient(), {
      state: 'failed',
      attempts: 40,
      error: '554 spam',
      givenUpAt: new Date(),
    });
    expect(await resume('--given-up')).toEqual({
      status: 0,
      output: expect.stringMatching(/^Due again: 1\.$/m),
    });
    expect(await box.read(mail.id)).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await resume('--given-up')).toEqual({
      status: 0,
      output: expect.stringContaining('Nothing that was given up waits'),
    });
  });

  it('refuses what it does not know', async () => {
    expect(await resume('--all')).toEqual({
      status: 1,
      output: expect.stringContaining('resume-sending takes nothing but --skip-waiting or --given-up'),
    });
    expect(await resume('--given-up', '--skip-waiting')).toMatchObject({ status: 1 });
  });

  it.each(['resume-sending', 'resume-sending --given-up', 'audit verify'])(
    'says of a database that is not ours what is wrong: %s',
    async (command) => {
      const other = await emptyDatabase();
      try {
        const { status, output } = await ran(command.split(' '), { DATABASE_URL: other.url });
        expect([status, output]).toEqual([1, expect.stringMatching(/none of our tables.*DATABASE_URL/)]);
        expect(output).not.toMatch(/^ +at /m);
      } finally {
        await other.drop();
      }
    },
  );
});

describe('the bounce command', () => {
  const sent = async () =>
    box.message(await box.recipient(), {
      state: 'sent',
      attempts: 1,
      sentAt: new Date(),
      sentWhere: '250 taken',
    });
  const bounce = (raw: Buffer | string, env: Record<string, string> = {}) =>
    ran(['bounce'], { DATABASE_URL: box.url, ...env }, raw.toString());

  it('takes a mail from a pipe and stops the address', async () => {
    const mail = await sent();
    expect(await bounce(report('postfix-unknown', mail))).toEqual({
      status: 0,
      output: expect.stringMatching(/nothing further is sent to its address \(5\.1\.1 /),
    });
    expect((await box.reader(mail.recipientId)).stoppedWhy).toContain('User unknown');
  });

  it('takes it from a file too', async () => {
    const mail = await sent();
    await writeFile(join(folder, 'back.eml'), report('exchange-unknown', mail));
    expect(await ran(['bounce', join(folder, 'back.eml')], { DATABASE_URL: box.url })).toEqual({
      status: 0,
      output: expect.stringContaining('nothing further is sent'),
    });
    expect(await box.read(mail.id)).toMatchObject({ state: 'failed' });
    const gone = join(folder, 'gone.eml');
    const { status, output } = await ran(['bounce', gone], { DATABASE_URL: box.url });
    expect([status, output]).toEqual([
      75,
      expect.stringContaining(`no such file or directory, open '${gone}'\n`),
    ]);
    expect(output).not.toContain('    at ');
  });

  it('lets any other mail be, and keeps a mail with its server where it cannot be noted', async () => {
    const mail = await sent();
    expect(await bounce(report('out-of-office', mail))).toEqual({
      status: 0,
      output: expect.stringContaining('not a delivery report'),
    });
    expect(await bounce(report('postfix-unknown', { ...mail, messageId: 'x@y' }))).toEqual({
      status: 0,
      output: expect.stringContaining('not about one of our e-mails'),
    });
    expect(
      await bounce(report('postfix-unknown', mail), { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' }),
    ).toEqual({
      status: 75,
      output: expect.stringContaining('The report was not processed: The database cannot be used'),
    });
    expect((await box.reader(mail.recipientId)).stoppedAt).toBeNull();
  });
});
