import type { MessageKey } from '../../../i18n/all.js';
import { kindOf } from '../../../matching/domain/explanation/reasons/reason-kinds.js';
import type { SignalName } from '../../../matching/domain/signals/signal-name.js';
import type { Viewer } from '../../../ui/viewer.js';

/**
 * Returns the term of a reason for display: our own terms (the addressee of a call, its type of action) as
 * pages word them, otherwise the term itself.
 */
export function termText(v: Viewer, signal: SignalName, term: string): string {
  const texts = kindOf(signal)?.terms;
  return texts ? v.t(`${texts}${term}` as MessageKey) : term;
}
