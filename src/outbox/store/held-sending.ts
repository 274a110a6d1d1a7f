import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SettingRepository } from '../../platform/database/setting.repository.js';

/**
 * The setting that holds everything back that would leave: a restored copy must not write to people beside
 * the installation that it is a copy of.
 */
export const HELD = 'sending-held';
/** Part of each statement that takes something out of an outbox. */
export const NOT_HELD = `NOT EXISTS (SELECT FROM setting WHERE key = '${HELD}')`;
const SKIPPED = 'it was waiting when this installation was restored from a backup';

export interface Held {
  since: string;
  /** When the backup was made from which it was restored. */
  backupOf: string;
}

/** Whether messages, mails and alarms wait until somebody lets them go. */
@Injectable()
export class HeldSending {
  constructor(
    private readonly database: DataSource,
    private readonly settings: SettingRepository,
  ) {}

  held(): Promise<Held | null> {
    return this.settings.find<Held>(HELD);
  }

  /**
   * Lets everything go; what waits by now only where that is asked for. Gives how many messages and mails
   * will not leave; null where nothing was held.
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
      let skipped = 0;
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
