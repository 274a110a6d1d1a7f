import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: {
    en: 'Words of the profile',
    fr: 'Mots du profil',
  },
  'of-profile': {
    en: '“{term}”, from your profile',
    fr: '«\u00a0{term}\u00a0», de votre profil',
  },
  competence: {
    en: 'The name of your competence “{competence}”',
    fr: 'L’intitulé de votre compétence «\u00a0{competence}\u00a0»',
  },
  'of-competence': {
    en: '“{term}”, from your competence “{competence}”',
    fr: '«\u00a0{term}\u00a0», de votre compétence «\u00a0{competence}\u00a0»',
  },
  found: {
    en: '{what}: found {some, select, least {at least } other {}}{count, plural, =1 {once} =2 {twice} other {{count} times}}, in {sections}',
    fr: '{what}\u00a0: trouvé {some, select, least {au moins } other {}}{count, plural, =1 {une fois} =2 {deux fois} other {{count}\u00a0fois}}, dans {sections}',
  },
});
