import { LONGEST_EMBEDDED_TEXT } from '../../src/kernel/ports.js';
import type { CarnotError } from '../../src/kernel/errors.js';
import type { ExternalEmbedder } from '../../src/platform/embedding/model-folder.js';
import { embedderOf } from '../../src/platform/embedding/embedder-of.js';
import { EndpointEmbedder } from '../../src/platform/embedding/endpoint.embedder.js';
import { Gate } from '../../src/platform/http/gate.js';
import { aText, cosine, embedderSuite } from '../support/matching/embedder-suite.js';
import { EmbeddingServer } from '../support/matching/embedding-server.js';

let server: EmbeddingServer;
const made: ExternalEmbedder[] = [];
beforeAll(async () => {
  server = await EmbeddingServer.start();
});
beforeEach(() => {
  server.fault = null;
  server.size = 64;
  server.asked.length = 0;
});
afterEach(() => Promise.all(made.splice(0).map((m) => m.close())));
afterAll(() => server.close());

function embedder(
  told: { model?: string; key?: string; url?: string; timeoutMs?: number } = {},
): ExternalEmbedder {
  const { model = 'bag', key, url = server.url, timeoutMs = 30_000 } = told;
  const gate = new Gate({
    trustedOrigins: [new URL(url).origin],
    userAgent: 'carnot-test',
    timeoutMs,
    maxBytes: 1_000_000,
    maxRedirects: 0,
    robots: false,
    requestsPerMinute: 1,
  });
  made.push(new EndpointEmbedder({ url, model, key }, gate));
  return made.at(-1)!;
}
const failure = (from = embedder(), count = 1): Promise<CarnotError> =>
  from.embed(Array.from({ length: count }, (_, i) => aText(`text ${i}`))).then(
    () => Promise.reject(new Error('did not fail')),
    (error: CarnotError) => error,
  );

describe('a server of embeddings', () => {
  let shared: ExternalEmbedder;
  beforeAll(() => {
    shared = embedderOf(
      { EMBEDDING_URL: server.url, EMBEDDING_MODEL: 'bag', EMBEDDING_KEY: 'k' },
      { userAgent: 'carnot-test', maxBytes: 1_000_000 },
    )!;
  });
  afterAll(() => shared.close());
  embedderSuite(() => shared);

  it('is asked as OpenAI is, with the key, for so many texts at once', async () => {
    await embedder({ key: 'sk-1' }).embed(Array.from({ length: 40 }, (_, i) => aText(`text ${i}`)));
    expect(
      server.asked.map(({ path, authorization, model, input }) => [path, authorization, model, input.length]),
    ).toEqual([32, 8].map((count) => ['POST /v1/embeddings', 'Bearer sk-1', 'bag', count]));
    await embedder().embed([aText('x')]);
    expect(server.asked.at(-1)!.authorization).toBeUndefined();
  });

  it('is given the text in one line, cut off, with the prefix that its model was trained with', async () => {
    const texts = [
      aText(' a\n b\t'),
      aText('c', { kind: 'competence' }),
      aText('d', { kind: 'project' }),
      aText(''),
      aText('é'.repeat(9_999)),
      aText(`${'x'.repeat(LONGEST_EMBEDDED_TEXT - 1)}🌊`),
    ];
    await embedder().embed(texts);
    await embedder({ model: 'intfloat/multilingual-e5-small' }).embed(texts.slice(0, 4));
    await embedder({ model: 'multilingual-e5-large-instruct' }).embed(texts.slice(0, 1));
    await embedder({ model: 'table5' }).embed(texts.slice(0, 1));
    expect(server.asked.map((a) => a.input)).toEqual([
      ['a b', 'c', 'd', '.', 'é'.repeat(LONGEST_EMBEDDED_TEXT), 'x'.repeat(LONGEST_EMBEDDED_TEXT - 1)],
      ['passage: a b', 'query: c', 'passage: d', 'passage: .'],
      ['a b'],
      ['a b'],
    ]);
  });

  it('may answer out of order, or without saying which is which', async () => {
    const texts = ['aaa', 'bbb', 'ccc'].map((t) => aText(t));
    const right = await embedder().embed(texts);
    server.fault = (response, data) => EmbeddingServer.send(response, [...data].reverse());
    expect(await embedder().embed(texts)).toEqual(right);
    server.fault = (response, data) =>
      EmbeddingServer.send(
        response,
        data.map(({ embedding }) => ({ embedding })),
      );
    expect(await embedder().embed(texts)).toEqual(right);
    expect(cosine(right[0]!, right[1]!)).toBeLessThan(0.5);
  });
});

