import { sayIn } from '../../../../i18n/translate.js';
import type { Message } from '../../../../i18n/message.js';
import type { Language } from '../../../../kernel/language.js';
import { nameParts, type ReasonPart } from '../../signals/reason-part.js';
import type { ReasonDetails } from './reason-details.js';

/** How one kind of reason is told. */
export interface ReasonKind {
  /** Above reasons of no competence, on the page of a call. */
  name: Message;
  /** A sentence without its end: the points are added to it. */
  says(details: ReasonDetails, language: Language): string;
  /** Its term is the call's own word, as it stands there. */
  ofCall?: boolean;
  /** Its term is a word of ours, which pages say by the text of this beginning. */
  terms?: string;
  /** It is told before all others, however few points it brings. */
  first?: boolean;
  /** Outside the institute it is one reason without a name. */
  inside?: boolean;
}

let kinds: ReadonlyMap<ReasonPart, ReasonKind> = new Map();

/** Says how each kind of reason is told, once the signals are plugged in. */
export function tellBy(all: readonly [ReasonPart, ReasonKind][]): void {
  kinds = new Map(all);
  nameParts([...kinds.keys()]);
}

/** How a kind of reason is told; null where its signal is no longer plugged in. */
export const kindOf = (part: ReasonPart): ReasonKind | null => kinds.get(part) ?? null;

/** What it is called; its bare name where its signal is no longer plugged in. */
export const nameOfPart = (part: ReasonPart, language: Language): string => {
  const kind = kinds.get(part);
  return kind ? sayIn(language, kind.name) : part;
};
