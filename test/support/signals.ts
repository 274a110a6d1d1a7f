import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plugIn } from '../../src/matching/domain/signals/signal-set.js';
import type { Signal } from '../../src/matching/domain/signals/signal.js';

const FOLDER = join(__dirname, '../../src/matching/signals');

/** All signals, plugged in on import: test data is scored before anything can be awaited. */
export const SIGNALS = readdirSync(FOLDER)
  .filter((name) => !name.startsWith('_'))
  .map((id) => jest.requireActual<{ signal: Signal }>(join(FOLDER, id, `${id}.signal`)).signal);

plugIn(SIGNALS);

/** Returns the signal of that name. */
export const signalOf = (id: string): Signal => SIGNALS.find((s) => s.id === id)!;
