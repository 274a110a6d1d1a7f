import type { CallContent } from '../calls/domain/call-content.js';
import { contentHash } from '../calls/domain/versions/content-hash.js';
import { normalise } from '../calls/domain/normalise.js';
import type { ParsedCall } from '../calls/domain/parsed-call.js';
import type { Scan } from './domain/scan-agreement.js';
import type { SeenCall } from './domain/findings.js';
import type { HarvestRequestEntity } from './store/harvest-run.entity.js';

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
