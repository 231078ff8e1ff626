import type { Words } from './messages';

/** `1:02:03` or `2:03`, the way players write it everywhere. */
export function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** The same for screen readers: "1 hour 2 minutes 3 seconds". */
export function spoken(seconds: number, words: Words): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const parts: string[] = [];
  if (hours > 0) parts.push(words.spokenHours(hours));
  if (minutes > 0) parts.push(words.spokenMinutes(minutes));
  if (whole % 60 > 0 || parts.length === 0) parts.push(words.spokenSeconds(whole % 60));
  return parts.join(' ');
}
