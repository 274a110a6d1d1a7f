import { Inject, Injectable } from '@nestjs/common';
import { Forbidden } from '../kernel/errors.js';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Actor, senderOf } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { callFinder, lostOf, nearIdentifiers, type Resolved } from './domain/find-call.js';
import { importedNote, type Office } from './domain/task-text.js';
import { planSheet, writesOf, type PlanLine, type Standing } from './domain/plan.js';
import { linesOf, readSheet, ReadSheet } from './domain/read-sheet.js';
import type { SheetLine } from './domain/line.js';
import { type Applied, distinct, SheetImportRepository } from './store/sheet-import.repository.js';
import { SheetRepository } from './store/sheet.repository.js';
import { HeavyAnswers } from '../platform/api/limits.js';
import { readSheets } from '../platform/sheets/sheet-reader.js';
import type { Upload } from '../platform/sheets/upload.js';
import { CLOCK } from '../platform/tokens.js';

/**
 * A sheet with the calls that its lines may refer to: their ids, and similar spellings for unknown
 * identifiers.
 */
const LocatedSheet = ReadSheet.extend({
  calls: z.array(z.uuid()),
  near: z.record(z.string(), z.array(z.string())),
});
export type LocatedSheet = z.infer<typeof LocatedSheet>;

/** Which conflicts to overwrite: all, or those of the given calls. */
export type Overwrite = 'all' | ReadonlySet<string>;

/**
 * The most unknown lines to suggest similar spellings for: a sheet with more of them is about other calls.
 */
const MOST_NEAR = 50;

/**
 * The import of an officer's own sheet: it is parsed, its interpretation is shown line by line, and it is
 * then written as verdicts and notes.
 */
@Injectable()
export class SheetImport {
  constructor(
    private readonly stored: SheetImportRepository,
    private readonly sheets: SheetRepository,
    private readonly heavy: HeavyAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Reads a file, in turn with other heavy work; if none of its headings names a call, returns the headings.
   * Throws a SheetRefusal if it is not a sheet.
   */
  async read(
    { bytes, name }: Upload,
    actor: Actor,
    gone: AbortSignal,
  ): Promise<ReadSheet | { headings: string[] }> {
    const sheets = await this.heavy.run(senderOf(actor), gone, () => readSheets(bytes, name));
    return inTimeSlices(readSheet(randomUUID(), name, sheets));
  }

  /**
   * Looks up the calls that the lines name among all stored calls. Done once per sheet: each view of the plan
   * uses the result.
   */
  async locate(sheet: ReadSheet): Promise<LocatedSheet> {
    const lines = await inTimeSlices(linesOf(sheet));
    const calls = await this.stored.named(lines);
    const lost = await inTimeSlices(lostOf(lines, calls));
    const wanted = distinct(lost.map((l) => l.identifiers[0] ?? null)).slice(0, MOST_NEAR);
    const known = await this.stored.neighbours(wanted);
    return {
      ...sheet,
      calls: calls.map((c) => c.id),
      near: Object.fromEntries(wanted.map((id) => [id, nearIdentifiers(id, known)])),
    };
  }

  /** Plans the outcome of each line. Nothing is written. */
  async plan(profileId: string, sheet: LocatedSheet): Promise<PlanLine[]> {
    const [lines, finder] = [await inTimeSlices(linesOf(sheet)), await this.finder(sheet)];
    const standing = await this.stored.standing(profileId, sheet.calls);
    return inTimeSlices(planSheet(lines, finder, standing, await this.office(profileId)));
  }

  /** Writes the current plan; applying it again writes nothing. */
  async apply(actor: Actor, profileId: string, sheet: LocatedSheet, overwrite: Overwrite): Promise<Applied> {
    const [lines, finder] = [await inTimeSlices(linesOf(sheet)), await this.finder(sheet)];
    const office = await this.office(profileId);
    const by = { name: actor.name, personId: actor.personId, at: office.at.toISOString() };
    return this.stored.apply(profileId, sheet.calls, by, async (standing: Map<string, Standing>) => {
      const plan = await inTimeSlices(planSheet(lines, finder, standing, office));
      const writes = writesOf(plan, overwrite);
      return {
        ...writes,
        notes: writes.notes.map(({ callId, text }) => ({ callId, text: importedNote(text, sheet.file) })),
      };
    });
  }

  /**
   * Stores a sheet with the calls it currently names, until the person confirms or discards it: their next
   * one replaces it. Throws for a service's key (403).
   */
  async keep({ personId }: Actor, profileId: string, sheet: ReadSheet): Promise<void> {
    if (personId === null) throw new Forbidden('of-a-person');
    const located = await this.locate(sheet);
    await this.stored.keep({ personId, profileId, sheet: located, sentAt: this.clock.now() });
  }

  async drop({ personId }: Actor, profileId: string): Promise<void> {
    if (personId !== null) await this.stored.drop(profileId, personId);
  }

  async waiting({ personId }: Actor, profileId: string): Promise<LocatedSheet | null> {
    return personId === null
      ? null
      : LocatedSheet.nullable()
          .catch(null)
          .parse(await this.stored.waiting(profileId, personId));
  }

  private async office(profileId: string): Promise<Office> {
    return { people: await this.sheets.people(profileId), newId: randomUUID, at: this.clock.now() };
  }

  /** Uses the calls found earlier in their current state: one that no longer matches its line is not used. */
  private async finder({ calls, near }: LocatedSheet): Promise<(line: SheetLine) => Resolved> {
    return callFinder(await this.stored.byKey(calls, []), new Map(Object.entries(near)));
  }
}
