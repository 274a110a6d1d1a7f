import type { Texts } from './texts.js';

/** The no-break space that French wants before : ; ? ! » and after «, so that no line ends or starts with them. */
const NB = '\u00a0';
const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const quotes = { open: `«${NB}`, close: `${NB}»` };
const quoted = (text: string): string => quotes.open + text + quotes.close;
/** Zero and one are singular in French. */
const plural = (count: number, one: string, many: string): string => `${count}${NB}${count < 2 ? one : many}`;

const newAndChanged = (fresh: number, changed: number): string => {
  if (!changed) return plural(fresh, 'nouvel appel', 'nouveaux appels');
  if (!fresh) return plural(changed, 'appel modifié', 'appels modifiés');
  return `${plural(fresh, 'nouvel appel', 'nouveaux appels')} et ${plural(changed, 'modifié', 'modifiés')}`;
};
const best = (count: number): string =>
  count === 1
    ? 'votre meilleur appel ouvert en ce moment'
    : `vos ${count === 10 ? 'dix' : count} meilleurs appels ouverts en ce moment`;
const sign = (currency: string): string => (currency === 'EUR' ? '€' : currency);

/** French, as France writes it. */
export const textsFr: Texts = {
  locale: 'fr-FR',
  quotes,
  labelled: (label, value) => `${label}${NB}: ${value}`,
  semicolon: `${NB}; `,

  subject: {
    first: (profile, n) =>
      `${profile}${NB}: ${plural(n, 'appel ouvert qui vous correspond', 'appels ouverts qui vous correspondent')}`,
    digest: (profile, fresh, changed) => `${profile}${NB}: ${newAndChanged(fresh, changed)}`,
    nothingFits: (profile) => `${profile}${NB}: aucun appel ouvert ne correspond en ce moment`,
    nothingNew: (profile) => `${profile}${NB}: pas de nouvel appel`,
    withDeadline: (subject, date) => `${subject} – prochaine échéance le ${date}`,
  },
  sampleBanner:
    `EXEMPLE${NB}: les appels de ce message sont inventés. ` +
    `Ils montrent à quoi un message ressemble${NB}; personne ne peut y répondre.`,
  greeting: (name) => `Bonjour ${name},`,
  heading: {
    first: (n) => best(n).replace(/^v/, 'V'),
    digest: newAndChanged,
    nothing: 'Rien à signaler',
  },
  firstIntro: (profile, n) => `Voici ${best(n)}, d’après le profil ${quoted(profile)}.`,
  firstPromise:
    'Ce qui figurait déjà dans les sources lues jusqu’ici ne vous sera pas annoncé plus tard comme nouveau. ' +
    'Désormais, vous recevrez ce qui est nouveau ou a changé.',
  digestIntro: (profile) =>
    `Voici ce qui est nouveau ou a changé pour le profil ${quoted(profile)} depuis le dernier message.`,
  nothingFits: (profile) =>
    `Aucun appel ouvert en ce moment ne correspond au profil ${quoted(profile)}. ` +
    `Nous vous écrirons dès qu’il en paraîtra un.`,
  nothingNew: (profile) => `Rien de nouveau et rien de changé pour le profil ${quoted(profile)} depuis le dernier message.`,
  badge: { fresh: 'Nouveau', changed: 'Modifié', stood: `Nouveau pour vous${NB}: sa source n’est lue que depuis peu` },

  label: {
    programme: 'Programme',
    typeOfAction: 'Type d’action',
    fit: 'Score',
    deadline: 'Échéance',
    thenDeadline: 'Puis',
    passedDeadline: 'Passée',
    opens: 'Ouverture',
    budget: 'Budget',
    changes: 'Ce qui a changé',
  },
  notStated: 'non précisé',
  noDeadline: 'aucune indiquée',
  callKind: { grant: 'subvention', cascade: 'financement en cascade', 'external-action': 'action extérieure' },
  score: (points, band) => `${points} sur 100 (${{ strong: 'fort', possible: 'possible', weak: 'faible' }[band]})`,

  date: (day, month, year) => `${day === 1 ? '1er' : day}${NB}${month} ${year}`,
  time: (hour, minute) => (minute ? `${hour}${NB}h${NB}${String(minute).padStart(2, '0')}` : `${hour}${NB}h`),
  deadline: {
    told: (date, time) => `${date} à ${time} (heure de Bruxelles)`,
    notTold: (date, time) => `${date} à ${time}, heure de Bruxelles (l’heure habituelle${NB}: la source n’en précise pas)`,
    kind: { 'stage-1': `étape${NB}1`, 'stage-2': `étape${NB}2`, 'cut-off': 'date de relève (cut-off)' },
  },
  moment: (date, time) => `${date} à ${time} (heure de Bruxelles)`,

  amount: (digits, currency) => `${digits}${NB}${sign(currency)}`,
  millions: (digits, currency) => `${digits}${NB}M${currency === 'EUR' ? '' : NB}${sign(currency)}`,
  budget: {
    topic: (total) => `${total} pour le sujet`,
    shared: (total) => `${total} au total, sans doute communs à plusieurs sujets`,
    totalNotStated: 'total non précisé',
    range: (min, max) => `de ${min} à ${max} par projet`,
    exactly: (amount) => `${amount} par projet`,
    atLeast: (amount) => `au moins ${amount} par projet`,
    atMost: (amount) => `au plus ${amount} par projet`,
    grants: (n) => plural(n, 'projet attendu', 'projets attendus'),
  },

  reason: (competence, terms, others) => {
    const also = others.length ? `${NB}; il correspond aussi à ${list.format(others.map(quoted))}` : '';
    const by = `${terms.length === 1 ? 'par le terme' : 'par les termes'} ${list.format(terms.map(quoted))}`;
    return `Correspond à votre compétence ${quoted(competence)} ${by}${also}.`;
  },
  noReason: 'Aucun mot de votre profil n’y a été trouvé.',

  openCall: 'Ouvrir la page de l’appel',
  coming: 'Ils ouvriront bientôt et vous correspondent aussi',
  more: (n) => (n === 1 ? 'Et 1 autre appel qui vous correspond.' : `Et ${n}${NB}autres appels qui vous correspondent.`),
  sources: {
    heading: 'Dernière lecture des sources',
    readOn: (moment, age) => `lu en entier pour la dernière fois le ${moment}, ${age}`,
    never: 'pas encore lu avec succès',
    notReadSince: (moment, age, why) => `non lu depuis le ${moment}, ${age}, car ${why}${NB}; ses appels sont montrés tels qu’ils étaient alors`,
    neverBecause: (why) => `pas encore lu avec succès, car ${why}`,
    why: {
      doubtful: 'ses réponses ne concordent pas',
      broken: 'sa forme a changé et ne peut plus être lue',
      blocked: 'il refuse nos requêtes',
      throttled: 'il limite actuellement la fréquence de nos requêtes',
      unreachable: 'il ne répond pas',
    },
    quiet: (moment, age) => `lu en entier pour la dernière fois le ${moment}, ${age}${NB}; il ne montre rien de nouveau depuis un temps inhabituel, consultez donc aussi son propre site`,
  },
  why: (profile) => `Vous recevez ce message en tant que contact de ${profile}.`,
  inbox: 'Trier ces appels, les proposer à un chercheur\u00a0: ouvrir carnot-europe',
  unsubscribe: 'Se désabonner',
};
