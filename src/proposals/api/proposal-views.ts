import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import { Answer } from '../domain/answer.js';
import type { TransactionalMailEntity } from '../../outbox/store/transactional-mail.repository.js';
import { mayRemind } from '../domain/reminding.js';
import type { ProposalEntity } from '../store/proposal.entity.js';
import type { CallHead } from '../store/proposal.repository.js';

const MAIL_STATES = ['pending', 'sending', 'sent', 'failed'] as const;

const WhyView = z.object({
  competence: z.string(),
  points: z.number().describe("part of the match's score due to this competence"),
  terms: z.array(z.string()).describe('words of the profile that were found, strongest first'),
});

export const CandidateView = z
  .object({
    researcher: z.object({ id: z.uuid(), name: z.string(), email: z.string(), language: Language }),
    points: z.number().describe("part of the match's score due to all their competences"),
    why: z.array(WhyView),
    asked: z.boolean().describe('whether this call has already been proposed to them'),
    draft: z
      .object({ subject: z.string(), text: z.string() })
      .describe('a ready-made message in their language'),
  })
  .meta({ id: 'Candidate' });
export type CandidateView = z.infer<typeof CandidateView>;

/** A message to send. */
export const ProposalInput = z
  .strictObject({
    id: z.uuid().optional().describe('a message sent twice under the same id goes out once'),
    researcher: z.uuid(),
    subject: z.string().trim().min(1).max(300),
    // Browsers send line breaks as CRLF.
    text: z
      .string()
      .trim()
      .overwrite((text) => text.replaceAll('\r\n', '\n'))
      .min(1)
      .max(10_000)
      .describe('the link to answer is added below it'),
    again: z
      .boolean()
      .default(false)
      .describe('whether to send it to someone who was already asked about this call'),
  })
  .meta({ id: 'ProposalInput' });
export type ProposalInput = z.infer<typeof ProposalInput>;

/** Most recipients at once: more would be a mailing. */
export const MOST_AT_ONCE = 20;
export const SeveralInput = z.strictObject({
  id: z.uuid().optional(),
  researchers: z.array(z.uuid()).min(1).max(MOST_AT_ONCE),
  word: z
    .string()
    .trim()
    .overwrite((text) => text.replaceAll('\r\n', '\n'))
    .max(600)
    .transform((text) => text || null)
    .nullable()
    .default(null),
});
export type SeveralInput = z.infer<typeof SeveralInput>;

export const ProposalView = z
  .object({
    id: z.uuid(),
    call: z.object({ id: z.uuid(), title: z.string(), language: z.string() }),
    researcher: z.object({
      id: z.uuid().nullable().describe('null if they are no longer on the list'),
      name: z.string(),
      email: z.string(),
      language: Language,
    }),
    subject: z.string(),
    text: z.string().describe('as sent, without the link to answer'),
    askedBy: z.string(),
    askedAt: z.iso.datetime(),
    mail: z.object({
      state: z.enum(MAIL_STATES),
      error: z.string().nullable(),
      sentAt: z.iso.datetime().nullable(),
    }),
    answer: Answer.nullable(),
    word: z.string().nullable(),
    other: z.string().nullable().describe('who they suggested asking'),
    answeredAt: z.iso.datetime().nullable(),
    remindOn: z.iso.date().nullable().describe('the day they are reminded if they have not answered'),
    remindedAt: z.iso.datetime().nullable(),
    remindedBy: z.string().nullable().describe('who reminded them; null if the reminder was automatic'),
    canRemind: z.boolean(),
  })
  .meta({ id: 'Proposal' });
export type ProposalView = z.infer<typeof ProposalView>;

type Mail = Pick<TransactionalMailEntity, 'state' | 'error' | 'sentAt'>;

/** A proposal with the state of its e-mail and the title of its call. */
export const proposalView = (
  p: ProposalEntity,
  researcherId: string | null,
  call: CallHead | undefined,
  mail: Mail | undefined,
  now: Date,
): ProposalView => ({
  id: p.id,
  call: { id: p.callId, title: call?.title ?? p.subject, language: call?.language ?? p.language },
  researcher: { id: researcherId, name: p.name, email: p.email, language: p.language },
  subject: p.subject,
  text: p.text,
  askedBy: p.askedBy,
  askedAt: p.createdAt.toISOString(),
  mail: {
    state: mail?.state ?? 'pending',
    error: mail?.error ?? null,
    sentAt: mail?.sentAt?.toISOString() ?? null,
  },
  answer: p.answer,
  word: p.word,
  other: p.other,
  answeredAt: p.answeredAt?.toISOString() ?? null,
  remindOn: p.answer === null && p.remindedAt === null ? p.remindOn : null,
  remindedAt: p.remindedAt?.toISOString() ?? null,
  remindedBy: p.remindedBy,
  canRemind: call !== undefined && mayRemind(p, call, now),
});
