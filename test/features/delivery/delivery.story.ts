import { Logger } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import {
  readSettingsToken,
  SETTINGS_LINK_DAYS,
  settingsTokenState,
} from '../../../src/notifications/domain/content/mail-link.js';
import { signingSecret } from '../../../src/notifications/domain/delivery/test-message.js';
import { loadChannels } from '../../../src/notifications/channel-registry.js';
import { HeldSending } from '../../../src/outbox/store/sending.js';
import { SettingRepository } from '../../../src/platform/database/setting.repository.js';
import type { RecipientEntity } from '../../../src/notifications/store/notification.entity.js';
import {
  FollowRepository,
  MessagesOfLeaver,
  RecipientRepository,
} from '../../../src/notifications/store/recipient.repository.js';
import type { Outbox } from '../../support/notifications/outbox.js';
import { Sides } from '../../support/notifications/sides.js';
import type { SmtpSink } from '../../support/notifications/smtp-sink.js';
import type { WebhookReceiver } from '../../support/notifications/webhook-receiver.js';
import { secretBox } from '../../support/secrets.js';

const SECOND = 1_000;
const ADA = { name: 'Ada', personId: null };
let sides: Sides;
let sink: SmtpSink;
let receiver: WebhookReceiver;
let box: Outbox;
const logged: string[] = [];
beforeAll(async () => {
  Logger.overrideLogger({
    log: (m: string) => logged.push(m),
    warn: (m: string) => logged.push(m),
    error: (m: string) => logged.push(m),
  });
  sides = await Sides.start();
  ({ sink, receiver, box } = sides);
});
afterAll(() => sides?.stop());
beforeEach(async () => {
  logged.length = 0;
  await sides.begin();
});

const hook = () => sides.hook();
const msUntil = (at: Date | null): number => at!.getTime() - Date.now();

