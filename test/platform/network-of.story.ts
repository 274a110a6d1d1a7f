import { networkOf } from '../../src/platform/access/rate-limit.js';

describe('the network from which a request comes', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s belongs to %s', (ip, network) => {
    expect(networkOf({ ip })).toBe(network);
  });

  it("is nobody's where the connection has gone", () => {
    expect(networkOf({ ip: undefined })).toBe('');
  });
});
