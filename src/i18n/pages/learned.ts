import { messages } from '../message.js';

/** What the ranking has learned from the institute's decisions. */
export const learned = messages({
  'learned.title': { en: 'Learned from your decisions', fr: 'Appris de vos décisions' },
  'learned.help': {
    en: 'Calls like those that you decided on gain or lose up to 10 points. “Not for us” counts where its reason is the topic. Only your institute sees this.',
    fr: 'Les appels semblables à ceux que vous avez triés gagnent ou perdent jusqu’à 10 points. «\u00a0Non retenu\u00a0» compte quand le motif est le sujet. Seul votre institut le voit.',
  },
  'learned.none': {
    en: 'Nothing yet: calls that you find relevant, or not for us because of their topic, will move others like them up or down.',
    fr: 'Rien pour l’instant\u00a0: les appels que vous jugez pertinents, ou que vous ne retenez pas pour leur sujet, feront monter ou descendre ceux qui leur ressemblent.',
  },
  'learned.call': { en: 'The call.', fr: 'L’appel.' },
  'learned.forget': { en: 'Do not count it', fr: 'Ne pas en tenir compte' },
  'learned.again': { en: 'Count it again', fr: 'En tenir compte de nouveau' },
});
