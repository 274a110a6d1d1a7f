import type { Language } from '../kernel/language.js';

/**
 * Our own notes on deliveries, by the English sentence: logs, rows and programs get that, readers of another
 * language its translation.
 */
export const deliveryNotes: Partial<Record<Language, ReadonlyMap<string, string>>> = {
  fr: new Map(
    Object.entries({
      'this address is not allowed: use a public https address, or one listed in WEBHOOK_TRUSTED_ORIGINS':
        'adresse non autorisée\u00a0: il faut une adresse https publique, ou une adresse de WEBHOOK_TRUSTED_ORIGINS',
      'host not found': 'serveur introuvable',
      'host unreachable': 'serveur injoignable',
      'the name could not be looked up': 'le nom du serveur n’a pas pu être résolu',
      'connection refused': 'connexion refusée',
      'connection cut': 'connexion coupée',
      'invalid certificate': 'certificat non valable',
      'invalid certificate or no TLS connection': 'certificat non valable, ou pas de connexion TLS',
      'no answer in time': 'délai de réponse dépassé',
      'the answer is not HTTP': 'la réponse n’est pas au format HTTP',
      'the headers of the answer are too large': 'les en-têtes de la réponse sont trop longs',
      'the sending process was stopped': 'le processus d’envoi a été arrêté',
      'the request failed': 'la requête a échoué',
      'there is no secret to sign with': 'aucune clé de signature',
      'its address cannot be read with the present SECRET_KEY: put the earlier key back, or enter the address again':
        'adresse illisible avec la SECRET_KEY actuelle\u00a0: remettez l’ancienne clé, ou saisissez de nouveau l’adresse',
      'it cannot be read with the present SECRET_KEY': 'illisible avec la SECRET_KEY actuelle',
      'e-mail not sent: an address is not valid': 'e-mail non envoyé\u00a0: une adresse n’est pas valable',
      unsubscribed: 'désabonné',
      'the recipient has paused': 'le destinataire a suspendu ses messages',
      'the institute names the recipient as its contact no more':
        'l’institut ne nomme plus le destinataire parmi ses contacts',
    }),
  ),
};
