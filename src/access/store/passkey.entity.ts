import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/**
 * A passkey with which somebody shows a second time who they are: its public half, which lets nobody in by
 * itself.
 */
@Entity('passkey')
@Index('passkey_credential', ['credential'], { unique: true })
@Index('passkey_person', ['personId'])
export class PasskeyEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'passkey_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** As its owner calls it. */
  @Column('text') name: string;
  /** By what browsers and devices know it, in base64url. */
  @Column('text') credential: string;
  /** In COSE, as the device gave it. */
  @Column('bytea', { name: 'public_key' }) publicKey: Buffer;
  /** How often it says that it was used; some always say 0. PostgreSQL gives large numbers as texts. */
  @Column('bigint') counter: string;
  /** How browsers reach it, as they said themselves. */
  @Column('text', { array: true }) transports: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
}
