import { Bounces } from '../../../src/notifications/bounces.js';
import type { NotificationEntity } from '../../../src/notifications/store/notification.entity.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { readReport } from '../../../src/platform/mail/read-report.js';
import { realClock } from '../../support/notifications/delivering.js';
import { Outbox } from '../../support/notifications/outbox.js';
import { report } from '../../support/notifications/reports.js';
import { secretBox } from '../../support/secrets.js';

let box: Outbox;
beforeAll(async () => {
  box = await Outbox.start({ smtpUrl: 'smtp://127.0.0.1:1' });
});
afterAll(() => box?.stop());

const sent = async (): Promise<NotificationEntity> =>
  box.message(await box.recipient(), {
    state: 'sent',
    attempts: 1,
    sentAt: new Date(),
    sentWhere: '250 taken',
  });
const take = async (raw: Buffer) =>
  new Bounces(
    box.sender.deliveries,
    new TransactionalMailRepository(box.sender.database, secretBox),
    realClock,
  ).take((await readReport(raw))!);

describe('a mail that came back', () => {
  it.each([
    [
      'postfix-unknown',
      'gone',
      /^5\.1\.1 550 5\.1\.1 <…>: Recipient address rejected: User unknown in virtual mailbox table$/,
    ],
    [
      'exchange-unknown',
      'gone',
      /^5\.1\.10 550 5\.1\.10 RESOLVER\.ADR\.RecipientNotFound; Recipient … not found by SMTP address lookup$/,
    ],
    ['exchange-headless', 'gone', /RecipientNotFound/],
    ['exchange-banned', 'lost', /banned sending IP/],
    ['postfix-expired', 'lost', /Connection timed out$/],
    [
      'postfix-delayed',
      'delayed',
      /^4\.4\.1 connect to mx\.example\.fr\[192\.0\.2\.25\]:25: Connection timed out$/,
    ],
  ])('%s means %s', async (name, consequence, words) => {
    const mail = await sent();
    expect(await take(report(name, mail))).toEqual([
      { messageId: mail.messageId, consequence, words: expect.stringMatching(words) },
    ]);
    const row = await box.read(mail.id);
    expect(row).toMatchObject(
      consequence === 'delayed'
        ? { state: 'sent', error: null }
        : { state: 'failed', error: expect.stringMatching(words) },
    );
    expect(row.tries).toEqual([{ at: expect.any(String), ok: false, answer: expect.stringMatching(words) }]);
    const { stoppedAt, stoppedWhy } = await box.reader(mail.recipientId);
    expect([stoppedAt !== null, stoppedWhy]).toEqual(
      consequence === 'gone' ? [true, row.error] : [false, null],
    );
  });

  it('is noted without the link that it repeats', async () => {
    const mail = await sent();
    const { token } = await box.reader(mail.recipientId);
    const repeating = report('postfix-unknown', mail)
      .toString('utf8')
      .replace(
        'virtual mailbox table\r\n\r\n--5D1A4A0C3F.1795586404/mail.carnot.test\r\nContent-Description: Undelivered',
        `virtual mailbox table https://carnot.test/unsubscribe/${token}\r\n\r\n--5D1A4A0C3F.1795586404/mail.carnot.test\r\nContent-Description: Undelivered`,
      );
    const [bounce] = await take(Buffer.from(repeating));
    expect(bounce!.words).toMatch(/table https:\/\/carnot\.test\/unsubscribe\/…$/);
    const { error, tries } = await box.read(mail.id);
    expect(
      JSON.stringify([bounce, error, tries, (await box.reader(mail.recipientId)).stoppedWhy]),
    ).not.toContain(token);
  });

  it('is noted once, however often it comes', async () => {
    const mail = await sent();
    for (let n = 0; n < 3; n += 1) await take(report('postfix-delayed', mail));
    expect((await box.read(mail.id)).tries).toHaveLength(1);
  });

  it('that is of another recipient, or of no mail of ours, changes nothing', async () => {
    const [mail, other] = [await sent(), await sent()];
    expect(
      await take(report('postfix-unknown', { messageId: mail.messageId, address: other.address })),
    ).toEqual([]);
    expect(
      await take(report('postfix-unknown', { messageId: 'made-up@carnot.test', address: mail.address })),
    ).toEqual([]);
    for (const { id, recipientId } of [mail, other]) {
      expect(await box.read(id)).toMatchObject({ state: 'sent', tries: [] });
      expect((await box.reader(recipientId)).stoppedAt).toBeNull();
    }
  });

  it('is noted of an operator whose address is written with capitals', async () => {
    const mails = new TransactionalMailRepository(box.sender.database, secretBox);
    const mail = newTransactionalMail(
      { PUBLIC_URL: 'https://carnot.test' },
      {
        kind: 'alarm',
        profileId: null,
        toName: null,
        toAddress: 'Olga.Operator@Carnot.test',
        subject: 'carnot-europe: a disk is full',
        text: 'It is full.',
        html: '<p>It is full.</p>',
        createdAt: new Date(),
      },
    );
    await mails.write(mail);
    await mails.sent(mail, '250 taken', new Date());
    expect(
      await take(report('postfix-unknown', { messageId: mail.messageId, address: mail.toAddress })),
    ).toMatchObject([{ messageId: mail.messageId, consequence: 'lost' }]);
    expect((await mails.states([mail.id])).get(mail.id)).toMatchObject({ state: 'failed' });
  });

  it('is told from other mail', async () => {
    expect(await readReport(report('out-of-office', await sent()))).toBeNull();
    for (const raw of ['', 'x', 'Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n'])
      expect(await readReport(Buffer.from(raw))).toBeNull();
    expect(
      await readReport(Buffer.from('Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: x')),
    ).toMatchObject({ messageIds: [] });
  });
});
