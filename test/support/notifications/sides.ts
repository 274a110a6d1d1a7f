import { randomBytes } from 'node:crypto';
import type { RecipientEntity } from '../../../src/notifications/store/notification.entity.js';
import { Outbox } from './outbox.js';
import { startSmtpSink, type SmtpSink } from './smtp-sink.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

/** An outbox, and the servers that receive its messages. */
export class Sides {
  private constructor(
    readonly sink: SmtpSink,
    readonly receiver: WebhookReceiver,
    readonly box: Outbox,
  ) {}

  static async start(): Promise<Sides> {
    const [sink, receiver] = [await startSmtpSink(), await startWebhookReceiver()];
    return new Sides(sink, receiver, await Outbox.start({ smtpUrl: sink.url, origins: [receiver.origin] }));
  }

  /** Clears what was sent; all receivers accept messages. */
  async begin(): Promise<void> {
    this.sink.refuse(null);
    this.sink.misbehave(null);
    this.receiver.behave({ status: 204 });
    this.sink.mails.length = this.receiver.taken.length = this.receiver.asked.length = 0;
    await this.box.query('DELETE FROM notification');
  }

  /** Creates a recipient with a webhook at the receiver. */
  hook(): Promise<RecipientEntity> {
    return this.box.recipient({
      channel: 'webhook',
      owner: 'profile/3bcar',
      address: `${this.receiver.address}&n=${randomBytes(4).toString('hex')}`,
    });
  }

  async stop(): Promise<void> {
    await this.box.stop();
    await this.sink.close();
    await this.receiver.close();
  }
}
