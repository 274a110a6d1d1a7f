import { randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Channel } from '../../../src/notifications/domain/delivery/channel.js';
import { signingSecret } from '../../../src/notifications/domain/delivery/test-message.js';
import { loadChannels } from '../../../src/notifications/channel-registry.js';
import { DeliverJob } from '../../../src/notifications/deliver.job.js';
import { databaseOptions, migrate } from '../../../src/app/database/data-source.js';
import {
  FollowEntity,
  RecipientEntity,
  NotificationEntity,
} from '../../../src/notifications/store/notification.entity.js';
import { DeliveryRepository } from '../../../src/notifications/store/delivery.repository.js';
import { SmtpMailer } from '../../../src/platform/mail/smtp.mailer.js';
import type { Gate } from '../../../src/platform/http/gate.js';
import { freshDatabase } from '../database/database.js';
import { secretBox } from '../secrets.js';
import { deliveryGate, realClock } from './delivering.js';

const FROM = { name: 'Carnot Europe', address: 'calls@carnot.test' };

/** One process's share of the delivery: its own connections and job. */
export class Sender {
  private constructor(
    readonly database: DataSource,
    readonly deliveries: DeliveryRepository,
    readonly job: DeliverJob,
    private readonly gate: Gate,
  ) {}

  static async start(
    url: string,
    { smtpUrl, origins = [], channels }: { smtpUrl: string; origins?: string[]; channels?: Channel[] },
  ): Promise<Sender> {
    const database = await new DataSource(await databaseOptions(url)).initialize();
    const deliveries = new DeliveryRepository(database, secretBox);
    const gate = deliveryGate(origins);
    const all = channels ?? (await loadChannels());
    const mailer = new SmtpMailer({ url: smtpUrl, from: FROM });
    return new Sender(database, deliveries, new DeliverJob(deliveries, all, mailer, gate, realClock), gate);
  }

  /** Delivers due messages, once each: all of them concurrently, or only those given. */
  async deliver(ids?: string[]): Promise<void> {
    const due = (await this.job.due()).map(
      (next) => next.data as { channel: string; notificationId: string },
    );
    await Promise.all(due.filter((d) => !ids || ids.includes(d.notificationId)).map((d) => this.job.run(d)));
  }

  async stop(): Promise<void> {
    await this.database.destroy();
    await this.gate.close();
  }
}

/** An outbox on its own database, with the test's recipients and messages. */
export class Outbox {
  private constructor(
    readonly url: string,
    readonly sender: Sender,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(options: Parameters<typeof Sender.start>[1]): Promise<Outbox> {
    const { url, drop } = await freshDatabase();
    await migrate(url);
    const box = new Outbox(url, await Sender.start(url, options), drop);
    await box.query(
      `INSERT INTO profile (id, content, revision, updated_at) VALUES ('3bcar', '{}', 1, now()), ('list', '{}', 1, now())`,
    );
    return box;
  }

  query<T = any>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.sender.database.query(sql, parameters);
  }

  async recipient(over: Partial<RecipientEntity> = {}): Promise<RecipientEntity> {
    const id = randomUUID();
    const recipient: RecipientEntity = {
      addressHash: null,
      tokenHash: null,
      tokenHashesBefore: [],
      id,
      channel: 'email',
      owner: '',
      address: `${id.slice(0, 8)}@example.fr`,
      name: null,
      language: 'fr',
      profileId: '3bcar',
      preferences: {},
      secrets: over.channel === 'webhook' ? [signingSecret(randomBytes(32))] : [],
      token: randomBytes(24).toString('base64url'),
      linkKey: randomBytes(24).toString('base64url'),
      since: new Date(),
      plannedSeq: '0',
      lastDigestDueAt: new Date(),
      pausedUntil: null,
      stoppedAt: null,
      stoppedWhy: null,
      ...over,
    };
    await this.sender.database.manager.insert(RecipientEntity, recipient);
    await this.sender.database.manager.insert(FollowEntity, {
      recipientId: id,
      kind: 'profile',
      target: '3bcar',
      origin: 'contact',
      since: new Date(),
      baselineSeq: '0',
      welcomedAt: null,
      leftAt: null,
    });
    return recipient;
  }

  async message(
    { id: recipientId, channel, address, name, profileId }: RecipientEntity,
    over: Partial<NotificationEntity> = {},
  ): Promise<NotificationEntity> {
    const id = over.id ?? randomUUID();
    const message: NotificationEntity = {
      id,
      key: `${recipientId}/${id}`,
      kind: 'digest',
      recipientId,
      channel,
      profileId,
      address,
      name,
      subject: `Subject ${id}`,
      text: `Text ${id}`,
      html: channel === 'email' ? `<p>Text ${id}</p>` : null,
      payload: channel === 'email' ? null : JSON.stringify({ id, text: `Text ${id}` }),
      unsubscribeUrl: 'https://carnot.test/unsubscribe/x',
      messageId: `${id}@carnot.test`,
      threads: [],
      items: [],
      more: 0,
      state: 'pending',
      attempts: 0,
      error: null,
      tries: [],
      resendOf: null,
      resentBy: null,
      resentById: null,
      givenUpAt: null,
      replacedBy: null,
      createdAt: new Date(),
      claimedAt: null,
      nextTryAt: null,
      sentAt: null,
      sentWhere: null,
      ...over,
    };
    await this.sender.database.manager.insert(NotificationEntity, message);
    return message;
  }

  read(id: string): Promise<NotificationEntity> {
    return this.sender.database.manager.findOneByOrFail(NotificationEntity, { id });
  }

  reader(id: string): Promise<RecipientEntity> {
    return this.sender.database.manager.findOneByOrFail(RecipientEntity, { id });
  }

  /** Makes the next retry due. */
  async hasten(id: string): Promise<void> {
    await this.query(`UPDATE notification SET next_try_at = now() - interval '1 second' WHERE id = $1`, [id]);
  }

  async stop(): Promise<void> {
    await this.sender.stop();
    await this.drop();
  }
}
