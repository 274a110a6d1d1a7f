import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import {
  type NewTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { lockNamed } from '../../platform/database/locks.js';
import { PasskeyEntity, SessionEntity } from './sign-in.entity.js';
import { PersonEntity } from './person.entity.js';

export type NewPasskey = Omit<PasskeyEntity, 'lastUsedAt'>;

/** People's passkeys. */
@Injectable()
export class PasskeyRepository {
  constructor(
    private readonly database: DataSource,
    private readonly mails: TransactionalMailRepository,
  ) {}

  private get table() {
    return this.database.getRepository(PasskeyEntity);
  }

  /** In order of creation. */
  ofPerson(personId: string): Promise<PasskeyEntity[]> {
    return this.table.find({ where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Returns who has a passkey at an institute, or at the network if null. */
  async holders(profileId: string | null): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT p.id FROM person p WHERE p.profile_id IS NOT DISTINCT FROM $1 AND p.removed_at IS NULL
          AND EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id)`,
      [profileId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Stores nothing and returns `known` if the device's passkey is already known, whoever owns it; `full` if
   * the person already has `most`; `gone` if the session has ended, as with all passkeys and with the person.
   */
  async add(
    passkey: NewPasskey,
    sessionId: string,
    most: number,
    mail: NewTransactionalMail,
  ): Promise<'added' | 'known' | 'full' | 'gone'> {
    return this.database.transaction(async (tx) => {
      await lockNamed(tx, `passkey ${passkey.personId}`);
      const where = { id: sessionId, revokedAt: IsNull() };
      if (!(await tx.findOne(SessionEntity, { where, lock: { mode: 'pessimistic_read' } }))) return 'gone';
      if ((await tx.countBy(PasskeyEntity, { personId: passkey.personId })) >= most) return 'full';
      const rows: unknown[] = await tx.query(
        `INSERT INTO passkey (id, person_id, name, credential, public_key, counter, transports, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING RETURNING id`,
        [
          passkey.id,
          passkey.personId,
          passkey.name,
          passkey.credential,
          passkey.publicKey,
          passkey.counter,
          passkey.transports,
          passkey.createdAt,
        ],
      );
      if (rows.length === 0) return 'known';
      await this.mails.write(mail, tx);
      return 'added';
    });
  }

  /**
   * Records a use with its counter. False if the counter did not increase: a copy of the passkey may be in
   * use (WebAuthn, section 6.1.1). Of two simultaneous answers with the same counter, one is refused.
   */
  async use(id: string, counter: number, now: Date): Promise<boolean> {
    const [, count]: [unknown, number] = await this.database.query(
      'UPDATE passkey SET counter = $2, last_used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))',
      [id, counter, now],
    );
    return count === 1;
  }

  /** Removes one of a person's own passkeys; `last` if one must be kept and it is the only one. */
  async remove(
    { id, personId }: Pick<PasskeyEntity, 'id' | 'personId'>,
    keepsOne: boolean,
    mail: NewTransactionalMail,
  ): Promise<'removed' | 'unknown' | 'last'> {
    return this.database.transaction(async (tx) => {
      // Locks the person, so that two simultaneous removals cannot both succeed.
      await tx.findOne(PersonEntity, { where: { id: personId }, lock: { mode: 'pessimistic_write' } });
      if (!(await tx.existsBy(PasskeyEntity, { id, personId }))) return 'unknown';
      if (keepsOne && (await tx.countBy(PasskeyEntity, { personId })) === 1) return 'last';
      await tx.delete(PasskeyEntity, { id });
      await this.mails.write(mail, tx);
      return 'removed';
    });
  }

  /**
   * Removes all passkeys of a person and signs them out everywhere: somebody who found their device may have
   * found an open session too.
   */
  async removeAll(personId: string, now: Date, mail: NewTransactionalMail): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Sessions first: none of them adds another passkey meanwhile.
      await tx.update(SessionEntity, { personId, revokedAt: IsNull() }, { revokedAt: now });
      await tx.delete(PasskeyEntity, { personId });
      await this.mails.write(mail, tx);
    });
  }
}
