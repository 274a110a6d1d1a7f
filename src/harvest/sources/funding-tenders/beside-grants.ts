import { NO_CURRENCY, type ParsedCall, foldLine } from '../../../calls/domain/index.js';
import type { Fields } from './row.js';

/**
 * Less than this nobody makes a call for, and more no such call has: some amounts are written in millions
 * ("1.2"). In euro or as much of another currency.
 */
const [LEAST, MOST] = [5_000, 2_000_000_000];

/**
 * The money of a cascade call or an external action, from `budget` and `currency`. An amount that cannot be
 * meant as it stands is kept in the portal's own characters, and none is made of it; so is one without a
 * currency. Null where none is stated; 0 is how the portal writes that.
 */
export function amountOf(fields: Fields): ParsedCall['budget'] {
  const written = fields.first('budget')?.trim();
  const amount = Number(written?.replace(/[\s\u00a0,](?=\d{3}(?:\D|$))/g, ''));
  if (!written || amount === 0) return null;
  const currency = /^[A-Z]{3}$/.test(fields.first('currency') ?? '')
    ? fields.first('currency')!
    : NO_CURRENCY;
  const nothing = {
    currency,
    total: null,
    expectedGrants: null,
    minContribution: null,
    maxContribution: null,
    years: [],
  };
  return amount >= LEAST && amount <= MOST && currency !== NO_CURRENCY
    ? { ...nothing, total: amount }
    : { ...nothing, asWritten: written };
}

/**
 * What only cascade calls have. Their own title is the call's; that of the topic that funded their project is
 * told beside it.
 */
export function ofCascade({ title, identifier, callTitle }: ParsedCall, fields: Fields): Partial<ParsedCall> {
  const own = foldLine(callTitle ?? fields.first('caName') ?? '');
  const [acronym, name, id] = ['projectAcronym', 'projectName', 'projectId'].map(
    (f) => fields.first(f) ?? null,
  );
  const duration = foldLine(fields.first('duration') ?? '');
  return {
    ...(own && { title: own, callTitle: null, parentTopic: { identifier, title } }),
    ...((acronym || name) && { project: { acronym: acronym!, name: name!, id: id! } }),
    ...(duration && { duration }),
  };
}

/** What only external actions have. */
export function ofExternalAction(fields: Fields): Partial<ParsedCall> {
  const [zones, contractType] = [fields.words('geographicalZones'), fields.first('contractType')];
  return { ...(zones.length > 0 && { zones }), ...(contractType && { contractType }) };
}
