import { z } from 'zod';

/** Why a search was not saved: the limit is reached, or the name is invalid. */
const WHY = ['full', 'name'] as const;

/** Twice what a name may have; it stands in an address, where a character may take twelve. */
const MOST = 200;

/** Query parameters of a page whose filters could not be saved, so that it can say so at the name field. */
export const UNSAVED = { unsaved: z.enum(WHY).optional(), unsavedName: z.string().max(MOST).optional() };
export interface UnsavedSearch {
  unsaved?: (typeof WHY)[number] | undefined;
  unsavedName?: string | undefined;
}

export function withUnsaved(path: string, why: (typeof WHY)[number], name: string): string {
  const url = new URL(path, 'http://here');
  url.searchParams.set('unsaved', why);
  url.searchParams.set('unsavedName', name.slice(0, MOST));
  return `${url.pathname}${url.search}`;
}
