import type { NewTransactionalMail } from '../../outbox/store/index.js';
import type { Knowledge } from '../domain/alarm-words.js';
import type { AlarmEntity } from './alarm.entity.js';

/** Puts an alarm into words, one mail for each operator of this process; none where it has no operator. */
export abstract class AlarmMails {
  abstract about(alarm: AlarmEntity, knowledge: Knowledge | null): NewTransactionalMail[];
}
