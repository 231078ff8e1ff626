import { language, words } from './words';

const STEPS: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['minute', 60, 3600],
  ['hour', 3600, 86_400],
  ['day', 86_400, 7 * 86_400],
];
const EVERY = 20_000;

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const dated = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });

/** `3 minutes ago`, or a date once it is a week away. */
export function ago(when: Date, now = new Date()): string {
  const seconds = (when.getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < 45) return words.now;
  for (const [unit, size, end] of STEPS) {
    if (distance < end) return relative.format(Math.round(seconds / size), unit);
  }
  return (when.getFullYear() === now.getFullYear() ? short : dated).format(when);
}

export function refreshTimes(root: ParentNode = document): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    const when = new Date(time.dateTime);
    if (Number.isNaN(when.getTime())) continue;
    const text = ago(when);
    if (time.textContent !== text) time.textContent = text;
    if (!time.title) time.title = full.format(when);
  }
}

export function keepTimes(): void {
  refreshTimes();
  setInterval(refreshTimes, EVERY);
}
