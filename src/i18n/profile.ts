import { messages } from './message.js';

/** The profile of an institute: editor, start, versions, track record. */
export const profileTexts = messages({
  // What an institute is asked to check in an unconfirmed profile.
  'confirm.title': { en: 'To be confirmed by the institute', fr: 'À confirmer par l’institut' },
  'confirm.intro': {
    en: 'This profile was written without the institute, from public sources or general knowledge, or nobody there has confirmed it yet.',
    fr: 'Ce profil a été établi sans l’institut, à partir de sources publiques ou de connaissances générales, ou personne n’y a encore confirmé qu’il est exact.',
  },
  'confirm.points': { en: 'Please check:', fr: 'À vérifier\u00a0:' },
  'confirm.button': {
    en: 'The profile is correct: confirm it',
    fr: 'Le profil est exact\u00a0: le confirmer',
  },
  'confirm.few-competences': {
    en: '{n, plural, one {There is only one competence} other {There are only # competences}}: is that all the institute does?',
    fr: '{n, plural, one {Il n’y a qu’une compétence} other {Il n’y a que # compétences}}\u00A0: est-ce tout ce que fait l’institut ?',
  },
  'confirm.no-contact': {
    en: 'Nobody receives its e-mails yet.',
    fr: 'Personne ne reçoit encore ses e-mails.',
  },
  'confirm.no-people': {
    en: 'No researcher is linked to its competences.',
    fr: 'Aucun chercheur n’est associé aux compétences.',
  },
  'confirm.no-description': {
    en: '“{competence}” has no description.',
    fr: '« {competence} » n’a pas de description.',
  },
  'confirm.no-keywords': {
    en: '“{competence}” has no keywords: only its name is searched for.',
    fr: '« {competence} » n’a pas de mots-clés : seul son intitulé est recherché.',
  },
  'confirm.only-english': {
    en: '“{competence}” has keywords in English only: French calls are missed.',
    fr: '« {competence} » n’a de mots-clés qu’en anglais : les appels français lui échappent.',
  },
  'confirm.only-french': {
    en: '“{competence}” has keywords in French only: most European calls are in English.',
    fr: '« {competence} » n’a de mots-clés qu’en français : la plupart des appels européens sont en anglais.',
  },
  'confirm.repeated-keyword': {
    en: '“{keyword}” in “{competence}” also appears in “{also}”.',
    fr: '« {keyword} », de « {competence} », figure aussi dans « {also} ».',
  },
  'confirm.common-keyword': {
    en: '“{keyword}” in “{competence}” applies to almost everything.',
    fr: '«\u00a0{keyword}\u00a0», dans «\u00a0{competence}\u00a0», s’applique à presque tout.',
  },
  // The recipients of an institute's e-mails, and how they opt in.
  'profile.contacts': { en: 'E-mail recipients', fr: 'Destinataires des e-mails' },
  'profile.contacts.help': {
    en: 'They receive the digest of new and changed calls. Anyone can stop it with one click.',
    fr: 'Ils reçoivent le récapitulatif des appels nouveaux ou modifiés. Chacun peut l’arrêter d’un clic.',
  },
  'contacts.title': { en: 'Recipients to check', fr: 'Destinataires à vérifier' },
  'contacts.unconfirmed': {
    en: 'has not confirmed the address yet',
    fr: 'n’a pas encore confirmé l’adresse',
  },
  'contacts.outside': {
    en: 'receives the calls, but nothing internal to the institute',
    fr: 'reçoit les appels, mais rien de ce qui reste à l’institut',
  },
  'contacts.resend': { en: 'Send the confirmation again', fr: 'Renvoyer la demande de confirmation' },
  'contacts.admit': {
    en: 'Let them see answers and decisions',
    fr: 'Autoriser les réponses et les décisions',
  },
  'contacts.change': { en: '{by} wants these recipients:', fr: '{by} souhaite ces destinataires :' },
  'contacts.change.file': { en: 'The file on the server', fr: 'Le fichier du serveur' },
  'contacts.change.nobody': { en: 'nobody', fr: 'personne' },
  'contacts.change.says': {
    en: 'Nothing changes until an officer of the institute accepts.',
    fr: 'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte.',
  },
  'contacts.accept': { en: 'Accept', fr: 'Accepter' },
  'contacts.decline': { en: 'Decline', fr: 'Refuser' },
  'contacts.take-back': { en: 'Take back', fr: 'Annuler la demande' },
  'contacts.link.title': { en: 'Confirm your address', fr: 'Confirmer votre adresse' },
  'contacts.link.says': {
    en: '{name}, you have been named as a recipient of the European calls that fit {institute}.',
    fr: '{name}, votre adresse a été indiquée pour recevoir les appels européens qui correspondent {institute}.',
  },
  'contacts.link.button': { en: 'Yes, send them to me', fr: 'Oui, envoyez-les-moi' },
  'contacts.link.done': {
    en: 'Your address is confirmed. Every e-mail has a link to choose what you receive, or to stop.',
    fr: 'Votre adresse est confirmée. Chaque e-mail comporte un lien pour choisir ce que vous recevez, et pour arrêter.',
  },
  'contacts.link.dead': { en: 'This link no longer works', fr: 'Ce lien ne fonctionne plus' },
  'contacts.link.dead-says': {
    en: 'It has expired, a newer one was sent, or your address is no longer listed. Ask the institute to send the confirmation again.',
    fr: 'Il a expiré, un plus récent a été envoyé, ou votre adresse n’est plus indiquée. Demandez à l’institut de renvoyer la demande de confirmation.',
  },
  'flash.asked-again': {
    en: 'The confirmation is on its way.',
    fr: 'La demande de confirmation est en route.',
  },
  'flash.contacts-wait': {
    en: 'Saved. The recipients stay the same until an officer of the institute accepts the change.',
    fr: 'Enregistré. Les destinataires restent les mêmes tant qu’un chargé d’affaires de l’institut n’a pas accepté le changement.',
  },
  'profile.contact.new': { en: 'New recipient', fr: 'Nouveau destinataire' },
  'profile.contact.email': { en: 'Address', fr: 'Adresse' },
  'profile.add-contact': { en: 'Add a recipient', fr: 'Ajouter un destinataire' },
  // Validation errors in a profile.
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
    fr: 'Indiquez un nom de 2 à 200 caractères.',
  },
  'profile.wrong.person': {
    en: 'Enter a name of up to 200 characters.',
    fr: 'Indiquez un nom de 200 caractères au plus.',
  },
  'profile.wrong.label': {
    en: 'Enter a name of 2 to 200 characters.',
    fr: 'Indiquez un intitulé de 2 à 200 caractères.',
  },
  'profile.wrong.label-twice': {
    en: 'Another competence has this name: give each its own.',
    fr: 'Une autre compétence porte cet intitulé\u00A0; donnez à chacune le sien.',
  },
  'profile.wrong.keyword': {
    en: 'Each line needs 2 to 100 characters.',
    fr: 'Chaque ligne doit compter de 2 à 100 caractères.',
  },
  // An institute's preferences in the profile editor.
  'profile.preferences': { en: 'Preferences', fr: 'Préférences' },
  'profile.preferences.help': {
    en: 'No call is hidden because of them: it is shown with the preferences it does not meet.',
    fr: 'Aucun appel n’est masqué pour autant\u00a0: il est montré avec les préférences qu’il ne remplit pas.',
  },
  'profile.types-of-action': { en: 'Types of action', fr: 'Types d’action' },
  'profile.programmes': { en: 'Programmes', fr: 'Programmes' },
  'profile.other-programmes': { en: 'Other programmes', fr: 'Autres programmes' },
  'profile.other-programmes.help': {
    en: 'One per line, by the name that calls use.',
    fr: 'Un par ligne, sous le nom que les appels utilisent.',
  },
  'profile.roles': { en: 'Roles', fr: 'Rôles' },
  'profile.role.coordinator': { en: 'coordinator', fr: 'coordinateur' },
  'profile.role.partner': { en: 'partner', fr: 'partenaire' },
  'profile.role.alone': { en: 'alone', fr: 'seul' },
  'profile.countries': { en: 'Countries', fr: 'Pays' },
  'profile.countries.help': {
    en: 'Countries where you can or want to work, one per line: by name, or by two letters such as FR.',
    fr: 'Ceux où vous pouvez ou souhaitez travailler, un par ligne : par leur nom ou par deux lettres, comme FR.',
  },
  'profile.any': { en: 'any', fr: 'indifférent' },
  'profile.trl.from': { en: 'TRL from', fr: 'TRL de' },
  'profile.trl.to': { en: 'TRL to', fr: 'TRL à' },
  'profile.budget.from': { en: 'Budget per project from (€)', fr: 'Budget par projet à partir de (€)' },
  'profile.budget.to': { en: 'Budget per project up to (€)', fr: 'Budget par projet jusqu’à (€)' },
  'profile.lead-days': { en: 'Days needed before a deadline', fr: 'Jours nécessaires avant une échéance' },
  'profile.action.RIA': { en: 'RIA', fr: 'RIA' },
  'profile.action.IA': { en: 'IA', fr: 'IA' },
  'profile.action.CSA': { en: 'CSA', fr: 'CSA' },
  'profile.action.COFUND': { en: 'Cofund', fr: 'Cofund' },
  'profile.action.PCP-PPI': { en: 'PCP, PPI', fr: 'PCP, PPI' },
  'profile.action.MSCA': { en: 'MSCA', fr: 'MSCA' },
  'profile.action.ERC': { en: 'ERC', fr: 'ERC' },
  'profile.action.EIC': { en: 'EIC', fr: 'EIC' },
  'profile.action.EDF': { en: 'Defence (EDF)', fr: 'Défense (FED)' },
  'profile.action.LIFE': { en: 'LIFE', fr: 'LIFE' },
  'profile.action.GRANT': { en: 'other grants', fr: 'autres subventions' },
  'profile.action.PRIZE': { en: 'prizes', fr: 'prix' },
  'profile.answers-as': {
    en: 'Calls not aimed at research institutes lose points, unless you answer them as',
    fr: 'Les appels qui ne s’adressent pas aux instituts de recherche perdent des points, sauf si vous y répondez comme',
  },
  'profile.addressee.trade-organisations': {
    en: 'trade and producer organisations (AGRIP)',
    fr: 'organisations professionnelles et de producteurs (AGRIP)',
  },
  'profile.addressee.project-developers': {
    en: 'developers of plants (Innovation Fund, RENEWFM)',
    fr: 'constructeurs d’installations (Fonds pour l’innovation, RENEWFM)',
  },
  'profile.addressee.infrastructure-operators': {
    en: 'operators of networks (CEF)',
    fr: 'exploitants de réseaux (MIE)',
  },
  'profile.addressee.civil-society': {
    en: 'associations (CERV, operating grants)',
    fr: 'associations (CERV, subventions de fonctionnement)',
  },
  'profile.addressee.partner-countries': {
    en: 'organisations in partner countries (external action)',
    fr: 'organisations dans les pays partenaires (action extérieure)',
  },
  'profile.addressee.creative-sector': {
    en: 'culture and audiovisual (Creative Europe)',
    fr: 'culture et audiovisuel (Europe créative)',
  },
  'profile.addressee.sport-and-youth': {
    en: 'sport and youth (Erasmus+)',
    fr: 'sport et jeunesse (Erasmus+)',
  },
  'profile.addressee.education': {
    en: 'education and training (Erasmus+)',
    fr: 'enseignement et formation (Erasmus+)',
  },
  'profile.addressee.authorities': {
    en: 'public authorities (security, justice, LIFE strategic)',
    fr: 'autorités publiques (sécurité, justice, LIFE stratégique)',
  },
  'profile.addressee.energy-agencies': {
    en: 'energy agencies and advisers (LIFE clean energy)',
    fr: 'agences de l’énergie et conseils (LIFE énergie propre)',
  },
  'profile.addressee.public-buyers': { en: 'public buyers (PCP, PPI)', fr: 'acheteurs publics (PCP, PPI)' },
  'profile.addressee.hospitals': { en: 'hospitals', fr: 'établissements de santé' },
  'profile.addressee.patients': { en: 'patient organisations', fr: 'associations de patients' },
  'profile.addressee.funders': {
    en: 'funders of research (Cofund)',
    fr: 'financeurs de la recherche (Cofund)',
  },
  'profile.addressee.achievements': { en: 'candidates for prizes', fr: 'candidats à des prix' },
  'profile.addressee.companies': {
    en: 'companies seeking investors',
    fr: 'entreprises qui cherchent des investisseurs',
  },
  'profile.addressee.third-parties': {
    en: 'small companies and other third parties (cascade calls)',
    fr: 'petites entreprises et autres tiers (appels en cascade)',
  },
  // The effect of a profile change.
  'profile.preview': { en: 'What this changes', fr: 'Ce que cela change' },
  'profile.preview.button': { en: 'Preview', fr: 'Aperçu' },
  'profile.preview.help': {
    en: 'Change something to see the calls gained and lost over the last 12 months. Nothing is saved.',
    fr: 'Modifiez quelque chose : les appels gagnés et perdus sur les 12 derniers mois s’affichent ici, sans rien enregistrer.',
  },
  'profile.preview.to-correct': {
    en: 'Correct the form before trying this profile.',
    fr: 'Corrigez le formulaire avant d’essayer ce profil.',
  },
  'profile.preview.sum': {
    en: '+{gained, number} gained, −{lost, number} lost.',
    fr: '+{gained, number} {gained, plural, one {gagné} other {gagnés}}, −{lost, number} {lost, plural, one {perdu} other {perdus}}.',
  },
  'profile.preview.totals': {
    en: '{after, plural, one {# match} other {# matches}} instead of {before, number}.',
    fr: '{after, plural, one {# appel retenu} other {# appels retenus}} au lieu de {before, number}.',
  },
  'profile.preview.same': {
    en: 'Nothing changes: {n, plural, one {# match} other {# matches}}, as saved.',
    fr: 'Rien ne change : {n, plural, one {# appel retenu} other {# appels retenus}}, comme enregistré.',
  },
  'profile.preview.gained': { en: 'Gained ({n, number})', fr: 'Gagnés ({n, number})' },
  'profile.preview.lost': { en: 'Lost ({n, number})', fr: 'Perdus ({n, number})' },
  'profile.preview.changed': { en: 'Score changed ({n, number})', fr: 'Score modifié ({n, number})' },
  'profile.preview.score': {
    en: '{before, number} → {after, number}',
    fr: '{before, number} → {after, number}',
  },
  'profile.preview.points': { en: 'points', fr: 'points' },
  'profile.preview.more': { en: 'and {n, number} more', fr: 'et {n, number} de plus' },
  'profile.preview.messages': {
    en: 'With this profile: about {aWeek, plural, one {# message} other {# messages}} a week ({digests, plural, one {# digest} other {# digests}}, {urgent, number} urgent), judging by the last {weeks, plural, one {week} other {# weeks}}; {before, number} with the saved profile.',
    fr: 'Avec ce profil\u00a0: environ {aWeek, plural, one {# message} other {# messages}} par semaine ({digests, plural, one {# récapitulatif} other {# récapitulatifs}}, {urgent, number} en urgence), d’après {weeks, plural, one {la dernière semaine} other {les # dernières semaines}}\u00a0; {before, number} avec le profil enregistré.',
  },
  'profile.preview.unread': {
    en: 'Both are compared by the built-in ranking: the language model reads the calls again once the profile is saved.',
    fr: 'La comparaison suit le classement intégré\u00a0: le modèle de langue relit les appels une fois le profil enregistré.',
  },
  'profile.preview.basis': {
    en: 'Out of {calls, plural, one {# call} other {# calls}} of the last 12 months, from a score of {minScore, number}. This profile would announce about {weekly, number} a week.',
    fr: 'Sur {calls, plural, one {# appel} other {# appels}} des 12 derniers mois, à partir d’un score de {minScore, number}. Ce profil en annoncerait environ {weekly, number} par semaine.',
  },
  // The profile editor, and the profile file on the server.
  'profile.title': { en: 'Profile of {name}', fr: 'Profil {name}' },
  'profile.saved': {
    en: 'Version {n, number}, saved on {when}',
    fr: 'Version {n, number}, enregistrée le {when}',
  },
  'profile.institute': { en: 'The institute', fr: 'L’institut' },
  'profile.name': { en: 'Name of the institute', fr: 'Nom de l’institut' },
  'profile.language': { en: 'Language of its e-mails', fr: 'Langue des e-mails' },
  'profile.language.institute': { en: 'as the institute', fr: 'comme l’institut' },
  'profile.competences': { en: 'Competences', fr: 'Compétences' },
  'profile.competence.new': { en: 'New competence', fr: 'Nouvelle compétence' },
  'profile.label': { en: 'Name', fr: 'Intitulé' },
  'profile.label.fr': { en: 'Name in French (optional)', fr: 'Intitulé en français (facultatif)' },
  'profile.label.en': { en: 'Name in English (optional)', fr: 'Intitulé en anglais (facultatif)' },
  'profile.label.help': {
    en: 'What readers of this language see. Left blank, they see the name above.',
    fr: 'Ce que voient les lecteurs de cette langue. Laissé vide, ils voient l’intitulé ci-dessus.',
  },
  'profile.description': { en: 'Description', fr: 'Description' },
  'profile.keywords': { en: 'Keywords', fr: 'Mots-clés' },
  'profile.keywords.none': { en: 'No keywords yet', fr: 'Aucun mot-clé pour l’instant' },
  'profile.keywords.more': { en: '+{n}', fr: '+{n}' },
  'profile.keywords.calls': {
    en: 'Next to each keyword: how many stored calls contain it. An outlined keyword is in none.',
    fr: 'À côté de chaque mot-clé\u00a0: le nombre d’appels enregistrés qui le contiennent. Encadré, il ne figure dans aucun.',
  },
  'profile.keywords.help': {
    en: 'One per line, in English and in French. Phrases of two or three words work best.',
    fr: 'Un par ligne, en anglais et en français. Les expressions de deux ou trois mots donnent les meilleurs résultats.',
  },
  'profile.exclusions': { en: 'Exclusions', fr: 'Exclusions' },
  'profile.exclusions.help': {
    en: 'One per line. A call that contains one of these is not matched through this competence.',
    fr: 'Une par ligne. Un appel qui en contient une n’est pas retenu au titre de cette compétence.',
  },
  'profile.weight': { en: 'Weight', fr: 'Poids' },
  'profile.weight.help': {
    en: '1 is normal, 0 has no effect, 5 is the maximum.',
    fr: '1 est la valeur normale, 0 est sans effet, 5 est le maximum.',
  },
  'profile.weight-is': { en: 'Weight {weight, number}', fr: 'Poids {weight, number}' },
  'profile.up': { en: 'Move up', fr: 'Monter' },
  'profile.down': { en: 'Move down', fr: 'Descendre' },
  'profile.add-competence': { en: 'Add a competence', fr: 'Ajouter une compétence' },
  'profile.remove-competence': { en: 'Remove “{label}”', fr: 'Retirer « {label} »' },
  'profile.stale': {
    en: 'Someone has saved this profile in the meantime',
    fr: 'Quelqu’un a enregistré ce profil entre-temps',
  },
  'profile.stale.help': {
    en: 'Your text is kept below and is not saved yet. Here is how it differs from the saved version; save again to replace it with yours.',
    fr: 'Votre saisie est conservée ci-dessous et n’est pas encore enregistrée. Voici en quoi elle diffère de la version actuelle ; enregistrez de nouveau pour la remplacer par la vôtre.',
  },
  'profile.stale.unseen': {
    en: 'Nothing was changed: you were looking at an earlier version. Here is what has changed since. Check it, then try again.',
    fr: 'Votre action n’a rien modifié\u00A0: vous aviez une version antérieure sous les yeux. Voici ce qui a changé depuis. Vérifiez, puis recommencez.',
  },
  'profile.file': { en: 'The file on the server is different', fr: 'Le fichier du serveur est différent' },
  'profile.file.help': {
    en: 'The profile’s file was changed after the profile was edited here. You see the edited version; it stays until you switch to the file.',
    fr: 'Le fichier du profil a été modifié après une édition faite ici. Vous voyez la version éditée\u00a0; elle reste en place tant que vous ne reprenez pas celle du fichier.',
  },
  'profile.file.difference': {
    en: 'What is different in the file',
    fr: 'Ce qui est différent dans le fichier',
  },
  'profile.file.take': { en: 'Use the file’s version', fr: 'Reprendre la version du fichier' },
  'flash.confirmed': { en: 'The profile is confirmed.', fr: 'Le profil est confirmé.' },
  'flash.suggestion-declined': {
    en: 'Declined. It will not be suggested again.',
    fr: 'Refusé. Cette modification ne vous sera plus suggérée.',
  },
  'flash.suggestions-allowed': {
    en: 'Suggestions that you declined may come back, if your decisions still support them.',
    fr: 'Les suggestions refusées peuvent revenir, si vos décisions vont toujours dans ce sens.',
  },
  'flash.saved-flood': {
    en: 'Saved. But judging by recent weeks, this profile would send more messages a week than people read: see the preview.',
    fr: 'Enregistré. Mais d’après les dernières semaines, ce profil enverrait plus de messages par semaine qu’on n’en lit\u00a0: voir l’aperçu.',
  },
  'flash.restored': { en: 'The earlier version has been restored.', fr: 'L’ancienne version est rétablie.' },
  // The first visit.
  'start.title': { en: 'First steps', fr: 'Premiers pas' },
  'start.from-profile': {
    en: 'This institute has no profile yet: draft it in three steps',
    fr: 'Cet institut n’a pas encore de profil\u00a0: rédigez-le en trois étapes',
  },
  'start.steps': { en: 'Steps', fr: 'Étapes' },
  'start.step.who': { en: '1. Who you are', fr: '1. Qui vous êtes' },
  'start.step.what': { en: '2. What you do', fr: '2. Ce que vous faites' },
  'start.step.matches': { en: '3. Your first calls', fr: '3. Vos premiers appels' },
  'start.next': { en: 'Next', fr: 'Continuer' },
  'start.skip': { en: 'See the calls first', fr: 'Voir d’abord les appels' },
  'start.back': { en: 'Back', fr: 'Retour' },
  'start.who': { en: 'Welcome, {name}', fr: 'Bienvenue, {name}' },
  'start.who.help': {
    en: 'Three short steps lead to the first calls that fit your institute. Everything can be changed later.',
    fr: 'Trois courtes étapes mènent aux premiers appels qui conviennent à votre institut. Tout se modifie plus tard.',
  },
  'start.contact': {
    en: 'Send the calls that fit by e-mail to {email}',
    fr: 'Envoyer les appels qui conviennent par e-mail à {email}',
  },
  'start.contacts': { en: 'E-mails go to: {list}', fr: 'E-mails envoyés à\u00a0: {list}' },
  'start.what': { en: 'What does {name} do?', fr: 'Que fait {name} ?' },
  'start.describe': { en: 'From a description', fr: 'À partir d’une description' },
  'start.text': {
    en: 'Paste text from a web page or a brochure',
    fr: 'Collez le texte d’une page web ou d’une plaquette',
  },
  'start.text.help': {
    en: 'In French or English, up to 20,000 characters. Competences and keywords are drafted from it; you correct them before anything is saved.',
    fr: 'En français ou en anglais, jusqu’à 20 000 caractères. Compétences et mots-clés en sont tirés ; vous les corrigez avant tout enregistrement.',
  },
  'start.text.wrong': {
    en: 'Enter between {min, number} and {max, number} characters.',
    fr: 'Il faut entre {min, number} et {max, number} caractères.',
  },
  'start.draft': { en: 'Draft the competences', fr: 'Proposer des compétences' },
  'start.draft-again': {
    en: 'Replace those below with a new draft',
    fr: 'Remplacer celles ci-dessous par une nouvelle proposition',
  },
  'start.draft-more': { en: 'Add a draft after those below', fr: 'Ajouter des propositions à la suite' },
  'start.drafted': {
    en: '{n, plural, one {One competence drafted} other {# competences drafted}} below. Check and correct.',
    fr: '{n, plural, one {Une compétence proposée} other {# compétences proposées}} ci-dessous. Relisez et corrigez.',
  },
  'start.nothing-drafted': {
    en: 'No subject was found in this text. Try one that says what the institute works on.',
    fr: 'Aucun sujet n’a été trouvé dans ce texte. Essayez-en un qui dit sur quoi l’institut travaille.',
  },
  'start.stale': {
    en: 'Someone saved this profile in the meantime. Your text is kept; save again to replace their version.',
    fr: 'Quelqu’un a enregistré ce profil entre-temps. Votre saisie est conservée\u00a0; enregistrez de nouveau pour remplacer sa version.',
  },
  'start.correct': {
    en: 'Names and keywords are used to search for calls. Remove what does not apply.',
    fr: 'Les intitulés et les mots-clés servent à rechercher les appels. Retirez ce qui ne s’applique pas.',
  },
  'start.save': { en: 'Save and see the calls', fr: 'Enregistrer et voir les appels' },
  'start.matches': {
    en: '{n, plural, =0 {No call fits yet} one {The call that fits best} other {The # calls that fit best}}',
    fr: '{n, plural, =0 {Aucun appel ne convient encore} one {L’appel qui convient le mieux} other {Les # appels qui conviennent le mieux}}',
  },
  'start.matches.help': {
    en: '{passing, plural, =0 {None scores high enough to be announced by e-mail: more keywords would help.} one {One call scores high enough to be announced by e-mail.} other {# calls, open or forthcoming, score high enough to be announced by e-mail.}}',
    fr: '{passing, plural, =0 {Aucun n’est assez proche pour être annoncé par e-mail\u00a0: davantage de mots-clés aideraient.} one {Un appel est assez proche pour être annoncé par e-mail.} other {# appels, ouverts ou à venir, sont assez proches pour être annoncés par e-mail.}}',
  },
  'start.no-matches': {
    en: 'No open call contains anything from the profile',
    fr: 'Aucun appel ouvert ne contient d’élément du profil',
  },
  'start.no-matches.help': {
    en: 'Go back and add keywords in English, as calls would write them.',
    fr: 'Revenez en arrière et ajoutez des mots-clés en anglais, tels que les appels les écriraient.',
  },
  'start.then': { en: 'What happens next', fr: 'Et maintenant' },
  'start.then.inbox': {
    en: 'All matches will be under “To decide” in a moment. New and changed calls are added automatically.',
    fr: 'Tous les appels retenus arrivent dans un instant dans «\u00a0À trier\u00a0». Les nouveaux et les modifiés s’y ajoutent automatiquement.',
  },
  'start.then.mail': {
    en: 'A first e-mail with the best calls will be sent after your first decisions, or half an hour after you leave; then a digest whenever there is news.',
    fr: 'Un premier e-mail avec les meilleurs appels part après votre premier tri, ou une demi-heure après votre départ\u00a0; puis un récapitulatif dès qu’il y a du nouveau.',
  },
  'start.then.no-mail': {
    en: 'Nobody receives e-mails yet: add recipients in the profile.',
    fr: 'Personne ne reçoit d’e-mails\u00a0: ajoutez des destinataires dans le profil.',
  },
  'start.then.profile': { en: 'Refine the profile', fr: 'Affiner le profil' },
  'start.then.team': { en: 'Invite colleagues', fr: 'Inviter des collègues' },
  'start.to-first-decisions': {
    en: 'Three minutes: decide on some calls',
    fr: 'Trois minutes\u00a0: trier quelques appels',
  },
  'start.to-inbox': { en: 'Go to the calls to decide on', fr: 'Voir les appels à trier' },
  // Suggested profile changes, and warnings when one is saved.
  'suggestion.answer-as': {
    en: 'Say in your preferences that you answer calls aimed at {to}',
    fr: 'Indiquer dans vos préférences que vous répondez aux appels qui s’adressent {to}',
  },
  'suggestion.add-keyword': {
    en: 'Add the {n, plural, one {keyword} other {keywords}} {words} to the competence {competence}',
    fr: 'Ajouter {n, plural, one {le mot-clé} other {les mots-clés}} {words} à la compétence {competence}',
  },
  'suggestion.remove-keyword': {
    en: 'Remove the {n, plural, one {keyword} other {keywords}} {words} from the competence {competence}',
    fr: 'Retirer {n, plural, one {le mot-clé} other {les mots-clés}} {words} de la compétence {competence}',
  },
  'suggestion.add-exclusion': {
    en: 'Add the {n, plural, one {exclusion} other {exclusions}} {words} to the competence {competence}',
    fr: 'Ajouter {n, plural, one {l’exclusion} other {les exclusions}} {words} à la compétence {competence}',
  },
  'suggestion.remove-exclusion': {
    en: 'Remove the {n, plural, one {exclusion} other {exclusions}} {words} from the competence {competence}',
    fr: 'Retirer {n, plural, one {l’exclusion} other {les exclusions}} {words} de la compétence {competence}',
  },
  'suggestion.raise-weight': {
    en: 'Raise the weight of the competence {competence} to {weight, number}',
    fr: 'Porter le poids de la compétence {competence} à {weight, number}',
  },
  'suggestion.lower-weight': {
    en: 'Lower the weight of the competence {competence} to {weight, number}',
    fr: 'Ramener le poids de la compétence {competence} à {weight, number}',
  },
  'suggestions.title': { en: 'What your decisions suggest', fr: 'Ce que vos décisions suggèrent' },
  'suggestions.help': {
    en: 'Each change was tried on the calls that you have decided on. Nothing changes until you save it; what you decline is not suggested again.',
    fr: 'Chaque modification a été essayée sur les appels que vous avez triés. Rien ne change tant que vous n’avez pas enregistré\u00a0; ce que vous refusez ne vous sera plus suggéré.',
  },
  'suggestions.decline': { en: 'Decline', fr: 'Refuser' },
  'suggestions.declined': {
    en: '{n, plural, one {# suggestion declined} other {# suggestions declined}}',
    fr: '{n, plural, one {# suggestion refusée} other {# suggestions refusées}}',
  },
  'suggestions.allow': { en: 'Suggest again', fr: 'Suggérer de nouveau' },
  'suggestion.effect': {
    en: '{what}: it would have {effect}.',
    fr: '{what}\u00a0: cela vous aurait {effect}.',
  },
  'suggestion.effect.gained': {
    en: 'brought you {n, plural, one {# more wanted call} other {# more wanted calls}}',
    fr: 'apporté {n, plural, one {#\u00a0appel retenu} other {#\u00a0appels retenus}} de plus',
  },
  'suggestion.effect.spared': {
    en: 'spared you {n, plural, one {# unwanted call} other {# unwanted calls}}',
    fr: 'épargné {n, plural, one {#\u00a0appel non retenu} other {#\u00a0appels non retenus}}',
  },
  'suggestion.effect.lost': {
    en: 'cost you {n, plural, one {# wanted call} other {# wanted calls}}',
    fr: 'fait manquer {n, plural, one {#\u00a0appel retenu} other {#\u00a0appels retenus}}',
  },
  'suggestion.effect.added': {
    en: 'sent you {n, plural, one {# more unwanted call} other {# more unwanted calls}}',
    fr: 'valu {n, plural, one {#\u00a0appel non retenu} other {#\u00a0appels non retenus}} de plus',
  },
  'suggestion.adds': {
    en: '{what}; {n, plural, =0 {it would add no other call from the last 12 months} one {it would add {n} more call from the last 12 months} other {it would add {n} more calls from the last 12 months}}.',
    fr: '{what}\u00a0; {n, plural, =0 {aucun autre appel des 12 derniers mois ne s’ajouterait} one {{n}\u00a0autre appel des 12 derniers mois s’ajouterait} other {{n}\u00a0autres appels des 12 derniers mois s’ajouteraient}}.',
  },
  'warning.many-messages': {
    en: 'This profile would send about {n, number, tenths} messages a week, judging by {weeks, plural, =1 {the last week} other {the last {weeks} weeks}}: more than {most, number, tenths}. At that rate nobody reads them. Narrower keywords or a weekly digest reduce them.',
    fr: 'Ce profil enverrait environ {n, number, tenths} messages par semaine, d’après {weeks, plural, =1 {la dernière semaine} other {les {weeks} dernières semaines}}\u00a0: plus de {most, number, tenths}. À ce rythme, plus personne ne les lit. Des mots-clés plus précis, ou un récapitulatif hebdomadaire, en donnent moins.',
  },
  'versions.title': { en: 'Versions', fr: 'Versions' },
  'versions.of': { en: 'Versions of the profile of {name}', fr: 'Versions du profil {name}' },
  'versions.one': {
    en: 'Version {n, number} of the profile of {name}',
    fr: 'Version {n, number} du profil {name}',
  },
  'versions.back': { en: 'Back to the profile', fr: 'Retour au profil' },
  'versions.all': { en: 'All versions', fr: 'Toutes les versions' },
  'versions.number': { en: 'No.', fr: 'N°' },
  'versions.when': { en: 'Saved', fr: 'Enregistrée' },
  'versions.who': { en: 'By', fr: 'Par' },
  'versions.actions': { en: 'Actions', fr: 'Actions' },
  'versions.current': { en: 'current version', fr: 'version actuelle' },
  'versions.compare': { en: 'Compare {n, number} with now', fr: 'Comparer {n, number} à l’actuelle' },
  'versions.restore': { en: 'Restore version {n, number}', fr: 'Rétablir la version {n, number}' },
  'versions.stale': {
    en: 'Someone saved the profile in the meantime, and nothing was restored. Below is what restoring would undo, their change included. Restore again if that is what you want.',
    fr: 'Quelqu’un a enregistré le profil entre-temps, et rien n’a été rétabli. Ce qui serait annulé, sa modification comprise, figure ci-dessous. Rétablissez de nouveau si c’est bien ce que vous voulez.',
  },
  'versions.since': { en: 'What changed since', fr: 'Ce qui a changé depuis' },
  'versions.whole': { en: 'The whole version', fr: 'La version entière' },
  'versions.no-difference': { en: 'Nothing is different.', fr: 'Aucune différence.' },
  'versions.nobody': { en: 'not recorded', fr: 'non indiqué' },
  'versions.origin.file': { en: 'the profile’s file', fr: 'le fichier du profil' },
  'versions.origin.edit': { en: '{by}', fr: '{by}' },
  'versions.origin.restore': {
    en: '{by}, restoring an earlier version',
    fr: '{by}, en rétablissant une ancienne version',
  },
  'versions.in-competence': { en: '{competence}: {field}', fr: '{competence} : {field}' },
  'versions.field.name': { en: 'Name', fr: 'Nom' },
  'versions.field.language': { en: 'Language', fr: 'Langue' },
  'versions.field.confirmed': { en: 'Confirmed', fr: 'Confirmé' },
  'versions.field.contacts': { en: 'Recipients', fr: 'Destinataires' },
  'versions.field.preferences': { en: 'Preferences', fr: 'Préférences' },
  'versions.field.trackRecord': { en: 'Own projects', fr: 'Projets propres' },
  'versions.field.vocabulary': { en: 'Own terms', fr: 'Termes propres' },
  'versions.field.label': { en: 'name', fr: 'intitulé' },
  'versions.field.labels': { en: 'name by language', fr: 'intitulé par langue' },
  'versions.field.description': { en: 'description', fr: 'description' },
  'versions.field.keywords': { en: 'keywords', fr: 'mots-clés' },
  'versions.field.exclusions': { en: 'exclusions', fr: 'exclusions' },
  'versions.field.weight': { en: 'weight', fr: 'poids' },
  'versions.field.added': { en: 'competence added', fr: 'compétence ajoutée' },
  'versions.field.removed': { en: 'competence removed', fr: 'compétence retirée' },
  'versions.field.order': { en: 'Order of the competences', fr: 'Ordre des compétences' },
  'yaml.title': { en: 'As a file (YAML)', fr: 'En fichier (YAML)' },
  'yaml.of': { en: 'The profile of {name} as a file', fr: 'Le profil {name} en fichier' },
  'yaml.help': {
    en: 'The same profile as text: download it, edit it, upload it. Errors are shown by line, and nothing is saved until everything is correct.',
    fr: 'Le même profil sous forme de texte\u00a0: téléchargez-le, modifiez-le, renvoyez-le. Chaque erreur est indiquée par sa ligne, et rien n’est enregistré tant que tout n’est pas juste.',
  },
  'yaml.download': { en: 'Download the file', fr: 'Télécharger le fichier' },
  'yaml.file': { en: 'A file', fr: 'Un fichier' },
  'yaml.file.help': {
    en: 'If you choose a file, it replaces the text below.',
    fr: 'Si vous en choisissez un, il remplace le texte ci-dessous.',
  },
  'yaml.text': { en: 'Or the text', fr: 'Ou le texte' },
  'yaml.line': { en: 'Line {n, number}:', fr: 'Ligne {n, number}\u00A0:' },
  'yaml.stale': {
    en: 'Someone saved the profile in the meantime; your text is kept below and is not saved yet. Save again to replace their version.',
    fr: 'Quelqu’un a enregistré le profil entre-temps\u00a0; votre texte est conservé ci-dessous et n’est pas encore enregistré. Enregistrez de nouveau pour remplacer sa version.',
  },
  // The funded projects of an institute.
  'record.title': { en: 'Funded projects', fr: 'Projets financés' },
  'record.of': { en: 'Funded projects of {name}', fr: 'Projets financés\u00a0: {name}' },
  'record.none': {
    en: 'No project is attributed to the institute',
    fr: 'Aucun projet n’est attribué à l’institut',
  },
  'record.none.help': {
    en: 'List the institute’s projects under “trackRecord” in the profile’s YAML file. They must have been imported from CORDIS.',
    fr: 'Indiquez les projets de l’institut sous «\u00a0trackRecord\u00a0» dans le fichier YAML du profil. Ils doivent avoir été importés de CORDIS.',
  },
  'record.projects': { en: 'Projects', fr: 'Projets' },
  'record.eu': { en: 'EU contribution, all partners', fr: 'Contribution de l’UE, tous partenaires' },
  'record.own': { en: 'Institute’s net EU contribution', fr: 'Contribution nette de l’UE à l’institut' },
  'record.unknown': {
    en: '{n, plural, one {# amount not stated} other {# amounts not stated}}',
    fr: '{n, plural, one {# montant non indiqué} other {# montants non indiqués}}',
  },
  'record.missing': {
    en: 'Not found among the imported projects: {names}',
    fr: 'Introuvables parmi les projets importés\u00a0: {names}',
  },
  'record.unclaimed': {
    en: '{n, plural, one {One more project has} other {{n, number} more projects have}} the same participant number and {n, plural, one {is} other {are}} not attributed to the institute.',
    fr: '{n, plural, one {Un autre projet porte} other {{n, number} autres projets portent}} le même numéro de participant sans être {n, plural, one {attribué} other {attribués}} à l’institut.',
  },
  'record.project': { en: 'Project', fr: 'Projet' },
  'record.period': { en: 'Period', fr: 'Période' },
  'record.grant': { en: 'EU contribution', fr: 'Contribution de l’UE' },
  'record.net': { en: 'Institute’s share, net', fr: 'Part nette de l’institut' },
  'record.left': { en: 'left early', fr: 'sorti en cours de projet' },
  'record.left.help': {
    en: 'Projects that the institute left are shown, but not counted.',
    fr: 'Les projets dont l’institut est sorti sont affichés, mais pas comptés.',
  },
  'record.terminated': { en: 'terminated early', fr: 'résilié' },
  'record.closed': { en: 'closed', fr: 'clos' },
  'record.signed': { en: 'signed', fr: 'signé' },
  'record.role.coordinator': { en: 'coordinator', fr: 'coordinateur' },
  'record.role.participant': { en: 'participant', fr: 'participant' },
  'record.role.thirdParty': { en: 'third party', fr: 'tiers lié' },
  'record.role.associatedPartner': { en: 'associated partner', fr: 'partenaire associé' },
  'record.role.partner': { en: 'partner', fr: 'partenaire' },
  'record.source': {
    en: 'Source: CORDIS, European Commission, as last imported.',
    fr: 'Source\u00a0: CORDIS, Commission européenne, d’après le dernier import.',
  },
});
