/** Something said, or a chapter. */
export interface Part {
  start: number;
  end: number;
  text: string;
}

/** What a cue says without its tags: the browser reads them, and only text is taken from what it made. */
export function textOf(cue: TextTrackCue): string {
  if (!(cue instanceof VTTCue)) return '';
  return cue.getCueAsHTML().textContent?.trim() ?? '';
}

/** The parts of a track, fetched by the browser even while nothing of it is shown; none when that fails. */
export function partsOf(element: HTMLTrackElement): Promise<Part[]> {
  const { track } = element;
  if (track.mode === 'disabled') track.mode = 'hidden';
  const read = (): Part[] =>
    [...(track.cues ?? [])].map((cue) => ({ start: cue.startTime, end: cue.endTime, text: textOf(cue) }));
  return new Promise((resolve) => {
    if (element.readyState === HTMLTrackElement.LOADED) return resolve(read());
    if (element.readyState === HTMLTrackElement.ERROR) return resolve([]);
    element.addEventListener('load', () => resolve(read()), { once: true });
    element.addEventListener('error', () => resolve([]), { once: true });
  });
}

/** The last that began, or -1. Parts are in the order of their starts. */
export function placeOf(parts: Part[], time: number): number {
  let low = -1;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // Where a seek lands a moment before the part that was meant.
    if ((parts[middle] as Part).start <= time + 0.05) low = middle;
    else high = middle - 1;
  }
  return low;
}
