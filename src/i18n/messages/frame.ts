import { messages } from '../message.js';

/** The frame around the calls in a notification. */
export const messageFrame = messages({
  'message.sample': {
    en: 'SAMPLE: the calls in this message are invented. They show what a message looks like; nobody can apply to them.',
    fr: 'EXEMPLE\u00a0: les appels de ce message sont inventés. Ils montrent à quoi un message ressemble\u00a0; personne ne peut y répondre.',
  },
  'message.test.title': {
    en: 'Test message: this is how a call is shown here',
    fr: 'Message d’essai\u00a0: voici comment un appel s’affiche ici',
  },
  'message.test.text': {
    en: 'Someone asked for this test. If you can read it, other messages will arrive too.',
    fr: 'Quelqu’un a demandé cet essai. S’il est arrivé, les autres messages arriveront aussi.',
  },
  'message.intro.first': {
    en: '{n, plural, =1 {This is your} other {These are your}} {n, plural, =1 {best open call now} =10 {ten best open calls now} other {{n} best open calls now}}, best first, each with its reasons.',
    fr: 'Voici {n, plural, =1 {votre meilleur appel ouvert en ce moment} =10 {vos dix meilleurs appels ouverts en ce moment} other {vos {n} meilleurs appels ouverts en ce moment}}, {n, plural, =1 {avec ses raisons} other {le meilleur en premier, chacun avec ses raisons}}.',
  },
  'message.intro.promise': {
    en: 'Calls already published will not be announced again. From now on you receive what is new or has changed.',
    fr: 'Les appels déjà publiés ne seront pas annoncés de nouveau. Désormais, vous recevez ce qui est nouveau ou a changé.',
  },
  'message.intro.nothing-fits': {
    en: 'No call that is open now fits what you follow. We will write to you when one appears.',
    fr: 'Aucun appel ouvert en ce moment ne correspond à ce que vous suivez. Nous vous écrirons dès qu’il en paraîtra un.',
  },
  'message.intro.digest': {
    en: 'This is what is new or has changed since the last message.',
    fr: 'Voici ce qui est nouveau ou a changé depuis le dernier message.',
  },
  'message.intro.reminders': {
    en: 'There is nothing new since the last message, but deadlines are approaching.',
    fr: 'Rien de nouveau depuis le dernier message, mais des échéances approchent.',
  },
  'message.intro.urgent': {
    en: 'This could not wait for the next digest.',
    fr: 'Ceci ne pouvait pas attendre le prochain récapitulatif.',
  },
  'message.intro.at-once': {
    en: 'You asked to receive everything immediately.',
    fr: 'Vous avez demandé à tout recevoir sans attendre.',
  },
  'message.choose': {
    en: 'Choose what you receive',
    fr: 'Choisissez ce que vous recevez',
  },
  'message.choose.says': {
    en: 'Strong matches only, possible ones too, or all of them; what you follow; on which day and at what time; how long before each deadline; and where. It takes a minute, without signing in.',
    fr: 'Correspondances fortes seulement, possibles aussi, ou toutes\u00a0; ce que vous suivez\u00a0; le jour et l’heure d’envoi\u00a0; le délai avant chaque échéance\u00a0; le canal. Une minute suffit, sans connexion.',
  },
  'message.choose.button': {
    en: 'Notification settings',
    fr: 'Réglages des notifications',
  },
  'message.more.digest': {
    en: 'And {n, plural, one {{n} more call} other {{n} more calls}} that {n, plural, one {fits and waits} other {fit and wait}} for the next message.',
    fr: '{n, plural, =1 {1\u00a0autre appel correspond et attend} other {{n}\u00a0autres appels correspondent et attendent}} le prochain message.',
  },
  'message.more.first': {
    en: 'And {n, plural, one {{n} more call} other {{n} more calls}}, open or opening soon, that {n, plural, one {fits: you find it} other {fit: you find them}} {where, select, inbox {under “To decide”} other {in the list of calls}}.',
    fr: '{n, plural, =1 {1\u00a0autre appel, ouvert ou à venir, correspond\u00a0: il est} other {{n}\u00a0autres appels, ouverts ou à venir, correspondent\u00a0: ils sont}} dans {where, select, inbox {«\u00a0À trier\u00a0»} other {la liste des appels}}.',
  },
  'message.unread.all': {
    en: '{n, plural, =1 {This call has} other {These calls have}} not been read by the language model: {n, plural, =1 {it is} other {they are}} here by the built-in ranking.',
    fr: '{n, plural, =1 {Cet appel n’a pas été lu} other {Ces appels n’ont pas été lus}} par le modèle de langue\u00a0: {n, plural, =1 {il est annoncé} other {ils sont annoncés}} d’après le classement intégré.',
  },
  'message.unread.some': {
    en: '{n, plural, =1 {One of these calls has} other {{n} of these calls have}} not been read by the language model: {n, plural, =1 {it is} other {they are}} here by the built-in ranking.',
    fr: '{n, plural, =1 {L’un de ces appels n’a pas été lu} other {{n}\u00a0de ces appels n’ont pas été lus}} par le modèle de langue\u00a0: {n, plural, =1 {il est annoncé} other {ils sont annoncés}} d’après le classement intégré.',
  },
  'message.held': {
    en: '{n} of these {n, plural, one {was} other {were}} held back by your daily limit of {limit, plural, one {{limit} message} other {{limit} messages}}.',
    fr: '{n, plural, one {{n}\u00a0de ces nouvelles a été retenue} other {{n}\u00a0de ces nouvelles ont été retenues}} par votre maximum de {limit, plural, one {{limit}\u00a0message} other {{limit}\u00a0messages}} par jour.',
  },
  'message.not-here': {
    en: 'And {n, plural, one {{n} more call} other {{n} more calls}} in this message, for which there is no room here.',
    fr: 'Et {n, plural, one {{n}\u00a0autre appel} other {{n}\u00a0autres appels}} de ce message, pour lesquels il n’y a pas la place ici.',
  },
  'message.foot.why': {
    en: 'You receive this because you follow {all}.',
    fr: 'Vous recevez ce message parce que vous suivez {all}.',
  },
  'message.foot.next': {
    en: 'The next digest will be sent on {when}, if there is anything new.',
    fr: 'Le prochain récapitulatif part le {when}, s’il y a du nouveau.',
  },
  'message.foot.when': {
    en: '{weekday} {date}, {time} ({zone})',
    fr: '{weekday} {date} à {time} ({zone})',
  },
  'message.zone.brussels': {
    en: 'Brussels',
    fr: 'heure de Bruxelles',
  },
  'message.zone.paris': {
    en: 'Europe/Paris',
    fr: 'heure de Paris',
  },
  'message.zone': {
    en: '{zone}',
    fr: 'fuseau {zone}',
  },
  'message.foot.no-next': {
    en: 'No digest is planned at the moment.',
    fr: 'Aucun récapitulatif n’est prévu pour l’instant.',
  },
  'message.foot.sources': {
    en: 'Last reading of the sources',
    fr: 'Dernière lecture des sources',
  },
  'message.foot.inbox': {
    en: 'Decide on calls, propose them to researchers',
    fr: 'Trier les appels, les proposer à des chercheurs',
  },
  'message.foot.calls': {
    en: 'See all calls',
    fr: 'Voir tous les appels',
  },
  'message.foot.settings': {
    en: 'Notification settings: what, when and where',
    fr: 'Réglages des notifications\u00a0: quoi, quand et où',
  },
  'message.foot.unsubscribe': {
    en: 'Unsubscribe',
    fr: 'Se désabonner',
  },
});
