/** What the frame says from scripts; pages bring their fixed words themselves. */
const en = {
  dismiss: 'Dismiss',
  undo: 'Undo',
  offline: 'The server does not answer. Check your connection and try again.',
  signedOut: 'You are not signed in any more. Sign in in another tab, then try again.',
  broken: 'That did not work, and it is not your fault. Try again in a moment.',
  now: 'just now',
};

export type Words = typeof en;

const fr: Words = {
  dismiss: 'Fermer',
  undo: 'Annuler',
  offline: 'Le serveur ne répond pas. Vérifiez votre connexion et réessayez.',
  signedOut: 'Vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis réessayez.',
  broken: 'Cela n’a pas fonctionné, et vous n’y êtes pour rien. Réessayez dans un instant.',
  now: 'à l’instant',
};

export const language = document.documentElement.lang.startsWith('fr') ? 'fr' : 'en';
export const words: Words = language === 'fr' ? fr : en;
