import { NO_CURRENCY, type ParsedCall } from '../../../calls/domain/parsed-call.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import type { Fields } from '../_kit/portal/row.js';

/**
 * The plausible range of a call's amount: some are written in millions ("1.2"). In euros or as many units of
 * another currency.
 */
const [LEAST, MOST] = [5_000, 2_000_000_000];

/**
 * Returns the money of a cascade call or external action, from `budget` and `currency`. An amount that is
 * implausible as written, or has no currency, is kept in the portal's own characters only. Null if none is
 * stated; the portal writes that as 0.
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
 * Returns the fields only cascade calls have. Their own title is the call's; the title of the topic that
 * funded their project is given separately.
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

/** Returns the fields only external actions have. */
export function ofExternalAction(fields: Fields): Partial<ParsedCall> {
  const [zones, contractType] = [fields.words('geographicalZones'), fields.first('contractType')];
  return { ...(zones.length > 0 && { zones }), ...(contractType && { contractType }) };
}
