import { Injectable } from '@nestjs/common';
import type { ParsedCall } from '../calls/domain/index.js';
import type { ReadDocument } from './domain/source.js';
import { SourceRepository } from './store/source.repository.js';

/**
 * Names of programmes that only the source itself can tell: a source ships the names that it is known to use,
 * and new ones come along.
 */
@Injectable()
export class ProgrammeNames {
  constructor(private readonly sources: SourceRepository) {}

  /** Keeps the names that these documents tell, where they tell any, and gives those that are known now. */
  async learn(sourceId: string, documents: ReadDocument[]): Promise<Record<string, string>> {
    const told = Object.assign({}, ...documents.map((d) => d.page.programmes ?? {})) as Record<
      string,
      string
    >;
    const known = { ...(await this.sources.find(sourceId))?.programmeNames, ...told };
    if (Object.keys(told).length) await this.sources.nameProgrammes(sourceId, known);
    return known;
  }
}

const kept = new WeakMap<ParsedCall, ParsedCall>();

/**
 * A call with the name of its programme, where it came without one. The same call gives the same object, for
 * as long as the name is the same.
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
