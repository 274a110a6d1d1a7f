import { Injectable } from '@nestjs/common';
import type { ParsedCall } from '../calls/domain/parsed-call.js';
import type { ReadDocument } from './domain/source.js';
import { SourceRepository } from './store/source.repository.js';

/**
 * Programme names that only the source itself provides: its code contains the names known so far, and new
 * ones appear.
 */
@Injectable()
export class ProgrammeNames {
  constructor(private readonly sources: SourceRepository) {}

  /** Stores the programme names in these documents, if any, and returns all known ones. */
  async learn(sourceId: string, documents: ReadDocument[]): Promise<Record<string, string>> {
    const told = Object.assign({}, ...documents.map((d) => d.page.programmes ?? {})) as Record<
      string,
      string
    >;
    const known = { ...(await this.sources.findById(sourceId))?.programmeNames, ...told };
    if (Object.keys(told).length) await this.sources.nameProgrammes(sourceId, known);
    return known;
  }
}

const kept = new WeakMap<ParsedCall, ParsedCall>();

/**
 * Returns a call with its programme's name added if it has none. Returns the same object for the same call as
 * long as the name is unchanged.
 */
export function named(call: ParsedCall, names: Record<string, string>): ParsedCall {
  const name = call.programme && call.programme.name === null ? names[call.programme.code] : undefined;
  if (name === undefined) return call;
  const before = kept.get(call);
  if (before?.programme?.name === name) return before;
  const made = { ...call, programme: { code: call.programme!.code, name } };
  kept.set(call, made);
  return made;
}
