import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sendGivenUp } from './given-up.js';
import { SettingRepository } from '../../platform/database/setting.repository.js';

/**
 * The setting that holds all sending back: a restored copy must not write to people alongside the original
 * installation.
 */
export const HELD = 'sending-held';
/** Part of each statement that claims an outbox entry. */
export const NOT_HELD = `NOT EXISTS (SELECT FROM setting WHERE key = '${HELD}')`;
const SKIPPED = 'it was waiting when this installation was restored from a backup';

export interface Held {
  since: string;
  /** When the backup was made that it was restored from. */
  backupOf: string;
}

/** Whether messages, e-mails and alarms are held until an operator releases them. */
@Injectable()
export class HeldSending {
  constructor(
    private readonly database: DataSource,
    private readonly settings: SettingRepository,
  ) {}

  held(): Promise<Held | null> {
    return this.settings.findByKey<Held>(HELD);
  }

  /** Makes messages and e-mails that were given up due again; returns how many. */
  sendGivenUp(): Promise<number> {
    return sendGivenUp(this.database);
  }

  /**
   * Releases sending; with `skipWaiting`, what is waiting now is never sent. Returns how many messages and
   * e-mails are skipped; null if nothing was held.
   */
  async resume(skipWaiting: boolean): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      const [gone]: [unknown[], number] = await tx.query('DELETE FROM setting WHERE key = $1 RETURNING key', [
        HELD,
      ]);
      if (!gone.length) return null;
      if (!skipWaiting) return 0;
      await tx.query(
        `WITH gone AS (DELETE FROM transactional_mail WHERE alarm_id IS NOT NULL AND state IN ('pending', 'sending') RETURNING alarm_id)
         UPDATE alarm SET delivery = 'none' WHERE delivery = 'pending' OR id IN (SELECT alarm_id FROM gone)`,
      );
      const [, unwritten]: [unknown, number] = await tx.query(
        `UPDATE newsletter_copy SET left_out = 'skipped' WHERE mail_id IS NULL AND left_out IS NULL`,
      );
      let skipped = unwritten;
      for (const [outbox, emptied] of [
        ['notification', ''],
        ['transactional_mail', `, text = '', html = ''`],
      ]) {
        const [, count]: [unknown, number] = await tx.query(
          `UPDATE ${outbox} SET state = 'failed', error = $1, next_try_at = NULL${emptied} WHERE state IN ('pending', 'sending')`,
          [SKIPPED],
        );
        skipped += count;
      }
      return skipped;
    });
  }
}
