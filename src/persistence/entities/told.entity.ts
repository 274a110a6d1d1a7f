import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Up to which version a contact was told of a call; written when the mail was accepted, not before. */
@Entity('told')
export class ToldEntity {
  @PrimaryColumn('text', { name: 'profile_id' }) profileId: string;
  @PrimaryColumn('text') email: string;
  @PrimaryColumn('uuid', { name: 'call_id' }) callId: string;
  @Column('bigint') seq: string;
  @Column('uuid', { name: 'notification_id' }) notificationId: string;
}
