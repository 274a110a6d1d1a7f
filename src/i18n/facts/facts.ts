import { messages } from '../message.js';

/** Texts about a call shared by pages, mails, calendars and sheets: names of facts, quotes and labels. */
export const facts = messages({
  'text.other': { en: 'Other', fr: 'Autre' },
  'text.quote': { en: '“{text}”', fr: '«\u00a0{text}\u00a0»' },
  'text.quote-open': { en: '“', fr: '«\u00a0' },
  'text.quote-close': { en: '”', fr: '\u00a0»' },
  'text.labelled': { en: '{label}: {value}', fr: '{label}\u00a0: {value}' },
  'text.percent': { en: '{n}%', fr: '{n}\u00a0%' },
  'text.semicolon': { en: '; ', fr: '\u00a0; ' },
  'text.greeting': { en: 'Hello {name},', fr: 'Bonjour {name},' },
  'fact.programme': { en: 'Programme', fr: 'Programme' },
  'fact.type-of-action': { en: 'Type of action', fr: 'Type d’action' },
  'fact.deadline': { en: 'Deadline', fr: 'Échéance' },
  'fact.then-deadline': { en: 'Then', fr: 'Puis' },
  'fact.passed-deadline': { en: 'Passed', fr: 'Passée' },
  'fact.opens': { en: 'Opens', fr: 'Ouverture' },
  'fact.budget': { en: 'Budget', fr: 'Budget' },
  'fact.not-stated': { en: 'not stated', fr: 'non indiqué' },
  'fact.no-deadline': { en: 'none stated', fr: 'aucune indiquée' },
  'fact.kind.grant': { en: 'grant', fr: 'subvention' },
  'fact.kind.cascade': { en: 'cascade funding', fr: 'financement en cascade' },
  'fact.kind.external-action': { en: 'external action', fr: 'action extérieure' },
  'fact.with-lump-sum': { en: '{type}, lump sum', fr: '{type}, somme forfaitaire' },
  'fact.score': { en: '{points} out of 100 ({band})', fr: '{points} sur 100 ({band})' },
  'fact.member-states': { en: 'EU Member States', fr: 'États membres de l’UE' },
});
