/** Subjects that are monitored: a source, a queue, or whether any worker runs. */
export const WORKERS = 'workers';
export const sourceSubject = (sourceId: string): string => `source/${sourceId}`;
/** The check of our assumptions about a source. */
export const checkSubject = (sourceId: string): string => `check/${sourceId}`;
/** Returns the id of the source whose state the subject is; null for other subjects. */
export const sourceOf = (subject: string): string | null =>
  subject.startsWith(sourceSubject('')) ? subject.slice(sourceSubject('').length) : null;
export const queueSubject = (queue: string): string => `queue/${queue}`;

/** States that need no action. Any other is trouble and raises an alarm when first seen. */
export const GOOD_STATES = ['healthy', 'ok'];
export const isGood = (state: string): boolean => GOOD_STATES.includes(state);

/** The state of a subject at `now`; `reason` explains it, or is null if there is nothing to say. */
export interface Observation {
  subject: string;
  state: string;
  reason: string | null;
  /** Since when it is in trouble, if that began before it could be noticed. */
  since?: Date | null;
  now: Date;
}

/** The state before the first observation of a subject. */
export const UNKNOWN = 'new';
