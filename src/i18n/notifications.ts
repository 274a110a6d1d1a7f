import { messages } from './message.js';

/** Notifications by any channel: subject, frame, items. */
export const notificationsTexts = messages({
  // The frame around the calls in a notification.
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
    en: '{n, plural, =1 {This is the call that fits you best} other {These are the {n} calls that fit you best}}, open or opening soon{n, plural, =1 {, with its reasons} other {: best first, each with its reasons}}.',
    fr: 'Voici {n, plural, =1 {l’appel ouvert ou à venir qui vous correspond le mieux, avec ses raisons} other {les {n} appels ouverts ou à venir qui vous correspondent le mieux, le meilleur en premier, chacun avec ses raisons}}.',
  },
  'message.intro.promise': {
    en: 'Calls already published will not be announced again. From now on you receive what is new or has changed.',
    fr: 'Les appels déjà publiés ne seront pas annoncés de nouveau. Désormais, vous recevez ce qui est nouveau ou a changé.',
  },
  'message.intro.nothing-fits': {
    en: 'No call that is open or opens soon fits what you follow. We will write to you when one appears.',
    fr: 'Aucun appel ouvert ou à venir ne correspond à ce que vous suivez. Nous vous écrirons dès qu’il en paraîtra un.',
  },
  'message.intro.digest': {
    en: 'This is what is new or has changed since the last message.',
    fr: 'Voici ce qui est nouveau ou a changé depuis le dernier message.',
  },
  'message.intro.reminders': {
    en: 'There is nothing new since the last message, but {n, plural, one {a deadline is} other {deadlines are}} approaching.',
    fr: 'Rien de nouveau depuis le dernier message, mais {n, plural, =1 {une échéance approche} other {des échéances approchent}}.',
  },
  'message.intro.postponed': {
    en: 'There is nothing new since the last message, but {n, plural, one {a call that was put off is} other {calls that were put off are}} back.',
    fr: 'Rien de nouveau depuis le dernier message, mais {n, plural, =1 {un appel remis à plus tard est} other {des appels remis à plus tard sont}} de retour.',
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
  'message.more.digest': {
    en: '{n, plural, one {{n} more call fits and waits} other {{n} more calls fit and wait}} for the next message.',
    fr: '{n, plural, =1 {1\u00a0autre appel correspond et attend} other {{n}\u00a0autres appels correspondent et attendent}} le prochain message.',
  },
  'message.more.first': {
    en: '{n, plural, one {{n} more call, open or opening soon, also fits: find it} other {{n} more calls, open or opening soon, also fit: find them}} {where, select, inbox {under “To decide”} other {in the list of calls}}.',
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
  'message.lists-not-here': {
    en: 'There is no room here for: {all}.',
    fr: 'Faute de place, ne figurent pas ici\u00a0: {all}.',
  },
  'message.foot.why': {
    en: 'You receive this because you follow {all}.',
    fr: 'Vous recevez ce message parce que vous suivez {all}.',
  },
  'message.foot.links': {
    en: '“Relevant” and “Not for us” decide in your name without signing in, for {days} days: whoever has this e-mail can use them. Your colleagues see it and can undo it.',
    fr: '«\u00a0Pertinent\u00a0» et «\u00a0Non retenu\u00a0» décident en votre nom, sans connexion, pendant {days} jours\u00a0: quiconque a cet e-mail peut s’en servir. Vos collègues le voient et peuvent annuler.',
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
  // Texts about the calls, deadlines, answers and sources in a notification.
  'message.badge.fresh': {
    en: 'New',
    fr: 'Nouveau',
  },
  'message.badge.changed': {
    en: 'Changed',
    fr: 'Modifié',
  },
  'message.badge.baseline': {
    en: 'Not announced before',
    fr: 'Pas encore annoncé',
  },
  'message.urgency.brought-forward': {
    en: 'Deadline brought forward',
    fr: 'Échéance avancée',
  },
  'message.urgency.extended-late': {
    en: 'Late extension',
    fr: 'Prolongé au dernier moment',
  },
  'message.urgency.withdrawn': {
    en: 'Withdrawn',
    fr: 'Retiré',
  },
  'message.days': {
    en: '{n, plural, =0 {today} =1 {tomorrow} other {in {n} days}}',
    fr: '{n, plural, =0 {aujourd’hui} =1 {demain} other {dans {n}\u00a0jours}}',
  },
  'message.closes-in': {
    en: 'Closes {days}',
    fr: 'Clôture {days}',
  },
  'message.addressed': {
    en: 'It is mainly for {to}.',
    fr: 'Il s’adresse surtout {to}.',
  },
  'message.topics': {
    en: '{again, select, yes {{n} more topics} other {{n} topics}} of call {call}',
    fr: '{again, select, yes {{n}\u00a0autres sujets} other {{n}\u00a0sujets}} de l’appel {call}',
  },
  'message.other-calls': {
    en: '{n, plural, one {Another call} other {Other calls}}',
    fr: '{n, plural, one {Autre appel} other {Autres appels}}',
  },
  'message.changes': {
    en: 'What has changed',
    fr: 'Ce qui a changé',
  },
  'message.rest': {
    en: 'All differences are on its page',
    fr: 'Toutes les différences sont sur sa page',
  },
  'message.fits': {
    en: 'Fits {name}: {points} out of 100 ({band})',
    fr: 'Correspond {name}\u00a0: {points} sur 100 ({band})',
  },
  'message.score': {
    en: 'Score: {points} out of 100 ({band})',
    fr: 'Score\u00a0: {points} sur 100 ({band})',
  },
  'message.fits-also': {
    en: 'Also fits: {others}',
    fr: 'Correspond aussi à\u00a0: {others}',
  },
  'message.fits-also.more': {
    en: 'Also fits: {others} and {n} more',
    fr: 'Correspond aussi à\u00a0: {others} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.because': {
    en: 'Because you follow {all}',
    fr: 'Parce que vous suivez {all}',
  },
  'message.competence': {
    en: 'competence “{name}”',
    fr: 'compétence «\u00a0{name}\u00a0»',
  },
  'message.and-more': {
    en: '{n} more',
    fr: '{n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.followed.group': {
    en: 'the group {name}',
    fr: 'le groupe {name}',
  },
  'message.followed.group-through': {
    en: 'the group {name} (through {through})',
    fr: 'le groupe {name} (via {through})',
  },
  'message.followed.this-call': {
    en: 'this call',
    fr: 'cet appel',
  },
  'message.followed.call': {
    en: 'the call “{name}”',
    fr: 'l’appel «\u00a0{name}\u00a0»',
  },
  'message.followed.search': {
    en: 'the search “{name}”',
    fr: 'la recherche «\u00a0{name}\u00a0»',
  },
  'message.siblings': { en: 'Also:', fr: 'Aussi\u00a0:' },
  'message.open-call': {
    en: 'Open in Carnot Europe',
    fr: 'Ouvrir dans Carnot Europe',
  },
  'message.source-page': {
    en: 'Official page',
    fr: 'Page officielle',
  },
  'message.opened': {
    en: 'Now open',
    fr: 'Ouverts maintenant',
  },
  'message.deadlines': {
    en: 'Upcoming deadlines',
    fr: 'Échéances proches',
  },
  'message.deadlines.more': {
    en: 'And {n, plural, one {{n} more deadline} other {{n} more deadlines}}',
    fr: 'Et {n, plural, one {{n}\u00a0autre échéance} other {{n}\u00a0autres échéances}}',
  },
  'message.results': {
    en: 'Results are near',
    fr: 'Résultats proches',
  },
  'message.results.of': {
    en: 'bid of {profile}',
    fr: 'projet {profile}',
  },
  'message.results.bid': { en: 'Open the bid', fr: 'Ouvrir le projet' },
  'message.answers': {
    en: 'Answers from researchers',
    fr: 'Réponses de chercheurs',
  },
  'message.answers.interested': {
    en: '{name} is interested',
    fr: '{name}\u00a0: cela m’intéresse',
  },
  'message.answers.not-for-me': {
    en: '{name}: not for me',
    fr: '{name}\u00a0: pas pour moi',
  },
  'message.answers.ask-other': {
    en: '{name} suggests asking someone else',
    fr: '{name} propose de voir avec quelqu’un d’autre',
  },
  'message.answers.asked': {
    en: 'asked by {profile}',
    fr: 'demande {profile}',
  },
  'message.partners': {
    en: 'New partner searches',
    fr: 'Nouvelles recherches de partenaires',
  },
  'message.partners.offer': {
    en: 'Offer',
    fr: 'Offre',
  },
  'message.partners.request': {
    en: 'Request',
    fr: 'Demande',
  },
  'message.questions': {
    en: 'Questions and answers on your calls',
    fr: 'Questions et réponses sur vos appels',
  },
  'message.troubles': {
    en: 'Sources in trouble',
    fr: 'Sources en difficulté',
  },
  'message.troubles.since': {
    en: '{name}, since {date}',
    fr: '{name}, depuis le {date}',
  },
  'message.postponed': {
    en: 'Back for a decision',
    fr: 'De retour pour décision',
  },
  'message.postponed.until': {
    en: 'put off by {profile} until {day}',
    fr: 'remis au {day} par {profile}',
  },
  'message.drafted': {
    en: 'Your calls in draft work programmes',
    fr: 'Vos appels dans les projets de programme',
  },
  'message.coming': {
    en: 'Coming: topics of drafts',
    fr: 'À venir\u00a0: sujets en projet',
  },
  'message.glance': {
    en: 'Also published, at a glance',
    fr: 'Également publiés, en un coup d’œil',
  },
  'message.asked.says': {
    en: 'Look at {n, plural, one {# open call} other {# open calls}} that we did not announce: your answers show what we miss',
    fr: 'Jetez un œil à {n, plural, one {# appel ouvert que nous n’avons pas annoncé} other {# appels ouverts que nous n’avons pas annoncés}}\u00a0: vos réponses montrent ce qui nous échappe',
  },
  'message.asked.look': { en: 'Answer', fr: 'Répondre' },
  // Notification subjects and the counts in them.
  'message.count.fresh': {
    en: '{n, plural, one {{n} new call} other {{n} new calls}}',
    fr: '{n, plural, one {{n}\u00a0nouvel appel} other {{n}\u00a0nouveaux appels}}',
  },
  'message.count.changed': {
    en: '{n, plural, one {{n} change} other {{n} changes}}',
    fr: '{n, plural, one {{n}\u00a0modification} other {{n}\u00a0modifications}}',
  },
  'message.count.opened': {
    en: '{n, plural, one {{n} call now open} other {{n} calls now open}}',
    fr: '{n, plural, one {{n}\u00a0appel désormais ouvert} other {{n}\u00a0appels désormais ouverts}}',
  },
  'message.count.baseline': {
    en: '{n, plural, one {{n} call not announced before} other {{n} calls not announced before}}',
    fr: '{n, plural, one {{n}\u00a0appel pas encore annoncé} other {{n}\u00a0appels pas encore annoncés}}',
  },
  'message.count.deadlines': {
    en: '{n, plural, one {{n} upcoming deadline} other {{n} upcoming deadlines}}',
    fr: '{n, plural, one {{n}\u00a0échéance proche} other {{n}\u00a0échéances proches}}',
  },
  'message.count.results': {
    en: '{n, plural, one {{n} result near} other {{n} results near}}',
    fr: '{n, plural, one {{n}\u00a0résultat proche} other {{n}\u00a0résultats proches}}',
  },
  'message.count.postponed': {
    en: '{n, plural, one {{n} call} other {{n} calls}} back for a decision',
    fr: '{n, plural, one {{n}\u00a0appel} other {{n}\u00a0appels}} de retour pour décision',
  },
  'message.count.drafted': {
    en: '{n} of your calls in a draft',
    fr: '{n} de vos appels dans un projet de programme',
  },
  'message.count.coming': {
    en: '{n, plural, one {{n} coming topic} other {{n} coming topics}}',
    fr: '{n, plural, one {{n}\u00a0sujet à venir} other {{n}\u00a0sujets à venir}}',
  },
  'message.count.answers': {
    en: '{n, plural, one {{n} answer} other {{n} answers}}',
    fr: '{n, plural, one {{n}\u00a0réponse} other {{n}\u00a0réponses}}',
  },
  'message.count.troubles': {
    en: '{n, plural, one {{n} source in trouble} other {{n} sources in trouble}}',
    fr: '{n, plural, one {{n}\u00a0source en difficulté} other {{n}\u00a0sources en difficulté}}',
  },
  'message.count.partners': {
    en: '{n, plural, one {{n} new partner search} other {{n} new partner searches}}',
    fr: '{n, plural, one {{n}\u00a0nouvelle recherche de partenaires} other {{n}\u00a0nouvelles recherches de partenaires}}',
  },
  'message.count.questions': {
    en: '{n, plural, one {{n} question new or changed} other {{n} questions new or changed}}',
    fr: '{n, plural, one {{n}\u00a0question nouvelle ou modifiée} other {{n}\u00a0questions nouvelles ou modifiées}}',
  },
  'message.following': {
    en: '{name} and {n, plural, one {{n} other} other {{n} others}}',
    fr: '{name} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  'message.subject.line': {
    en: 'Carnot Europe: {what}',
    fr: 'Carnot Europe\u00a0: {what}',
  },
  'message.subject.for': {
    en: '{line} for {whose}',
    fr: '{line} pour {whose}',
  },
  'message.subject.of': {
    en: '{line} ({whose})',
    fr: '{line} ({whose})',
  },
  'message.subject.next': {
    en: '{line}, next deadline {deadline}',
    fr: '{line}, prochaine échéance le {deadline}',
  },
  // Where only deadlines are counted.
  'message.subject.next-of': {
    en: '{line}, {n, plural, one {on {deadline}} other {the first on {deadline}}}',
    fr: '{line}, {n, plural, one {le {deadline}} other {la première le {deadline}}}',
  },
  'message.subject.first': {
    en: 'your {n, plural, =1 {best call} other {{n} best calls}}',
    fr: '{n, plural, =1 {votre meilleur appel} other {vos {n} meilleurs appels}}',
  },
  'message.subject.others': {
    en: '{title} and {n, plural, one {{n} more call} other {{n} more calls}}',
    fr: '{title} et {n, plural, one {{n}\u00a0autre appel} other {{n}\u00a0autres appels}}',
  },
  'message.subject.nothing-fits': {
    en: 'no call that fits at the moment',
    fr: 'aucun appel ne correspond en ce moment',
  },
  'message.subject.more': {
    en: '{title} and {n} more',
    fr: '{title} et {n, plural, one {{n}\u00a0autre} other {{n}\u00a0autres}}',
  },
  // What changed in the only call of a message, in a few words.
  'message.subject.change': { en: '{what}: {title}', fr: '{what}\u00a0: {title}' },
  'message.subject.change.budget': {
    en: 'Budget {way, select, up {raised} other {cut}} from {from} to {to}',
    fr: 'Budget {way, select, up {porté} other {ramené}} de {from} à {to}',
  },
  'message.subject.change.forward': {
    en: 'Deadline brought forward to {to}',
    fr: 'Échéance avancée au {to}',
  },
  'message.subject.change.extended': { en: 'Deadline extended to {to}', fr: 'Échéance prolongée au {to}' },
  'message.subject.change.conditions': { en: 'Conditions changed', fr: 'Conditions modifiées' },
  'message.subject.change.text': { en: 'Text changed', fr: 'Texte modifié' },
  'message.subject.now': {
    en: 'now {date}',
    fr: 'désormais le {date}',
  },
  'message.heading.first': {
    en: 'Your {n, plural, =1 {best call} other {{n} best calls}}',
    fr: '{n, plural, =1 {Votre meilleur appel} other {Vos {n} meilleurs appels}}',
  },
  'message.heading.nothing-fits': {
    en: 'No call fits at the moment',
    fr: 'Aucun appel ne correspond en ce moment',
  },
  'answer.not-sent-within': {
    en: 'not sent within {value} seconds',
    fr: 'pas terminé en {value}\u00a0secondes',
  },
  'answer.status': { en: 'status {value}', fr: 'statut {value}' },
  'answer.mail-folder': {
    en: 'the mail folder cannot be written to ({value})',
    fr: 'le dossier des e-mails n’est pas accessible en écriture ({value})',
  },
});
