import { sayIn, translateTo } from '../../../../i18n/translate.js';
import type { Message } from '../../../../i18n/message.js';
import type { Language } from '../../../../kernel/language.js';
import { nameSignals, type SignalName } from '../../signals/plugged-in.js';
import type { ReasonDetails } from './reason-details.js';

export interface ReasonKind {
  /** The heading of reasons without a competence, on the page of a call. */
  name: Message;
  /** Returns a sentence without its end, to which the points are added. */
  says(details: ReasonDetails, language: Language): string;
  ofCall?: boolean;
  /** For terms that are our own codes: the key prefix of their texts. */
  terms?: string;
  /** Whether it comes before all others, however few its points. */
  first?: boolean;
  /** Whether only the institute's own people see it, and its points. */
  inside?: boolean;
}

let kinds: ReadonlyMap<SignalName, ReasonKind> = new Map();

/** Sets the wording of each kind of reason, once the signals are plugged in. */
export function tellBy(all: readonly [SignalName, ReasonKind][]): void {
  kinds = new Map(all);
  nameSignals([...kinds.keys()]);
}

/** Returns the wording of a kind of reason; null if its signal is no longer plugged in. */
export const kindOf = (signal: SignalName): ReasonKind | null => kinds.get(signal) ?? null;

/** Returns the name of a signal; a neutral one if it is not plugged in, as after its removal. */
export const nameOfSignal = (signal: SignalName, language: Language): string => {
  const kind = kinds.get(signal);
  return kind ? sayIn(language, kind.name) : translateTo(language)('text.other');
};
