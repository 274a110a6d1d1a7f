import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { type NoteEntity, NoteRepository } from './store/note.repository.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { AtPlace, ahead, page, placeOf, type Page } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';

/** The maximum length of a note in characters. */
export const LONGEST_NOTE = 4_000;
/** Normalises line breaks to one character: browsers send two, and reimported spreadsheets have one. */
const NoteText = z
  .string()
  .trim()
  .overwrite((text) => text.replaceAll('\r\n', '\n'))
  .min(1)
  .max(LONGEST_NOTE);
export const NoteInput = z.object({ text: NoteText });

export const NoteView = z
  .object({
    id: z.uuid(),
    author: z.string(),
    text: z.string(),
    createdAt: z.iso.datetime(),
    own: z.boolean().describe('whether the caller wrote it and may remove it'),
  })
  .meta({ id: 'Note' });
export type NoteView = z.infer<typeof NoteView>;

const isTheirs = (actor: Actor, note: NoteEntity): boolean =>
  note.personId === null
    ? actor.personId === null && note.author === actor.name
    : note.personId === actor.personId;

const view = (actor: Actor, note: NoteEntity): NoteView => ({
  id: note.id,
  author: note.author,
  text: note.text,
  createdAt: note.createdAt.toISOString(),
  own: isTheirs(actor, note),
});

/** Notes on calls by people of an institute, visible only to each other. */
@Injectable()
export class Notes {
  constructor(
    private readonly notes: NoteRepository,
    private readonly calls: CallRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of notes on a call, newest first. Throws if there is no such call. */
  async list(
    actor: Actor,
    profileId: string,
    callId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<NoteView>> {
    await this.known(callId);
    const { notes, total } = await this.notes.list(profileId, callId, ahead(limit), placeOf(cursor, AtPlace));
    return page(
      notes,
      limit,
      total,
      (note) => view(actor, note),
      (note) => ({ at: note.createdAt.toISOString(), id: note.id }),
    );
  }

  /** Adds a note in the actor's name. Throws if there is no such call. */
  async add(actor: Actor, profileId: string, callId: string, text: string): Promise<NoteView> {
    await this.known(callId);
    const note = {
      id: randomUUID(),
      profileId,
      callId,
      author: actor.name,
      personId: actor.personId,
      text,
      createdAt: this.clock.now(),
    };
    await this.notes.add(note);
    return view(actor, note);
  }

  /** Removes one's own note. Throws if there is no such note on this call, or if somebody else wrote it. */
  async remove(actor: Actor, profileId: string, callId: string, id: string): Promise<NoteView> {
    const note = await this.notes.findById(profileId, callId, id);
    if (!note) throw new NotFound('no-note', { id });
    if (!isTheirs(actor, note)) throw new Forbidden('note-of-another');
    await this.notes.remove(note);
    return view(actor, note);
  }

  private async known(callId: string): Promise<void> {
    if (!(await this.calls.findById(callId))) throw new NotFound('no-call', { id: callId });
  }
}
