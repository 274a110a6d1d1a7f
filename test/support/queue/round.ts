import type { INestApplication } from '@nestjs/common';
import { Ticker, type DueCheck } from '../../../src/platform/schedule/ticker.js';

/** Runs one scheduler round that starts now: a round in progress, such as the startup one, ends first. */
export async function round(
  app: Pick<INestApplication, 'get'>,
  checks: (new (...given: any[]) => DueCheck)[],
): Promise<void> {
  const ticker = app.get(Ticker);
  await ticker.tick([]);
  await ticker.tick(checks.map((check) => app.get(check)));
}
