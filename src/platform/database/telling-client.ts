import { isTraced, traced } from '../telemetry/traces.js';
import { Announcer, textOf } from './acting.js';
import { LimitedClient } from './limits.js';

const FAILED_TRANSACTION = '25P02';
/** Of a statement in a trace, in characters. */
const MOST_TEXT = 2_000;

/** A connection on which the server knows for whom each statement is, and whose rows it may show. */
export class TellingClient extends LimitedClient {
  private readonly announcer = new Announcer();

  /** A statement is part of the trace of what asks for it; what looks for work by itself has none. Its values stand apart from its text. */
  protected override sent(given: unknown[]): unknown {
    const text = textOf(given[0]);
    if (!isTraced() || text === undefined || typeof given.at(-1) === 'function') return this.told(given);
    const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement';
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MOST_TEXT) };
    return traced({ name: operation, kind: 'CLIENT', attributes }, () => this.told(given));
  }

  /**
   * Tells it first, in the same breath. What keeps that from passing, a transaction that has failed, keeps the statement from it too; after
   * anything else the connection is given up before the statement leaves.
   */
  private told(given: unknown[]): unknown {
    const told = Object.entries(this.announcer.before(given[0]) ?? {});
    if (told.length > 0) {
      const settings = told.map(([name], i) => `set_config('${name}', $${i + 1}, false)`);
      const [text, values] = [`SELECT ${settings.join(', ')}`, told.map(([, value]) => value)];
      const heard = (error: (Error & { code?: string }) | null): void => {
        if (error && error.code !== FAILED_TRANSACTION) this.giveUp(error);
      };
      // By its name the server has it prepared: it is said often.
      super.sent([{ name: `tell ${told.map(([name]) => name).join()}`, text, values }, heard]);
    }
    return super.sent(given);
  }
}
