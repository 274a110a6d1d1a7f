import { z } from 'zod';

let parts: readonly string[] = [];

/** Says which kinds of reasons there are, once the signals are plugged in. */
export function nameParts(all: readonly string[]): void {
  parts = all;
}

/** A kind of reason that a score is the sum of, as it is named in evidence. */
export type ReasonPart = string;
export const ReasonPart = z.string().meta({
  // Which there are is known when the description is made, not when this is read.
  get enum() {
    return [...parts];
  },
});
