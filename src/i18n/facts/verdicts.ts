import { messages } from '../message.js';

/** An institute's verdict on a call and its reason: on buttons, next to the call, in mails and in sheets. */
export const verdicts = messages({
  'verdict.relevant': { en: 'Relevant', fr: 'Pertinent' },
  'verdict.study': { en: 'To study', fr: 'À étudier' },
  'verdict.later': { en: 'Later', fr: 'Plus tard' },
  'verdict.not': { en: 'Not for us', fr: 'Non retenu' },
  'verdict.*': { en: 'A decision', fr: 'Une décision' },
  'verdict-reason.*': { en: 'Another reason', fr: 'Un autre motif' },
  'verdict-reason.topic': { en: 'Topic', fr: 'Sujet' },
  'verdict-reason.trl': { en: 'TRL', fr: 'TRL' },
  'verdict-reason.role': { en: 'Role', fr: 'Rôle' },
  'verdict-reason.budget': { en: 'Budget', fr: 'Budget' },
  'verdict-reason.timing': { en: 'Timing', fr: 'Calendrier' },
  'verdict-reason.eligibility': { en: 'Eligibility', fr: 'Éligibilité' },
  'verdict-reason.capacity': { en: 'Capacity', fr: 'Capacité' },
});
