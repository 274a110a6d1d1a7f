import { messages } from '../../message.js';

/** Validation errors in a profile. */
export const profileMistakes = messages({
  'profile.wrong.twice': { en: 'The same address appears twice.', fr: 'La même adresse figure deux fois.' },
  'profile.wrong.sign-in-again': {
    en: 'To change contacts, first confirm that it is you. Nothing was saved; your entries are still here.',
    fr: 'Pour modifier les contacts, confirmez d’abord que c’est bien vous. Rien n’a été enregistré ; votre saisie est conservée.',
  },
  'profile.wrong.no-competences': {
    en: 'Between 1 and 50 competences are needed.',
    fr: 'Il faut entre 1 et 50 compétences.',
  },
  'profile.wrong.too-many-words': {
    en: 'At most {most, number} keywords and exclusions in all: remove those that others already cover.',
    fr: 'Mots-clés et exclusions\u00A0: {most, number} au plus, toutes compétences confondues\u00A0; retirez ceux que d’autres recouvrent déjà.',
  },
  'profile.wrong.range': {
    en: 'The minimum must not exceed the maximum.',
    fr: 'Le minimum ne doit pas dépasser le maximum.',
  },
  'profile.wrong.number': { en: 'This number is not allowed here.', fr: 'Ce nombre n’est pas possible ici.' },
  'profile.wrong.amount': {
    en: 'Enter whole euros, such as 500000 or 500,000.',
    fr: 'Indiquez un montant en euros entiers, comme 500000 ou 500 000.',
  },
  'profile.wrong.country': {
    en: 'Enter countries by name or by two letters, such as France or FR.',
    fr: 'Indiquez les pays par leur nom ou par deux lettres, comme France ou FR.',
  },
  'profile.wrong.too-many-countries': {
    en: 'Enter at most {most, number} countries; leave the field blank if any country will do.',
    fr: 'Indiquez {most, number} pays au plus\u00A0; laissez le champ vide si tous vous conviennent.',
  },
  'profile.wrong.days': {
    en: 'Enter a whole number of days, from 1 to 730.',
    fr: 'Indiquez un nombre entier de jours, de 1 à 730.',
  },
  'profile.wrong.email': {
    en: 'Enter an address such as name@example.org.',
    fr: 'Indiquez une adresse comme nom@exemple.fr.',
  },
  'profile.wrong.name': {
    en: 'Enter a name of 2 to 200 characters.',
    fr: 'Indiquez un intitulé de 2 à 200 caractères.',
  },
  'profile.wrong.keyword': {
    en: 'Each line needs 2 to 100 characters.',
    fr: 'Chaque ligne doit compter de 2 à 100 caractères.',
  },
});
