import { listTo, type Message } from '../../../../i18n/message.js';
import { sayIn, translateTo } from '../../../../i18n/translate.js';
import type { Language } from '../../../../kernel/language.js';
import { type FieldKind, fieldsOf, type MatchableCall } from '../../index/fields.js';
import { nameSignals, type SignalName, type Evidence } from '../../scoring/match.js';

/** Returns the kind of a field of that call, by its name in evidence; null if the call has no such field. */
export const kindOfField = (call: MatchableCall, name: string): FieldKind | null =>
  fieldsOf(call).find((f) => f.name === name)?.kind ?? null;

/** "the title and the scope". */
export const namedSections = (kinds: FieldKind[], language: Language): string =>
  listTo(
    language,
    [...new Set(kinds)].map((kind) => translateTo(language)(`reason.section.${kind}`)),
  );

/** Everything a reason's sentence is built from. */
export interface ReasonDetails {
  signal: SignalName;
  /** Empty if the signal belongs to no competence. */
  competence: string;
  term: string;
  /** How often it occurs in the call; `atLeast` if not every place was recorded. */
  count: number;
  atLeast: boolean;
  /** The fields it occurs in, most points first. */
  kinds: FieldKind[];
  /** A few words of the call around it; null if there are none to quote. */
  quote: string | null;
  /** In whole numbers, as displayed. */
  points: number;
  contribution: number;
  /** For a type of action: how often the institute takes part in calls of this type. */
  habit: Evidence['habit'];
  /** For a reading: the language model's answer. */
  reading: Evidence['reading'];
}

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
