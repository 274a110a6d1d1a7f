import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mayRemind, USUAL_REMIND_AFTER_DAYS } from '../domain/reminding.js';
import { ProposalEntity, ProposalSettingsEntity } from './proposal.entity.js';
import type { Author } from '../../kernel/actor.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { statusSql } from '../../calls/store/call-filter.js';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';

@Injectable()
export class ProposalSettingsRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ProposalSettingsEntity);
  }

  /** Days until researchers are reminded; null for never. */
  async remindAfterDays(profileId: string): Promise<number | null> {
    const own = await this.table.findOneBy({ profileId });
    return own ? own.remindAfterDays : USUAL_REMIND_AFTER_DAYS;
  }

  async put(settings: ProposalSettingsEntity): Promise<void> {
    await this.table.save(settings);
  }
}

/** A reminder to send: its e-mail, and the hash of the secret in its link. */
export interface NewReminder {
  mail: NewTransactionalMail;
  tokenHash: string;
}

@Injectable()
export class ProposalReminderRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /**
   * Unanswered proposals whose reminder day has come, for calls still open; only if the first e-mail was
   * sent.
   */
  async due(today: string, now: Date): Promise<{ profileId: string; proposalId: string }[]> {
    return this.database.query(
      `SELECT p.profile_id AS "profileId", p.id AS "proposalId" FROM proposal p JOIN call ON call.id = p.call_id JOIN transactional_mail m ON m.id = p.mail_id AND m.state = 'sent'
        WHERE p.remind_on <= $1 AND p.remind_on IS NOT NULL AND p.reminded_at IS NULL AND p.answered_at IS NULL AND p.researcher_id IS NOT NULL AND p.email <> ''
          AND ${statusSql('$2::timestamptz')} NOT IN ('closed', 'withdrawn') ORDER BY p.remind_on, p.id LIMIT 500`,
      [today, now],
    );
  }

  /** A proposal of this institute; null if there is none. */
  findById(profileId: string, id: string): Promise<ProposalEntity | null> {
    return this.database.getRepository(ProposalEntity).findOneBy({ profileId, id });
  }

  /**
   * Records a reminder and writes its e-mail in one transaction; returns the id of the e-mail. Null if no
   * reminder is allowed: already sent, answered, or the call is closed. Concurrent calls wait for the row
   * lock.
   */
  async remind(
    id: string,
    { now, by }: { now: Date; by: Author | null },
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
        {
          remindedAt: now,
          remindedBy: by?.name ?? null,
          remindedById: by?.personId ?? null,
          reminderTokenHash: tokenHash,
          reminderMailId: mail.id,
        },
      );
      return mail.id;
    });
  }
}
