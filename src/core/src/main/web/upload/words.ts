/** What the upload page says while it works. The page itself, in the same language, brings its fixed words. */
const en = {
  uploadCount: (n: number) => (n === 1 ? 'Upload 1 file' : `Upload ${n} files`),
  title: 'Title',
  titleHint: 'Leave empty to use the name in the file',
  visibility: 'Who may see it',
  remove: 'Remove',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Try again',
  watch: 'Watch',
  waiting: 'Waiting for its turn',
  starting: 'Starting…',
  uploading: 'Uploading',
  resumed: 'Continuing where it stopped',
  paused: 'Paused',
  pausedOffline: 'The connection is gone. The upload continues when it is back.',
  checking: 'Checking the file…',
  processing: 'Processing',
  playableProcessing: 'Plays already; better qualities follow',
  ready: 'Ready',
  stored: 'Stored',
  cancelled: 'Cancelled',
  progress: (done: string, total: string) => `${done} of ${total}`,
  perSecond: (size: string) => `${size}/s`,
  secondsLeft: (n: number) => (n < 2 ? 'almost done' : `${n} s left`),
  minutesLeft: (n: number) => (n === 1 ? '1 min left' : `${n} min left`),
  hoursLeft: (h: number, m: number) => `${h} h ${m} min left`,
  queued: (n: number) => (n <= 1 ? 'Next in line' : `Number ${n} in line`),
  speedFactor: (factor: string) => `${factor}× real time`,
  signedOut: 'You are not signed in any more. Sign in in another tab, then try again.',
  tooLarge: 'This file is larger than this site accepts.',
  noSpace: 'The server has no space left for this file.',
  lost: 'The upload could not be continued: the server did not answer. Try again in a moment.',
  empty: 'This file is empty.',
};

export type Words = typeof en;

const fr: Words = {
  uploadCount: (n) => (n === 1 ? 'Envoyer 1 fichier' : `Envoyer ${n} fichiers`),
  title: 'Titre',
  titleHint: 'Laisser vide pour reprendre le nom du fichier',
  visibility: 'Qui peut le voir',
  remove: 'Retirer',
  pause: 'Pause',
  resume: 'Reprendre',
  cancel: 'Annuler',
  retry: 'Réessayer',
  watch: 'Regarder',
  waiting: 'En attente de son tour',
  starting: 'Démarrage…',
  uploading: 'Envoi',
  resumed: 'Reprise là où il s’était arrêté',
  paused: 'En pause',
  pausedOffline: 'La connexion est coupée. L’envoi reprendra à son retour.',
  checking: 'Vérification du fichier…',
  processing: 'Traitement en cours',
  playableProcessing: 'Déjà lisible ; de meilleures qualités suivent',
  ready: 'Prêt',
  stored: 'Enregistré',
  cancelled: 'Annulé',
  progress: (done, total) => `${done} sur ${total}`,
  perSecond: (size) => `${size}/s`,
  secondsLeft: (n) => (n < 2 ? 'presque fini' : `encore ${n} s`),
  minutesLeft: (n) => `encore ${n} min`,
  hoursLeft: (h, m) => `encore ${h} h ${m} min`,
  queued: (n) => (n <= 1 ? 'Prochain de la file' : `Numéro ${n} de la file`),
  speedFactor: (factor) => `${factor}× la vitesse réelle`,
  signedOut: 'Vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis réessayez.',
  tooLarge: 'Ce fichier dépasse la taille acceptée par ce site.',
  noSpace: 'Le serveur n’a plus de place pour ce fichier.',
  lost: 'L’envoi n’a pas pu continuer : le serveur ne répond pas. Réessayez dans un instant.',
  empty: 'Ce fichier est vide.',
};

export const words: Words = document.documentElement.lang.startsWith('fr') ? fr : en;

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A size for people: `12.3 MB`. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit: units[unit],
    unitDisplay: unit === 0 ? 'narrow' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** A remaining time for people. */
export function left(seconds: number): string {
  if (seconds < 90) return words.secondsLeft(Math.round(seconds));
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? words.minutesLeft(minutes) : words.hoursLeft(Math.floor(minutes / 60), minutes % 60);
}
