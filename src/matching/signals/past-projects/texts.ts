import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  'project.name': {
    en: 'Your past projects',
    fr: 'Vos projets passés',
  },
  project: {
    en: '{what} is close to your project “{project}”',
    fr: '{what} est proche de votre projet «\u00a0{project}\u00a0»',
  },
  'programme.name': {
    en: 'The programme',
    fr: 'Le programme',
  },
  programme: {
    en: 'You take part in the programme “{programme}”',
    fr: 'Vous participez au programme «\u00a0{programme}\u00a0»',
  },
});
