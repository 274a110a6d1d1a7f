import { z } from 'zod';

let names: readonly string[] = [];

/** Sets the known names, once the signals are plugged in. */
export function nameSignals(all: readonly string[]): void {
  names = all;
}

/** A signal of the score, by its name in evidence. */
export type SignalName = string;
export const SignalName = z.string().meta({
  // Evaluated when the API description is generated: the names are not yet known at load time.
  get enum() {
    return [...names];
  },
});
