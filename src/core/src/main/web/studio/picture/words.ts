import { language } from '../words';

const en = {
  changed: 'The image was changed',
  removed: 'The image was taken away',
  tooLarge: 'The image is too large: at most 16 MB.',
  offline: 'No connection. Nothing was changed.',
};

const fr: typeof en = {
  changed: 'L’image a été changée',
  removed: 'L’image a été retirée',
  tooLarge: 'L’image est trop grande : 16 Mo au plus.',
  offline: 'Pas de connexion. Rien n’a été modifié.',
};

export const words = language === 'fr' ? fr : en;
