import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MessagesOfPerson } from '../../access/store/messages-of-person.js';
import { newToken } from '../../platform/access/secret.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { RecipientEntity } from './recipient.entity.js';
import { RecipientRepository } from './recipient.repository.js';
import { sealedRecipient } from './recipient-secrets.js';

/** Ends the messages to a person who leaves. */
@Injectable()
export class MessagesOfLeaver extends MessagesOfPerson {
  constructor(
    private readonly box: SecretBox,
    private readonly recipients: RecipientRepository,
  ) {
    super();
  }

  /**
   * Ends their subscriptions and the links of their messages. They stay as a contact if the profile names
   * them; otherwise nothing waits for them. The subscription to their institute is deleted, so that it starts
   * again if they return.
   */
  async leave(tx: EntityManager, personId: string, now: Date): Promise<number> {
    const rows: { id: string }[] = await tx.query(
      `SELECT r.id FROM recipient r JOIN person p ON r.address = p.email WHERE p.id = $1 AND r.channel = 'email' AND r.owner = ''`,
      [personId],
    );
    const ids = rows.map((r) => r.id);
    await tx.query(
      `UPDATE follow f SET origin = 'contact' FROM recipient r JOIN contact c ON c.address = r.address AND c.confirmed_at IS NOT NULL
        WHERE r.id = f.recipient_id AND f.recipient_id = ANY($1) AND f.kind = 'profile' AND f.target = c.profile_id AND f.origin = 'institute'`,
      [ids],
    );
    const [, follows]: [unknown[], number] = await tx.query(
      `UPDATE follow SET left_at = $2 WHERE recipient_id = ANY($1) AND origin <> 'contact' AND left_at IS NULL`,
      [ids, now],
    );
    await tx.query(
      `DELETE FROM follow f USING person p WHERE f.recipient_id = ANY($1) AND f.origin <> 'contact' AND f.kind = 'profile' AND f.target = p.profile_id AND p.id = $2`,
      [ids, personId],
    );
    for (const id of ids)
      await tx.update(
        RecipientEntity,
        { id },
        sealedRecipient(this.box, { id, owner: '' }, { linkKey: newToken() }),
      );
    await tx.query(
      `UPDATE notification_item n SET state = 'dropped', why = 'who was to be told has left' WHERE n.recipient_id = ANY($1) AND n.state = 'waiting'
          AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = n.recipient_id AND f.left_at IS NULL)`,
      [ids],
    );
    await tx.query(
      `UPDATE notification n SET state = 'failed', error = 'who was to be told has left' WHERE n.recipient_id = ANY($1) AND n.state = 'pending'
          AND NOT EXISTS (SELECT 1 FROM follow f WHERE f.recipient_id = n.recipient_id AND f.left_at IS NULL)`,
      [ids],
    );
    return follows;
  }

  async channelsOf(profileId: string): Promise<string[]> {
    const channels = await this.recipients.ofOwner(`profile/${profileId}`);
    return channels.flatMap(({ name, stoppedAt }) => (stoppedAt === null && name !== null ? [name] : []));
  }
}
