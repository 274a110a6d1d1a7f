import { judgeDisk } from '../../../src/monitoring/service-monitors.js';

it.each([
  [false, 5e9, { state: 'ok', reason: null }],
  [false, 2e9, { state: 'ok', reason: null }],
  [false, 1.94e9, { state: 'nearly-full', reason: '1.9 GB are free' }],
  [false, null, { state: 'ok', reason: null }],
  [true, null, { state: 'full', reason: 'there is no space to write' }],
  [true, 0, { state: 'full', reason: 'there is no space to write; 0.0 GB are free' }],
])('a disk that is full (%s) and has %d bytes left is judged', (full, free, judged) =>
  expect(judgeDisk(full, free, 2)).toEqual(judged),
);
