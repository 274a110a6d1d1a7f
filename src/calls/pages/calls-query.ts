import { z } from 'zod';
import { CALLS_FIELDS } from '../domain/calls-query.js';
import { withQuery } from '../../ui/address.js';

export { callsFilterOf as filterOf } from '../domain/calls-query.js';

/** The page's query parameters. The days have the same names as the API's instants. */
export const ADDRESS = { ...CALLS_FIELDS, cursor: z.string().max(1_000).optional() };
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Returns the URL of another page of the same list. */
export const addressWith = (address: Address, cursor: string | null): string =>
  withQuery('/calls', { ...address, cursor });

/** Returns the filters alone, as a saved search stores them. */
export const filtersIn = (address: Address): string =>
  withQuery('', { ...address, cursor: null }).replace(/^\?/, '');
