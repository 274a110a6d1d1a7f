import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The secret part of a message's links, which is its reader's own; a message that is told by nobody's address
 * has none.
 */
const LINK = `substring(unsubscribe_url from '[^/]+$')`;

/**
 * What is secret is kept sealed, and found by its hash: addresses of channels, what signs, and the links of a
 * recipient. The key is no affair of a migration, so that the next step of the start seals what stands here
 * already. A message keeps its reader's link as a mark, in whose place the link is put when it leaves, and of
 * a channel's address the origin alone: it is delivered to where the channel is then.
 */
export class Sealed1790610000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE recipient ADD address_hash text, ADD token_hash text, ADD token_hashes_before text[] NOT NULL DEFAULT '{}'`,
    );
    await runner.query(
      `UPDATE recipient SET address_hash = encode(sha256(convert_to(address, 'UTF8')), 'hex') WHERE owner <> ''`,
    );
    await runner.query(
      'CREATE UNIQUE INDEX recipient_address_hash ON recipient (channel, owner, address_hash)',
    );
    await runner.query('CREATE UNIQUE INDEX recipient_token_hash ON recipient (token_hash)');
    await runner.query(
      `UPDATE notification SET text = replace(text, ${LINK}, 'link-' || id), html = replace(html, ${LINK}, 'link-' || id), payload = replace(payload, ${LINK}, 'link-' || id),
              unsubscribe_url = replace(unsubscribe_url, ${LINK}, 'link-' || id) WHERE length(${LINK}) >= 16`,
    );
    await runner.query(
      `UPDATE notification SET address = substring(address from '^[a-z]+://[^/?#]+') || '/…' WHERE channel <> 'email' AND address ~ '^[a-z]+://[^/?#]+'`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
