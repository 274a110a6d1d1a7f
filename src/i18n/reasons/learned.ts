import { messages } from '../message.js';

/** The effect of a verdict on the ranking. */
export const learnedReasons = messages({
  'reason.learned.aside.not': {
    en: 'Although you marked “{title}” “not for us: other subject”, that does not count for the ranking of other calls.',
    fr: 'Bien que vous ayez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», cela ne compte pas dans le classement des autres appels.',
  },
  'reason.learned.aside.relevant': {
    en: 'Although you found “{title}” relevant, that does not count for the ranking of other calls.',
    fr: 'Bien que vous ayez jugé «\u00a0{title}\u00a0» pertinent, cela ne compte pas dans le classement des autres appels.',
  },
  'reason.learned.none.not': {
    en: 'Because you marked “{title}” “not for us: other subject”, calls like it lose points; today there is none.',
    fr: 'Parce que vous avez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», les appels semblables perdent des points\u00a0; aujourd’hui, il n’y en a aucun.',
  },
  'reason.learned.none.relevant': {
    en: 'Because you found “{title}” relevant, calls like it gain points; today there is none.',
    fr: 'Parce que vous avez jugé «\u00a0{title}\u00a0» pertinent, les appels semblables gagnent des points\u00a0; aujourd’hui, il n’y en a aucun.',
  },
  'reason.learned.some.not': {
    en: 'Because you marked “{title}” “not for us: other subject”, calls like it lose up to {points, plural, one {{points} point} other {{points} points}}; today that concerns {calls, plural, one {{calls} call} other {{calls} calls}}.',
    fr: 'Parce que vous avez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», les appels semblables perdent jusqu’à {points, plural, one {{points}\u00a0point} other {{points}\u00a0points}}\u00a0; cela concerne aujourd’hui {calls, plural, one {{calls}\u00a0appel} other {{calls}\u00a0appels}}.',
  },
  'reason.learned.some.relevant': {
    en: 'Because you found “{title}” relevant, calls like it gain up to {points, plural, one {{points} point} other {{points} points}}; today that concerns {calls, plural, one {{calls} call} other {{calls} calls}}.',
    fr: 'Parce que vous avez jugé «\u00a0{title}\u00a0» pertinent, les appels semblables gagnent jusqu’à {points, plural, one {{points}\u00a0point} other {{points}\u00a0points}}\u00a0; cela concerne aujourd’hui {calls, plural, one {{calls}\u00a0appel} other {{calls}\u00a0appels}}.',
  },
});
