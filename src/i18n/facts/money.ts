import { messages } from '../message.js';

/** What a call pays: amounts, what a total covers, and the amount per project. */
export const money = messages({
  'money.amount': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}}',
    fr: '{digits}\u00a0{currency, select, EUR {€} other {{currency}}}',
  },
  'money.millions': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}} million',
    fr: '{digits}\u00a0M{currency, select, EUR {€} other {\u00a0{currency}}}',
  },
  'money.millions-short': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}}M',
    fr: '{digits}\u00a0M{currency, select, EUR {€} other {\u00a0{currency}}}',
  },
  'money.at-least': { en: '≥\u00a0{amount}', fr: '≥\u00a0{amount}' },
  'money.at-most': { en: '≤\u00a0{amount}', fr: '≤\u00a0{amount}' },
  'money.of.topic': { en: '{total} for the topic', fr: '{total} pour le sujet' },
  'money.of.call': { en: '{total} for the call', fr: '{total} pour l’appel' },
  'money.of.several': {
    en: '{total} in all, probably shared by several topics',
    fr: '{total} au total, sans doute communs à plusieurs sujets',
  },
  'money.of.unclear': {
    en: '{total} for the topic, or shared by several topics of the call',
    fr: '{total} pour le sujet, ou partagé entre les sujets de l’appel',
  },
  'money.no-total': { en: 'total not stated', fr: 'total non indiqué' },
  'money.without-currency': {
    en: '“{written}” as published, with no currency: check the official page',
    fr: '«\u00a0{written}\u00a0» d’après la source, sans devise\u00a0: à vérifier sur la page officielle',
  },
  'money.implausible': {
    en: '“{written}” {currency} as published: an implausible amount, check the official page',
    fr: '«\u00a0{written}\u00a0»\u00a0{currency} d’après la source\u00a0: montant peu plausible, à vérifier sur la page officielle',
  },
  'money.project.range': { en: '{min} to {max} per project', fr: 'de {min} à {max} par projet' },
  'money.project.exactly': { en: '{amount} per project', fr: '{amount} par projet' },
  'money.project.at-least': { en: 'at least {amount} per project', fr: 'au moins {amount} par projet' },
  'money.project.at-most': { en: 'at most {amount} per project', fr: 'au plus {amount} par projet' },
  'money.projects': {
    en: '{n, plural, one {{n} project expected} other {{n} projects expected}}',
    fr: '{n, plural, one {{n}\u00a0projet attendu} other {{n}\u00a0projets attendus}}',
  },
  'money.short.project': { en: '{amount} per project', fr: '{amount} par projet' },
  'money.short.total': { en: '{amount} in all', fr: '{amount} au total' },
  'money.short.several': { en: '{amount} for several topics', fr: '{amount} pour plusieurs sujets' },
  'money.short.doubtful': { en: 'amount to be checked', fr: 'montant à vérifier' },
});
