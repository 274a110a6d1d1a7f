import { type Message, messages } from './message.js';

/** Why something that was asked for cannot be done, by the code of the error, with its facts in braces. */
export const problemsTexts = {
  'problem.no-call': { en: 'There is no call {id}.', fr: 'L’appel {id} n’existe pas.' },
  'problem.no-profile': {
    en: 'There is no profile "{id}".',
    fr: 'Le profil «\u00a0{id}\u00a0» n’existe pas.',
  },
  'problem.no-profile-version': {
    en: 'There is no version {version} of the profile "{id}".',
    fr: 'La version {version} du profil «\u00a0{id}\u00a0» n’existe pas.',
  },
  'problem.no-institute': {
    en: 'There is no institute "{id}".',
    fr: 'L’institut «\u00a0{id}\u00a0» n’existe pas.',
  },
  'problem.no-group': { en: 'There is no group "{id}".', fr: 'Le groupe «\u00a0{id}\u00a0» n’existe pas.' },
  'problem.no-match': { en: 'There is no match {id}.', fr: 'Le rapprochement {id} n’existe pas.' },
  'problem.no-alarm': { en: 'There is no alarm {id}.', fr: 'L’alarme {id} n’existe pas.' },
  'problem.no-document': { en: 'There is no document {hash}.', fr: 'Le document {hash} n’existe pas.' },
  'problem.no-run': { en: 'There is no run {id}.', fr: 'La lecture {id} n’existe pas.' },
  'problem.no-note': {
    en: 'There is no note {id} on this call.',
    fr: 'La note {id} n’existe pas pour cet appel.',
  },
  'problem.no-saved-search': {
    en: 'There is no saved search {id}.',
    fr: 'La recherche enregistrée {id} n’existe pas.',
  },
  'problem.no-notification': { en: 'There is no notification {id}.', fr: 'Le message {id} n’existe pas.' },
  'problem.no-researcher': { en: 'There is no researcher {id}.', fr: 'Le chercheur {id} n’existe pas.' },
  'problem.no-channel': { en: 'There is no channel {id}.', fr: 'Le canal {id} n’existe pas.' },
  'problem.no-link': { en: 'There is no link {id}.', fr: 'Le lien {id} n’existe pas.' },
  'problem.no-calendar': { en: 'There is no calendar {id}.', fr: 'L’agenda {id} n’existe pas.' },
  'problem.no-source': {
    en: 'There is no source "{id}". There are: {known}.',
    fr: 'La source «\u00a0{id}\u00a0» n’existe pas. Sources\u00a0: {known}.',
  },
  'problem.not-an-email': {
    en: 'Message {id} is not an e-mail.',
    fr: 'Le message {id} n’est pas un e-mail.',
  },
  'problem.no-call-matches-but': {
    en: 'No call matches "{text}". Did you mean {nearest}?',
    fr: 'Aucun appel ne correspond à «\u00a0{text}\u00a0». Vouliez-vous dire {nearest}\u00a0?',
  },
  'problem.no-call-matches': {
    en: 'No call matches "{text}".',
    fr: 'Aucun appel ne correspond à «\u00a0{text}\u00a0».',
  },
  'problem.reader-named': {
    en: 'The variables of the installation name the language model, so it cannot be set here.',
    fr: 'Les variables de l’installation fixent le modèle de langue ; il ne se choisit pas ici.',
  },
  'problem.no-threshold': {
    en: 'No decision of {profile} moves what is sent to it yet.',
    fr: 'Aucune décision de {profile} ne modifie encore ce qui lui est annoncé.',
  },
  'problem.no-suggestion': {
    en: 'There is no suggested change {id}.',
    fr: 'Aucune modification suggérée ne porte l’identifiant {id}.',
  },
  'problem.no-verdict-to-learn-from': {
    en: 'There is no decision about the subject of call {id} to learn from.',
    fr: 'Aucune décision sur le sujet de l’appel {id} n’a été enregistrée.',
  },
  'problem.no-topic-list': {
    en: 'The source "{id}" has no list of topics.',
    fr: 'La source «\u00a0{id}\u00a0» n’a pas de liste de sujets.',
  },
  'problem.no-session-of-yours': { en: 'You have no such session.', fr: 'Cette session n’existe pas.' },
  'problem.no-key': { en: 'This key does not exist.', fr: 'Cette clé n’existe pas.' },
  'problem.no-security-contact': {
    en: 'SECURITY_CONTACT is not set.',
    fr: 'SECURITY_CONTACT n’est pas configuré.',
  },
  'problem.not-on-team': {
    en: 'This person is not on the team.',
    fr: 'Cette personne ne fait pas partie de l’équipe.',
  },
  'problem.no-contact': {
    en: 'The profile does not have this contact.',
    fr: 'Ce contact ne figure pas dans le profil.',
  },
  'problem.no-contact-change': {
    en: 'No change of contacts is waiting for approval.',
    fr: 'Aucune modification de contacts n’attend de validation.',
  },
  'problem.mcp-batch': {
    en: 'Send one message of the protocol at a time, not a list.',
    fr: 'Envoyez un seul message du protocole à la fois, pas une liste.',
  },
  'problem.no-feed-here': {
    en: 'There is nothing to read at this address, or it was revoked.',
    fr: 'Il n’y a rien à lire à cette adresse, ou elle a été révoquée.',
  },
  'problem.no-calendar-here': {
    en: 'There is no calendar at this address, or it was revoked.',
    fr: 'Il n’y a pas d’agenda à cette adresse, ou elle a été révoquée.',
  },
  'problem.bad-link': {
    en: 'This link is invalid or incomplete.',
    fr: 'Ce lien n’est pas valable, ou il est incomplet.',
  },
  'problem.link-ended': {
    en: 'This link no longer works. Sign in to decide.',
    fr: 'Ce lien ne fonctionne plus. Connectez-vous pour trier.',
  },
  'problem.no-method': {
    en: 'This address takes {methods} alone.',
    fr: 'Cette adresse n’accepte que {methods}.',
  },
  'problem.no-route': { en: 'Cannot {route}', fr: 'Cette page n’existe pas\u00a0: {route}.' },
  'problem.of-another-institute': {
    en: 'This belongs to another institute.',
    fr: 'Cela appartient à un autre institut.',
  },
  'problem.role-without-this': {
    en: 'Your role does not allow this.',
    fr: 'Votre rôle ne le permet pas.',
  },
  'problem.read-only': { en: 'This access is read-only.', fr: 'Cet accès est en lecture seule.' },
  'problem.sign-in-first': { en: 'Sign in first.', fr: 'Connectez-vous d’abord.' },
  'problem.in-person-only': {
    en: 'Sign in to do this: a key cannot do it.',
    fr: 'Connectez-vous pour cette action\u00a0: une clé ne la permet pas.',
  },
  'problem.of-a-person': {
    en: 'This belongs to a person: sign in, or use a personal key.',
    fr: 'Cela concerne une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  },
  'problem.searches-of-a-person': {
    en: 'Saved searches belong to a person: sign in, or use a personal key.',
    fr: 'Les recherches enregistrées appartiennent à une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  },
  'problem.links-of-a-person': {
    en: 'A link belongs to a person: sign in, or use a personal key.',
    fr: 'Un lien appartient à une personne\u00a0: connectez-vous, ou utilisez une clé personnelle.',
  },
  'problem.personal-calendar-of-institute': {
    en: 'A personal calendar shows the calls of an institute. For the network, use the calendar of a group.',
    fr: 'Un agenda personnel montre les appels d’un institut. Pour le réseau, utilisez l’agenda d’un groupe.',
  },
  'problem.signed-in-only': {
    en: 'Only the signed-in person can change this.',
    fr: 'Seule la personne connectée peut modifier cela.',
  },
  'problem.network-only': {
    en: "Only the network's coordinators can do this.",
    fr: 'Cette action est réservée à la coordination du réseau.',
  },
  'problem.inside-only': {
    en: 'This stays inside the institute: the network cannot see it.',
    fr: 'Cela reste au sein de l’institut\u00a0: le réseau ne le voit pas.',
  },
  'problem.decisions-inside-only': {
    en: 'Decisions stay inside the institute: the network cannot see them.',
    fr: 'Les décisions restent au sein de l’institut\u00a0: le réseau ne les voit pas.',
  },
  'problem.note-of-another': {
    en: 'Another person wrote this note.',
    fr: 'Cette note est d’une autre personne.',
  },
  'problem.keys-read-only': {
    en: 'You have read-only access, and so do your keys.',
    fr: 'Votre accès est en lecture seule, vos clés aussi.',
  },
  'problem.network-has-coordinator': {
    en: 'The network already has a coordinator. Sign in with a link, or ask for an invitation.',
    fr: 'Le réseau a déjà une coordination. Connectez-vous par un lien, ou demandez une invitation.',
  },
  'problem.officers-invite': {
    en: 'The institute has officers: they invite their colleagues.',
    fr: 'L’institut a ses chargés d’affaires\u00a0: ce sont eux qui invitent leurs collègues.',
  },
  'problem.no-credential': {
    en: 'Send a key as "Authorization: Bearer …". The API is described at /docs.',
    fr: 'Envoyez une clé dans l’en-tête Authorization, après le mot Bearer. L’API est décrite à l’adresse /docs.',
  },
  'problem.other-site': {
    en: 'This request comes from another site. Open the page here and try again.',
    fr: 'Cette demande vient d’un autre site. Ouvrez la page ici, puis réessayez.',
  },
  'problem.profile-saved-since': {
    en: 'Someone else has saved the profile since: check it and accept again.',
    fr: 'Quelqu’un a enregistré le profil entre-temps\u00a0: vérifiez-le, puis acceptez de nouveau.',
  },
  'problem.profile-stale': {
    en: 'Someone else has saved the profile: it is now at version {version}. Nothing was changed. Read it again and repeat your change.',
    fr: 'Quelqu’un a enregistré le profil\u00a0: il en est à la version {version}. Rien n’a été modifié. Relisez-le, puis refaites votre modification.',
  },
  'problem.decision-withdrawn-since': {
    en: 'Someone has withdrawn the decision on this call since. Nothing was changed.',
    fr: 'La décision sur cet appel a été annulée entre-temps. Rien n’a été modifié.',
  },
  'problem.already-confirmed': {
    en: 'This address is already confirmed.',
    fr: 'Cette adresse est déjà confirmée.',
  },
  'problem.alarm-over': {
    en: '{subject} is back to normal: there is nothing to acknowledge. You will get an e-mail about the next problem.',
    fr: '{subject}\u00a0: retour à la normale, rien à prendre en compte. Un e-mail signalera le prochain problème.',
  },
  'problem.most-saved-searches': {
    en: 'You already have {most} saved searches. Remove one first.',
    fr: 'Vous avez déjà {most} recherches enregistrées. Retirez-en une d’abord.',
  },
  'problem.most-channels': {
    en: 'You already have {most} channels. Remove one first.',
    fr: 'Vous avez déjà {most} canaux. Retirez-en un d’abord.',
  },
  'problem.most-keys': {
    en: 'You already have {most} keys. Revoke one first.',
    fr: 'Vous avez déjà {most} clés. Révoquez-en une d’abord.',
  },
  'problem.most-links': {
    en: 'You already have {most} links. Revoke one first.',
    fr: 'Vous avez déjà {most} liens. Révoquez-en un d’abord.',
  },
  'problem.most-calendars': {
    en: 'You already have {most} calendars. Revoke one first.',
    fr: 'Vous avez déjà {most} agendas. Révoquez-en un d’abord.',
  },
  'problem.first-officer-has-account': {
    en: 'This address already has an account. Use another one for the first officer.',
    fr: 'Cette adresse a déjà un compte. Indiquez-en une autre pour le premier chargé d’affaires.',
  },
  'problem.institute-exists': {
    en: 'The institute "{id}" already exists: invite its officer from the list.',
    fr: 'L’institut «\u00a0{id}\u00a0» existe déjà\u00a0: invitez son chargé d’affaires depuis la liste.',
  },
  'problem.address-at-institute': {
    en: 'This address belongs to someone at an institute. Use another one for the network.',
    fr: 'Cette adresse est celle d’une personne d’un institut. Indiquez-en une autre pour le réseau.',
  },
  'problem.address-elsewhere': {
    en: 'This address already has an account elsewhere. Use another one, or ask the coordinator.',
    fr: 'Cette adresse a déjà un compte ailleurs. Indiquez-en une autre, ou demandez à la coordination.',
  },
  'problem.last-coordinator': {
    en: 'The network needs at least one coordinator.',
    fr: 'Le réseau doit garder au moins un coordinateur.',
  },
  'problem.last-officer': {
    en: 'The institute needs at least one officer: give someone else this role first.',
    fr: 'L’institut doit garder au moins un chargé d’affaires\u00a0: donnez d’abord ce rôle à quelqu’un d’autre.',
  },
  'problem.not-sent-yet': {
    en: 'This message has not been sent yet.',
    fr: 'Ce message n’est pas encore parti.',
  },
  'problem.channel-exists': {
    en: 'This address is already a channel.',
    fr: 'Cette adresse est déjà un canal.',
  },
  'problem.channel-not-signed': {
    en: 'Messages to {channel} are not signed: the address itself is the secret.',
    fr: 'Les messages vers {channel} ne sont pas signés\u00a0: l’adresse elle-même est secrète.',
  },
  'problem.researcher-exists': {
    en: 'Someone with this address is already on the list.',
    fr: 'Une personne ayant cette adresse est déjà inscrite.',
  },
  'problem.call-over': {
    en: 'The call is closed or withdrawn: it no longer takes applications.',
    fr: 'L’appel est clos ou retiré\u00a0: on ne peut plus y répondre.',
  },
  'problem.proposed-already': {
    en: 'This call has already been proposed to this person. Set "again": true to ask again.',
    fr: 'Cet appel a déjà été proposé à cette personne. Indiquez "again" (true) pour le proposer de nouveau.',
  },
  'problem.proposal-id-taken': {
    en: 'This id has already been used for another message. Use a new id, and set "again": true to write to the same researcher.',
    fr: 'Cet identifiant a déjà servi pour un autre message. Prenez-en un nouveau, avec "again" (true) pour écrire au même chercheur.',
  },
  'problem.broken-json': {
    en: 'The body is not valid JSON: {text}.',
    fr: 'Le corps de la requête n’est pas du JSON valide\u00a0: {text}.',
  },
  'problem.not-json': {
    en: 'Send a JSON body (application/json).',
    fr: 'Envoyez un corps JSON (application/json).',
  },
  'problem.not-yaml': {
    en: 'Send the profile as YAML (text/yaml).',
    fr: 'Envoyez le profil en YAML (text/yaml).',
  },
  'problem.yaml-too-large': {
    en: 'The YAML of a profile is limited to {most} kB.',
    fr: 'Le YAML d’un profil est limité à {most} ko.',
  },
  'problem.form-incomplete': { en: 'The form is incomplete.', fr: 'Le formulaire est incomplet.' },
  'problem.sheet-empty': { en: 'The file is empty.', fr: 'Le fichier est vide.' },
  'problem.sheet-too-large': {
    en: 'The file is larger than 2 MB, or too large once unpacked.',
    fr: 'Le fichier dépasse 2 Mo, ou devient trop volumineux une fois décompressé.',
  },
  'problem.sheet-too-many-lines': {
    en: 'The sheet has more than {most} lines. Send it in parts.',
    fr: 'Le tableau compte plus de {most} lignes. Envoyez-le en plusieurs parties.',
  },
  'problem.sheet-old-excel': {
    en: 'This file is in an old Excel format (.xls). Save it as .xlsx.',
    fr: 'Ce fichier est à un ancien format d’Excel (.xls). Enregistrez-le au format .xlsx.',
  },
  'problem.sheet-encrypted': {
    en: 'The file is protected by a password. Save it without one.',
    fr: 'Le fichier est protégé par un mot de passe. Enregistrez-le sans.',
  },
  'problem.sheet-web-page': {
    en: 'This file is a web page. Open it in Excel and save it as .xlsx.',
    fr: 'Ce fichier est une page web. Ouvrez-la dans Excel et enregistrez-la au format .xlsx.',
  },
  'problem.sheet-other-file': {
    en: 'This file is neither an Excel workbook (.xlsx) nor a CSV file.',
    fr: 'Ce fichier n’est ni un classeur Excel (.xlsx) ni un fichier CSV.',
  },
  'problem.sheet-broken': {
    en: 'The file is damaged and cannot be read.',
    fr: 'Le fichier est endommagé et illisible.',
  },
  'problem.sheet-without-calls': {
    en: 'No column identifies a call. Add one such as "Identifier", "Title" or "Link". The first line says: {headings}.',
    fr: 'Aucune colonne ne désigne un appel. Ajoutez-en une, comme «\u00a0Identifiant\u00a0», «\u00a0Titre\u00a0» ou «\u00a0Lien\u00a0». La première ligne dit\u00a0: {headings}.',
  },
  'problem.queue-silent': {
    en: 'The queue is not responding: {why}',
    fr: 'La file d’attente ne répond pas\u00a0: {why}',
  },
  'problem.not-responding': { en: 'Not responding: {parts}.', fr: 'Ne répond pas\u00a0: {parts}.' },
  'problem.our-fault': {
    en: 'Something went wrong on our side. The error has been logged.',
    fr: 'L’erreur vient de notre côté. Elle a été consignée.',
  },
  'problem.joint-needs-two': {
    en: 'A joint opportunity needs two institutes that are interested in the call, including yours.',
    fr: 'Un projet commun nécessite deux instituts intéressés par l’appel, dont le vôtre.',
  },
  'problem.no-newsletter': {
    en: 'There is no newsletter {id}.',
    fr: 'La lettre d’information {id} n’existe pas.',
  },
  'problem.newsletter-changed-since': {
    en: 'The newsletter has been changed or issued since. Nothing was saved or sent.',
    fr: 'La lettre a été modifiée ou diffusée entre-temps. Rien n’a été enregistré ni envoyé.',
  },
  'problem.newsletter-empty': {
    en: 'The newsletter names no call yet.',
    fr: 'La lettre ne contient encore aucun appel.',
  },
  'problem.newsletter-without-readers': {
    en: 'Nobody on the list can be written to. First add readers.',
    fr: 'Personne sur la liste ne peut recevoir la lettre. Ajoutez d’abord des lecteurs.',
  },
  'problem.newsletter-sent': {
    en: 'The newsletter was sent: its readers leave the list by its link, so it is kept.',
    fr: 'La lettre a été envoyée\u00a0: ses lecteurs se désinscrivent par son lien, elle est donc conservée.',
  },
  'problem.no-newsletter-reader': {
    en: 'There is no reader {id}.',
    fr: 'Le lecteur {id} n’existe pas.',
  },
  'problem.most-newsletter-readers': {
    en: 'A list holds at most {most, number} readers, and all lists of an institute five times as many.',
    fr: 'Une liste compte au plus {most, number} lecteurs, et toutes celles d’un institut cinq fois plus.',
  },
  'problem.no-paper': { en: 'There is no paper {id}.', fr: 'Le document {id} n’existe pas.' },
  'problem.only-packs-are-sent': {
    en: 'Only a meeting pack is sent to its group.',
    fr: 'Seul un dossier de réunion est envoyé à son groupe.',
  },
  'problem.paper-not-edited': {
    en: 'Nothing has been edited since it was sent, or the group has no officer yet.',
    fr: 'Rien n’a été modifié depuis l’envoi, ou le groupe n’a pas encore de chargé d’affaires.',
  },
  'problem.paper-edited-since': {
    en: 'The paper has been edited since. Nothing was saved.',
    fr: 'Le document a été modifié entre-temps. Rien n’a été enregistré.',
  },
  'problem.no-opportunity': { en: 'There is no opportunity {id}.', fr: 'Il n’y a pas de projet {id}.' },
  'problem.stage-moved': {
    en: 'It is now at {stage}, no longer at {from}. Nothing was changed.',
    fr: 'Le projet en est maintenant à {stage}, et non plus à {from}. Rien n’a été modifié.',
  },
  'problem.no-task': {
    en: 'There is no task {id} on this opportunity.',
    fr: 'Il n’y a pas de tâche {id} dans ce projet.',
  },
  'problem.no-comment': {
    en: 'There is no comment {id} on this opportunity.',
    fr: 'Il n’y a pas de commentaire {id} dans ce projet.',
  },
  'problem.most-tasks': {
    en: 'An opportunity has at most {most} tasks.',
    fr: 'Un projet a au plus {most} tâches.',
  },
  'problem.most-researchers': {
    en: 'The list of researchers is full (at most {most, number}). First remove people who have left.',
    fr: 'La liste des chercheurs est pleine ({most, number} au plus). Retirez d’abord les personnes qui sont parties.',
  },
  'problem.comment-of-another': {
    en: 'Another person wrote this comment.',
    fr: 'Une autre personne a écrit ce commentaire.',
  },
  'problem.comment-deleted': { en: 'This comment has been deleted.', fr: 'Ce commentaire a été supprimé.' },
  'problem.no-proposal': { en: 'There is no proposal {id}.', fr: 'Il n’y a pas de proposition {id}.' },
  'problem.no-reminder': {
    en: 'No reminder can be sent for this proposal: it has been answered, a reminder has been sent already, or the call is over.',
    fr: 'Cette proposition ne donne plus lieu à un rappel\u00a0: elle a reçu une réponse ou un rappel, ou l’appel est terminé.',
  },
  'problem.lead-has-left': {
    en: 'The institute that was the lead has withdrawn. Nothing was undone.',
    fr: 'L’institut qui portait alors le projet s’est retiré. Rien n’a été annulé.',
  },
  'problem.nothing-to-undo': { en: 'There is nothing left to undo.', fr: 'Il n’y a plus rien à annuler.' },
  'problem.no-closing-date': {
    en: 'The call states no closing date to plan from.',
    fr: 'L’appel n’indique pas de date de clôture à partir de laquelle planifier.',
  },
  'problem.most-dates': {
    en: 'A bid has at most {most} dates. Remove some first.',
    fr: 'Un projet compte au plus {most} dates. Supprimez-en d’abord quelques-unes.',
  },
  'problem.deadline-moved': {
    en: 'The deadline of the call has moved since. Nothing was changed.',
    fr: 'La date limite de l’appel a bougé entre-temps. Rien n’a été modifié.',
  },
  'problem.nobody-at-institute': {
    en: 'Nobody at an institute has the address {email}.',
    fr: 'Personne, dans les instituts, n’a l’adresse {email}.',
  },
  'problem.joint-exists': {
    en: 'There is a joint opportunity for this call already. One of its members has to accept you.',
    fr: 'Un projet commun existe déjà pour cet appel. L’un de ses membres doit vous accepter.',
  },
  'problem.lead-and-stage-of-members': {
    en: 'Only the members decide on lead and stage. Nothing was undone.',
    fr: 'Seuls les membres décident du porteur et de l’étape. Rien n’a été annulé.',
  },
  'problem.no-interest': {
    en: 'This institute has not declared its interest in the call.',
    fr: 'Cet institut n’a pas signalé son intérêt pour l’appel.',
  },
  'problem.not-asking': {
    en: 'This institute has not asked to join.',
    fr: 'Cet institut n’a pas demandé à se joindre au projet.',
  },
  'problem.let-in-later': {
    en: 'The network gave you access after others. Until an officer who was there before you, or the operator, gives you access to the rest, you see only what is new in the institute, and cannot do this.',
    fr: 'Le réseau vous a donné accès après d’autres. Tant qu’un chargé d’affaires arrivé avant vous, ou l’exploitant, ne vous ouvre pas le reste, vous ne voyez que les nouveautés de l’institut et ne pouvez pas faire cela.',
  },
  'problem.busy': {
    en: 'The server is busy. Try again in a moment.',
    fr: 'Le serveur est très sollicité. Réessayez dans un instant.',
  },
  'problem.files-waiting': {
    en: 'Wait until one of your files has arrived before you ask for another.',
    fr: 'Attendez d’avoir reçu l’un de vos fichiers avant d’en demander un autre.',
  },
  'problem.replaced-by-newer': {
    en: 'Too many of your requests are waiting: newer ones replaced this one.',
    fr: 'Trop de vos demandes sont en attente\u00a0: de plus récentes ont remplacé celle-ci.',
  },
  'problem.closed': { en: 'The connection was closed.', fr: 'La connexion a été fermée.' },
  'problem.database-away': {
    en: 'The database is not responding. Try again in a moment.',
    fr: 'La base de données ne répond pas. Réessayez dans un instant.',
  },
  'problem.disk-full': {
    en: 'The server has no disk space left, so nothing was saved. Its operator has to make room.',
    fr: 'Le serveur n’a plus d’espace disque\u00a0: rien n’a été enregistré. Son administrateur doit libérer de la place.',
  },
  'problem.passkey-awaited': {
    en: 'This session is still waiting for your passkey. Use it at /sign-in/passkey, then try again.',
    fr: 'Cette session attend encore votre clé d’accès. Présentez-la sur /sign-in/passkey, puis réessayez.',
  },
  'problem.passkey-needed': {
    en: 'Coordinators need a passkey here. Create yours at /sign-in/passkey/new, then try again.',
    fr: 'Ici, les coordinateurs ont besoin d’une clé d’accès. Créez la vôtre sur /sign-in/passkey/new, puis réessayez.',
  },
  'problem.passkey-first': {
    en: 'Use one of your passkeys first.',
    fr: 'Présentez d’abord une de vos clés d’accès.',
  },
  'problem.passkeys-off': {
    en: 'Passkeys are not used here.',
    fr: 'Les clés d’accès ne sont pas utilisées ici.',
  },
  'problem.no-session-of-theirs': {
    en: 'This person has no such session.',
    fr: 'Cette personne n’a pas cette session.',
  },
  'problem.no-passkey-of-yours': { en: 'You have no such passkey.', fr: 'Cette clé d’accès n’existe pas.' },
  'problem.no-passkeys': { en: 'This person has no passkeys.', fr: 'Cette personne n’a pas de clé d’accès.' },
  'problem.own-passkeys': {
    en: 'Your own passkeys are removed one by one, on your account page.',
    fr: 'Vos propres clés d’accès se suppriment une par une, sur la page de votre compte.',
  },
  'problem.only-passkey': {
    en: 'This is your only passkey, and coordinators need one here: add another first.',
    fr: 'C’est votre seule clé d’accès, et les coordinateurs en ont besoin ici\u00a0: ajoutez-en d’abord une autre.',
  },
  'problem.most-passkeys': {
    en: 'You can have at most {most} passkeys: remove one first.',
    fr: 'Vous pouvez avoir au plus {most} clés d’accès\u00a0: supprimez-en d’abord une.',
  },
  'problem.nobody-here': { en: 'Nobody here has this address.', fr: 'Personne n’a cette adresse ici.' },
  'problem.sign-in-again': {
    en: 'You signed in more than {minutes} minutes ago. Confirm that it is you at /sign-in/confirm, then try again.',
    fr: 'Votre connexion date de plus de {minutes} minutes. Confirmez que c’est bien vous sur /sign-in/confirm, puis réessayez.',
  },
  'problem.invalid': { en: 'The input is not valid.', fr: 'Les données envoyées ne sont pas valables.' },
  'problem.too-large': { en: 'The body is too large.', fr: 'Le contenu envoyé est trop volumineux.' },
  'problem.other': { en: '{text}', fr: '{text}' },
  'problem.no-joint-opportunity': {
    en: 'There is no joint opportunity {id}.',
    fr: 'Le projet commun {id} n’existe pas.',
  },
  'problem.no-officer': {
    en: 'There is no officer {email}.',
    fr: 'Il n’y a pas de chargé d’affaires {email}.',
  },
  'problem.no-provider': { en: 'There is no such provider.', fr: 'Ce fournisseur d’identité n’existe pas.' },
  'problem.and-more': { en: 'and {more} more', fr: 'et {more} de plus' },
  'problem.too-often': {
    en: 'Too many requests. Try again in {minutes, plural, one {{minutes} minute} other {{minutes} minutes}}.',
    fr: 'Trop de demandes. Réessayez dans {minutes, plural, one {{minutes} minute} other {{minutes} minutes}}.',
  },
  'problem.decided-since': {
    en: '{who, select, somebody {Someone} other {{who}}} has decided on this call since: {verdict, select, relevant {relevant} study {to study} later {later} other {not for us{reason, select, none {} other { ({reason})}}}}. Nothing was changed.',
    fr: '{who, select, somebody {Quelqu’un} other {{who}}} a pris entre-temps une décision sur cet appel\u00a0: {verdict, select, relevant {pertinent} study {à étudier} later {plus tard} other {non retenu{reason, select, none {} other { ({reason})}}}}. Rien n’a été modifié.',
  },
  'problem.closed-before': {
    en: 'What your institute did here before you joined is closed to you until an officer who was there, or the operator, opens it.',
    fr: 'Ce que votre institut a fait ici avant votre arrivée vous reste fermé tant qu’un chargé d’affaires déjà présent, ou l’exploitant, ne vous l’ouvre pas.',
  },
  'problem.last-officer-leaves-alone': {
    en: 'The network cannot remove the last officer of an institute. If they are gone, ask the operator (cli remove-officer).',
    fr: 'Le réseau ne peut pas retirer le dernier chargé d’affaires d’un institut. S’il est parti, demandez à l’exploitant (cli remove-officer).',
  },
  'problem.erasure-changed': {
    en: 'What would be erased has changed since the preview. Check it again: nothing was erased.',
    fr: 'Ce qui serait effacé a changé depuis l’aperçu. Vérifiez-le de nouveau\u00a0: rien n’a été effacé.',
  },
} as const satisfies Record<string, Message & { fr: string }>;

/** The names of problems: by the status of HTTP, or by a type of their own. */
export const problemTitles = messages({
  'problem-title.400': { en: 'Bad Request', fr: 'Requête incorrecte' },
  'problem-title.401': { en: 'Unauthorized', fr: 'Authentification requise' },
  'problem-title.403': { en: 'Forbidden', fr: 'Accès interdit' },
  'problem-title.404': { en: 'Not Found', fr: 'Introuvable' },
  'problem-title.405': { en: 'Method Not Allowed', fr: 'Méthode non autorisée' },
  'problem-title.409': { en: 'Conflict', fr: 'Conflit' },
  'problem-title.410': { en: 'Gone', fr: 'Supprimé' },
  'problem-title.412': { en: 'Precondition Failed', fr: 'Condition non remplie' },
  'problem-title.413': { en: 'Payload Too Large', fr: 'Contenu trop volumineux' },
  'problem-title.415': { en: 'Unsupported Media Type', fr: 'Format non pris en charge' },
  'problem-title.422': { en: 'Unprocessable Entity', fr: 'Contenu non valable' },
  'problem-title.429': { en: 'Too Many Requests', fr: 'Trop de demandes' },
  'problem-title.500': { en: 'Internal Server Error', fr: 'Erreur du serveur' },
  'problem-title.503': { en: 'Service Unavailable', fr: 'Service indisponible' },
  'problem-title.busy': { en: 'Server Busy', fr: 'Serveur très sollicité' },
  'problem-title.507': { en: 'Insufficient Storage', fr: 'Espace de stockage insuffisant' },
});
