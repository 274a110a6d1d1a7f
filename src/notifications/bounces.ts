import {
  consequenceOf,
  type Consequence,
  type DeliveryReport,
  type ReportedOutcome,
} from './domain/delivery/delivery-report.js';
import { redacted } from './domain/delivery/redacted.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationEntity } from './store/notification.entity.js';
import type { DeliveryRepository } from './store/delivery.repository.js';

const LONGEST_WORDS = 500;

/** What a report meant: of which mail of ours, what became of it, in whose words. */
export interface Bounce {
  messageId: string;
  consequence: Consequence;
  words: string;
}

/** Takes what mail servers say of mails after they had taken them. */
export class Bounces {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes what a report says of mails of ours. It must name both the mail, whose id nobody can guess, and its
   * recipient: anybody can send a report, and nobody may stop another's mails by one.
   */
  async take({ messageIds, outcomes }: DeliveryReport): Promise<Bounce[]> {
    const mails = await Promise.all(messageIds.map((id) => this.deliveries.returned(id)));
    const ours = mails.filter((mail) => mail !== null);
    const pairs = ours.flatMap((mail) =>
      outcomes.filter((o) => o.recipients.includes(mail.address)).map((outcome) => ({ mail, outcome })),
    );
    const bounces: Bounce[] = [];
    for (const { mail, outcome } of pairs) bounces.push(await this.note(mail, outcome));
    return bounces;
  }

  private async note(mail: NotificationEntity, outcome: ReportedOutcome): Promise<Bounce> {
    const consequence = consequenceOf(outcome);
    const said = [outcome.status, outcome.words].filter(Boolean).join(' ') || outcome.action;
    const words = redacted(said, { to: mail, secrets: [] }).slice(0, LONGEST_WORDS);
    if (consequence !== 'arrived') {
      await this.deliveries.bounced(
        mail,
        words,
        { final: consequence !== 'delayed', gone: consequence === 'gone' },
        this.clock.now(),
      );
    }
    return { messageId: mail.messageId, consequence, words };
  }
}
