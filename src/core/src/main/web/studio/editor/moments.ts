import { clock } from '../../player/time';

/** `1:02.345`: a moment of a video, to the thousandth of a second. */
export function moment(seconds: number): string {
  const thousandths = Math.max(0, Math.round(seconds * 1000));
  return `${clock(Math.floor(thousandths / 1000))}.${String(thousandths % 1000).padStart(3, '0')}`;
}

/** Reads `1:02:03.5`, `62,5` or `62.5`; NaN for what is none of these. */
export function readMoment(text: string): number {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d*)?$|^\.\d+$/.test(part))) return Number.NaN;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}
