import { NOT_NOW_SENTENCES } from './not-now.js';
import { SIGN_IN_SENTENCES } from './sign-in.js';

/**
 * Every sentence of a problem with its French translation; `{}` is a value. A sentence missing here is not
 * translated: a test looks for those.
 */
export const SENTENCES: Record<string, string> = {
  ...NOT_NOW_SENTENCES,
  ...SIGN_IN_SENTENCES,
  'There is no call {}.': 'L’appel {} n’existe pas.',
  'There is no profile {}.': 'Le profil {} n’existe pas.',
  'There is no version {} of the profile {}.': 'La version {} du profil {} n’existe pas.',
  'There is no institute {}.': 'L’institut {} n’existe pas.',
  'There is no group {}.': 'Le groupe {} n’existe pas.',
  'There is no match {}.': 'Le rapprochement {} n’existe pas.',
  'There is no alarm {}.': 'L’alarme {} n’existe pas.',
  'There is no document {}.': 'Le document {} n’existe pas.',
  'There is no run {}.': 'La lecture {} n’existe pas.',
  'There is no note {} on this call.': 'La note {} n’existe pas pour cet appel.',
  'There is no saved search {}.': 'La recherche enregistrée {} n’existe pas.',
  'There is no notification {}.': 'Le message {} n’existe pas.',
  'There is no message {}.': 'Le message {} n’existe pas.',
  'There is no researcher {}.': 'Le chercheur {} n’existe pas.',
  'There is no channel {}.': 'Le canal {} n’existe pas.',
  'There is no link {}.': 'Le lien {} n’existe pas.',
  'There is no calendar {}.': 'L’agenda {} n’existe pas.',
  'There is no source {}. There are: {}.': 'La source {} n’existe pas. Sources\u00a0: {}.',
  'There is no {}.': 'Introuvable\u00a0: {}.',
  'Message {} is not an e-mail.': 'Le message {} n’est pas un e-mail.',
  'No call matches {}. Did you mean {}?': 'Aucun appel ne correspond à {}. Vouliez-vous dire {}\u00a0?',
  'No call matches {}.': 'Aucun appel ne correspond à {}.',
  'There is no decision about the subject of call {} to learn from.':
    'Aucune décision sur le sujet de l’appel {} n’a été enregistrée.',
  'The source {} has no list of topics.': 'La source {} n’a pas de liste de sujets.',
  'You have no such session.': 'Cette session n’existe pas.',
  'This key does not exist.': 'Cette clé n’existe pas.',
  'SECURITY_CONTACT is not set.': 'SECURITY_CONTACT n’est pas configuré.',
  'This person is not on the team.': 'Cette personne ne fait pas partie de l’équipe.',
  'The profile does not have this contact.': 'Ce contact ne figure pas dans le profil.',
  'No change of contacts is waiting for approval.': 'Aucun changement de contacts n’attend d’accord.',
  'There is no table at this address, or it was revoked.':
    'Il n’y a pas de tableau à cette adresse, ou elle a été révoquée.',
  'There is no calendar at this address, or it was revoked.':
    'Il n’y a pas d’agenda à cette adresse, ou elle a été révoquée.',
  'This link is invalid or incomplete.': 'Ce lien n’est pas valable ou est incomplet.',
  'Cannot {}': 'Cette page n’existe pas\u00a0: {}.',

  'This belongs to another institute.': 'Cela appartient à un autre institut.',
  'Your role does not include this.': 'Votre rôle ne comprend pas cela.',
  'This access is read-only.': 'Cet accès permet seulement de lire.',
  'Sign in first.': 'Connectez-vous d’abord.',
  'Sign in to do this: a key cannot do it.':
    'Connectez-vous pour cette action\u00a0: une clé ne la permet pas.',
  'This belongs to a person: sign in, or use a personal key.':
    'Cela concerne une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  'Saved searches belong to a person: sign in, or use a personal key.':
    'Les recherches enregistrées appartiennent à une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  'A link belongs to a person: sign in, or use a personal key.':
    'Un lien appartient à une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  'A personal calendar shows the calls of an institute. For the network, use the calendar of a group.':
    'Un agenda personnel montre les appels d’un institut. Pour le réseau, utilisez l’agenda d’un groupe.',
  'Only the signed-in person can change this.': 'Seule la personne connectée peut modifier cela.',
  "Only the network's coordinators can do this.": 'Cette action est réservée à la coordination du réseau.',
  'This stays inside the institute: the network cannot see it.':
    'Cela reste au sein de l’institut\u00a0: le réseau ne le voit pas.',
  'Decisions stay inside the institute: the network cannot see them.':
    'Les décisions restent au sein de l’institut\u00a0: le réseau ne les voit pas.',
  'Another person wrote this note.': 'Cette note est d’une autre personne.',
  'You have read-only access, and so do your keys.': 'Votre accès permet seulement de lire, vos clés aussi.',
  'You signed in more than {} minutes ago. Confirm that it is you at /sign-in/confirm, and try again.':
    'Votre connexion date de plus de {} minutes. Confirmez que c’est bien vous sur /sign-in/confirm, puis réessayez.',
  'The network already has a coordinator. Sign in with a link, or ask for an invitation.':
    'Le réseau a déjà une coordination. Connectez-vous par un lien, ou demandez une invitation.',
  'The institute has officers: they invite their colleagues.':
    'L’institut a ses chargés d’affaires\u00a0: ce sont eux qui invitent leurs collègues.',
  'Send a key as "Authorization: Bearer …". The API is described at /docs.':
    'Envoyez une clé\u00a0: «\u00a0Authorization: Bearer …\u00a0». L’API est décrite à l’adresse /docs.',
  'This request comes from another site. Open the page here and try again.':
    'Cette demande vient d’un autre site. Ouvrez la page ici, puis réessayez.',

  'Someone else has saved the profile since: check it and accept again.':
    'Quelqu’un a enregistré le profil entre-temps\u00a0: vérifiez-le, puis acceptez de nouveau.',
  'Someone else has saved the profile: it is now at version {}. Nothing was changed. Read it again and repeat your change.':
    'Quelqu’un a enregistré le profil\u00a0: il en est à la version {}. Rien n’a été modifié. Relisez-le, puis refaites votre modification.',
  'Someone has withdrawn the decision on this call since. Nothing was changed.':
    'La décision sur cet appel a été annulée entre-temps. Rien n’a été modifié.',
  '{} has decided since that this call is {}. Nothing was changed.':
    '{} a décidé entre-temps de cet appel\u00a0: {}. Rien n’a été modifié.',
  'This address is already confirmed.': 'Cette adresse est déjà confirmée.',
  '{} is back to normal: there is nothing to acknowledge. You will get an e-mail about the next problem.':
    '{}\u00a0: retour à la normale, rien à prendre en compte. Un e-mail signalera le prochain problème.',
  'You already have {} saved searches. Remove one first.':
    'Vous avez déjà {} recherches enregistrées. Retirez-en une d’abord.',
  'You already have {} channels. Remove one first.': 'Vous avez déjà {} canaux. Retirez-en un d’abord.',
  'You already have {} keys. Revoke one first.': 'Vous avez déjà {} clés. Révoquez-en une d’abord.',
  'You already have {} links. Revoke one first.': 'Vous avez déjà {} liens. Révoquez-en un d’abord.',
  'You already have {} calendars. Revoke one first.': 'Vous avez déjà {} agendas. Révoquez-en un d’abord.',
  'This address already has an account. Use another one for the first officer.':
    'Cette adresse a déjà un compte. Indiquez-en une autre pour le premier chargé d’affaires.',
  'The institute {} already exists: invite its officer from the list.':
    'L’institut {} existe déjà\u00a0: invitez son chargé d’affaires depuis la liste.',
  'This address belongs to someone at an institute. Use another one for the network.':
    'Cette adresse est celle d’une personne d’un institut. Indiquez-en une autre pour le réseau.',
  'This address already has an account elsewhere. Use another one, or ask the coordinator.':
    'Cette adresse a déjà un compte ailleurs. Indiquez-en une autre, ou demandez à la coordination.',
  'The network needs at least one coordinator.': 'Le réseau doit garder au moins un coordinateur.',
  'The institute needs at least one officer: give someone else this role first.':
    'L’institut doit garder au moins un chargé d’affaires\u00a0: donnez d’abord ce rôle à quelqu’un d’autre.',
  'This message has not been sent yet.': 'Ce message n’est pas encore parti.',
  'This address is already a channel.': 'Cette adresse est déjà un canal.',
  'Messages to {} are not signed: the address itself is the secret.':
    'Les messages vers {} ne sont pas signés\u00a0: l’adresse elle-même est secrète.',
  'Someone with this address is already on the list.': 'Une personne ayant cette adresse est déjà inscrite.',
  'The call is closed or withdrawn: it no longer takes applications.':
    'L’appel est clos ou retiré\u00a0: on ne peut plus y répondre.',
  'This call was already proposed to this person. Set "again": true to ask again.':
    'Cet appel a déjà été proposé à cette personne. Indiquez "again": true pour le proposer de nouveau.',
  'This id was already used for another message. Use a new id, and set "again": true to write to the same researcher.':
    'Cet identifiant a déjà servi pour un autre message. Prenez-en un nouveau, avec "again": true pour écrire au même chercheur.',

  'Send a JSON body (application/json).': 'Envoyez un corps JSON (application/json).',
  'Send the profile as YAML (text/yaml).': 'Envoyez le profil en YAML (text/yaml).',
  'The YAML of a profile is limited to {} kB.': 'Le YAML d’un profil est limité à {} ko.',
  'The form is incomplete.': 'Le formulaire est incomplet.',
  'The file is empty.': 'Le fichier est vide.',
  'The file is larger than 2 MB, or too large once unpacked.':
    'Le fichier dépasse 2 Mo, ou devient trop volumineux une fois décompressé.',
  'The sheet has more than {} lines. Send it in parts.':
    'Le tableau compte plus de {} lignes. Envoyez-le en plusieurs parties.',
  'This file is in an old Excel format (.xls). Save it as .xlsx.':
    'Ce fichier est à un ancien format d’Excel (.xls). Enregistrez-le au format .xlsx.',
  'The file is protected by a password. Save it without one.':
    'Le fichier est protégé par un mot de passe. Enregistrez-le sans.',
  'This file is a web page. Open it in Excel and save it as .xlsx.':
    'Ce fichier est une page web. Ouvrez-la dans Excel et enregistrez-la au format .xlsx.',
  'This file is neither an Excel workbook (.xlsx) nor a CSV file.':
    'Ce fichier n’est ni un classeur Excel (.xlsx) ni un fichier CSV.',
  'The file is damaged and cannot be read.': 'Le fichier est endommagé et illisible.',
  'No column identifies a call. Add one such as "Identifier", "Title" or "Link". The first line says: {}.':
    'Aucune colonne ne désigne un appel. Ajoutez-en une, comme «\u00a0Identifiant\u00a0», «\u00a0Titre\u00a0» ou «\u00a0Lien\u00a0». La première ligne dit\u00a0: {}.',
  'The queue is not responding: {}': 'La file d’attente ne répond pas\u00a0: {}',
  'Not responding: {}.': 'Ne répond pas\u00a0: {}.',
  'You asked again meanwhile: the newer one takes the place of this one.':
    'Une demande plus récente a remplacé celle-ci.',
  'Something went wrong on our side. The error has been logged.':
    'L’erreur vient de nous. Elle est consignée.',

  'is not a cursor of this list': 'n’est pas un curseur de cette liste',
  'matches {} calls: give the id of one ({})':
    'désigne {} appels\u00a0: indiquez l’identifiant de l’un d’eux ({})',
  'has no topic': 'n’indique aucun sujet',
  'has {} topics; the limit is {}': 'indique {} sujets\u00a0; la limite est de {}',
  'is not a profile version; send the ETag you received, or its "version"':
    'n’est pas une version du profil\u00a0; envoyez l’ETag reçu, ou sa "version"',
  'is {}, but the address names {}': 'vaut {}, mais l’adresse indique {}',
  'needs "profile": the institute the calls fit':
    'demande "profile"\u00a0: l’institut auquel correspondent les appels',
  'is not a group; use one of: {}': 'n’est pas un groupe\u00a0; valeurs possibles\u00a0: {}',
  'is not one of {}': 'valeurs possibles\u00a0: {}',
  'is not allowed: use a public https address on port 443, or one listed in WEBHOOK_TRUSTED_ORIGINS':
    'n’est pas autorisée\u00a0: utilisez une adresse https publique sur le port 443, ou une adresse de WEBHOOK_TRUSTED_ORIGINS',
  'is in the past': 'est dans le passé',
  'is more than {} days ahead: stop the messages instead':
    'est à plus de {} jours\u00a0: arrêtez plutôt les messages',
  'is not a competence of the profile': 'n’est pas une compétence du profil',
  'has asked to be proposed no more calls': 'a demandé à ne plus recevoir de propositions d’appels',
  'is not a member of the joint opportunity': 'n’est pas membre du projet commun',
  'A joint opportunity needs two institutes that are interested in the call, your own among them.':
    'Un projet commun demande deux instituts intéressés par l’appel, dont le vôtre.',
  'There is no paper {}.': 'Le document {} n’existe pas.',
  'Only a meeting pack is sent to its group.': 'Seul un dossier de réunion est envoyé à son groupe.',
  'Nothing was edited since it was sent, or the group has no officer yet.':
    'Rien n’a été modifié depuis l’envoi, ou le groupe n’a pas encore de chargé d’affaires.',
  'The paper has been edited since. Nothing was saved.':
    'Le document a été modifié entre-temps. Rien n’a été enregistré.',
  'contains an invalid character': 'contient un caractère non valide',
  'is nested too deeply': 'a trop de niveaux imbriqués',
  'is not a known parameter; use one of: {}':
    'n’est pas un paramètre connu\u00a0; valeurs possibles\u00a0: {}',
  'is not a known field': 'n’est pas un champ connu',
  'is given more than once': 'est indiqué plusieurs fois',
  'has no value': 'n’a pas de valeur',
  'is not a table format; use xlsx or csv': 'n’est pas un format de tableau\u00a0; utilisez xlsx ou csv',
  'is required for "not"': 'est obligatoire avec "not"',
  'is allowed for "not" only': 'n’est permis qu’avec "not"',
  'is required for "later"': 'est obligatoire avec "later"',
  'is allowed for "later" only': 'n’est permis qu’avec "later"',
  'cannot follow {}; use one of: {}': 'ne peut pas suivre {}\u00a0; valeurs possibles\u00a0: {}',
  'is {} already': 'vaut déjà {}',
  'is more than the requested contribution': 'dépasse la contribution demandée',
  'is not a currency code such as EUR (ISO 4217)': 'n’est pas un code de monnaie comme EUR (ISO 4217)',
  'is not a month such as 2026-06': 'n’est pas un mois comme 2026-06',
  'is needed, or "group" instead of it': 'est obligatoire, ou "group" à sa place',
  'is not a call': 'n’est pas un appel',
  'is not a milestone of this opportunity': 'n’est pas un jalon de ce projet',
  'is not a person of the institute': 'n’est pas une personne de l’institut',
  'There is no opportunity {}.': 'Il n’y a pas de projet {}.',
  'It is at {} by now, and not at {}. Nothing was changed.':
    'Il en est à {} entre-temps, et non à {}. Rien n’a été modifié.',
  'There is no task {} on this opportunity.': 'Il n’y a pas de tâche {} dans ce projet.',
  'There is no comment {} on this opportunity.': 'Il n’y a pas de commentaire {} dans ce projet.',
  'An opportunity has at most {} tasks.': 'Un projet a au plus {} tâches.',
  'Another person wrote this comment.': 'Une autre personne a écrit ce commentaire.',
  'This comment has been deleted.': 'Ce commentaire a été supprimé.',
  'is not a document format; use docx or pdf': 'n’est pas un format de document\u00a0; utilisez docx ou pdf',
  'There is no proposal {}.': 'Il n’y a pas de proposition {}.',
  'Nobody is reminded of this proposal any more: it was answered or reminded of already, or the call is over.':
    'Cette proposition ne donne plus lieu à un rappel\u00a0: elle a reçu une réponse ou un rappel, ou l’appel est terminé.',
  'The institute that led then has withdrawn. Nothing was undone.':
    'L’institut qui portait alors le projet s’est retiré. Rien n’a été annulé.',
  'There is nothing left to undo.': 'Il n’y a plus rien à annuler.',
  'The call states no closing date to plan from.':
    'L’appel n’indique pas de date de clôture à partir de laquelle planifier.',
  'The deadline of the call has moved since. Nothing was changed.':
    'La date limite de l’appel a bougé entre-temps. Rien n’a été modifié.',
  'must be a day to come': 'doit être un jour à venir',
  'has its minimum above its maximum': 'a un minimum supérieur au maximum',
  'must be a day (2026-03-01) or a time with its offset (2026-03-01T17:00:00Z)':
    'doit être un jour (2026-03-01) ou une heure avec son décalage (2026-03-01T17:00:00Z)',
  'is not a valid id: use lower-case letters, digits and hyphens':
    'n’est pas un identifiant valable\u00a0: lettres minuscules, chiffres et tirets',
  'lists the same address twice': 'contient deux fois la même adresse',
  'is not a time of day': 'n’est pas une heure',
  'is not a country code such as FR (ISO 3166-1)': 'n’est pas un code de pays comme FR (ISO 3166-1)',
  'is not a time zone such as Europe/Brussels': 'n’est pas un fuseau horaire comme Europe/Brussels',
  'is not an e-mail address such as anne@example.org': 'n’est pas une adresse e-mail comme anne@example.org',
  'is not a web address such as https://hooks.example.org/carnot':
    'n’est pas une adresse web comme https://hooks.example.org/carnot',
  'is required: whom to ask': 'est obligatoire\u00a0: à qui s’adresser',
  'is not a day, such as 2014-01-31': 'n’est pas un jour comme 2014-01-31',
  'holds more than {} terms': 'contient plus de {} termes',
  'holds more than {} words, topics and subjects in all':
    'contient plus de {} mots, sujets et thèmes en tout',
  'hold more than {} keywords and exclusions in all':
    'contiennent plus de {} mots-clés et exclusions en tout',
  'contains no word': 'ne contient aucun mot',
  'lists a project both in projects and in except': 'cite un même projet dans projects et dans except',
  'lists the same number twice': 'contient deux fois le même numéro',
  'is not a participant number (PIC): use nine digits':
    'n’est pas un numéro de participant (PIC) à neuf chiffres',
  'is not a SHA-256 hash in lower-case hexadecimal digits':
    'n’est pas une empreinte SHA-256 en chiffres hexadécimaux minuscules',
  'There is nobody with the address {} at an institute.': 'Personne dans un institut n’a l’adresse {}.',
  'There is a joint opportunity for this call already. One of its members has to accept you.':
    'Un projet commun existe déjà pour cet appel. L’un de ses membres doit vous accepter.',
  'Lead and stage belong to the members. Nothing was undone.':
    'Le porteur et l’étape sont l’affaire des membres. Rien n’a été annulé.',
  'This institute has not declared its interest in the call.':
    'Cet institut n’a pas signalé son intérêt pour l’appel.',
  'This institute does not ask to join.': 'Cet institut ne demande pas à se joindre au projet.',
  'The network let you in after others. Until an officer who was there before you, or the operator, opens the rest to you, you see what is new inside the institute and cannot do this.':
    'Le réseau vous a donné accès après d’autres. Tant qu’un chargé d’affaires arrivé avant vous, ou l’exploitant, ne vous ouvre pas le reste, vous voyez ce qui est nouveau dans l’institut et ne pouvez pas faire cela.',
  'and {} more': 'et {} de plus',
};
