import { z } from 'zod';
import { foldText } from '../../../calls/domain/index.js';
import type { ParsedNote } from '../../domain/list.js';
import { htmlToText } from '../_kit/html-text.js';
import { whyUnread } from './answer.js';
import { portalDay } from './portal-date.js';
import { Fields, type Row } from './row.js';

const Written = z.union([z.string(), z.number()]).nullish();
const Info = z.object({ approvalDate: Written, lastChangeDate: Written, content: z.string().nullish() });

/** The portal's code of a row that is a note on a topic. */
export const NOTE_TYPE = '6';

const textOf = (html: string | null | undefined): string => foldText(htmlToText(html ?? ''));

/**
 * A note among a topic's own, or null where it has no words. Its day is the one on which it was published,
 * which a later correction of its words does not move.
 */
function noteOf(info: unknown, identifier: string): ParsedNote | null {
  const { approvalDate, lastChangeDate, content } = Info.parse(info);
  const text = textOf(content);
  if (!text) return null;
  const written = approvalDate ?? lastChangeDate;
  if (written === null || written === undefined) throw new Error('its date is missing');
  return { identifier, day: portalDay(written), text };
}

/** The notes that a topic's `latestInfos` hold, and why those that cannot be read could not. */
export function notesOf(infos: unknown[], identifier: string): { notes: ParsedNote[]; unread: string[] } {
  const [notes, unread]: [ParsedNote[], string[]] = [[], []];
  for (const info of infos) {
    try {
      const note = noteOf(info, identifier);
      if (note) notes.push(note);
    } catch (error) {
      unread.push(`a note on it: ${whyUnread(error)}`);
    }
  }
  return { notes, unread };
}

/**
 * The same of a row of the search, which holds them as JSON in a string. A call is no worse for notes that
 * cannot be read.
 */
export function notesInRow(fields: Fields): ParsedNote[] {
  const identifier = fields.first('identifier');
  try {
    return identifier
      ? notesOf(fields.json('latestInfos', z.array(z.unknown())) ?? [], identifier).notes
      : [];
  } catch {
    return [];
  }
}

/** A row that is itself a note on a topic; null where it has no words. Throws where it cannot be read. */
export function noteRow({ metadata }: Row): ParsedNote | null {
  const fields = new Fields(metadata);
  const [identifier, day, text] = [
    fields.first('identifier'),
    fields.first('startDate'),
    textOf(fields.first('description') ?? fields.first('descriptionByte')),
  ];
  if (!identifier) throw new Error('identifier is missing');
  if (!day) throw new Error('startDate is missing');
  return text ? { identifier, day: portalDay(day), text } : null;
}
