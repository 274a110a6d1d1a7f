import { z } from 'zod';
import { CALLS_FIELDS } from '../domain/calls-query.js';
import { withQuery } from '../../ui/query.js';

export { callsFilterOf as filterOf } from '../domain/calls-query.js';

/** What stands in the address of the page. The days are named as the API names its moments. */
export const ADDRESS = { ...CALLS_FIELDS, cursor: z.string().max(1_000).optional() };
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** The address of another page of the same list. */
export const addressWith = (address: Address, cursor: string | null): string =>
  withQuery('/calls', { ...address, cursor });

/** The filters alone, as a saved search keeps them. */
export const filtersIn = (address: Address): string =>
  withQuery('', { ...address, cursor: null }).replace(/^\?/, '');
