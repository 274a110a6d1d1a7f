import { sayIn } from '../../../../i18n/translate.js';
import type { Message } from '../../../../i18n/message.js';
import type { Language } from '../../../../kernel/language.js';
import { nameSignals, type SignalName } from '../../signals/signal-name.js';
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

let kinds: ReadonlyMap<SignalName, ReasonKind> = new Map();

/** Says how each kind of reason is told, once the signals are plugged in. */
export function tellBy(all: readonly [SignalName, ReasonKind][]): void {
  kinds = new Map(all);
  nameSignals([...kinds.keys()]);
}

/** How a kind of reason is told; null where its signal is no longer plugged in. */
export const kindOf = (signal: SignalName): ReasonKind | null => kinds.get(signal) ?? null;

/** What it is called; its bare name where its signal is no longer plugged in. */
export const nameOfSignal = (signal: SignalName, language: Language): string => {
  const kind = kinds.get(signal);
  return kind ? sayIn(language, kind.name) : signal;
};
