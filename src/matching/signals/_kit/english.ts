import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';

export const quoted = (text: string): string => `“${text}”`;

/** A few words of the call around what was found. */
export const quote = (details: Pick<ReasonDetails, 'quote'>): string =>
  details.quote === null ? '' : ` (${quoted(details.quote)})`;

/** The part of the call in which something stands; the call, where none is named. */
export const said = ({ kinds, ...details }: Pick<ReasonDetails, 'kinds' | 'quote'>): string =>
  details.quote === null || !kinds.length
    ? 'The call'
    : `The text in ${namedParts(kinds, 'en')}${quote(details)}`;