describe('a message that leaves', () => {
  it('is what stands in the outbox, and its row says where it went', async () => {
    const anne = await box.recipient({ name: 'Anne' });
    const mail = await box.message(anne, { threads: ['call.1@carnot.test'] });
    await box.sender.deliver();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({
      messageId: `<${mail.messageId}>`,
      subject: mail.subject,
      html: mail.html,
      envelopeTo: [anne.address],
      inReplyTo: '<call.1@carnot.test>',
    });
    const row = await box.read(mail.id);
    expect(row).toMatchObject({
      state: 'sent',
      attempts: 1,
      error: null,
      nextTryAt: null,
      sentWhere: expect.stringContaining('250'),
    });
    expect(row.tries).toEqual([{ at: row.sentAt!.toISOString(), ok: true, answer: row.sentWhere }]);
    await box.sender.deliver();
    expect(sink.mails).toHaveLength(1);
  });

  it('holds a link to what its reader chooses that is written as it leaves, a copy of it too, and stands in no row', async () => {
    const [anne, id] = [await box.recipient(), randomUUID()];
    const link = `https://carnot.test/notification-preferences/settings-${id}`;
    const unsubscribeUrl = `https://carnot.test/unsubscribe/link-${id}`;
    const old = new Date(Date.now() - 2 * SETTINGS_LINK_DAYS * 86_400 * SECOND);
    const mail = await box.message(anne, {
      id,
      createdAt: old,
      text: `Choose: ${link}`,
      html: `<a href="${link}">Choose</a>`,
      unsubscribeUrl,
    });
    await box.sender.deliver();
    await box.sender.deliveries.resend(mail.id, ADA, new Date());
    await box.sender.deliver();
    expect(sink.mails).toHaveLength(2);
    for (const { html } of sink.mails) {
      const token = readSettingsToken(/notification-preferences\/([^"]+)"/.exec(html as string)![1]!)!;
      const day = (n: number) => new Date(Date.now() + n * 86_400 * SECOND);
      expect([
        token.id,
        settingsTokenState(token, anne, day(SETTINGS_LINK_DAYS - 1)),
        settingsTokenState(token, anne, day(SETTINGS_LINK_DAYS + 1)),
      ]).toEqual([anne.id, 'good', 'expired']);
    }
    expect(
      await box.query('SELECT DISTINCT text, html FROM notification WHERE recipient_id = $1', [anne.id]),
    ).toEqual([{ text: mail.text, html: mail.html }]);
  });

  it('by a webhook is signed with the secrets that its recipient has now', async () => {
    const to = await hook();
    const fresh = signingSecret(randomBytes(32));
    const message = await box.message(to);
    await box.query('UPDATE recipient SET secrets = $2 WHERE id = $1', [to.id, [fresh, ...to.secrets]]);
    await box.sender.deliver();
    const [{ body, headers }] = receiver.taken as [(typeof receiver.taken)[0]];
    expect(body).toBe(message.payload);
    for (const secret of [fresh, ...to.secrets])
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(
        JSON.parse(message.payload!),
      );
    expect(await box.read(message.id)).toMatchObject({
      state: 'sent',
      sentWhere: expect.stringMatching(/^127\.0\.0\.1:\d+: status 204$/),
    });
  });

  it.each([
    ['who stopped', { stoppedAt: new Date(), stoppedWhy: 'unsubscribed' }, 'stopped'],
    ['who has paused', { pausedUntil: new Date(Date.now() + 3 * 86_400_000) }, 'has paused'],
  ])('is not sent to somebody %s', async (_who, over, why) => {
    const mail = await box.message(await box.recipient(over));
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining(why),
      nextTryAt: null,
    });
    expect(sink.mails).toEqual([]);
  });

  it('is not sent to somebody who left, or follows nothing any more', async () => {
    const [gone, idle] = [await box.recipient(), await box.recipient()];
    const mails = [await box.message(gone), await box.message(idle)];
    await box.query('DELETE FROM recipient WHERE id = $1', [gone.id]);
    await box.query('UPDATE follow SET left_at = now() WHERE recipient_id = $1', [idle.id]);
    await box.sender.deliver();
    expect(await Promise.all(mails.map(async (m) => (await box.read(m.id)).error))).toEqual([
      'the recipient is not there any more',
      'the recipient follows nothing any more',
    ]);
    expect(sink.mails).toEqual([]);
  });

  it('of a channel goes to the address that holds by now', async () => {
    const hook = await box.recipient({
      channel: 'webhook',
      owner: 'profile/list',
      address: `${receiver.origin}/old`,
    });
    const message = await box.message(hook);
    await new RecipientRepository(box.sender.database, secretBox).change(hook.id, {
      address: `${receiver.origin}/new`,
    });
    const before = receiver.asked.length;
    await box.sender.deliver();
    expect(await box.read(message.id)).toMatchObject({ state: 'sent' });
    expect(receiver.asked.slice(before).map((r) => r.path)).toEqual(['/new']);
  });
});

