import { consequenceOf, outcomesIn } from '../../../src/kernel/delivery-report.js';
import { redacted, withoutLinks } from '../../../src/kernel/one-line.js';
import { blameOf } from '../../../src/kernel/mail-refusal.js';

describe('whom a refusal for good blames', () => {
  it.each([
    ['5.1.1', 'no such user', 'address'],
    ['5.1.10', 'RecipientNotFound', 'address'],
    ['5.2.1', 'disabled', 'address'],
    ['5.4.1', 'Recipient address rejected: Access denied', 'address'],
    ['5.4.310', 'DNS domain does not exist', 'address'],
    ['5.0.0', 'unknown user', 'address'],
    [null, 'mailbox unavailable', 'address'],
    ['5.7.1', 'Relay access denied', 'us'],
    ['5.7.606', 'banned sending IP', 'us'],
    ['5.1.8', 'Bad sender', 'us'],
    ['5.1.1', 'sender is blocklisted', 'us'],
    ['5.2.0', 'spam detected', 'us'],
    ['5.0.0', 'listed by Spamhaus', 'us'],
    [null, 'blocked', 'us'],
    ['5.2.3', 'too long', 'message'],
    ['5.3.4', 'too big', 'message'],
    ['5.6.0', 'not MIME', 'message'],
    [null, 'Message size exceeds maximum permitted', 'message'],
    ['5.2.0', 'STOREDRV.Deliver.Exception', 'nobody'],
    ['5.2.2', 'mailbox full', 'nobody'],
    ['5.1.1', 'Boite du destinataire pleine. Recipient overquota. OFR_417 [417]', 'nobody'],
    ['5.2.1', 'account is over quota', 'nobody'],
    ['5.0.0', 'exceeded storage allocation', 'nobody'],
    [null, 'Mailbox is full', 'nobody'],
    [
      null,
      'Domain a.fr has exceeded the max emails per hour (100/100) allowed. Message discarded.',
      'nobody',
    ],
    [null, 'Too many emails per second', 'nobody'],
    [null, 'User has exceeded outgoing email quota', 'nobody'],
    [null, 'message size limit exceeded', 'message'],
    [null, 'blocked: quota of connections', 'us'],
    ['5.1.1', '<energy-storage@ifpen.test>: Recipient address rejected: User unknown', 'address'],
    ['5.1.1', '<anne.full@spam-lab.test>: no such user', 'address'],
    [null, 'no such user: "policy@relay.test"', 'address'],
    ['5.2.4', 'mailing list expansion', 'nobody'],
    ['5.3.2', 'not accepting messages', 'nobody'],
    ['5.4.0', 'too many hops', 'nobody'],
    ['5.4.6', 'loop', 'nobody'],
    ['5.4.7', 'delivery time expired', 'nobody'],
  ])('%s %s: %s', (status, words, blamed) => {
    expect(blameOf(status, words, 'recipient')).toBe(blamed);
  });

  it.each([
    ['5.1.1', 'no such user', 'address'],
    ['5.1.0', 'address rejected', 'nobody'],
    ['5.0.0', 'unknown user', 'nobody'],
    [null, 'Transaction failed', 'nobody'],
    [null, 'Administrative prohibition', 'us'],
  ])('once the message was read, %s %s: %s', (status, words, blamed) => {
    expect(blameOf(status, words, 'message')).toBe(blamed);
  });
});

describe('a report of a delivery', () => {
  it('is read by its fields, folded or not, each recipient for itself', () => {
    const text =
      'Reporting-MTA: dns; mx\nArrival-Date: now\n\nfinal-recipient: RFC822;\n  <Anne@Example.FR>\nACTION: Failed\nStatus: 5.1.1 (bad address)\n\n\nFinal-Recipient: rfc822; b@x\nOriginal-Recipient: rfc822;a@x\nAction: delivered\n';
    expect(outcomesIn(text)).toEqual([
      { recipients: ['anne@example.fr'], action: 'failed', status: '5.1.1', words: '' },
      { recipients: ['a@x', 'b@x'], action: 'delivered', status: null, words: '' },
    ]);
    expect(outcomesIn(text).map(consequenceOf)).toEqual(['gone', 'arrived']);
  });

  it('without a status, or with nonsense for one, stops nobody', () => {
    const outcome = { recipients: ['a@x'], action: 'failed', words: 'no such user' };
    for (const status of [null, '2.0.0', '4.4.7']) expect(consequenceOf({ ...outcome, status })).toBe('lost');
  });
});

