import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A setting of the installation, such as the hash of the admin token. */
@Entity('setting')
export class SettingEntity {
  @PrimaryColumn('text') key: string;
  @Column('jsonb') value: unknown;
}
