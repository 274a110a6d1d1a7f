import { z } from 'zod';
import { beginning, dayAfter } from '../../domain/call/months.js';
import { STATUSES } from '../../domain/call/status.js';
import type { CallSearch } from '../../features/calls/call-search.js';
import { withQuery } from '../kit/query.js';

const Day = z.iso.date().refine((day) => /^20/.test(day)).optional();

/** What stands in the address of the page. The days are named as the API names its moments. */
export const ADDRESS = {
  q: z.string().trim().min(1).max(500).optional(),
  status: z.enum(STATUSES).optional(),
  programme: z.string().trim().max(200).optional(),
  source: z.string().trim().max(100).optional(),
  deadlineAfter: Day,
  deadlineBefore: Day,
  cursor: z.string().max(1_000).optional(),
};
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

type Filter = Parameters<CallSearch['page']>[0];

/** The filter that the address asks for; both days count in full, in Brussels. */
export function filterOf({ q, status, programme, source, deadlineAfter, deadlineBefore }: Address): Filter {
  return {
    ...(q && { q }), ...(status && { status }), ...(programme && { programme }), ...(source && { source }),
    ...(deadlineAfter && { deadlineAfter: new Date(beginning(deadlineAfter).getTime() - 1) }),
    ...(deadlineBefore && { deadlineBefore: dayAfter(deadlineBefore) }),
  };
}

/** The address of another page of the same list. */
export const addressWith = (address: Address, cursor: string | null): string => withQuery('/calls', { ...address, cursor });

/** The filters alone, as a saved search keeps them. */
export const filtersIn = (address: Address): string => withQuery('', { ...address, cursor: null }).replace(/^\?/, '');
