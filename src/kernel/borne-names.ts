import { DAY_MS } from './durations.js';

/** A name, since when it is borne, and those borne before. */
export interface Named {
  name: string;
  nameSince: Date;
  formerNames: string[];
}

/**
 * Whether a name is one that people know somebody by: within a day, a mistake is corrected, or a name is
 * chosen in order to have it erased from what others wrote.
 */
const isBorne = ({ nameSince }: Pick<Named, 'nameSince'>, now: Date): boolean =>
  now.getTime() - nameSince.getTime() > DAY_MS;

/** Returns what is kept of somebody's names when they take this one. */
export function renamed(before: Named, name: string, now: Date): Named {
  const { nameSince, formerNames } = before;
  if (name === before.name) return { name, nameSince, formerNames };
  const former = isBorne(before, now) ? [...formerNames, before.name] : formerNames;
  return { name, nameSince: now, formerNames: [...new Set(former)] };
}

/** The names that somebody bore for longer than a day. */
export const borneNames = (named: Named, now: Date): string[] => [
  ...new Set([...named.formerNames, ...(isBorne(named, now) ? [named.name] : [])]),
];
