import { endpointVariables } from './environment-endpoint.js';

const server = endpointVariables({ path: '/chat/completions', model: 'mistral-small-latest' });

/** The language model that reads calls, if there is one. */
export const ReaderVariables = {
  READER_URL: server.url.describe(
    'A server of language models that speaks as OpenAI does, up to what stands before /chat/completions: calls are read for the institutes. Default: no model reads.',
  ),
  READER_MODEL: server.model.describe(
    'Which model of the server behind READER_URL; another name reads everything anew. Required where that is set.',
  ),
  READER_KEY: server.key.describe('The bearer token for the server behind READER_URL, where it wants one.'),
};

type Given = Partial<Record<keyof typeof ReaderVariables, string>>;

/** What does not fit together. */
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
