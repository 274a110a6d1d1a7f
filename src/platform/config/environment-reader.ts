import { endpointVariables } from './environment-endpoint.js';

const server = endpointVariables({ path: '/chat/completions', model: 'mistral-small-latest' });

/** The language model that reads calls, if any. */
export const ReaderVariables = {
  READER_URL: server.url.describe(
    'A server of language models with the OpenAI API: its address without /chat/completions. It reads calls for the institutes. Default: none.',
  ),
  READER_MODEL: server.model.describe(
    'The model to use at READER_URL; changing it reads everything again. Required if READER_URL is set.',
  ),
  READER_KEY: server.key.describe('The bearer token for READER_URL, if it needs one.'),
};

type Given = Partial<Record<keyof typeof ReaderVariables, string>>;

/** Returns conflicts between the variables. */
export function readerProblems({ READER_URL: url, READER_MODEL: model, READER_KEY: key }: Given): string[] {
  const problems: string[] = [];
  if (url && !model)
    problems.push(
      'READER_MODEL is missing: the server in READER_URL must be told which of its models is meant. Fix: Set READER_MODEL=mistral-small-latest, or as the server calls it.',
    );
  if (!url && model)
    problems.push(
      'READER_MODEL is set, but no server that has it. Fix: Set READER_URL, or leave READER_MODEL out.',
    );
  if (!url && key)
    problems.push(
      'READER_KEY is set, but no server that wants it. Fix: Set READER_URL, or leave READER_KEY out.',
    );
  return problems;
}
