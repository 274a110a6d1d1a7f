import { z } from 'zod';

let names: readonly string[] = [];

/** Says which names there are, once the signals are plugged in. */
export function nameSignals(all: readonly string[]): void {
  names = all;
}

/** A signal of the score, as it is named in evidence. */
export type SignalName = string;
export const SignalName = z.string().meta({
  // Which there are is known when the description is made, not when this is read.
  get enum() {
    return [...names];
  },
});
