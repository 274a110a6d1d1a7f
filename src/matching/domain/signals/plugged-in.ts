import type { Language } from '../../../kernel/language.js';
import { nameParts, type ReasonPart } from './reason-part.js';
import type { Signal } from './signal.js';

type ReasonKind = Signal['reasons'][string];

let all: readonly Signal[] = [];
let kinds: ReadonlyMap<string, ReasonKind> = new Map();

/** Says which signals there are: once, at the start, before anything is scored or told. Throws where two share an id, a kind of reason or a weight. */
export function plugIn(signals: readonly Signal[]): void {
  const ordered = [...signals].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const named = (what: string, names: string[]): void => {
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new Error(`two signals have the ${what} "${twice}"`);
  };
  named(
    'id',
    ordered.map((s) => s.id),
  );
  named(
    'kind of reason',
    ordered.flatMap((s) => Object.keys(s.reasons)),
  );
  named(
    'weight',
    ordered.flatMap((s) => Object.keys(s.sum?.units ?? {})),
  );
  all = ordered;
  kinds = new Map(ordered.flatMap((s) => Object.entries(s.reasons)));
  nameParts([...kinds.keys()]);
}

/** The signals in the order in which they are reckoned. */
export function signals(): readonly Signal[] {
  if (!all.length) throw new Error('no signal is plugged in: loadSignals() comes first');
  return all;
}

/** How a kind of reason is told; null where its signal is no longer plugged in. */
export const kindOf = (part: ReasonPart): ReasonKind | null => kinds.get(part) ?? null;

/** What it is called; its bare name where its signal is no longer plugged in. */
export const nameOfPart = (part: ReasonPart, language: Language): string =>
  kinds.get(part)?.[language].name ?? part;
