import { type Message, messages } from './message.js';

/** What is wrong with a value, by the code of the issue, to follow the name of its field. */
export const issuesTexts = {
  // What schemas say of themselves.
  'issue.required': { en: 'is required', fr: 'est obligatoire' },
  'issue.unknown': { en: 'is not a known field', fr: 'n’est pas un champ connu' },
  'issue.wrong': { en: 'is not a valid value', fr: 'n’est pas une valeur possible' },
  'issue.empty': { en: 'must not be empty', fr: 'ne doit pas être vide' },
  'issue.feed-search': {
    en: 'goes with the content "search", and only with it',
    fr: 'va avec le contenu «\u00a0search\u00a0», et avec lui seul',
  },
  'issue.feed-of-matches': {
    en: 'applies to the content "matches" only',
    fr: 'ne vaut que pour le contenu «\u00a0matches\u00a0»',
  },
  'issue.choice': { en: 'must be one of: {values}', fr: 'valeurs possibles\u00a0: {values}' },
  'issue.type': {
    en: 'must be {type, select, string {a text} number {a number} int {a whole number} boolean {true or false} array {a list} object {an object} record {an object} date {a date} other {another kind of value}}',
    fr: 'doit être {type, select, string {un texte} number {un nombre} int {un nombre entier} boolean {true ou false} array {une liste} object {un objet} record {un objet} date {une date} other {une valeur d’une autre sorte}}',
  },
  'issue.steps': { en: 'must be a multiple of {n}', fr: 'doit être un multiple de {n}' },
  'issue.format': { en: 'does not have the right format', fr: 'n’a pas le bon format' },
  'issue.format-email': { en: 'is not a valid e-mail address', fr: 'n’est pas une adresse e-mail valable' },
  'issue.no-telephone': {
    en: 'is not a telephone number such as +33 4 76 00 00 00',
    fr: 'n’est pas un numéro de téléphone comme +33 4 76 00 00 00',
  },
  'issue.format-uuid': {
    en: 'is not a valid identifier (UUID)',
    fr: 'n’est pas un identifiant (UUID) valable',
  },
  'issue.format-url': { en: 'is not a valid web address', fr: 'n’est pas une adresse web valable' },
  'issue.format-date': { en: 'is not a date such as 2026-06-01', fr: 'n’est pas une date comme 2026-06-01' },
  'issue.format-datetime': {
    en: 'is not a date and time such as 2026-06-01T17:00:00Z',
    fr: 'n’est pas une date avec heure comme 2026-06-01T17:00:00Z',
  },
  'issue.format-time': { en: 'is not a time such as 17:00', fr: 'n’est pas une heure comme 17:00' },
  'issue.least-number': { en: 'must be {n, number} or more', fr: 'doit être au moins {n, number}' },
  'issue.most-number': { en: 'must be {n, number} or less', fr: 'doit être au plus {n, number}' },
  'issue.least-string': {
    en: 'must have at least {n, plural, one {{n, number} character} other {{n, number} characters}}',
    fr: 'doit compter au moins {n, plural, one {{n, number} caractère} other {{n, number} caractères}}',
  },
  'issue.least-array': {
    en: 'must have at least {n, plural, one {{n, number} entry} other {{n, number} entries}}',
    fr: 'doit compter au moins {n, plural, one {{n, number} élément} other {{n, number} éléments}}',
  },
  'issue.most-string': {
    en: 'must have at most {n, plural, one {{n, number} character} other {{n, number} characters}}',
    fr: 'doit compter au plus {n, plural, one {{n, number} caractère} other {{n, number} caractères}}',
  },
  'issue.most-array': {
    en: 'must have at most {n, plural, one {{n, number} entry} other {{n, number} entries}}',
    fr: 'doit compter au plus {n, plural, one {{n, number} élément} other {{n, number} éléments}}',
  },
  'issue.said': { en: '{text}', fr: '{text}' },
  // What else may be wrong.
  'issue.cursor': { en: 'is not a cursor of this list', fr: 'n’est pas un curseur de cette liste' },
  'issue.several-calls': {
    en: 'matches {count} calls: give the id of one ({ids})',
    fr: 'désigne {count} appels\u00a0: indiquez l’identifiant de l’un d’eux ({ids})',
  },
  'issue.no-topic': { en: 'has no topic', fr: 'n’indique aucun sujet' },
  'issue.too-many-topics': {
    en: 'has {count} topics; the limit is {most}',
    fr: 'indique {count} sujets\u00a0; la limite est de {most}',
  },
  'issue.if-match': {
    en: 'is not a profile version; send the ETag you received, or its "version"',
    fr: 'n’est pas une version du profil\u00a0; envoyez l’ETag reçu, ou sa "version"',
  },
  'issue.other-id': {
    en: 'is "{id}", but the address names "{address}"',
    fr: 'vaut «\u00a0{id}\u00a0», mais l’adresse indique «\u00a0{address}\u00a0»',
  },
  'issue.needs-profile': {
    en: 'needs "profile": the institute the calls fit',
    fr: 'demande "profile"\u00a0: l’institut auquel correspondent les appels',
  },
  'issue.not-a-group': {
    en: 'is not a group; use one of: {known}',
    fr: 'n’est pas un groupe\u00a0; valeurs possibles\u00a0: {known}',
  },
  'issue.address-not-allowed': {
    en: 'is not allowed: use a public https address on port 443, or one listed in WEBHOOK_TRUSTED_ORIGINS',
    fr: 'n’est pas autorisée\u00a0: utilisez une adresse https publique sur le port 443, ou une adresse de WEBHOOK_TRUSTED_ORIGINS',
  },
  'issue.in-the-past': { en: 'is in the past', fr: 'est dans le passé' },
  'issue.pause-too-long': {
    en: 'is more than {most} days ahead: stop the messages instead',
    fr: 'est à plus de {most} jours\u00a0: arrêtez plutôt les messages',
  },
  'issue.not-a-competence': {
    en: 'is not a competence of the profile',
    fr: 'n’est pas une compétence du profil',
  },
  'issue.wants-no-proposals': {
    en: 'has asked to receive no more proposals',
    fr: 'a demandé à ne plus recevoir de propositions',
  },
  'issue.not-a-member': {
    en: 'is not a member of the joint opportunity',
    fr: 'n’est pas membre du projet commun',
  },
  'issue.character': { en: 'contains an invalid character', fr: 'contient un caractère non valide' },
  'issue.unknown-parameter': {
    en: 'is not a known parameter; use one of: {known}',
    fr: 'n’est pas un paramètre connu\u00a0; valeurs possibles\u00a0: {known}',
  },
  'issue.repeated': { en: 'is given more than once', fr: 'est indiqué plusieurs fois' },
  'issue.no-value': { en: 'has no value', fr: 'n’a pas de valeur' },
  'issue.table-format': {
    en: 'is not a table format; use xlsx or csv',
    fr: 'n’est pas un format de tableau\u00a0; utilisez xlsx ou csv',
  },
  'issue.reason-required': { en: 'is required for "not"', fr: 'est obligatoire avec "not"' },
  'issue.reason-for-not-only': { en: 'is allowed for "not" only', fr: 'n’est permis qu’avec "not"' },
  'issue.until-required': { en: 'is required for "later"', fr: 'est obligatoire avec "later"' },
  'issue.until-for-later-only': { en: 'is allowed for "later" only', fr: 'n’est permis qu’avec "later"' },
  'issue.cannot-follow': {
    en: 'cannot follow {from}; use one of: {next}',
    fr: 'ne peut pas suivre {from}\u00a0; valeurs possibles\u00a0: {next}',
  },
  'issue.nothing-follows': { en: 'cannot follow {from}', fr: 'ne peut pas suivre {from}' },
  'issue.not-an-own-competence': {
    en: 'is not a competence of the institute',
    fr: 'n’est pas une compétence de l’institut',
  },
  'issue.not-json': { en: 'is not JSON', fr: 'n’est pas du JSON' },
  'issue.same-stage': { en: 'is {stage} already', fr: 'vaut déjà {stage}' },
  'issue.share-above-requested': {
    en: 'is more than the requested contribution',
    fr: 'dépasse la contribution demandée',
  },
  'issue.currency': {
    en: 'is not a currency code such as EUR (ISO 4217)',
    fr: 'n’est pas un code de monnaie comme EUR (ISO 4217)',
  },
  'issue.month': { en: 'is not a month such as 2026-06', fr: 'n’est pas un mois comme 2026-06' },
  'issue.not-a-call': { en: 'is not a call', fr: 'n’est pas un appel' },
  'issue.not-a-milestone': {
    en: 'is not a milestone of this opportunity',
    fr: 'n’est pas un jalon de ce projet',
  },
  'issue.not-a-person': {
    en: 'is not a person of the institute',
    fr: 'n’est pas une personne de l’institut',
  },
  'issue.not-known-here': {
    en: 'is not one of the people that the institute knows',
    fr: 'ne figure pas parmi les personnes que l’institut connaît',
  },
  'issue.newsletter-format': {
    en: 'is not a format of newsletters; use html, txt or docx',
    fr: 'n’est pas un format de lettre\u00a0; utilisez html, txt ou docx',
  },
  'issue.document-format': {
    en: 'is not a document format; use docx or pdf',
    fr: 'n’est pas un format de document\u00a0; utilisez docx ou pdf',
  },
  'issue.day-to-come': { en: 'must be in the future', fr: 'doit être une date future' },
  'issue.minimum-above-maximum': {
    en: 'has a minimum above its maximum',
    fr: 'a un minimum supérieur au maximum',
  },
  'issue.day-or-instant': {
    en: 'must be a day (2026-03-01) or a time with its offset (2026-03-01T17:00:00Z)',
    fr: 'doit être un jour (2026-03-01) ou une heure avec son décalage (2026-03-01T17:00:00Z)',
  },
  'issue.id': {
    en: 'is not a valid id: use lower-case letters, digits and hyphens',
    fr: 'n’est pas un identifiant valable\u00a0: lettres minuscules, chiffres et tirets',
  },
  'issue.label-twice': {
    en: 'is the label of another competence, too',
    fr: 'est aussi l’intitulé d’une autre compétence',
  },
  'issue.address-twice': { en: 'lists the same address twice', fr: 'contient deux fois la même adresse' },
  'issue.time-of-day': { en: 'is not a time of day', fr: 'n’est pas une heure' },
  'issue.country': {
    en: 'is not a country code such as FR (ISO 3166-1)',
    fr: 'n’est pas un code de pays comme FR (ISO 3166-1)',
  },
  'issue.time-zone': {
    en: 'is not a time zone such as Europe/Brussels',
    fr: 'n’est pas un fuseau horaire comme Europe/Brussels',
  },
  'issue.email-address': {
    en: 'is not an e-mail address such as anne@example.org',
    fr: 'n’est pas une adresse e-mail comme anne@example.org',
  },
  'issue.web-address': {
    en: 'is not a web address such as https://hooks.example.org/carnot',
    fr: 'n’est pas une adresse web comme https://hooks.example.org/carnot',
  },
  'issue.whom-to-ask': { en: 'is required: whom to ask', fr: 'est obligatoire\u00a0: à qui s’adresser' },
  'issue.day': { en: 'is not a day, such as 2014-01-31', fr: 'n’est pas un jour comme 2014-01-31' },
  'issue.too-many-terms': { en: 'holds more than {most} terms', fr: 'contient plus de {most} termes' },
  'issue.too-many-phrases': {
    en: 'holds more than {most} words, topics and subjects in all',
    fr: 'contient plus de {most} mots, sujets et thèmes en tout',
  },
  'issue.too-many-keywords': {
    en: 'hold more than {most} keywords and exclusions in all',
    fr: 'contiennent plus de {most} mots-clés et exclusions en tout',
  },
  'issue.no-word': { en: 'contains no word', fr: 'ne contient aucun mot' },
  'issue.no-condition': {
    en: 'has no condition; give one of {known}, or "all" (true) beside the rules',
    fr: 'ne pose aucune condition\u00a0; donnez {known}, ou "all" (true) à côté des règles',
  },
  'issue.ends-before-it-begins': { en: 'ends before it begins', fr: 'finit avant de commencer' },
  'issue.claims-nothing': {
    en: 'claims nothing; give projects, rules or "all" (true)',
    fr: 'ne revendique rien\u00a0; donnez projects, rules ou "all" (true)',
  },
  'issue.project-in-both': {
    en: 'lists a project both in projects and in except',
    fr: 'cite un même projet dans projects et dans except',
  },
  'issue.number-twice': { en: 'lists the same number twice', fr: 'contient deux fois le même numéro' },
  'issue.pic': {
    en: 'is not a participant number (PIC): use nine digits',
    fr: 'n’est pas un numéro de participant (PIC) à neuf chiffres',
  },
  'issue.sha-256': {
    en: 'is not a SHA-256 hash in lower-case hexadecimal digits',
    fr: 'n’est pas une empreinte SHA-256 en chiffres hexadécimaux minuscules',
  },
  // What is wrong with a file.
  'issue.no-file': { en: 'is missing', fr: 'est absent' },
  'issue.unreadable-file': { en: 'the file cannot be read ({why})', fr: 'le fichier est illisible ({why})' },
  'issue.yaml-ending': { en: 'only .yaml files are read', fr: 'seuls les fichiers .yaml sont lus' },
  'issue.not-utf-8': { en: 'is not UTF-8 text', fr: 'n’est pas un texte UTF-8' },
  'issue.empty-file': { en: 'is empty', fr: 'est vide' },
  'issue.and-more': { en: 'and {more} more', fr: 'et {more} de plus' },
  'issue.yaml-tab': {
    en: 'the line is indented with a tab',
    fr: 'la ligne est indentée avec une tabulation',
  },
  'issue.yaml-colon': {
    en: 'there is a second ": " in the line',
    fr: 'la ligne contient un deuxième «\u00a0:\u00a0»',
  },
  'issue.yaml-missing': {
    en: 'a quote, a bracket, a comma or a space is missing',
    fr: 'il manque un guillemet, un crochet, une virgule ou une espace',
  },
  'issue.yaml-indent': {
    en: 'the line is not indented like its neighbours',
    fr: 'la ligne n’a pas la même indentation que ses voisines',
  },
  'issue.yaml-second-document': {
    en: 'a second document begins here',
    fr: 'un deuxième document commence ici',
  },
  'issue.yaml-no-key': { en: 'the line has no key', fr: 'la ligne n’a pas de clé' },
  'issue.yaml-escape': {
    en: 'a backslash is followed by a character that it cannot escape',
    fr: 'une barre oblique inverse précède un caractère qu’elle ne peut pas échapper',
  },
  'issue.yaml-special': {
    en: '"{text}" means something special in YAML',
    fr: '«\u00a0{text}\u00a0» a un sens particulier en YAML',
  },
  'issue.yaml-repeated': {
    en: 'the key "{key}" is given twice',
    fr: 'la clé «\u00a0{key}\u00a0» est donnée deux fois',
  },
  'issue.yaml-aliases': {
    en: 'there are too many aliases ("*name")',
    fr: 'contient trop d’alias («\u00a0*nom\u00a0»)',
  },
  'issue.yaml-unreadable': { en: 'cannot be read as YAML', fr: 'illisible en YAML' },
  'issue.too-deep': { en: 'is nested too deeply', fr: 'a trop de niveaux imbriqués' },
  'issue.too-many-parts': {
    en: 'has more than {most} YAML tokens',
    fr: 'compte plus de {most} éléments YAML',
  },
  'issue.not-this-id': {
    en: 'is not the id of this profile, which is {id}',
    fr: 'n’est pas l’identifiant de ce profil, qui est {id}',
  },
  'issue.not-the-file-name': {
    en: 'is not the name of the file, which is {stem}.yaml',
    fr: 'n’est pas le nom du fichier, qui est {stem}.yaml',
  },
  'issue.id-of-other-group': {
    en: 'is also the id of groups[{first}]',
    fr: 'est aussi l’identifiant de groups[{first}]',
  },
  'issue.no-such-institute': {
    en: 'is no profile in institutes/',
    fr: 'n’est pas un profil de institutes/',
  },
  'issue.named-twice': { en: 'is named twice', fr: 'est nommé deux fois' },
  'issue.of-other-provider': {
    en: 'also belongs to providers[{first}]',
    fr: 'appartient aussi à providers[{first}]',
  },
  'issue.roles-without-institute': {
    en: 'roles apply within one institute',
    fr: 'un rôle ne vaut qu’au sein d’un institut',
  },
  'issue.issuer': {
    en: 'must be an https address without ? or # (http on this machine only)',
    fr: 'doit être une adresse https sans paramètres ni fragment (http sur cette machine seulement)',
  },
  'issue.mail-domain': {
    en: 'is not an e-mail domain such as example.org',
    fr: 'n’est pas un domaine de messagerie comme example.org',
  },
  'issue.language-code': {
    en: 'is not a language code of two lower-case letters',
    fr: 'n’est pas un code de langue à deux lettres minuscules',
  },
  'issue.contact-address': {
    en: 'is not an address such as https://example.org/about or mailto:name@example.org',
    fr: 'n’est pas une adresse comme https://example.org/about ou mailto:nom@example.org',
  },
  'issue.plain-line': {
    en: 'must be one line of plain text',
    fr: 'doit être une seule ligne de texte simple',
  },
  'issue.http-address': { en: 'is not an http or https address', fr: 'n’est pas une adresse http ou https' },
  'issue.committee-code': {
    en: 'is not the code of a committee, such as C70408',
    fr: 'n’est pas le code d’un comité, comme C70408',
  },
  'issue.origin': {
    en: 'must be an http or https address with host and port only',
    fr: 'doit être une adresse http ou https, hôte et port seulement',
  },
  'issue.prices': { en: 'a cost limit needs prices', fr: 'une limite de coût nécessite les prix' },
  'issue.other-weight': {
    en: 'does not match any signal; use one of: {known}',
    fr: 'ne correspond à aucun signal\u00a0; valeurs possibles\u00a0: {known}',
  },
  'issue.above': { en: 'must be more than {n, number}', fr: 'doit être supérieur à {n, number}' },
  'issue.below': { en: 'must be less than {n, number}', fr: 'doit être inférieur à {n, number}' },
} as const satisfies Record<string, Message & { fr: string }>;

