import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { mentionedIn, type Mentionable } from '../domain/mentions.js';
import type { CommentEntity } from '../store/opportunity.entity.js';

export const LONGEST_COMMENT = 4_000;

export const CommentView = z
  .object({
    id: z.uuid(),
    author: z.string(),
    text: z.string().describe('empty if it was deleted'),
    mentions: z.array(z.object({ id: z.uuid(), name: z.string() })).describe('people of the institute'),
    createdAt: z.iso.datetime(),
    editedAt: z.iso.datetime().nullable(),
    deletedAt: z.iso.datetime().nullable(),
    own: z.boolean().describe('whether the caller wrote it and may change it'),
  })
  .meta({ id: 'OpportunityComment' });
export type CommentView = z.infer<typeof CommentView>;

export const CommentInput = z.object({
  text: z
    .string()
    .trim()
    // Browsers send line breaks as CRLF.
    .overwrite((text) => text.replaceAll('\r\n', '\n'))
    .min(1)
    .max(LONGEST_COMMENT)
    .describe('@ and the name of a colleague notifies them by e-mail'),
});

/** Whether the actor wrote the comment; a service is recognised by its name. */
export const isTheirs = (actor: Actor, { personId, author }: CommentEntity): boolean =>
  personId === null ? actor.personId === null && author === actor.name : personId === actor.personId;

export function commentView(actor: Actor, comment: CommentEntity, people: Mentionable[]): CommentView {
  const { id, author, text, createdAt, editedAt, deletedAt } = comment;
  const mentioned = new Set(mentionedIn(text, people));
  return {
    id,
    author,
    text,
    mentions: people.filter((p) => mentioned.has(p.id)).map((p) => ({ id: p.id, name: p.name })),
    createdAt: createdAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    deletedAt: deletedAt?.toISOString() ?? null,
    own: isTheirs(actor, comment),
  };
}
