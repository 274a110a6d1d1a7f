import { z } from 'zod';

/** An organisation's part in a project, by its number in the register of participants (PIC). */
export const Participant = z.object({
  pic: z.string(),
  /** `coordinator`, `participant`, `thirdParty`, `partner` … as the source writes it. */
  role: z.string(),
  country: z.string(),
  city: z.string().nullable(),
  name: z.string(),
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
  /** Fields of science, as the European Science Vocabulary names them. */
  subjects: z.array(z.string()),
  participants: z.array(Participant),
});
export type HistoryProject = z.infer<typeof HistoryProject>;

/** What stands in it to be read, without who took part. */
export type ProjectText = Omit<HistoryProject, 'participants'>;
