import type { NewTransactionalMail } from '../../outbox/store/index.js';
import type { Knowledge } from '../domain/alarm-words.js';
import type { AlarmEntity } from './alarm.entity.js';

/** Renders one e-mail per operator of this process about an alarm; none if it has no operator. */
export abstract class AlarmMails {
  abstract about(alarm: AlarmEntity, knowledge: Knowledge | null): NewTransactionalMail[];
}
