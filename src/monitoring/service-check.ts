import { Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { HeldSending } from '../outbox/store/sending.js';
import { DatabasePulse } from '../platform/database/database-pulse.js';
import { isOnlyFull } from '../platform/database/disk-full.js';
import { Queues } from '../platform/queue/queues.js';

const QUEUE_MS = 3_000;
/** Then the check on a connection of its own, of two seconds, decides. */
const CONNECTION_MS = 1_000;

/** What a process cannot do without. */
export type Service = 'the database' | 'the queue';

/** Whether the database and the queue respond to this process. */
@Injectable()
export class ServiceCheck {
  /** Whether sending was held when that could last be read. */
  private held = false;

  constructor(
    private readonly sending: HeldSending,
    private readonly queues: Queues,
    private readonly database: DatabasePulse,
  ) {}

  /** Returns those that do not respond, and whether all sending is held back. */
  async look(): Promise<{ silent: Service[]; held: boolean }> {
    // Waits for both, whichever fails first: an unhandled rejection would end the process.
    const answers = await Promise.all([
      this.databaseAnswers().then((yes) => (yes ? null : ('the database' as const))),
      pTimeout(this.queues.counts(), { milliseconds: QUEUE_MS }).then(
        () => null,
        (error) => (isOnlyFull(error) ? null : ('the queue' as const)),
      ),
    ]);
    return { silent: answers.filter((name) => name !== null), held: this.held };
  }

  /** A server that is full, or whose connections are all in use here, is there. */
  private async databaseAnswers(): Promise<boolean> {
    try {
      this.held = (await pTimeout(this.sending.held(), { milliseconds: CONNECTION_MS })) !== null;
      return true;
    } catch (error) {
      return isOnlyFull(error) || this.database.answers();
    }
  }
}
