import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Place } from '../domain/schedule/next-message.js';
import type { Urgency } from '../domain/events/urgency.js';
import { RecipientEntity } from './recipient.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { NotificationEntity } from './notification.entity.js';

export type NotificationItemKind = 'call' | 'change' | 'deadline' | 'answer' | 'source' | 'partners';
/** `written`: it is in a message; `dropped`: no longer worth announcing, `why` gives the reason. */
export type NoticeState = 'waiting' | 'written' | 'dropped';

/** One item that a recipient receives by their channel, once: the key is unique. */
@Entity('notification_item')
@Index('notification_item_waiting', ['recipientId'], { where: "state = 'waiting'" })
@Index('notification_item_call', ['callId'])
@Index('notification_item_notification', ['notificationId'])
export class NotificationItemEntity {
  @ForeignKey(() => RecipientEntity, 'id', {
    name: 'notification_item_recipient_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('uuid', { name: 'recipient_id' })
  recipientId: string;
  /**
   * `call/<call>`, `change/<call>/<version>`, `deadline/<call>/<instant>/<days>`,
   * `answer/<proposal>/<instant>`, `source/<alarm>`, `partners/<call>/<instant>`.
   */
  @PrimaryColumn('text') key: string;
  @Column('text') kind: NotificationItemKind;
  @ForeignKey(() => CallEntity, 'id', { name: 'notification_item_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
  @Column('integer', { nullable: true }) version: number | null;
  /** The proposal or the alarm. */
  @Column('uuid', { nullable: true }) about: string | null;
  @Column('text') place: Place;
  @Column('text', { nullable: true }) urgency: Urgency | null;
  /** It would have been sent immediately but for the daily limit. */
  @Column('boolean', { default: false }) held: boolean;
  @Column('timestamptz', { name: 'made_at' }) madeAt: Date;
  @Column('text') state: NoticeState;
  @Column('text', { nullable: true }) why: string | null;
  @ForeignKey(() => NotificationEntity, 'id', {
    name: 'notification_item_notification_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'notification_id', nullable: true })
  notificationId: string | null;
}
