import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Foreseen, Published } from '../domain/lag.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';

/** When recent publications of a source were stored here, and when the first message about them was sent. */
@Injectable()
export class LagRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the new calls, and official notes on calls, seen since then whose publication date is stated.
   * Calls found when the source was first read are no news and not included. The reference is taken from the
   * source record's key: its content would have to be decompressed.
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

  /**
   * Returns the topics published in a period that had stood in a draft while no other source had them; null
   * leaves an end of it open.
   */
  foreseen({ from, to }: { from: Date | null; to: Date | null }): Promise<Foreseen[]> {
    return acrossInstitutes('everybody is shown how soon the first message left, and not to whom', () =>
      this.database.query(
        `SELECT f.drafted, f.seen, p.published,
                (SELECT min(m.sent_at) FROM notification_item n JOIN notification m ON m.id = n.notification_id AND m.state = 'sent'
                  WHERE n.call_id = p.id AND n.kind IN ('coming', 'draft')) AS told
           FROM (SELECT v.call_id AS id, min(v.seen_at) AS published FROM call_version v
                  WHERE v.content->>'draft' IS NULL AND EXISTS (SELECT 1 FROM call_version d WHERE d.call_id = v.call_id AND d.version < v.version AND d.content->>'draft' IS NOT NULL)
                  GROUP BY 1) p
           JOIN LATERAL (SELECT min(d.content->>'createdAt') AS drafted, min(t.seen_at) AS seen FROM draft_topic t JOIN committee_document d USING (reference, version)
                          WHERE t.call_id = p.id) f ON f.drafted IS NOT NULL
          WHERE ($1::timestamptz IS NULL OR p.published >= $1) AND ($2::timestamptz IS NULL OR p.published < $2)`,
        [from, to],
      ),
    );
  }
}
