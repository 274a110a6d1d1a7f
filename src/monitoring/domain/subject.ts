/**
 * Subjects that are monitored: sources, queues, channels, disks, the database, backups, whether any worker
 * runs.
 */
export const WORKERS = 'workers';
export const DATABASE = 'database';
/** The backups that are made by themselves. */
export const BACKUP = 'backup';
export const sourceSubject = (sourceId: string): string => `source/${sourceId}`;
/** The check of our assumptions about a source. */
export const checkSubject = (sourceId: string): string => `check/${sourceId}`;
/** Returns the id of the source whose state the subject is; null for other subjects. */
export const sourceOf = (subject: string): string | null =>
  subject.startsWith(sourceSubject('')) ? subject.slice(sourceSubject('').length) : null;
export const queueSubject = (queue: string): string => `queue/${queue}`;
/** What is sent by a channel. */
export const deliverySubject = (channel: string): string => `delivery/${channel}`;
export const diskSubject = (disk: 'data' | 'database'): string => `disk/${disk}`;

/** States that need no action. Any other is trouble and raises an alarm when first seen. */
export const GOOD_STATES = ['healthy', 'ok'];
export const isGood = (state: string): boolean => GOOD_STATES.includes(state);

/**
 * Trouble that hinders nothing yet: no news in a source, a form that may have changed, little space, no
 * backup, or one that is not proven.
 */
const HARMLESS = ['quiet', 'differs', 'nearly-full', 'overdue', 'unproven'];
/** Whether calls or messages may be late or missing in that state. */
export const hinders = (state: string): boolean => !isGood(state) && !HARMLESS.includes(state);

/** The state of a subject at `now`; `reason` explains it, or is null if there is nothing to say. */
export interface Observation {
  subject: string;
  state: string;
  reason: string | null;
  /** Since when it is in trouble, if that began before it could be noticed. */
  since?: Date | null;
  /**
   * How long it has to be well before the incident is over, if longer than for others: whatever is checked
   * seldom must not seem to recover for good between two checks.
   */
  calmMs?: number;
  /** Whether only some processes can see the trouble: another that does not see it does not end it. */
  partial?: boolean;
  now: Date;
}

/** The state before the first observation of a subject. */
export const UNKNOWN = 'new';
