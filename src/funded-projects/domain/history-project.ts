import { z } from 'zod';

/** Euros, as CORDIS states all its amounts; null where it states none. */
const euros = z.number().nullable();

/** An organisation's part in a project, by its number in the register of participants (PIC). */
export const Participant = z.object({
  pic: z.string(),
  /** `coordinator`, `participant`, `thirdParty`, `partner` … as the source writes it. */
  role: z.string(),
  country: z.string(),
  city: z.string().nullable(),
  name: z.string(),
  /** Whether it is a small or medium-sized enterprise. */
  sme: z.boolean().nullable(),
  /** PRC, HES, REC, PUB or OTH. */
  activityType: z.string().nullable(),
  nutsCode: z.string().nullable(),
  /** What the EU grants to it, and what of that is its own and not handed on to third parties. */
  ecContribution: euros,
  netEcContribution: euros,
  totalCost: euros,
  /** Whether it left the project: it is no partner any more. */
  ended: z.boolean().nullable(),
});
export type Participant = z.infer<typeof Participant>;

/** A project that was funded, as CORDIS publishes it. */
export const HistoryProject = z.object({
  id: z.string(),
  acronym: z.string(),
  title: z.string(),
  objective: z.string().nullable(),
  topics: z.array(z.object({ code: z.string(), title: z.string().nullable() })),
  /** The framework programme: H2020, HORIZON. */
  programme: z.string(),
  start: z.iso.date().nullable(),
  end: z.iso.date().nullable(),
  fundingScheme: z.string().nullable(),
  /** SIGNED, CLOSED or TERMINATED. A terminated project was won all the same, and counts. */
  status: z.string().nullable(),
  totalCost: euros.describe('in euros'),
  /** What the EU grants at most. */
  ecMaxContribution: euros.describe('in euros, the maximum EU contribution'),
  /** Fields of science, as the European Science Vocabulary names them. */
  subjects: z.array(z.string()),
  participants: z.array(Participant),
});
export type HistoryProject = z.infer<typeof HistoryProject>;

/** Whether it still takes part; where nothing is said of an end, it does. */
export const staysIn = ({ ended }: Participant): boolean => ended !== true;

/** What stands in it to be read, without who took part. */
export type ProjectText = Omit<HistoryProject, 'participants'>;