describe('a message that is given up', () => {
  /** A message of a source and a deadline that is given up at its next try. */
  const lastTried = async (to: RecipientEntity) => {
    const message = await box.message(to, { attempts: 39 });
    await box.query(
      `INSERT INTO notification_item (recipient_id, key, kind, place, urgency, made_at, state, notification_id)
       VALUES ($1, 'source/a', 'source', 'now', NULL, now(), 'written', $2), ($1, 'deadline/a', 'deadline', 'digest', NULL, now(), 'written', $2)`,
      [to.id, message.id],
    );
    return message;
  };
  const items = async (to: RecipientEntity): Promise<string[]> =>
    (
      await box.query(
        `SELECT concat_ws(' ', kind, state, place) AS said FROM notification_item WHERE recipient_id = $1 ORDER BY 1`,
        [to.id],
      )
    ).map(({ said }) => said);
  const SETTLED = ['deadline written digest', 'source written digest'];
  const WAITING = ['deadline dropped digest', 'source waiting digest'];
  const givenUp = async () => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    sink.misbehave({ code: 554, text: 'Transaction failed' });
    await box.sender.deliver();
    sink.misbehave(null);
    return { anne, message };
  };
  const again = () => {
    const { database } = box.sender;
    return new HeldSending(database, new SettingRepository(database)).sendGivenUp();
  };

  it('gives its items to the next digest', async () => {
    const { anne, message } = await givenUp();
    expect(await box.read(message.id)).toMatchObject({
      state: 'failed',
      attempts: 40,
      givenUpAt: expect.any(Date),
    });
    expect(await items(anne)).toEqual(WAITING);
  });

  it('is due again when the operator says so, with all its tries, and settles its items', async () => {
    const { anne, message } = await givenUp();
    expect(await again()).toBe(1);
    expect(await items(anne)).toEqual(SETTLED);
    expect(await box.read(message.id)).toMatchObject({ state: 'pending', attempts: 0, givenUpAt: null });
    await box.sender.deliver();
    expect(sink.mails.map((m) => m.messageId)).toEqual([`<${message.messageId}>`]);
    expect(await again()).toBe(0);
  });

  it.each([
    [
      'to somebody who stopped',
      `UPDATE recipient SET stopped_at = now(), stopped_why = 'unsubscribed' WHERE id = $1`,
    ],
    ['to somebody who is gone', 'DELETE FROM recipient WHERE id = $1'],
    [
      'a month ago',
      `UPDATE notification SET given_up_at = now() - interval '31 days' WHERE recipient_id = $1`,
    ],
    [
      'whose items are all out of date',
      `UPDATE notification_item SET state = 'dropped' WHERE recipient_id = $1`,
    ],
  ])('%s is not sent again', async (_when, sql) => {
    const { anne } = await givenUp();
    await box.query(sql, [anne.id]);
    expect(await again()).toBe(0);
  });

  it('is sent once where an officer sends a copy, which gives the items back if it is given up too', async () => {
    const { anne, message } = await givenUp();
    const copy = (await box.sender.deliveries.resend(message.id, ADA, new Date()))!;
    expect([await items(anne), await again()]).toEqual([SETTLED, 0]);
    await box.query('UPDATE notification SET attempts = 39 WHERE id = $1', [copy.id]);
    sink.misbehave({ code: 554, text: 'Transaction failed' });
    await box.sender.deliver();
    expect(await items(anne)).toEqual(WAITING);
    sink.misbehave(null);
    expect([await again(), await items(anne)]).toEqual([1, SETTLED]);
    await box.sender.deliver();
    expect(sink.mails.map((m) => m.messageId)).toEqual([`<${copy.messageId}>`]);
  });

  it('though a copy of it arrived keeps its items', async () => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    await box.sender.deliver();
    const copy = (await box.sender.deliveries.resend(message.id, ADA, new Date()))!;
    await box.query('UPDATE notification SET attempts = 39 WHERE id = $1', [copy.id]);
    sink.misbehave({ code: 554, text: 'Transaction failed' });
    await box.sender.deliver();
    expect((await box.read(copy.id)).state).toBe('failed');
    expect(await items(anne)).toEqual(['deadline written digest', 'source written now']);
  });

  it('and is accepted after all, by a sender that was slow, has told its items', async () => {
    const { anne, message } = await givenUp();
    await box.sender.deliveries.accepted(message, '250 taken', new Date());
    expect(await items(anne)).toEqual(SETTLED);
    expect(await box.read(message.id)).toMatchObject({ state: 'sent', givenUpAt: null });
    expect(await again()).toBe(0);
  });

  it('at an address that does not exist keeps its items for whoever starts it again', async () => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    sink.refuse({ code: 550, text: '5.1.1 no such mailbox' });
    await box.sender.deliver();
    sink.refuse(null);
    expect([await items(anne), await again()]).toEqual([WAITING, 0]);
    await new RecipientRepository(box.sender.database, secretBox).resume(anne.id);
    expect(await again()).toBe(1);
    await box.sender.deliver();
    expect(await box.read(message.id)).toMatchObject({ state: 'sent' });
  });

  it('because it came back later gives its items to the next digest too', async () => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    await box.sender.deliver();
    await box.sender.deliveries.bounced(
      await box.read(message.id),
      '5.7.1 spam',
      { final: true, gone: false },
      new Date(),
    );
    expect(await items(anne)).toEqual(WAITING);
    expect(await again()).toBe(1);
  });

  it('because its reader has paused since the last try is told anew by the digest after the pause', async () => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    await box.query('UPDATE notification SET attempts = 0 WHERE id = $1', [message.id]);
    sink.refuse({ code: 451, text: 'greylisted' });
    await box.sender.deliver();
    sink.refuse(null);
    await new RecipientRepository(box.sender.database, secretBox).change(anne.id, {
      pausedUntil: new Date(Date.now() + 3 * 86_400_000),
    });
    await box.hasten(message.id);
    await box.sender.deliver();
    expect([(await box.read(message.id)).state, await items(anne), await again()]).toEqual([
      'failed',
      WAITING,
      0,
    ]);
    expect(sink.mails).toEqual([]);
  });

  it.each<[string, (anne: RecipientEntity) => Promise<unknown>]>([
    [
      'an institute names its reader no longer',
      () => new FollowRepository(box.sender.database).dropFormerContacts('3bcar', []),
    ],
    [
      'its reader has left the institute',
      async ({ id, address }) => {
        await box.query(
          `UPDATE follow SET origin = 'institute' WHERE recipient_id = $1 AND target = '3bcar'`,
          [id],
        );
        await box.query(
          `INSERT INTO person (id, email, name, name_since, language, role, profile_id, created_at) VALUES ($1, $2, 'Anne', now(), 'fr', 'officer', '3bcar', now())`,
          [id, address],
        );
        const { database } = box.sender;
        const leaver = new MessagesOfLeaver(secretBox, new RecipientRepository(database, secretBox));
        await database.transaction((tx) => leaver.leave(tx, id, new Date()));
      },
    ],
  ])('because %s is told anew as far as they follow another', async (_why, ends) => {
    const anne = await box.recipient();
    const message = await lastTried(anne);
    await box.query(
      `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) VALUES ($1, 'profile', 'list', 'contact', now(), 0)`,
      [anne.id],
    );
    await ends(anne);
    await box.sender.deliver();
    expect([(await box.read(message.id)).state, await items(anne), await again()]).toEqual([
      'failed',
      WAITING,
      0,
    ]);
    expect(sink.mails).toEqual([]);
  });

  it('for somebody who left gives its items to nobody', async () => {
    const anne = await box.recipient();
    await lastTried(anne);
    await box.query('UPDATE follow SET left_at = now() WHERE recipient_id = $1', [anne.id]);
    await box.sender.deliver();
    expect(await items(anne)).toEqual(['deadline written digest', 'source written now']);
  });
});

