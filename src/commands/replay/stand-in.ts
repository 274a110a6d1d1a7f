import { z } from 'zod';
import { CarnotError } from '../../kernel/errors.js';
import type { Fetcher } from '../../kernel/ports.js';
import type { Faults } from './options.js';

const Control = z.object({
  days: z.array(z.string()).min(1),
  day: z.string(),
  faults: z.record(z.string(), z.number()),
});
export type Control = z.infer<typeof Control>;

/** A client for the simulated portal, which can be told the day. */
export class StandIn {
  private readonly url: URL;

  constructor(
    private readonly fetcher: Fetcher,
    origin: string,
  ) {
    this.url = new URL('/_control', origin);
  }

  /** Returns its days and the active faults. */
  look(): Promise<Control> {
    return this.ask('GET', null);
  }

  /** Moves it to a day; without `faults`, its faults stay as they are. */
  move(day: string, faults?: Faults): Promise<Control> {
    return this.ask('POST', JSON.stringify({ day, ...(faults && { faults }) }));
  }

  private async ask(method: 'GET' | 'POST', body: string | null): Promise<Control> {
    const answer = await this.fetcher.fetch(this.url, {
      method,
      headers: { 'content-type': 'application/json' },
      body,
    });
    const read = Control.safeParse(answer.notModified ? null : JSON.parse(answer.bytes.toString('utf8')));
    if (!read.success)
      throw new CarnotError(
        'NoStandIn',
        `${this.url.href} does not respond like a stand-in: ${z.prettifyError(read.error)}`,
        'person',
      );
    return read.data;
  }
}
