import type { CallContent } from '../../../calls/domain/call-content.js';
import type { Change, NotifiableEvent } from '../../../calls/domain/versions/diff.js';
import { type Status, statusAt, statusFacts, type StatusFacts } from '../../../calls/domain/status.js';
import { grouped } from '../../../kernel/collections.js';

export interface PastVersion extends Pick<
  CallContent,
  'deadlines' | 'opensAt' | 'sourceStatus' | 'kind' | 'callIdentifier'
> {
  callId: string;
  version: number;
  /** Its sequence number among everything ever stored. */
  seq: bigint;
  /** When it was found. */
  at: Date;
  changes: Change[];
}

export interface PastCall extends Pick<CallContent, 'deadlines' | 'kind' | 'callIdentifier'> {
  id: string;
  firstSeq: bigint;
  version: number;
  facts: StatusFacts;
}

/** Replays calls over time from all their versions. */
export class PastCalls {
  private readonly calls = new Map<string, PastCall>();
  private readonly versions: PastVersion[];
  private readonly byCall: Map<string, PastVersion[]>;
  private next = 0;

  constructor(versions: PastVersion[]) {
    this.versions = [...versions].sort((a, b) => a.at.getTime() - b.at.getTime() || Number(a.seq - b.seq));
    this.byCall = grouped(this.versions, (v) => [v.callId]);
  }

  /** Returns the times of the versions not yet replayed, each once. */
  moments(): Date[] {
    return [...new Set(this.versions.slice(this.next).map((v) => v.at.getTime()))].map((at) => new Date(at));
  }

  /** Replays the versions found up to a point in time and returns them. */
  advance(to: Date): PastVersion[] {
    const found: PastVersion[] = [];
    for (
      let version = this.versions[this.next];
      version && version.at <= to;
      version = this.versions[this.next]
    ) {
      this.calls.set(version.callId, this.after(version));
      found.push(version);
      this.next += 1;
    }
    return found;
  }

  get(id: string): PastCall | undefined {
    return this.calls.get(id);
  }

  all(): PastCall[] {
    return [...this.calls.values()];
  }

  status(id: string, now: Date): Status {
    return statusAt(this.calls.get(id)!.facts, now);
  }

  /** Returns the changes of a call from a version up to the current one, oldest first. */
  changesFrom(id: string, version: number): Change[] {
    const { version: upTo } = this.calls.get(id)!;
    return this.byCall
      .get(id)!
      .filter((v) => v.version >= version && v.version <= upTo)
      .flatMap((v) => v.changes);
  }

  /** Returns the changes behind these events, by event key. */
  changesOf(events: NotifiableEvent[]): Map<string, Change[]> {
    return new Map(
      events
        .filter((e) => e.kind === 'change')
        .map((e) => [e.key, this.byCall.get(e.callId!)!.find((v) => v.version === e.version)!.changes]),
    );
  }

  private after({ callId: id, version, seq, at, changes, ...content }: PastVersion): PastCall {
    const withdrawnAt = changes.some((c) => c.kind === 'withdrawn') ? at : null;
    return {
      id,
      version,
      firstSeq: this.calls.get(id)?.firstSeq ?? seq,
      deadlines: content.deadlines,
      kind: content.kind,
      callIdentifier: content.callIdentifier,
      facts: { ...statusFacts(content), withdrawnAt },
    };
  }
}
