import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: {
    en: 'Types of action of your projects',
    fr: 'Types d’action de vos projets',
  },
  often: {
    en: 'Your institute takes part in {type} {how, select, less {less often} other {more often}} than average',
    fr: 'Votre institut participe {how, select, less {moins souvent} other {plus souvent}} que la moyenne à des {type}',
  },
  habit: {
    en: '{often} ({own} of its {of} projects of a known type, {share}, against {usual} on average)',
    fr: '{often} ({own} de ses {of}\u00a0projets de type connu, {share}, contre {usual} en moyenne)',
  },
  percent: {
    en: '{n}%',
    fr: '{n}\u00a0%',
  },
});
