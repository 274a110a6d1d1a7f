/** Sentences about what cannot be done at the moment, with their French translation. */
export const NOT_NOW_SENTENCES: Record<string, string> = {
  'The server is busy. Try again in a moment.': 'Le serveur est très sollicité. Réessayez dans un instant.',
  'Wait until one of your files has arrived, then ask for the next.':
    'Attendez d’avoir reçu l’un de vos fichiers avant d’en demander un autre.',
  'Too many of your requests are waiting: newer ones replaced this one.':
    'Trop de vos demandes sont en attente\u00a0: de plus récentes ont remplacé celle-ci.',
  'Too many requests. Try again in {}.': 'Trop de demandes. Réessayez dans {}.',
  'The connection was closed.': 'La connexion a été fermée.',
  'The database is not responding. Try again in a moment.':
    'La base de données ne répond pas. Réessayez dans un instant.',
  'The server has no disk space left, so nothing was saved. Its operator has to make room.':
    'Le serveur n’a plus d’espace disque\u00a0: rien n’a été enregistré. Son administrateur doit libérer de la place.',
};
