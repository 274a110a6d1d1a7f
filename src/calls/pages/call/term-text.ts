import type { ActionShort } from '../../domain/action-code.js';
import type { Addressee } from '../../domain/addressee.js';
import type { ReasonPart } from '../../../matching/domain/index.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The term of a reason for people: to whom a call is addressed and its type of action in their words, of all others the term itself. */
export function termText(v: Viewer, part: ReasonPart, term: string): string {
  if (part === 'addressees') return v.t(`profile.addressee.${term as Addressee}`);
  return part === 'types-of-action' ? v.t(`profile.action.${term as ActionShort}`) : term;
}
