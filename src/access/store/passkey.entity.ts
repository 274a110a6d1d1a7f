import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** A passkey used as a second factor: its public half, which by itself gives nobody access. */
@Entity('passkey')
@Index('passkey_credential', ['credential'], { unique: true })
@Index('passkey_person', ['personId'])
export class PasskeyEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'passkey_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** The name its owner gave it. */
  @Column('text') name: string;
  /** The credential id, in base64url. */
  @Column('text') credential: string;
  /** In COSE format, as the device gave it. */
  @Column('bytea', { name: 'public_key' }) publicKey: Buffer;
  /** The signature counter; some devices always send 0. PostgreSQL returns bigints as strings. */
  @Column('bigint') counter: string;
  /** The transports reported by the browser. */
  @Column('text', { array: true }) transports: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
}
