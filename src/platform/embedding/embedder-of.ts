import type { Environment } from '../config/environment.js';
import type { GateOptions } from '../http/gate.js';
import { gateTo } from '../http/heartbeat-address.js';
import type { ExternalEmbedder } from './model-folder.js';
import { EndpointEmbedder } from './endpoint.embedder.js';
import { TransformersEmbedder } from './transformers.embedder.js';

/** A model without an accelerator takes half a minute per batch. */
const TIMEOUT_MS = 120_000;

type Named = Pick<Environment, 'EMBEDDING_URL' | 'EMBEDDING_MODEL' | 'EMBEDDING_KEY' | 'EMBEDDING_MODEL_DIR'>;

/** Returns the model set in the environment; null for the built-in one. */
export function embedderOf(
  env: Named,
  limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>,
): ExternalEmbedder | null {
  const { EMBEDDING_URL: url, EMBEDDING_MODEL: model, EMBEDDING_KEY: key, EMBEDDING_MODEL_DIR: folder } = env;
  if (folder) return new TransformersEmbedder({ folder, name: model });
  if (!url || !model) return null;
  return new EndpointEmbedder({ url, model, key }, gateTo(url, { ...limits, timeoutMs: TIMEOUT_MS }));
}
