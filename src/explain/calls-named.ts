import { Injectable } from '@nestjs/common';
import { inTimeSlices } from '../kernel/time-slices.js';
import { callFinder, lostOf, nearIdentifiers, type Resolved } from '../spreadsheets/domain/find-call.js';
import { topicLine } from '../spreadsheets/domain/pasted-topics.js';
import { SheetImportRepository } from '../spreadsheets/store/sheet-import.repository.js';

/** Similar identifiers are looked up for at most this many unknown ones. */
const MOST_NEAR = 50;

/** A text that names a call, and the call it names. */
export interface NamedCall extends Resolved {
  topic: string;
}

/**
 * Finds the calls that people name, in the same way as the import of a sheet: by our key, identifier, address
 * or title.
 */
@Injectable()
export class CallsNamed {
  constructor(private readonly stored: SheetImportRepository) {}

  async findByTopics(topics: string[]): Promise<NamedCall[]> {
    const lines = topics.flatMap((topic, i) => topicLine(i, topic) ?? []);
    const calls = await this.stored.named(lines);
    const lost = await inTimeSlices(lostOf(lines, calls));
    const wanted = [...new Set(lost.flatMap((l) => l.identifiers.slice(0, 1)))].slice(0, MOST_NEAR);
    const known = await this.stored.neighbours(wanted);
    const find = callFinder(calls, new Map(wanted.map((id) => [id, nearIdentifiers(id, known)])));
    return lines.map((line) => ({ topic: topics[line.row]!, ...find(line) }));
  }
}
