import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CallEntity } from '../../calls/store/index.js';
import { TransactionalMailRepository, type NewTransactionalMail } from '../../outbox/store/index.js';
import { mayRemind } from '../domain/reminding.js';
import { ProposalEntity } from './proposal.entity.js';

/** A reminder that is to leave: its mail, and the hash of the secret in its link. */
export interface NewReminder {
  mail: NewTransactionalMail;
  tokenHash: string;
}

/** Who is to be reminded of a call that was proposed to them, and who was. */
@Injectable()
export class ProposalReminderRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /**
   * Proposals whose day has come and that nobody answered, of calls that still take applications; none whose
   * first mail has not left.
   */
  async due(today: string, now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT p.id FROM proposal p JOIN call ON call.id = p.call_id JOIN transactional_mail m ON m.id = p.mail_id AND m.state = 'sent'
        WHERE p.remind_on <= $1 AND p.remind_on IS NOT NULL AND p.reminded_at IS NULL AND p.answered_at IS NULL AND p.researcher_id IS NOT NULL AND p.email <> ''
          AND call.withdrawn_at IS NULL AND (call.last_deadline_at IS NULL OR call.last_deadline_at > $2) ORDER BY p.remind_on, p.id LIMIT 500`,
      [today, now],
    );
    return rows.map(({ id }) => id);
  }

  /** A proposal of this institute; null where there is none. */
  find(profileId: string, id: string): Promise<ProposalEntity | null> {
    return this.database.getRepository(ProposalEntity).findOneBy({ profileId, id });
  }

  /**
   * Stores that somebody was reminded, and the mail that does it, both or none; gives the mail's id. Null
   * where they may not be reminded: they were, or have answered, or the call is over. Two at once do it one
   * after the other.
   */
  async remind(
    id: string,
    { now, by }: { now: Date; by: string | null },
    write: (proposal: ProposalEntity, call: CallEntity) => NewReminder,
  ): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const proposal = await tx.findOne(ProposalEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const call = proposal && (await tx.findOneBy(CallEntity, { id: proposal.callId }));
      if (!proposal || !call || !mayRemind(proposal, call, now)) return null;
      const { mail, tokenHash } = write(proposal, call);
      await this.mails.write(mail, tx);
      await tx.update(
        ProposalEntity,
        { id },
        { remindedAt: now, remindedBy: by, reminderTokenHash: tokenHash, reminderMailId: mail.id },
      );
      return mail.id;
    });
  }
}