/** How to fix what is wrong in a file, by the code of the issue; `*` is for all others. */
export const fixTexts = messages({
  'fix.*': { en: 'Correct this value.', fr: 'Corrigez cette valeur.' },
  'fix.required': { en: 'Add the line "{name}:".', fr: 'Ajoutez la ligne «\u00a0{name}:\u00a0».' },
  'fix.unknown': {
    en: '{meant, select, none {} other {Did you mean "{meant}"? }}{known, select, none {Remove it.} other {Known here: {known}.}}',
    fr: '{meant, select, none {} other {Vouliez-vous dire «\u00a0{meant}\u00a0»\u00a0? }}{known, select, none {Retirez-le.} other {Clés connues ici\u00a0: {known}.}}',
  },
  'fix.choice': {
    en: '{meant, select, none {Write one of these.} other {Did you mean {meant}?}}',
    fr: '{meant, select, none {Écrivez l’une de ces valeurs.} other {Vouliez-vous dire «\u00a0{meant}\u00a0»\u00a0?}}',
  },
  'fix.type': {
    en: '{type, select, string {Write one text; put it in quotes if it is a number or has a colon in it.} number {Write a number without quotes, with a point and not a comma, as 0.5.} int {Write a whole number without quotes, as 5.} boolean {Write true or false, without quotes.} array {Write each entry on a line of its own that begins with "- ".} other {Write "key: value" lines, indented below it, without a leading "- ".}}',
    fr: '{type, select, string {Écrivez un seul texte\u00a0; mettez-le entre guillemets si c’est un nombre ou s’il contient deux-points.} number {Écrivez un nombre sans guillemets, avec un point et non une virgule, comme 0.5.} int {Écrivez un nombre entier sans guillemets, comme 5.} boolean {Écrivez true ou false, sans guillemets.} array {Écrivez chaque élément sur sa propre ligne, après un tiret et une espace.} other {Écrivez des lignes «\u00a0clé: valeur\u00a0» en retrait en dessous, sans tiret au début.}}',
  },
  'fix.country': { en: 'Write its two letters.', fr: 'Écrivez le code du pays à deux lettres.' },
  'fix.time-of-day': {
    en: 'Write hours and minutes in quotes, as "07:00".',
    fr: 'Écrivez heures et minutes entre guillemets, comme "07:00".',
  },
  'fix.prices': {
    en: 'Add readerPrices, or leave the limit out.',
    fr: 'Ajoutez readerPrices, ou retirez la limite.',
  },
  'fix.empty': { en: 'Write something, or remove the line.', fr: 'Remplissez-le, ou retirez la ligne.' },
  'fix.least-string': { en: 'Write more, or remove the line.', fr: 'Complétez-le, ou retirez la ligne.' },
  'fix.most-string': { en: 'Shorten it.', fr: 'Raccourcissez-le.' },
  'fix.most-array': { en: 'Remove some.', fr: 'Retirez-en.' },
  'fix.least-array': { en: 'Add some.', fr: 'Ajoutez-en.' },
  'fix.format-email': { en: 'Write it as name@example.org.', fr: 'Écrivez-la comme nom@example.org.' },
  'fix.no-file': {
    en: 'Put it back, or name the right folder.',
    fr: 'Remettez-le, ou indiquez le bon dossier.',
  },
  'fix.unreadable-file': {
    en: 'Check what it is and who may read it.',
    fr: 'Vérifiez ce que c’est et qui peut le lire.',
  },
  'fix.yaml-ending': {
    en: 'Rename it to end in .yaml, or remove it.',
    fr: 'Renommez-le en .yaml, ou retirez-le.',
  },
  'fix.not-utf-8': {
    en: 'Save it again with the encoding UTF-8.',
    fr: 'Enregistrez-le de nouveau avec l’encodage UTF-8.',
  },
  'fix.empty-file': { en: 'Fill it, or remove the file.', fr: 'Remplissez-le, ou retirez le fichier.' },
  'fix.and-more': { en: 'Correct these first.', fr: 'Corrigez d’abord ceux-ci.' },
  'fix.character': { en: 'Remove it.', fr: 'Retirez-le.' },
  'fix.yaml-tab': {
    en: 'Indent with spaces, two a level.',
    fr: 'Indentez avec des espaces, deux par niveau.',
  },
  'fix.yaml-colon': {
    en: 'Put text with a colon in it in quotes.',
    fr: 'Mettez entre guillemets un texte qui contient deux-points.',
  },
  'fix.yaml-missing': {
    en: 'Close the quote or bracket that was opened before; write a space after a colon, and before #.',
    fr: 'Fermez le guillemet ou le crochet ouvert plus haut\u00a0; mettez une espace après deux-points, et avant #.',
  },
  'fix.yaml-indent': {
    en: 'Indent it like its neighbours, two spaces a level.',
    fr: 'Alignez la ligne sur ses voisines, deux espaces par niveau.',
  },
  'fix.yaml-second-document': {
    en: 'Remove the "---", or what follows it.',
    fr: 'Retirez «\u00a0---\u00a0», ou ce qui suit.',
  },
  'fix.yaml-no-key': {
    en: 'Write "key: value", both on one line.',
    fr: 'Écrivez «\u00a0clé: valeur\u00a0», sur une seule ligne.',
  },
  'fix.yaml-escape': {
    en: 'Write \\\\ for a backslash, or use single quotes.',
    fr: 'Écrivez \\\\ pour une barre oblique inverse, ou des guillemets simples.',
  },
  'fix.yaml-special': { en: 'Put the whole text in quotes.', fr: 'Mettez tout le texte entre guillemets.' },
  'fix.yaml-repeated': { en: 'Keep one of the two.', fr: 'Gardez l’une des deux.' },
  'fix.yaml-aliases': {
    en: 'Write out what they stand for.',
    fr: 'Écrivez en toutes lettres ce qu’ils remplacent.',
  },
  'fix.yaml-unreadable': {
    en: 'Check quotes, colons and indentation here and in the line above.',
    fr: 'Vérifiez guillemets, deux-points et indentation, ici et à la ligne au-dessus.',
  },
  'fix.too-deep': {
    en: 'Check that it is a profile, with each level indented by two spaces.',
    fr: 'Vérifiez que c’est un profil, où chaque niveau est décalé de deux espaces.',
  },
  'fix.too-many-parts': {
    en: 'Check that it is a profile, with its lists of words in one line.',
    fr: 'Vérifiez que c’est un profil, avec ses listes de mots sur une ligne.',
  },
  'fix.not-this-id': { en: 'Write "id: {id}".', fr: 'Écrivez «\u00a0id: {id}\u00a0».' },
  'fix.not-the-file-name': {
    en: 'Write "id: {stem}", or rename the file after its id.',
    fr: 'Écrivez «\u00a0id: {stem}\u00a0», ou renommez le fichier.',
  },
  'fix.id-of-other-group': {
    en: 'Give each group an id of its own.',
    fr: 'Donnez à chaque groupe un identifiant qui lui est propre.',
  },
  'fix.no-such-institute': {
    en: '{meant, select, none {} other {Did you mean "{meant}"? }}Write the id of an institute, or add institutes/{id}.yaml; for an institute created in the browser, download that file from its profile page.',
    fr: '{meant, select, none {} other {Vouliez-vous dire «\u00a0{meant}\u00a0»\u00a0? }}Écrivez l’identifiant d’un institut, ou ajoutez institutes/{id}.yaml\u00a0; pour un institut créé dans le navigateur, téléchargez ce fichier depuis la page de son profil.',
  },
  'fix.named-twice': { en: 'Remove one of the two.', fr: 'Retirez l’un des deux.' },
  'fix.of-other-provider': { en: 'Write it in one place only.', fr: 'Ne l’écrivez qu’à un endroit.' },
  'fix.roles-without-institute': {
    en: 'Name the institute, or leave roles out.',
    fr: 'Nommez l’institut, ou retirez roles.',
  },
  'yaml.in-line': {
    en: 'line {line}: {problem}. Fix: {fix}',
    fr: 'ligne {line}\u00a0: {problem}. Correction\u00a0: {fix}',
  },
  'yaml.value': {
    en: '{said} (it is {kind, select, empty {empty} list {a list} map {a map} text {"{value}"} other {{value}}})',
    fr: '{said} (valeur\u00a0: {kind, select, empty {vide} list {une liste} map {une suite de clés} text {«\u00a0{value}\u00a0»} other {{value}}})',
  },
});
