import {
  consequenceOf,
  type Consequence,
  type DeliveryReport,
  type ReportedOutcome,
} from '../kernel/delivery-report.js';
import { redacted } from '../kernel/one-line.js';
import type { Clock } from '../kernel/ports.js';
import type { TransactionalMailRepository } from '../outbox/store/transactional-mail.repository.js';
import type { DeliveryRepository } from './store/delivery.repository.js';

const LONGEST_WORDS = 500;

/** The outcome of a report: which of our e-mails, what happened to it, and in whose words. */
export interface Bounce {
  messageId: string;
  consequence: Consequence;
  words: string;
}

/** One of our e-mails that came back. */
interface Returned {
  address: string;
  /** Whether nothing further is sent to an address that does not exist: not so where a person sends it. */
  stops: boolean;
  bounced(words: string, consequence: Exclude<Consequence, 'arrived'>, now: Date): Promise<void>;
}

/** Processes reports that mail servers send after they have accepted an e-mail. */
export class Bounces {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly mails: TransactionalMailRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what a report says about our e-mails. It must name both the e-mail, whose id cannot be guessed,
   * and its recipient: anybody can send a report, and nobody may stop another's e-mails with one.
   */
  async take({ messageIds, outcomes }: DeliveryReport): Promise<Bounce[]> {
    const bounces: Bounce[] = [];
    for (const messageId of messageIds) {
      const returned = await this.returned(messageId);
      if (!returned) continue;
      const address = returned.address.toLowerCase();
      for (const outcome of outcomes.filter((o) => o.recipients.includes(address)))
        bounces.push(await this.note(returned, messageId, outcome));
    }
    return bounces;
  }

  /** Returns a message or an e-mail of ours, with what to record of it. */
  private async returned(messageId: string): Promise<Returned | null> {
    const message = await this.deliveries.returned(messageId);
    if (message)
      return {
        address: message.address,
        stops: true,
        bounced: (words, consequence, now) =>
          this.deliveries.bounced(
            message,
            words,
            { final: consequence !== 'delayed', gone: consequence === 'gone' },
            now,
          ),
      };
    const mail = await this.mails.returned(messageId);
    return (
      mail && {
        address: mail.toAddress,
        stops: mail.kind === 'newsletter',
        bounced: async (words, consequence, now) => {
          if (consequence !== 'delayed') await this.mails.bounced(mail, words, consequence === 'gone', now);
        },
      }
    );
  }

  private async note(returned: Returned, messageId: string, outcome: ReportedOutcome): Promise<Bounce> {
    const found = consequenceOf(outcome);
    const consequence = found === 'gone' && !returned.stops ? 'lost' : found;
    const said = [outcome.status, outcome.words].filter(Boolean).join(' ') || outcome.action;
    const words = redacted(said, { to: returned, secrets: [] }).slice(0, LONGEST_WORDS);
    if (consequence !== 'arrived') await returned.bounced(words, consequence, this.clock.now());
    return { messageId, consequence, words };
  }
}
