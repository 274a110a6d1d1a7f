import { resolve } from 'node:path';
import { endpointVariables } from './environment-endpoint.js';
import { rule } from './environment-rules.js';

const server = endpointVariables({ path: '/embeddings', model: 'multilingual-e5-small' });

/** The source of the embedding vectors, if not the built-in model. */
export const EmbeddingVariables = {
  EMBEDDING_URL: server.url.describe(
    'A server of embeddings with the OpenAI API: its address without /embeddings. Default: the built-in model.',
  ),
  EMBEDDING_MODEL: server.model.describe(
    'The model to use at EMBEDDING_URL; changing it rebuilds all vectors. Required if EMBEDDING_URL is set.',
  ),
  EMBEDDING_KEY: server.key.describe('The bearer token for EMBEDDING_URL, if it needs one.'),
  EMBEDDING_MODEL_DIR: rule(
    (value) => !value.includes('\0'),
    'must be a path',
    'Write the folder that holds config.json, tokenizer.json and onnx/model.onnx.',
  )
    .transform((value) => resolve(value))
    .optional()
    .describe(
      'A folder with an ONNX sentence model, run in this process by @huggingface/transformers. Default: the built-in model.',
    ),
};

type Given = Partial<Record<keyof typeof EmbeddingVariables, string>>;

/** Returns conflicts between the variables: vectors come from one model, and it must be clear which. */
export function embeddingProblems(given: Given): string[] {
  const {
    EMBEDDING_URL: url,
    EMBEDDING_MODEL: model,
    EMBEDDING_KEY: key,
    EMBEDDING_MODEL_DIR: folder,
  } = given;
  const problems: string[] = [];
  if (url && folder)
    problems.push(
      'EMBEDDING_URL and EMBEDDING_MODEL_DIR are both set, but vectors come from one model. Fix: Keep one of the two.',
    );
  if (url && !model) {
    problems.push(
      'EMBEDDING_MODEL is missing: the server in EMBEDDING_URL must be told which of its models is meant. Fix: Set EMBEDDING_MODEL=multilingual-e5-small, or as the server calls it.',
    );
  }
  if (model && !url && !folder)
    problems.push(
      'EMBEDDING_MODEL is set, but no server for it. Fix: Set EMBEDDING_URL, or leave EMBEDDING_MODEL out for the built-in model.',
    );
  if (key && !url)
    problems.push(
      'EMBEDDING_KEY is set, but no server that needs it. Fix: Set EMBEDDING_URL, or leave EMBEDDING_KEY out.',
    );
  return problems;
}