describe('a message that is refused', () => {
  it('for now is tried again with growing waits, scattered, and the last twenty tries are kept', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    const mail = await box.message(await box.recipient());
    const waits: number[] = [];
    for (let n = 0; n < 22; n += 1) {
      await box.hasten(mail.id);
      await box.sender.deliver();
      waits.push(msUntil((await box.read(mail.id)).nextTryAt));
    }
    [60, 120, 240].forEach((seconds, i) =>
      expect(Math.abs(waits[i]! - seconds * SECOND)).toBeLessThan(0.2 * seconds * SECOND + 2 * SECOND),
    );
    expect(new Set(waits.slice(-8).map((ms) => Math.round(ms / SECOND))).size).toBeGreaterThan(4);
    const row = await box.read(mail.id);
    expect(row).toMatchObject({
      state: 'pending',
      attempts: 22,
      error: expect.stringContaining('greylisted'),
    });
    expect(row.tries).toHaveLength(20);
    expect(row.tries.every((t) => !t.ok && t.answer.includes('451'))).toBe(true);
    expect(row.tries.map((t) => t.at)).toEqual(row.tries.map((t) => t.at).sort());
  });

  it('is not tried before its time, whoever asks', async () => {
    sink.refuse({ code: 451, text: 'greylisted' });
    const mail = await box.message(await box.recipient());
    await box.sender.deliver();
    const before = sink.attempts();
    await box.sender.deliver();
    await box.sender.job.run({ channel: 'email', notificationId: mail.id });
    expect(sink.attempts()).toBe(before);
  });

  it('is given up after the last try, and nothing else is stopped', async () => {
    receiver.behave({ status: 500 });
    const to = await hook();
    const last = (await loadChannels()).find((c) => c.id === 'webhook')!.waits.length;
    const message = await box.message(to, { attempts: last });
    await box.sender.deliver();
    expect(await box.read(message.id)).toMatchObject({
      state: 'failed',
      attempts: last + 1,
      nextTryAt: null,
      error: expect.stringContaining('status 500'),
    });
    expect((await box.reader(to.id)).stoppedAt).toBeNull();
  });

  it('waits as long as the other side asks for', async () => {
    receiver.behave({ status: 429, headers: { 'retry-after': '1800' } });
    const message = await box.message(await hook());
    await box.sender.deliver();
    expect(Math.abs(msUntil((await box.read(message.id)).nextTryAt) - 1_800 * SECOND)).toBeLessThan(
      20 * SECOND,
    );
  });

  it('for its size is given up alone', async () => {
    sink.misbehave({ code: 552, text: '5.3.4 too much of it' });
    const anne = await box.recipient();
    const mail = await box.message(anne);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringContaining('too much of it'),
    });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
    sink.misbehave(null);
    const next = await box.message(anne);
    await box.sender.deliver();
    expect(await box.read(next.id)).toMatchObject({ state: 'sent' });
  });

  it.each([
    [
      'a mailbox that is not there',
      () => sink.refuse({ code: 550, text: '5.1.1 no such mailbox' }),
      () => box.recipient(),
      'no such mailbox',
    ],
    ['a webhook that says 410', () => receiver.behave({ status: 410 }), hook, 'status 410'],
  ])(
    'by %s stops the address in the same breath, and the rest for it is not tried',
    async (_what, refuse, to, words) => {
      refuse();
      const recipient = await to();
      const [first, second] = [await box.message(recipient), await box.message(recipient)];
      await box.sender.deliver([first.id]);
      const { stoppedAt, stoppedWhy } = await box.reader(recipient.id);
      expect(stoppedAt).not.toBeNull();
      expect(stoppedWhy).toContain(words);
      expect(await box.read(first.id)).toMatchObject({ state: 'failed', error: stoppedWhy });
      const recipients = new RecipientRepository(box.sender.database, secretBox);
      expect((await recipients.stopped('3bcar')).map((r) => r.address)).toContain(recipient.address);
      expect((await recipients.stopped('another')).map((r) => r.address)).not.toContain(recipient.address);
      sink.refuse(null);
      receiver.behave({ status: 204 });
      await box.sender.deliver();
      expect(await box.read(second.id)).toMatchObject({
        state: 'failed',
        error: 'the recipient has been stopped',
      });
      expect([...sink.mails, ...receiver.taken]).toEqual([]);
    },
  );

  it('at an address that was changed meanwhile stops nobody', async () => {
    sink.refuse({ code: 550, text: '5.1.1 no such mailbox' });
    const anne = await box.recipient();
    const mail = await box.message(anne);
    await box.query(`UPDATE recipient SET address = $2 WHERE id = $1`, [anne.id, `new-${anne.address}`]);
    await box.sender.deliver();
    expect(await box.read(mail.id)).toMatchObject({ state: 'failed' });
    expect((await box.reader(anne.id)).stoppedAt).toBeNull();
  });

  it('leaves no address and no secret in the log or in its row', async () => {
    const [anne, to] = [await box.recipient(), await hook()];
    sink.refuse({
      code: 550,
      text: `5.1.1 <${anne.address.toUpperCase()}> unknown: https://carnot.test/unsubscribe/${anne.token}`,
    });
    receiver.behave({ status: 500 });
    const messages = [await box.message(anne), await box.message(to)];
    await box.sender.deliver();
    const rows = await Promise.all(
      messages.map(async ({ id }) =>
        JSON.stringify([(await box.read(id)).error, (await box.read(id)).tries]),
      ),
    );
    expect(logged).toHaveLength(2);
    for (const text of [...logged, ...rows])
      for (const hidden of [
        anne.address,
        anne.address.toUpperCase(),
        'T0pS3cretPath',
        'S3cretQuery',
        to.secrets[0]!,
        anne.token,
      ])
        expect(text).not.toContain(hidden);
  });
});
