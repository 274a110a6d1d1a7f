import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Published } from '../domain/lag.js';
import { acrossInstitutes } from '../../platform/database/acting.js';

/** When what a source published lately was known here, and when the first message that names it left. */
@Injectable()
export class LagRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * The new calls, and the official notes on calls, that were seen since then and whose publication is
   * stated. What was there when the source was read first is no news, and so none of them. The key of a
   * source record holds the reference: its content would have to be unpacked.
   */
  published(sourceId: string, since: Date): Promise<Published[]> {
    return acrossInstitutes('everybody is shown how soon the first message left, and not to whom', () =>
      this.database.query(
        `WITH news AS (
         SELECT v.call_id, v.version, v.seen_at, v.kinds, v.changes FROM call_version v WHERE v.seen_at > $2 AND v.source_id = $1 AND v.kinds && '{new,notice}'),
       published AS (
         SELECT n.call_id, n.version, n.seen_at, t.topic->>'publishedAt' AS published
           FROM news n JOIN source_record s ON s.call_id = n.call_id AND s.source_id = $1
           JOIN listed_topic t ON t.source_id = $1 AND t.reference = split_part(s.key, '/', 2)
          WHERE 'new' = ANY(n.kinds) AND t.topic->>'publishedAt' IS NOT NULL
         UNION ALL
         SELECT n.call_id, n.version, n.seen_at, c->'to'->>'day' FROM news n, jsonb_array_elements(n.changes) c WHERE c->>'kind' = 'notice')
       SELECT p.published, p.seen_at AS known,
              (SELECT min(m.sent_at) FROM notification_item n JOIN notification m ON m.id = n.notification_id AND m.state = 'sent'
                WHERE n.call_id = p.call_id AND n.kind IN ('call', 'change') AND n.version >= p.version) AS announced
         FROM published p`,
        [sourceId, since],
      ),
    );
  }
}
