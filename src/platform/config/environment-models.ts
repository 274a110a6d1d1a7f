import { resolve } from 'node:path';
import { isEndpoint, rule, without } from './environment-rules.js';
import { ours } from './environment-secrets.js';

/** The variables of a server with the OpenAI API. An address that ends with the path below it is accepted. */
const server = (path: string, model: string) => ({
  url: rule(
    isEndpoint,
    'must be an http or https address without ? or #',
    `Write it as https://api.example.org/v1, what stands before ${path}.`,
  )
    .transform((value) => {
      const address = value.replace(/\/+$/, '');
      return address.endsWith(path) ? address.slice(0, -path.length) : address;
    })
    .optional(),
  model: rule(
    (value) => value.length <= 200,
    'is longer than 200 characters',
    `Write the name by which the server knows it, as ${model}.`,
  ).optional(),
  key: rule(
    (value) => /^[\x21-\x7e]+$/.test(value),
    'holds characters that a bearer token cannot have',
    'Write it as the server gave it, without spaces.',
  )
    .superRefine(without(ours))
    .optional(),
});

const embeddings = server('/embeddings', 'multilingual-e5-small');
const reader = server('/chat/completions', 'mistral-small-latest');

/** The models that make vectors and read calls, if not the built-in one and none. */
export const ModelVariables = {
  EMBEDDING_URL: embeddings.url.describe(
    'A server of embeddings with the OpenAI API: its address without /embeddings. Default: the built-in model.',
  ),
  EMBEDDING_MODEL: embeddings.model.describe(
    'The model to use at EMBEDDING_URL; changing it rebuilds all vectors. Required if EMBEDDING_URL is set.',
  ),
  EMBEDDING_KEY: embeddings.key.describe('The bearer token for EMBEDDING_URL, if it needs one.'),
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
  READER_URL: reader.url.describe(
    'A server of language models with the OpenAI API: its address without /chat/completions. It reads calls for the institutes. Default: none.',
  ),
  READER_MODEL: reader.model.describe(
    'The model to use at READER_URL; changing it reads everything again. Required if READER_URL is set.',
  ),
  READER_KEY: reader.key.describe('The bearer token for READER_URL, if it needs one.'),
};
