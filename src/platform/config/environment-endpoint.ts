import { isEndpoint, rule } from './environment-rules.js';

/** What the operator names of a server that speaks as OpenAI does. */
export interface EndpointWords {
  /** What is asked below its address, as `/embeddings`: an address that ends with it is understood. */
  path: string;
  /** A model as such a server calls it. */
  model: string;
}

/**
 * The address of such a server, the name of its model, and the key that it wants; none of them need be given.
 */
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
