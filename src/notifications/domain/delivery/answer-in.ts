import type { Language } from '../../../kernel/language.js';

const NB = '\u00a0';

/** What we note of a delivery ourselves. */
const NOTED = new Map(
  Object.entries({
    'this address is not allowed: use a public https address, or one listed in WEBHOOK_TRUSTED_ORIGINS': `adresse non autorisée${NB}: il faut une adresse https publique, ou une adresse de WEBHOOK_TRUSTED_ORIGINS`,
    'host not found': 'serveur introuvable',
    'the name could not be looked up': 'le nom du serveur n’a pas pu être résolu',
    'connection refused': 'connexion refusée',
    'connection cut': 'connexion coupée',
    'invalid certificate or no TLS connection': 'certificat non valable, ou pas de connexion TLS',
    'no answer in time': 'pas de réponse à temps',
    'the answer is not HTTP': 'la réponse n’est pas du HTTP',
    'the headers of the answer are too large': 'les en-têtes de la réponse sont trop longs',
    'the sending process was stopped': 'le processus d’envoi a été arrêté',
    'the request failed': 'la requête a échoué',
    'there is no secret to sign with': 'aucune clé de signature',
    'its address cannot be read with the present SECRET_KEY: put the earlier key back, or enter the address again': `adresse illisible avec la SECRET_KEY actuelle${NB}: remettez l’ancienne clé, ou saisissez de nouveau l’adresse`,
    'it cannot be read with the present SECRET_KEY': 'illisible avec la SECRET_KEY actuelle',
    'mail not sent: an address is not a mail address': `e-mail non envoyé${NB}: une adresse n’est pas valable`,
    unsubscribed: 'désabonné',
  }),
);

/** What Node and nodemailer say of a connection. */
const CONNECTION: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connexion refusée'],
  [/ENOTFOUND|EAI_AGAIN|ENODATA/, 'serveur introuvable'],
  [/ETIMEDOUT|[Tt]imeout|Greeting never received/, 'pas de réponse à temps'],
  [/ECONNRESET|EPIPE|socket close|Connection closed/, 'connexion coupée'],
  [/EHOSTUNREACH|ENETUNREACH/, 'serveur injoignable'],
  [/certificate|CERT_/, 'certificat non valable'],
  [/^not sent within (\d+) seconds$/, `pas terminé en $1${NB}secondes`],
  [/^status (\d{3})$/, 'statut $1'],
  [
    /^the mail folder cannot be written to \((\w+)\)$/,
    'le dossier des e-mails n’est pas accessible en écriture ($1)',
  ],
];

/** In French, where it is ours, or a connection's; null of what a server said. */
function known(said: string): string | null {
  const noted = NOTED.get(said);
  if (noted !== undefined) return noted;
  const [form, french] = CONNECTION.find(([f]) => f.test(said)) ?? [];
  if (form === undefined || french === undefined) return null;
  return form.source.startsWith('^') ? said.replace(form, french) : french;
}

/** Where a message went, before what was said there: "hooks.example.org: ", "smtp.example.org:25 (RCPT TO): ". */
const PLACE = /^([a-z0-9.-]+(?::\d{1,5})?(?: \([A-Z ]{1,20}\))?): /i;

/** What came of an attempt to deliver, in the reader's language: what we noted is told in it, what a server said is quoted. */
export function answerIn(answer: string, language: Language): string {
  if (language === 'en' || answer === '') return answer;
  const place = NOTED.has(answer) ? null : PLACE.exec(answer);
  if (!place) return known(answer) ?? answer;
  const said = answer.slice(place[0].length);
  return `${place[1]}${NB}: ${known(said) ?? `«${NB}${said}${NB}»`}`;
}
