import { tellBy } from '../explanation/reasons/reason-kinds.js';
import type { Signal } from './signal.js';

let all: readonly Signal[] = [];

/**
 * Registers the signals: once, at start, before anything is scored or displayed. Throws if two share an id, a
 * kind of reason or a weight.
 */
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
  tellBy(ordered.flatMap((s) => Object.entries(s.reasons)));
}

/** Returns the signals in the order in which they are computed. */
export function signals(): readonly Signal[] {
  if (!all.length) throw new Error('no signal is plugged in: loadSignals() comes first');
  return all;
}
