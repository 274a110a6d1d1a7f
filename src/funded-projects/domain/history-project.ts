import { z } from 'zod';

/**
 * The number of projects of a funding scheme, as CORDIS writes it ("HORIZON-RIA", "CSA-LS"); null if unknown.
 */
export interface SchemeCount {
  scheme: string | null;
  projects: number;
}

/** Euros, as in all amounts of CORDIS; null if not stated. */
const euros = z.number().nullable();

/** An organisation's participation in a project, by its participant identification code (PIC). */
export const Participant = z.object({
  pic: z.string(),
  /** `coordinator`, `participant`, `thirdParty`, `partner` … as written by the source. */
  role: z.string(),
  country: z.string(),
  city: z.string().nullable(),
  name: z.string(),
  /** Whether it is a small or medium-sized enterprise. */
  sme: z.boolean().nullable(),
  /** PRC, HES, REC, PUB or OTH. */
  activityType: z.string().nullable(),
  nutsCode: z.string().nullable(),
  /** The EU contribution to it, and the net part that it keeps rather than passes on to third parties. */
  ecContribution: euros,
  netEcContribution: euros,
  totalCost: euros,
  /** Whether it left the project; it is then no longer a partner. */
  ended: z.boolean().nullable(),
});
export type Participant = z.infer<typeof Participant>;

/** A funded project, as published by CORDIS. */
export const HistoryProject = z.object({
  id: z.string(),
  acronym: z.string(),
  title: z.string(),
  objective: z.string().nullable(),
  topics: z.array(z.object({ code: z.string(), title: z.string().nullable() })),
  /** The framework programme, e.g. H2020 or HORIZON. */
  programme: z.string(),
  start: z.iso.date().nullable(),
  end: z.iso.date().nullable(),
  fundingScheme: z.string().nullable(),
  /** SIGNED, CLOSED or TERMINATED. A terminated project was won nonetheless, and counts. */
  status: z.string().nullable(),
  totalCost: euros.describe('in euros'),
  /** The maximum EU contribution. */
  ecMaxContribution: euros.describe('in euros, the maximum EU contribution'),
  /** Fields of science, as named in the European Science Vocabulary. */
  subjects: z.array(z.string()),
  participants: z.array(Participant),
});
export type HistoryProject = z.infer<typeof HistoryProject>;

/** Whether it still takes part; without a stated end, it does. */
export const staysIn = ({ ended }: Participant): boolean => ended !== true;
