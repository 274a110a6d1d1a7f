import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { CarnotError } from '../../src/kernel/errors.js';
import { readCall } from '../../src/matching/domain/reader/read-call.js';
import { ChatReader } from '../../src/platform/reader/chat-reader.js';
import { ChatServer } from '../support/matching/chat-server.js';
import { aProfile } from '../support/matching/profiles.js';

const CALL = {
  reference: 'R1',
  title: 'Quieter rotors',
  typesOfAction: [],
  text: 'Proposals should address blade design.',
};
const QUOTE = 'should address blade design';
const line = (institute: string, over: object = {}) => ({
  institute,
  call: 'R1',
  grade: 'wanted',
  reason: 'It designs blades.',
  quote: QUOTE,
  ...over,
});
const answer = (...readings: unknown[]): string => JSON.stringify({ readings });
const status =
  (code: number, headers: OutgoingHttpHeaders = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(code, headers).end('{"error": {"message": "secret"}}');
  };

let server: ChatServer;
const made: ChatReader[] = [];
beforeAll(async () => {
  server = await ChatServer.start();
});
afterEach(() => Promise.all(made.splice(0).map((m) => m.close())));
afterAll(() => server.close());

function reader(over: { url?: string; key?: string } = {}): ChatReader {
  made.push(
    new ChatReader(
      { url: server.url, model: 'small', key: undefined, ...over },
      { userAgent: 'carnot-test', maxBytes: 1_000_000 },
    ),
  );
  return made.at(-1)!;
}
const read = (model = reader(), ...ids: string[]) =>
  readCall(
    model,
    CALL,
    (ids.length ? ids : ['one', 'two']).map((id) => aProfile(id)),
  );

describe('a language model that reads', () => {
  it('is asked as OpenAI is, once for all institutes, for JSON and with the key', async () => {
    server.says(answer(line('one')));
    const { readings, left, usage } = await read(reader({ key: 'sk-1' }));
    expect(Object.fromEntries(readings)).toEqual({
      one: { grade: 'wanted', reason: { en: 'It designs blades.' }, quote: QUOTE },
      two: { grade: 'not' },
    });
    expect([left.size, usage]).toEqual([0, { prompt: 100, completion: 7 }]);
    expect(server.asked).toMatchObject([
      {
        path: 'POST /v1/chat/completions',
        authorization: 'Bearer sk-1',
        body: { model: 'small', temperature: 0, response_format: { type: 'json_object' } },
      },
    ]);
    expect(server.asked[0]!.body.messages.map((m) => m.role)).toEqual(['system', 'user']);
  });

  it('is asked once more for those of whom its answer does not hold, and for no others', async () => {
    server.says(
      answer(line('one'), line('two', { quote: 'nowhere to be found' })),
      answer(line('two', { grade: 'partly' })),
    );
    const { readings, left, usage } = await read();
    expect([...readings].map(([id, r]) => [id, r.grade])).toEqual([
      ['one', 'wanted'],
      ['two', 'partly'],
    ]);
    expect(left.size).toBe(0);
    expect(usage).toEqual({ prompt: 200, completion: 14 });
    expect(
      [...server.asked[1]!.body.messages[1]!.content.matchAll(/^Institute: (\S+)/gm)].map((m) => m[1]),
    ).toEqual(['two']);
  });

  it('leaves to the built-in ranking what it cannot say twice', async () => {
    server.says(answer(line('one'), line('two', { quote: 'nowhere to be found' })), 'I am sorry.');
    const { readings, left } = await read();
    expect([[...readings.keys()], Object.fromEntries(left)]).toEqual([
      ['one'],
      { two: 'the answer is not of the form' },
    ]);
    expect(server.asked).toHaveLength(2);
  });

  it('may have no temperature but its own, and know no formats: it is asked plainly then, and from then on', async () => {
    server.says(status(400), answer(line('one')));
    const model = reader();
    expect((await read(model)).readings.size).toBe(2);
    await read(model);
    expect(server.asked.map(({ body }) => [body.temperature, body.response_format?.type])).toEqual([
      [0, 'json_object'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('may say nothing, or not how much it took', async () => {
    server.says(
      (response) => ChatServer.send(response, null),
      (response) => ChatServer.send(response, answer(), {}),
    );
    const { readings, usage } = await read();
    expect(readings.size).toBe(2);
    expect(usage.prompt).toBeGreaterThan(100 + CALL.text.length / 4);
    expect(usage.completion).toBe(7 + Math.ceil(answer().length / 4));
  });

  it('may count nothing', async () => {
    server.says((response) => ChatServer.send(response, answer(line('one')), { usage: null }));
    const { readings, usage } = await read();
    expect([readings.size, usage.completion]).toEqual([2, Math.ceil(answer(line('one')).length / 4)]);
  });
});

describe('a server of language models that fails', () => {
  it.each<[string, Parameters<ChatServer['says']>[0], Partial<CarnotError>, RegExp]>([
    [
      'asks to wait',
      status(429, { 'retry-after': '7' }),
      { kind: 'HttpThrottled', retryPolicy: 'later', details: { retryAfterMs: 7_000 } },
      /the server in READER_URL: .*status 429/,
    ],
    ['breaks down', status(500), { kind: 'HttpServerError', retryPolicy: 'later' }, /status 500/],
    ['refuses the key', status(401), { kind: 'HttpBlocked', retryPolicy: 'person' }, /Correct READER_KEY/],
    [
      'does not have the model',
      status(404),
      { kind: 'HttpNotFound', retryPolicy: 'person' },
      /Correct READER_URL, or READER_MODEL/,
    ],
    [
      'does not understand, however it is asked',
      status(400),
      { kind: 'HttpClientError', retryPolicy: 'person' },
      /Correct READER_MODEL/,
    ],
    [
      'sends elsewhere',
      status(307, { location: 'http://127.0.0.1:1/' }),
      { kind: 'GateRefused', retryPolicy: 'never' },
      /may not redirect/,
    ],
    [
      'cuts the connection',
      (response) => {
        response.socket!.destroy();
      },
      { kind: 'ConnectionReset', retryPolicy: 'later' },
      /cut/,
    ],
    [
      'answers with a page',
      (response) => {
        response.end('<html>');
      },
      { kind: 'BadReading', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
    [
      'has no choice',
      (response) => ChatServer.send(response, '', { choices: [] }),
      { kind: 'BadReading', retryPolicy: 'person' },
      /form of OpenAI/,
    ],
  ])('and %s says so, and whether to try again', async (_, said, expected, says) => {
    server.says(said);
    const error = await read().then(
      () => Promise.reject(new Error('did not fail')),
      (e: CarnotError) => e,
    );
    expect(error).toMatchObject(expected);
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain('secret');
  });
});
