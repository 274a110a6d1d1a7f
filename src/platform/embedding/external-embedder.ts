import type { Embedder } from '../../kernel/ports.js';

/**
 * A model that the operator brings along, instead of the one that is built in. Slow beside it: its vectors
 * are made in the background and kept.
 */
export interface ExternalEmbedder extends Embedder {
  /** Calls off what is under way. */
  close(): Promise<void>;
}
