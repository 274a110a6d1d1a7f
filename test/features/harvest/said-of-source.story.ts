import { QueryFailedError } from 'typeorm';
import { CarnotError, ShapeError } from '../../../src/kernel/errors.js';
import { sourceStateOf } from '../../../src/harvest/run-documents.js';
import { gateError, type GateErrorKind } from '../../../src/platform/http/http-errors.js';

const gate = (kind: GateErrorKind, status?: number) =>
  gateError(kind, 'it failed', status === undefined ? {} : { status });
const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const database = (code: string) => new QueryFailedError('SELECT 1', [], system(code));

describe('what an error says of a source', () => {
  it.each<[string | null, Error[]]>([
    [
      'broken',
      [
        new ShapeError('x'),
        gate('HttpNotFound'),
        gate('HttpClientError'),
        gate('UnexpectedStatus'),
        gate('TooLarge'),
        gate('UnknownEncoding'),
        gate('TooManyRedirects'),
      ],
    ],
    [
      'blocked',
      [
        gate('HttpBlocked', 401),
        gate('HttpBlocked', 407),
        gate('HttpBlocked', 451),
        gate('RobotsDisallowed'),
        gate('GateRefused'),
        gate('TlsFailed'),
        new CarnotError('Challenge', 'x', 'later'),
      ],
    ],
    ['refused', [gate('HttpBlocked', 403)]],
    ['throttled', [gate('HttpThrottled')]],
    [
      'unreachable',
      [
        gate('ConnectFailed'),
        gate('HttpServerError'),
        gate('Timeout'),
        gate('NotFoundHost'),
        new CarnotError('Truncated', 'x', 'later'),
      ],
    ],
    // A format that our code or our database cannot handle: a text with a zero byte.
    ['broken', [new TypeError('x'), new RangeError('x'), database('22P05')]],
    [null, [gate('RateLimitUnavailable'), gate('GateClosed'), new CarnotError('Abandoned', 'x', 'later')]],
    [
      null,
      [
        database('57P01'),
        database('53100'),
        system('ECONNREFUSED'),
        system('ENOSPC'),
        new Error('Connection terminated unexpectedly'),
      ],
    ],
  ])('%s', (expected, errors) =>
    expect(errors.map((e) => [e.message, sourceStateOf(e)])).toEqual(
      errors.map((e) => [e.message, expected]),
    ),
  );
});
