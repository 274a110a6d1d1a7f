import { z } from 'zod';
import { foldText } from '../../../calls/domain/visible-text.js';
import type { ParsedNote } from '../../domain/list.js';
import { htmlToText } from '../_kit/html-text.js';
import { Fields, portalDay, type Row, whyUnread } from '../_kit/portal/row.js';

const Written = z.union([z.string(), z.number()]).nullish();
const Info = z.object({ approvalDate: Written, lastChangeDate: Written, content: z.string().nullish() });

/** The portal's code for a row that is a note on a topic. */
export const NOTE_TYPE = '6';

const textOf = (html: string | null | undefined): string => foldText(htmlToText(html ?? ''));

/**
 * Parses a note in a topic's own list; null if it has no text. Its date is that of its publication, which
 * later corrections do not change.
 */
function noteOf(info: unknown, identifier: string): ParsedNote | null {
  const { approvalDate, lastChangeDate, content } = Info.parse(info);
  const text = textOf(content);
  if (!text) return null;
  const written = approvalDate ?? lastChangeDate;
  if (written === null || written === undefined) throw new Error('its date is missing');
  return { identifier, day: portalDay(written), text };
}

/** Returns the notes in a topic's `latestInfos`, and why any could not be read. */
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
 * Returns the same for a search row, which holds them as JSON in a string. Unreadable notes do not affect the
 * call.
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

/** Parses a row that is itself a note on a topic; null if it has no text. Throws if it cannot be read. */
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
