import type { ContactStanding, WhyNotFacts } from './facts.js';

/** The sentence of each rule in one language, for both of its outcomes. */
export interface WhyNotText {
  status: (facts: WhyNotFacts) => string;
  subject: (facts: WhyNotFacts) => string;
  exclusion: (facts: WhyNotFacts, stopped: boolean) => string;
  addressees: (facts: WhyNotFacts, stopped: boolean) => string;
  reading: (reading: NonNullable<WhyNotFacts['reading']>, facts: WhyNotFacts) => string;
  score: (facts: WhyNotFacts) => string;
  verdict: (facts: WhyNotFacts) => string;
  ready: (facts: WhyNotFacts) => string;
  contact: (facts: WhyNotFacts) => string;
  firstMail: (waiting: boolean) => string;
  /** Null where the rule does not stop it. */
  announced: (announced: ContactStanding | null) => string;
  baseline: (baseline: ContactStanding | null) => string;
  rank: (behind: ContactStanding | null, room: number) => string;
  /** `due` is when the next digest leaves that tells of other things. */
  digest: (next: ContactStanding | null, due: Date | null) => string;
}
