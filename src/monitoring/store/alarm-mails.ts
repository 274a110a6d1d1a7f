import type { NewTransactionalMail } from '../../outbox/store/transactional-mail.repository.js';
import type { Knowledge } from '../domain/alarm-words.js';
import type { AlarmEntity } from './alarm.entity.js';

/** What an e-mail about an incident reports: that it begins, lasts, or is over. */
export interface IncidentReport {
  occasion: 'begin' | 'reminder' | 'over';
  /** The present state. */
  alarm: AlarmEntity;
  /** The alarm with which the incident began. */
  first: AlarmEntity;
  /** How often it seemed to be over. */
  relapses: number;
  /** For a source. */
  knowledge: Knowledge | null;
}

/** Renders one e-mail per operator of this process about an incident; none if it has no operator. */
export abstract class AlarmMails {
  abstract about(report: IncidentReport): NewTransactionalMail[];
}