describe('what is kept of a failure', () => {
  it.each([
    ['550 <Anne@Example.fr> unknown', 'anne@example.fr', '550 <…> unknown'],
    [
      'POST /h/secret?sig=a%2B(b) failed, also /h/secret',
      'https://x.org/h/secret?sig=a%2B(b)',
      'POST … failed, also …',
    ],
    ['https://x.org/ said no', 'https://x.org/', '… said no'],
  ])('%s', (text, address, kept) => expect(redacted(text, { to: { address }, secrets: [] })).toBe(kept));

  const SECRET = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
  const SETTINGS = `7f0c5a54-93a2-4a3c-9a55-4f1d6f2f0b1e.t1x2y3.${SECRET}`;
  it.each([
    [
      `554 spam: https://carnot.test/sign-in/${SECRET} is listed`,
      '554 spam: https://carnot.test/sign-in/… is listed',
    ],
    [
      `554 <a href="https://carnot.test/notification-preferences/${SETTINGS}">`,
      '554 <a href="https://carnot.test/notification-preferences/…">',
    ],
    [`554 /unsubscribe/${SECRET.slice(0, 30)}=\r\n${SECRET.slice(30)}.`, '554 /unsubscribe/…'],
    [`554 /feeds/${SECRET.slice(0, 9)} ${SECRET.slice(9)}/matches.csv`, '554 /feeds/…/matches.csv'],
    [
      `554 /decide/7f0c5a54-93a2-4a3c-9a55-4f1d6f2f0b1e.r0-1.t1x2y3.${SECRET.slice(0, 20)} ${SECRET.slice(20)}`,
      '554 /decide/…',
    ],
    [`554 /contact/${SECRET.slice(0, 20)} ${SECRET.slice(20)}`, '554 /contact/…'],
    [
      `554 u=https%3A%2F%2Fcarnot.test%2Fanswer%2F${SECRET}&x=1`,
      '554 u=https%3A%2F%2Fcarnot.test%2Fanswer%2F…&x=1',
    ],
    [`554 ${SETTINGS}, ${SECRET}`, '554 …, …'],
    [
      '550 5.1.1 see https://support.google.com/mail/answer/188131 - gsmtp a640c23a62f3a-7b2ad0f1f0d',
      '550 5.1.1 see https://support.google.com/mail/answer/188131 - gsmtp a640c23a62f3a-7b2ad0f1f0d',
    ],
    [
      '250 queued as 7f0c5a54-93a2-4a3c-9a55-4f1d6f2f0b1e.1',
      '250 queued as 7f0c5a54-93a2-4a3c-9a55-4f1d6f2f0b1e.1',
    ],
  ])('holds no link of ours that lets in: %s', (text, kept) =>
    expect(redacted(text, { to: { address: 'anne@example.fr' }, secrets: [] })).toBe(kept),
  );

  it('holds nothing of the links of the message that was sent, in pieces of whatever size', () => {
    const said = [...Array(9).keys()]
      .map(
        (i) =>
          `554-…/sign-\r\n554-in/${SECRET.slice(0, 8 + i)}\r\n554 ${SECRET.slice(8 + i).toUpperCase()} is spam`,
      )
      .join('; ');
    const kept = withoutLinks(said, [`Open https://carnot.test/sign-in/${SECRET} now`]);
    for (let i = 0; i + 8 <= SECRET.length; i += 1)
      expect(kept.toLowerCase()).not.toContain(SECRET.slice(i, i + 8).toLowerCase());
    expect(kept).toContain('is spam');
  });

  it('holds no secret that it is signed with', () => {
    expect(redacted('key whsec_abc= or abc=', { to: { address: 'x' }, secrets: ['whsec_abc='] })).not.toMatch(
      /abc/,
    );
  });
});
