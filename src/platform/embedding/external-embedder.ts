import type { Embedder } from '../../kernel/ports.js';

/**
 * A model supplied by the operator, in place of the built-in one. It is slower: its vectors are computed in
 * the background and stored.
 */
export interface ExternalEmbedder extends Embedder {
  /** Cancels the work in progress. */
  close(): Promise<void>;
}
