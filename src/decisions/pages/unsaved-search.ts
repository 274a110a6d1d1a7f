import { z } from 'zod';

/** Why a search was not saved: the limit is reached, or the name is invalid. */
const WHY = ['full', 'name'] as const;

/** Query parameters of a page whose filters could not be saved, so that it can say so at the name field. */
export const UNSAVED = { unsaved: z.enum(WHY).optional(), unsavedName: z.string().max(2_000).optional() };
export interface UnsavedSearch {
  unsaved?: (typeof WHY)[number] | undefined;
  unsavedName?: string | undefined;
}

/** Returns the page's URL with that reason. */
export function withUnsaved(path: string, why: (typeof WHY)[number], name: string): string {
  const url = new URL(path, 'http://here');
  url.searchParams.set('unsaved', why);
  url.searchParams.set('unsavedName', name.slice(0, 2_000));
  return `${url.pathname}${url.search}`;
}
