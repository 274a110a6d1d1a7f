/** Sentences about the second factor, with their French translation. */
export const SIGN_IN_SENTENCES: Record<string, string> = {
  'This session still waits for your passkey. Answer at /sign-in/passkey, and try again.':
    'Cette session attend encore votre clé d’accès. Répondez sur /sign-in/passkey, puis réessayez.',
  'Coordinators need a passkey here. Create yours at /sign-in/passkey/new, and try again.':
    'Ici, les coordinateurs ont besoin d’une clé d’accès. Créez la vôtre sur /sign-in/passkey/new, puis réessayez.',
  'Answer with a passkey of yours first.': 'Répondez d’abord avec une de vos clés d’accès.',
  'Passkeys are not used here.': 'Les clés d’accès ne sont pas utilisées ici.',
  'This person has no such session.': 'Cette personne n’a pas cette session.',
  'You have no such passkey.': 'Cette clé d’accès n’existe pas.',
  'This person has no passkeys.': 'Cette personne n’a pas de clé d’accès.',
  'Your own passkeys are removed one by one, on your account page.':
    'Vos propres clés d’accès se suppriment une par une, sur la page de votre compte.',
  'This is your only passkey, and coordinators need one here: add another first.':
    'C’est votre seule clé d’accès, et les coordinateurs en ont besoin ici\u00a0: ajoutez-en d’abord une autre.',
  'Nobody has more than {} passkeys: remove one first.':
    'Personne n’a plus de {} clés d’accès\u00a0: supprimez-en d’abord une.',
  'Nobody here has this address.': 'Personne n’a cette adresse ici.',
};
