import { Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../calls/domain/versions/identity.js';
import { normalise } from '../calls/domain/normalise.js';
import type { ParsedCall } from '../calls/domain/parsed-call.js';
import { type Scan, scanOf } from './domain/scan-agreement.js';
import type { SeenCall } from './domain/findings.js';
import type { HarvestRequestEntity } from './store/harvest-run.entity.js';
import { RunRepository } from './store/run.repository.js';
import { named, ProgrammeNames } from './programme-names.js';
import { RunReader } from './runs/run-reader.js';
import type { Source } from './source-registry.js';

/** Our rules are pure: their result for a parsed call is cached as long as its parser keeps the call. */
const kept = new WeakMap<ParsedCall, { content: CallContent; hash: string }>();

function ruled(call: ParsedCall): { content: CallContent; hash: string } {
  const before = kept.get(call);
  if (before) return before;
  const content = normalise(call);
  const made = { content, hash: contentHash(content) };
  kept.set(call, made);
  return made;
}

/** Returns a scan's calls after our rules, each with the document that shows it. */
export function seenCalls(
  { calls, shownBy }: Pick<Scan, 'calls' | 'shownBy'>,
  requests: HarvestRequestEntity[],
): SeenCall[] {
  const documents = new Map(requests.map((r) => [r.key, r.documentHash]));
  return [...calls].map(([key, call]) => ({
    key,
    ...ruled(call),
    documentHash: documents.get(shownBy.get(key)!) ?? null,
  }));
}

type Documents = { key: string; documentHash: string }[];

/**
 * Reads documents of earlier runs with the current parser. Another version of the program, older or running
 * in parallel, may have read the same page differently; compared with its results, every call would seem to
 * have changed.
 */
@Injectable()
export class Reread {
  constructor(
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
    private readonly programmes: ProgrammeNames,
  ) {}

  /**
   * Returns what the current parser reads in these documents, by call key; for a document that can no longer
   * be read, the stored content remains.
   */
  async read(source: Source, documents: Documents): Promise<Map<string, CallContent>> {
    const read = new Map<string, CallContent>();
    const names = await this.programmes.learn(source.id, []);
    // One at a time, and only the requested calls: after months the calls are spread over hundreds of
    // documents.
    for (const answered of await this.runs.answeredWith([...new Set(documents.map((d) => d.documentHash))])) {
      const keys = new Set(
        documents.filter((d) => d.documentHash === answered.documentHash).map((d) => d.key),
      );
      const pages = await this.reader.readable(source, [answered]);
      const scan = scanOf(pages);
      const topics = [...scan.files.values()].flatMap((file) => file.topics);
      const calls = new Map([
        ...[...scan.calls].map(([key, call]): [string, ParsedCall] => [key, named(call, names)]),
        ...topics.map((topic): [string, ParsedCall] => [sourceRecordKey(topic), topic]),
      ]);
      for (const { key, content } of seenCalls({ ...scan, calls }, []))
        if (keys.has(key)) read.set(key, content);
    }
    return read;
  }
}
