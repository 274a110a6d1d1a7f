import { messages } from '../../message.js';

export const people = messages({
  'people.title': { en: 'Researchers', fr: 'Chercheurs' },
  'people.intro': {
    en: '{n, plural, =0 {Nobody is listed yet.} one {# person is listed.} other {# people are listed.}} Calls are proposed to researchers according to their competences. Only your institute sees this list.',
    fr: '{n, plural, =0 {Personne n’est encore inscrit.} one {# personne est inscrite.} other {# personnes sont inscrites.}} Les appels sont proposés aux chercheurs d’après leurs compétences. Seul votre institut voit cette liste.',
  },
  'people.add': { en: 'Add a person', fr: 'Ajouter une personne' },
  'people.paste': { en: 'Paste a list', fr: 'Coller une liste' },
  'people.asked': { en: 'Proposals', fr: 'Appels proposés' },
  'people.by-competence': { en: 'By competence', fr: 'Par compétence' },
  'people.competence': { en: 'Competence', fr: 'Compétence' },
  'people.persons': { en: 'People', fr: 'Personnes' },
  'people.all': { en: 'Show all {n} people', fr: 'Afficher les {n} personnes' },
  'people.all-competences': { en: 'All competences', fr: 'Toutes les compétences' },
  'people.nobody': { en: 'nobody yet', fr: 'personne pour l’instant' },
  'people.add-for': {
    en: 'Add a person for “{competence}”',
    fr: 'Ajouter une personne pour « {competence} »',
  },
  'people.loose': { en: 'Without a competence', fr: 'Sans compétence' },
  'people.loose-why': {
    en: 'No call is suggested for them: they have none of the profile’s competences.',
    fr: 'Aucun appel n’est suggéré à ces personnes\u00a0: elles n’ont aucune compétence du profil.',
  },
  'people.gone': {
    en: '“{competence}” is no longer in the profile',
    fr: '« {competence} » ne figure plus au profil',
  },
  'people.writes-in': {
    en: 'in {language, select, fr {French} other {English}}',
    fr: 'en {language, select, fr {français} other {anglais}}',
  },
  'people.edit-title': { en: 'Edit {name}', fr: 'Modifier {name}' },
  'people.name': { en: 'Name', fr: 'Nom' },
  'people.email': { en: 'E-mail address', fr: 'Adresse e-mail' },
  'people.language': { en: 'Language of messages', fr: 'Langue des messages' },
  'people.competences': { en: 'Competences', fr: 'Compétences' },
  'people.competences-help': {
    en: 'They are suggested for calls that fit one of these.',
    fr: 'La personne est suggérée pour les appels qui correspondent à l’une d’elles.',
  },
  'people.gone-help': {
    en: 'No longer in the profile, and dropped when you save: {competences}.',
    fr: 'Ne figure plus au profil et disparaîtra à l’enregistrement : {competences}.',
  },
  'people.taken': {
    en: 'Someone with this address is already on the list.',
    fr: 'Une personne ayant cette adresse est déjà inscrite.',
  },
  'people.remove-title': { en: 'Remove from the list', fr: 'Retirer de la liste' },
  'people.remove-why': {
    en: 'No more calls will be proposed to them. Past proposals and answers stay on the calls.',
    fr: 'Plus aucun appel ne sera proposé à cette personne. Les propositions et les réponses passées restent sur les appels.',
  },
  'people.remove': { en: 'Remove {name} from the list', fr: 'Retirer {name} de la liste' },
  'people.paste-title': { en: 'Paste a list of people', fr: 'Coller une liste de personnes' },
  'people.paste-lines': { en: 'One person per line', fr: 'Une personne par ligne' },
  'people.paste-help': {
    en: 'Name and address as in an e-mail, then competences of the profile after semicolons. People already listed get the new competences. New people receive their messages in {language, select, fr {French} other {English}}.',
    fr: 'Le nom et l’adresse comme dans un e-mail, puis des compétences du profil après des points-virgules. Les personnes déjà inscrites reçoivent les nouvelles compétences. Les nouvelles personnes recevront leurs messages en {language, select, fr {français} other {anglais}}.',
  },
  'people.paste-example': { en: 'For example: {line}', fr: 'Par exemple : {line}' },
  'people.paste-do': { en: 'Add them', fr: 'Les ajouter' },
  'people.paste-nothing': {
    en: 'Nothing was added. Correct these lines and send them again.',
    fr: 'Rien n’a été ajouté. Corrigez ces lignes, puis renvoyez-les.',
  },
  'people.paste-empty': { en: 'There are no lines yet.', fr: 'Il n’y a encore aucune ligne.' },
  'people.paste-long': {
    en: 'Too long: at most {most, number} characters at a time. Nothing was added.',
    fr: 'Trop long : {most, number} caractères au plus à la fois. Rien n’a été ajouté.',
  },
  'people.line-long': {
    en: 'Line {line}: “{text}” is too long to be one person.',
    fr: 'Ligne {line} : « {text} » est trop long pour une seule personne.',
  },
  'people.line-many': {
    en: 'From line {line} on: at most {most} people at a time. Paste the others afterwards.',
    fr: 'À partir de la ligne {line} : {most} personnes au plus à la fois. Collez les autres ensuite.',
  },
  'people.line-person': {
    en: 'Line {line}: “{text}” is not a name with an address in angle brackets.',
    fr: 'Ligne {line} : « {text} » n’est pas un nom suivi d’une adresse entre chevrons.',
  },
  'people.line-competence': {
    en: 'Line {line}: “{text}” is not a competence of the profile.',
    fr: 'Ligne {line} : « {text} » n’est pas une compétence du profil.',
  },
  'people.line-objects': {
    en: 'Line {line}: “{text}” has asked to be proposed no more calls.',
    fr: 'Ligne {line}\u00a0: «\u00a0{text}\u00a0» a demandé à ne plus recevoir de propositions d’appels.',
  },
  'people.back': { en: 'All researchers', fr: 'Tous les chercheurs' },

  'propose.title': { en: 'Propose to…', fr: 'Proposer à…' },
  'propose.back': { en: 'Back to the call', fr: 'Retour à l’appel' },
  'propose.whom': { en: 'Who it suits', fr: 'À qui le proposer' },
  'propose.nobody-suits': {
    en: 'Nobody on your list has a competence this call asks for.',
    fr: 'Personne sur votre liste n’a de compétence demandée par cet appel.',
  },
  'propose.no-match': {
    en: 'This call does not fit your profile, so nobody is suggested. You can still choose someone.',
    fr: 'Cet appel ne correspond pas à votre profil\u00a0: aucune personne n’est suggérée. Vous pouvez tout de même choisir quelqu’un.',
  },
  'propose.points': {
    en: '{n, plural, one {# point} other {# points}}',
    fr: '{n, plural, one {# point} other {# points}}',
  },
  'propose.more-reasons': {
    en: '{n, plural, one {and # more competence} other {and # more competences}}',
    fr: '{n, plural, one {et # autre compétence} other {et # autres compétences}}',
  },
  'propose.others': { en: 'Someone else on the list ({n})', fr: 'Une autre personne de la liste ({n})' },
  'propose.asked-on': { en: 'already asked on {day}', fr: 'déjà proposé le {day}' },
  'propose.message-to': { en: 'Message to {name}', fr: 'Message à {name}' },
  'propose.to': {
    en: 'To {name} ({email}), {language, select, fr {in French} other {in English}}',
    fr: 'À {name} ({email}), {language, select, fr {en français} other {en anglais}}',
  },
  'propose.recipient': { en: 'To', fr: 'À' },
  'propose.nobody': { en: 'choose a person', fr: 'choisir une personne' },
  'propose.gone': {
    en: 'The recipient has since been removed from the list. Nothing was sent: choose who receives it.',
    fr: 'Le destinataire a été retiré de la liste entre-temps. Rien n’a été envoyé\u00a0: choisissez qui le reçoit.',
  },
  'propose.choose': {
    en: 'Nothing was sent: choose who receives it.',
    fr: 'Rien n’a été envoyé\u00A0: choisissez qui le reçoit.',
  },
  'propose.first-sent': {
    en: 'A first message with another text was already sent from this form. This text was not sent: send it if they should receive it too.',
    fr: 'Un premier message est déjà parti de ce formulaire, avec un autre texte. Celui-ci n’a pas été envoyé\u00A0: envoyez-le s’il doit partir aussi.',
  },
  'propose.subject': { en: 'Subject', fr: 'Objet' },
  'propose.text': { en: 'Message', fr: 'Message' },
  'propose.link-help': {
    en: 'A link to answer without signing in is added when you send it. {replies, select, yes {E-mail replies go to {email}.} other {}}',
    fr: 'Un lien pour répondre sans se connecter est ajouté à l’envoi. {replies, select, yes {Les réponses par e-mail arrivent à {email}.} other {}}',
  },
  'propose.send': { en: 'Send to {name}', fr: 'Envoyer à {name}' },
  'propose.send-any': { en: 'Send', fr: 'Envoyer' },
  'propose.send-again': { en: 'Send to {name} again', fr: 'Envoyer de nouveau à {name}' },
  'propose.asked-before': {
    en: '{name} was already asked about this call on {day}.',
    fr: 'Cet appel a déjà été proposé à {name} le {day}.',
  },
  'propose.over-closed': {
    en: 'This call is closed: it can no longer be proposed.',
    fr: 'Cet appel est clos\u00a0: il ne peut plus être proposé.',
  },
  'propose.over-withdrawn': {
    en: 'The sources no longer show this call: it is considered withdrawn and cannot be proposed.',
    fr: 'Ses sources ne montrent plus cet appel : il est considéré comme retiré et ne peut être proposé.',
  },
  'propose.reader': {
    en: 'You can see who was asked. Officers of your institute send the messages.',
    fr: 'Vous voyez à qui l’appel a été proposé. Les chargés d’affaires de votre institut envoient les messages.',
  },
  'propose.nobody-behind': {
    en: 'Nobody has {n, plural, one {this competence} other {these competences}} yet: {competences}.',
    fr: 'Personne n’a encore {n, plural, one {cette compétence} other {ces compétences}}\u00a0: {competences}.',
  },
  'propose.add-title': { en: 'Add a person and continue', fr: 'Ajouter une personne et continuer' },
  'propose.add': { en: 'Add and write to them', fr: 'Ajouter et lui écrire' },
  'several.title': { en: 'Propose to several at once', fr: 'Proposer à plusieurs à la fois' },
  'several.says': {
    en: 'Each receives the message that is ready for them, in their language, with the reasons that concern them.',
    fr: 'Chacun reçoit le message prêt pour lui, dans sa langue, avec les raisons qui le concernent.',
  },
  'several.whom': { en: 'To whom', fr: 'À qui' },
  'several.suits': { en: 'suits', fr: 'concerné' },
  'several.word': { en: 'Your own words', fr: 'Un mot de votre part' },
  'several.word-help': {
    en: 'Optional, at the top of each message.',
    fr: 'Facultatif, en tête de chaque message.',
  },
  'several.send': { en: 'Send to those selected', fr: 'Envoyer aux personnes cochées' },
  'several.wrong': {
    en: 'Nothing was sent: select 1 to {most} people; your words have at most 600 characters.',
    fr: 'Rien n’a été envoyé\u00a0: cochez de 1 à {most} personnes\u00a0; votre mot compte 600 caractères au plus.',
  },
  'flash.some-sent': {
    en: 'Sent, except to those who were asked already or are no longer on the list.',
    fr: 'Envoyé, sauf aux personnes déjà sollicitées ou retirées de la liste.',
  },
  'flash.not-reminded': {
    en: 'No reminder was sent: they have already answered or been reminded, or the call is over.',
    fr: 'Aucune relance n’a été envoyée\u00a0: la personne a déjà répondu ou été relancée, ou l’appel est terminé.',
  },
  'flash.wrong-days': {
    en: 'Not saved: enter 1 to 90 days, or leave the field empty.',
    fr: 'Non enregistré\u00a0: indiquez de 1 à 90 jours, ou laissez le champ vide.',
  },
  'asked.all': { en: 'Show all {n} proposals', fr: 'Afficher les {n} propositions' },
  'asked.remind': { en: 'Remind now', fr: 'Relancer maintenant' },
  'asked.remind-one': { en: 'Remind now: {name}', fr: 'Relancer maintenant\u00a0: {name}' },
  'asked.reminded': { en: 'Reminded on {day}', fr: 'Relancé le {day}' },
  'asked.remind-on': {
    en: 'Reminder on {day} if there is no answer',
    fr: 'Relance prévue le {day}, sauf réponse d’ici là',
  },
  'people.reminders': { en: 'Reminders', fr: 'Relances' },
  'people.remind-after': { en: 'Days without an answer', fr: 'Jours sans réponse' },
  'people.remind-help': {
    en: 'A researcher who has not answered by then is reminded once, never after the deadline of the call. Leave empty to send no reminders. Applies to proposals sent from now on.',
    fr: 'Un chercheur qui n’a pas répondu d’ici là est relancé une seule fois, jamais après la clôture de l’appel. Laissez vide pour ne relancer personne. Vaut pour les propositions à venir.',
  },
  'people.remind-never': { en: 'Nobody is reminded.', fr: 'Personne n’est relancé.' },
  'people.remind-days': {
    en: '{n, plural, one {After # day without an answer} other {After # days without an answer}}',
    fr: '{n, plural, one {Après # jour sans réponse} other {Après # jours sans réponse}}',
  },
  'propose.asked-title': { en: 'Already proposed to', fr: 'Déjà proposé à' },

  'asked.title': { en: 'Proposals', fr: 'Appels proposés' },
  'asked.intro': {
    en: 'The calls you proposed, newest first, and the answers.',
    fr: 'Les appels que vous avez proposés, les plus récents d’abord, et les réponses reçues.',
  },
  'asked.none': { en: 'No call has been proposed yet', fr: 'Aucun appel n’a encore été proposé' },
  'asked.none-how': {
    en: 'Open a call and choose “Propose to…”.',
    fr: 'Ouvrez un appel et choisissez «\u00a0Proposer à…\u00a0».',
  },
  'asked.who': { en: 'Who', fr: 'Qui' },
  'asked.call': { en: 'Call', fr: 'Appel' },
  'asked.answer': { en: 'Answer', fr: 'Réponse' },
  'asked.by': { en: 'proposed by {by} on {day}', fr: 'proposé par {by} le {day}' },
  'asked.waiting': { en: 'no answer yet', fr: 'pas encore de réponse' },
  'asked.interested': { en: 'interested', fr: 'cela l’intéresse' },
  'asked.not-for-me': { en: 'not interested', fr: 'pas intéressé' },
  'asked.ask-other': { en: 'ask {other}', fr: 'voir avec {other}' },
  'asked.answered-on': { en: 'answered on {day}', fr: 'réponse du {day}' },
  'asked.mail-pending': { en: 'e-mail on its way', fr: 'e-mail en route' },
  'asked.mail-sent': { en: 'e-mail sent', fr: 'e-mail envoyé' },
  'asked.mail-failed': { en: 'e-mail not sent', fr: 'e-mail non envoyé' },
});
