import type { Texts } from './texts.js';

/** The no-break space that French wants before : ; ? ! » and after «, so that no line ends or starts with them. */
const NB = '\u00a0';
const quotes = { open: `«${NB}`, close: `${NB}»` };
const quoted = (text: string): string => quotes.open + text + quotes.close;
/** Zero and one are singular in French. */
const plural = (count: number, one: string, many: string): string => `${count}${NB}${count < 2 ? one : many}`;
const sign = (currency: string): string => (currency === 'EUR' ? '€' : currency);

/** French, as France writes it. */
export const textsFr: Texts = {
  locale: 'fr-FR',
  quotes,
  labelled: (label, value) => `${label}${NB}: ${value}`,
  semicolon: `${NB}; `,

  greeting: (name) => `Bonjour ${name},`,

  label: {
    programme: 'Programme',
    typeOfAction: 'Type d’action',
    deadline: 'Échéance',
    thenDeadline: 'Puis',
    passedDeadline: 'Passée',
    opens: 'Ouverture',
    budget: 'Budget',
    underTopic: 'Au titre du sujet',
    project: 'Projet organisateur',
    duration: 'Durée',
    zones: 'Zones géographiques',
    contractType: 'Type de contrat',
  },
  notStated: 'non précisé',
  noDeadline: 'aucune indiquée',
  callKind: {
    grant: 'subvention',
    cascade: 'financement en cascade',
    'external-action': 'action extérieure',
  },
  withLumpSum: (type) => `${type}, somme forfaitaire`,
  score: (points, band) =>
    `${points} sur 100 (${{ strong: 'fort', possible: 'possible', weak: 'faible' }[band]})`,

  date: (day, month, year) => `${day === 1 ? '1er' : day}${NB}${month} ${year}`,
  time: (hour, minute) => (minute ? `${hour}${NB}h${NB}${String(minute).padStart(2, '0')}` : `${hour}${NB}h`),
  deadline: {
    told: (date, time) => `${date} à ${time} (heure de Bruxelles)`,
    notAnnounced: (date, time) =>
      `${date} à ${time}, heure de Bruxelles (heure par défaut${NB}: la source n’en précise pas)`,
    marked: (date) => `${date}*`,
    note: `* Heure non précisée par la source${NB}: 17${NB}h, heure de Bruxelles, par défaut.`,
    kind: { 'stage-1': `étape${NB}1`, 'stage-2': `étape${NB}2`, 'cut-off': 'date intermédiaire (cut-off)' },
  },
  moment: (date, time) => `${date} à ${time} (heure de Bruxelles)`,

  amount: (digits, currency) => `${digits}${NB}${sign(currency)}`,
  millions: (digits, currency) => `${digits}${NB}M${currency === 'EUR' ? '' : NB}${sign(currency)}`,
  budget: {
    topic: (total) => `${total} pour le sujet`,
    call: (total) => `${total} pour l’appel`,
    withoutCurrency: (asWritten) =>
      `${quoted(asWritten)} d’après la source, sans devise${NB}: à vérifier sur la page officielle`,
    implausible: (asWritten, currency) =>
      `${quoted(asWritten)}${NB}${currency} d’après la source${NB}: montant peu plausible, à vérifier sur la page officielle`,
    shared: (total) => `${total} au total, sans doute communs à plusieurs sujets`,
    unclear: (total) => `${total} pour le sujet, ou partagé entre les sujets de l’appel`,
    totalNotStated: 'total non précisé',
    range: (min, max) => `de ${min} à ${max} par projet`,
    exactly: (amount) => `${amount} par projet`,
    atLeast: (amount) => `au moins ${amount} par projet`,
    atMost: (amount) => `au plus ${amount} par projet`,
    grants: (n) => plural(n, 'projet attendu', 'projets attendus'),
  },
  short: {
    daysTo: (days) => (days === 0 ? 'aujourd’hui' : days === 1 ? 'demain' : `J-${days}`),
    passed: (date) => `clos le ${date}`,
    opens: (date) => `ouvre le ${date}`,
    noDeadline: 'échéance non précisée',
    millions: (digits, currency) => `${digits}${NB}M${currency === 'EUR' ? '' : NB}${sign(currency)}`,
    perProject: (amount) => `${amount} par projet`,
    total: (amount, shared) => (shared ? `${amount} pour plusieurs sujets` : `${amount} au total`),
    doubtful: 'montant à vérifier',
  },

  sources: {
    readOn: (moment, age) => `lu en entier pour la dernière fois le ${moment}, ${age}`,
    never: 'pas encore lu avec succès',
    notReadSince: (moment, age, why) =>
      `non lu depuis le ${moment}, ${age}, car ${why}${NB}; ses appels sont montrés tels qu’ils étaient alors`,
    neverBecause: (why) => `pas encore lu avec succès, car ${why}`,
    why: {
      doubtful: 'ses réponses sont contradictoires',
      broken: 'son format a changé et n’est plus lisible',
      blocked: 'il refuse nos requêtes',
      refused: 'l’accès nous est interdit',
      throttled: 'il limite la fréquence de nos lectures',
      unreachable: 'le site ne répond pas',
    },
    quiet: (moment, age) =>
      `lu en entier pour la dernière fois le ${moment}, ${age}${NB}; il ne montre rien de nouveau depuis un temps inhabituel, consultez donc aussi son propre site`,
  },
};
