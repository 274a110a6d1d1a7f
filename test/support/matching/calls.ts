import type { INestApplication } from '@nestjs/common';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../../../src/calls/domain/versions/identity.js';
import { normalise } from '../../../src/calls/domain/normalise.js';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { CallStore } from '../../../src/harvest/store/calls/call-store.js';
import { RunRepository } from '../../../src/harvest/store/run.repository.js';
import { SourceRepository } from '../../../src/harvest/store/source.repository.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { SETTINGS } from '../../../src/platform/tokens.js';

export const DAY = 24 * 3_600_000;

/** One instant for the whole test file: if a minute passed in between, the deadline would differ. */
const NOW = new Date();

/** Returns the instant so many days after `from`, in the sources' format. */
export const inDays = (days: number, from = NOW): string =>
  new Date(from.getTime() + days * DAY).toISOString();

/** Returns a call with that reference as a source would report it: open, one deadline, one section. */
export function aCall(reference: string, told: Partial<ParsedCall> = {}): CallContent {
  return normalise({
    dataSource: 'TEST',
    reference,
    language: 'en',
    title: `Call ${reference}`,
    kind: 'grant',
    identifier: `HORIZON-${reference}`,
    callIdentifier: null,
    callTitle: null,
    programme: { code: '43108390', name: 'Horizon Europe' },
    divisions: [],
    typesOfAction: [],
    sourceStatus: 'open',
    opensAt: inDays(-30),
    deadlineModel: 'single-stage',
    deadlines: [{ at: inDays(60), timeTold: true }],
    budget: null,
    destination: null,
    keywords: [],
    sections: [{ kind: 'scope', title: 'Scope', text: `What ${reference} is about.` }],
    url: null,
    alsoAt: [],
    ...told,
  });
}

/** Returns a deadline so many days from now. */
export const deadline = (days: number): ParsedCall['deadlines'][number] => ({
  at: inDays(days),
  timeTold: true,
});

/**
 * Stores the calls as an accepted harvest of the source: calls stored before and not among them become
 * missing.
 */
export async function storeCalls(
  app: INestApplication,
  calls: CallContent[],
  sourceId = 'test',
  now = new Date(),
): Promise<void> {
  await app.get(SourceRepository).ensure([sourceId], now);
  const { run } = await app.get(RunRepository).begin(sourceId, now);
  const next = { dueAt: new Date(now.getTime() + DAY), quickCheckAt: new Date(now.getTime() + DAY) };
  const seen = calls.map((content) => ({
    key: sourceRecordKey(content),
    content,
    hash: contentHash(content),
    documentHash: null,
  }));
  const harvest = {
    source: { id: sourceId, quietAfterDays: 30 },
    runId: run.id,
    kind: 'full' as const,
    evidence: 'harvest' as const,
    whole: true,
    now,
    calls: seen,
    unread: [],
    notes: [],
    next,
  };
  await app.get(CallStore).store(harvest, app.get<Settings>(SETTINGS).harvest);
}
