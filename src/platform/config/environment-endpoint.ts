import { isEndpoint, rule } from './environment-rules.js';

/** The endpoint and model names for an OpenAI-compatible server. */
export interface EndpointWords {
  /** The path below its address, such as `/embeddings`; an address that ends with it is accepted. */
  path: string;
  /** An example of a model name. */
  model: string;
}

/** Returns the variables for such a server: its address, the name of its model and its key, all optional. */
export const endpointVariables = ({ path, model }: EndpointWords) => ({
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
  ).optional(),
});
