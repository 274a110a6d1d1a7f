import { z } from 'zod';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { ParsedCall } from '../../../calls/domain/parsed-call.js';

/** A document of a committee as its register lists it: one version of one reference. */
export const CommitteeDocument = z.object({
  reference: z.string().min(1),
  version: z.number().int().positive(),
  title: z.string().min(1),
  committee: z.string().min(1),
  committeeTitle: z.string().nullable(),
  /** D: draft legal act, V: vote, A: agenda, S: summary record, O: other. */
  type: z.string().min(1),
  meeting: z.string().nullable(),
  /** Days in Brussels. */
  meetingStarts: z.iso.date().nullable(),
  meetingEnds: z.iso.date().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  /** Its files; absent where only the list was read. */
  files: z.array(z.object({ id: z.number().int(), name: z.string().min(1) })).optional(),
});
export type CommitteeDocument = z.infer<typeof CommitteeDocument>;

export const AwardedProposal = z.object({
  number: z.string().regex(/^\d{9}$/),
  acronym: z.string().nullable(),
  title: z.string().nullable(),
  topic: z.string().nullable(),
  coordinator: z.string().nullable(),
  grant: z.number().positive().nullable(),
});
export type AwardedProposal = z.infer<typeof AwardedProposal>;

/** What one file of a document says: the topics of a draft work programme, or the proposals of a decision. */
export const CommitteeFile = z.object({
  /** Reference and version: 115416/3. */
  document: z.string().min(1),
  id: z.number().int(),
  topics: z.array(ParsedCall),
  proposals: z.array(AwardedProposal),
});
export type CommitteeFile = z.infer<typeof CommitteeFile>;

/** Returns a topic as read anew, of the draft that was noted with what is stored. */
export const asDrafted = (read: CallContent, { draft, url }: CallContent): CallContent =>
  draft ? { ...read, draft, url } : read;

/** Returns the key of a document: 115416/3. */
export const documentKey = ({
  reference,
  version,
}: Pick<CommitteeDocument, 'reference' | 'version'>): string => `${reference}/${version}`;

export const documentPage = (document: string): string =>
  `https://ec.europa.eu/transparency/comitology-register/screen/documents/${document}/consult?lang=en`;

/** Work programmes and award decisions are adopted as legal acts. */
export const isLegalAct = ({ type }: Pick<CommitteeDocument, 'type'>): boolean => type === 'D';
