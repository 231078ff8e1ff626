import { language } from '../words';

const en = {
  retry: '“{title}” waits to be tried again.',
  stop: '“{title}” stops and keeps what it has made.',
  cancel: '“{title}” is being cancelled.',
  retryFailed: { one: '{count} job waits to be tried again.', other: '{count} jobs wait to be tried again.' },
  noLog: 'Nothing was logged.',
  total: 'in these days',
};

const fr: typeof en = {
  retry: '« {title} » attend d’être relancée.',
  stop: '« {title} » s’arrête et garde ce qui est déjà produit.',
  cancel: '« {title} » est en cours d’annulation.',
  retryFailed: { one: '{count} tâche attend d’être relancée.', other: '{count} tâches attendent d’être relancées.' },
  noLog: 'Rien n’a été consigné.',
  total: 'sur ces jours',
};

export const words = language === 'fr' ? fr : en;

/** Fills a sentence. The words may hold anything: they stay text. */
export function say(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}

const plural = new Intl.PluralRules(language);

export function counted(forms: { one: string; other: string }, count: number): string {
  return say(plural.select(count) === 'one' ? forms.one : forms.other, { count: String(count) });
}
