import { messages } from '../message.js';

/** Texts of calendars beyond those shared with mails. */
export const calendarTexts = messages({
  'event.kind.single': {
    en: 'Deadline',
    fr: 'Échéance',
  },
  'event.kind.stage-1': {
    en: 'Stage 1 deadline',
    fr: 'Échéance de l’étape\u00a01',
  },
  'event.kind.stage-2': {
    en: 'Stage 2 deadline',
    fr: 'Échéance de l’étape\u00a02',
  },
  'event.kind.cut-off': {
    en: 'Cut-off',
    fr: 'Date intermédiaire (cut-off)',
  },
  'event.identifier': {
    en: 'Topic',
    fr: 'Sujet',
  },
  'event.fit': {
    en: 'Score',
    fr: 'Score',
  },
  'event.page': {
    en: 'Official page',
    fr: 'Page officielle',
  },
  'event.others': {
    en: '{n, plural, =1 {and one other} other {and {n} others}}',
    fr: '{n, plural, =1 {et un autre} other {et {n} autres}}',
  },
});
