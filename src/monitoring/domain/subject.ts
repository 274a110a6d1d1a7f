/**
 * What somebody would want to hear of: a source, a queue, or whether anybody works off what the queues hold.
 */
export const WORKERS = 'workers';
export const sourceSubject = (sourceId: string): string => `source/${sourceId}`;
/** Whether a source is as it is taken for. */
export const checkSubject = (sourceId: string): string => `check/${sourceId}`;
/** The id of the source whose state a subject is; null for another one. */
export const sourceOf = (subject: string): string | null =>
  subject.startsWith(sourceSubject('')) ? subject.slice(sourceSubject('').length) : null;
export const queueSubject = (queue: string): string => `queue/${queue}`;

/** States in which nothing has to be done. Every other one is trouble, and its first sight is an alarm. */
export const GOOD_STATES = ['healthy', 'ok'];
export const isGood = (state: string): boolean => GOOD_STATES.includes(state);

/** How a subject was found at `now`; `reason` says why in words, null where there is nothing to say. */
export interface Observation {
  subject: string;
  state: string;
  reason: string | null;
  now: Date;
}

/** What stands for the state before the first look at a subject. */
export const UNKNOWN = 'new';