describe('a server of embeddings that fails', () => {
  const status =
    (code: number, headers = {}) =>
    () => {
      server.fault = (response) => response.writeHead(code, headers).end('{"error": "secret"}');
    };
  const data = (change: (all: { index: number; embedding: (number | null)[] }[]) => unknown) => () => {
    server.fault = (response, all) => EmbeddingServer.send(response, change(all));
  };

  it.each<[string, () => void, Partial<CarnotError>, RegExp]>([
    [
      'asks to wait',
      status(429, { 'retry-after': '7' }),
      { kind: 'HttpThrottled', retryPolicy: 'later', details: { retryAfterMs: 7_000 } },
      /status 429/,
    ],
    ['breaks down', status(500), { kind: 'HttpServerError', retryPolicy: 'later' }, /status 500/],
    ['is overloaded', status(503), { kind: 'HttpServerError', retryPolicy: 'later' }, /status 503/],
    ['refuses the key', status(401), { kind: 'HttpBlocked', retryPolicy: 'person' }, /Correct EMBEDDING_KEY/],
    [
      'does not have the model',
      status(404),
      { kind: 'HttpNotFound', retryPolicy: 'person' },
      /Correct EMBEDDING_URL, or EMBEDDING_MODEL/,
    ],
    [
      'does not understand',
      status(400),
      { kind: 'HttpClientError', retryPolicy: 'person' },
      /Correct EMBEDDING_MODEL/,
    ],
    [
      'sends elsewhere',
      status(307, { location: 'http://127.0.0.1:1/' }),
      { kind: 'GateRefused', retryPolicy: 'never' },
      /may not redirect/,
    ],
    [
      'cuts the connection',
      () => {
        server.fault = (response) => response.socket!.destroy();
      },
      { kind: 'ConnectionReset', retryPolicy: 'later' },
      /cut/,
    ],
    [
      'answers with a page',
      () => {
        server.fault = (response) => response.end('<html>');
      },
      { kind: 'BadVectors', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
    [
      'leaves one out',
      data((all) => all.slice(1)),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /answers 3 texts with 2 vectors/,
    ],
    [
      'gives one twice',
      data((all) => all.map((d) => ({ ...d, index: 0 }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /to which text/,
    ],
    [
      'gives one for no text',
      data((all) => all.map((d) => ({ ...d, index: d.index + 1 }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /to which text/,
    ],
    [
      'gives what is no number',
      data((all) => all.map((d) => ({ ...d, embedding: [null, 1] }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
    [
      'gives infinity',
      () => {
        server.fault = (response) => response.end('{"data":[{"index":0,"embedding":[1e999,1]}]}');
      },
      { kind: 'BadVectors', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
    [
      'writes NaN',
      () => {
        server.fault = (response) => response.end('{"data":[{"index":0,"embedding":[NaN,1]}]}');
      },
      { kind: 'BadVectors', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
    [
      'gives zeros',
      data((all) => all.map((d) => ({ ...d, embedding: [0, 0] }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /points nowhere/,
    ],
    [
      'gives nothing',
      data((all) => all.map((d) => ({ ...d, embedding: [] }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /points nowhere/,
    ],
    [
      'gives vectors of two sizes',
      data((all) => all.map((d) => ({ ...d, embedding: d.index ? [1] : [1, 2] }))),
      { kind: 'BadVectors', retryPolicy: 'person' },
      /have 2 numbers, and then 1/,
    ],
  ])('and %s says so, and whether to try again', async (_name, fail, expected, says) => {
    fail();
    const error = await failure(embedder({ key: 'hunter2' }), 3);
    expect(error).toMatchObject(expected);
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/EMBEDDING_URL/);
    expect(error.message).not.toMatch(/hunter2|secret/);
  });

  it('and hangs is given up in time', async () => {
    server.fault = () => undefined;
    expect(await failure(embedder({ timeoutMs: 150 }))).toMatchObject({
      kind: 'Timeout',
      retryPolicy: 'later',
    });
  });

  it('and hangs lets go who leaves, and does not hold up the end of the process', async () => {
    server.fault = () => undefined;
    const [hanging, leaving] = [embedder({ timeoutMs: 60_000 }), new AbortController()];
    const left = hanging.embed([aText('x')], leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const ended = failure(hanging);
    await hanging.close();
    expect(await ended).toMatchObject({ kind: 'GateClosed', retryPolicy: 'later' });
  });

  it('and is not there', async () => {
    expect(await failure(embedder({ url: 'http://127.0.0.1:1' }))).toMatchObject({
      kind: 'ConnectFailed',
      retryPolicy: 'later',
    });
  });

  it('and has another model under the same name is found out', async () => {
    const one = embedder();
    await one.embed([aText('x')]);
    server.size = 32;
    expect((await failure(one)).message).toMatch(/have 64 numbers, and then 32/);
  });
});

describe('which model the environment names', () => {
  const limits = { userAgent: 'carnot-test', maxBytes: 1_000 };
  it('is the built-in one where it names none', () => expect(embedderOf({}, limits)).toBeNull());
  it('is another for every name', () => {
    const models = ['a', 'b'].map(
      (EMBEDDING_MODEL) => embedderOf({ EMBEDDING_URL: 'http://x.org/v1', EMBEDDING_MODEL }, limits)!.model,
    );
    expect(models).toEqual(['endpoint-2 a', 'endpoint-2 b']);
  });
});
