import {
  consequenceOf,
  type Consequence,
  type DeliveryReport,
  type ReportedOutcome,
} from '../kernel/delivery-report.js';
import { redacted } from './domain/delivery/redacted.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationEntity } from './store/notification.entity.js';
import type { DeliveryRepository } from './store/delivery.repository.js';

const LONGEST_WORDS = 500;

/** The outcome of a report: which of our e-mails, what happened to it, and in whose words. */
export interface Bounce {
  messageId: string;
  consequence: Consequence;
  words: string;
}

/** Processes reports that mail servers send after they have accepted an e-mail. */
export class Bounces {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what a report says about our e-mails. It must name both the e-mail, whose id cannot be guessed,
   * and its recipient: anybody can send a report, and nobody may stop another's e-mails with one.
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
