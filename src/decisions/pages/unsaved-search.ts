import { z } from 'zod';

/** Why a search was not kept: there are as many as can be, or its name is none. */
const WHY = ['full', 'name'] as const;

/**
 * What stands in the address of a page whose filters were not kept as a search, so that it can say so at the
 * field with the name.
 */
export const UNSAVED = { unsaved: z.enum(WHY).optional(), unsavedName: z.string().max(2_000).optional() };
export interface UnsavedSearch {
  unsaved?: (typeof WHY)[number] | undefined;
  unsavedName?: string | undefined;
}

/** The page's address, which says so. */
export function withUnsaved(path: string, why: (typeof WHY)[number], name: string): string {
  const url = new URL(path, 'http://here');
  url.searchParams.set('unsaved', why);
  url.searchParams.set('unsavedName', name.slice(0, 2_000));
  return `${url.pathname}${url.search}`;
}
