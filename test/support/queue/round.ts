import type { INestApplication } from '@nestjs/common';
import { Ticker, type DueCheck } from '../../../src/platform/schedule/ticker.js';

/**
 * One round of the scheduler's that begins now: where one is under way, as that of the start may be, it has
 * ended before.
 */
export async function round(
  app: Pick<INestApplication, 'get'>,
  checks: (new (...given: any[]) => DueCheck)[],
): Promise<void> {
  const ticker = app.get(Ticker);
  await ticker.tick([]);
  await ticker.tick(checks.map((check) => app.get(check)));
}
