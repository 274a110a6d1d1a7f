import { messages } from '../message.js';

/**
 * Dates, times and deadlines. `{day}`, `{hour}` and `{minute}` are numbers; all other values are ready to
 * show.
 */
export const dates = messages({
  'when.date': {
    en: '{day} {month} {year}',
    fr: '{day, plural, =1 {1er} other {{day}}}\u00a0{month} {year}',
  },
  'when.time': {
    en: '{hour, number, two-digits}:{minute, number, two-digits}',
    fr: '{minute, plural, =0 {{hour}\u00a0h} other {{hour}\u00a0h\u00a0{minute, number, two-digits}}}',
  },
  'when.date-and-time': { en: '{date}, {time}', fr: '{date} à {time}' },
  'when.moment': { en: '{date}, {time} (Brussels)', fr: '{date} à {time} (heure de Bruxelles)' },
  'deadline.stated': { en: '{date}, {time} (Brussels)', fr: '{date} à {time} (heure de Bruxelles)' },
  'deadline.not-stated': {
    en: '{date} (time not stated; default: {time}, Brussels time)',
    fr: '{date} à {time}, heure de Bruxelles (heure par défaut\u00a0: la source n’en précise pas)',
  },
  'deadline.marked': { en: '{date}*', fr: '{date}*' },
  'deadline.note': {
    en: '* Time not stated by the source; default: 17:00, Brussels time.',
    fr: '* Heure non indiquée par la source\u00a0: 17\u00a0h, heure de Bruxelles, par défaut.',
  },
  'deadline.kind': { en: '{deadline}, {kind}', fr: '{deadline}, {kind}' },
  'deadline.kind.stage-1': { en: 'stage 1', fr: 'étape\u00a01' },
  'deadline.kind.stage-2': { en: 'stage 2', fr: 'étape\u00a02' },
  'deadline.kind.cut-off': { en: 'cut-off', fr: 'date intermédiaire (cut-off)' },
  'deadline.short.days': {
    en: '{n, plural, =0 {today} =1 {tomorrow} other {D-{n}}}',
    fr: '{n, plural, =0 {aujourd’hui} =1 {demain} other {J-{n}}}',
  },
  'deadline.short.days-of': { en: '{days} ({dates})', fr: '{days} ({dates})' },
  'deadline.short.passed': { en: 'closed {date}', fr: 'clos le {date}' },
  'deadline.short.opens': { en: 'opens {date}', fr: 'ouvre le {date}' },
  'deadline.short.none': { en: 'no deadline stated', fr: 'échéance non indiquée' },
});
