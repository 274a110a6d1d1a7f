import type { MessageKey } from '../../../i18n/all.js';
import { kindOf, type SignalName } from '../../../matching/domain/index.js';
import type { Viewer } from '../../../ui/viewer.js';

/**
 * The term of a reason for people: where it is a word of ours (to whom a call is addressed, its type of
 * action) as pages say it, else the term itself.
 */
export function termText(v: Viewer, signal: SignalName, term: string): string {
  const texts = kindOf(signal)?.terms;
  return texts ? v.t(`${texts}${term}` as MessageKey) : term;
}
