/** One picture inside a sprite sheet, shown while `start <= time < end`. */
export interface Frame {
  start: number;
  end: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

function seconds(stamp: string): number {
  return stamp.split(':').reduce((sum, part) => sum * 60 + Number.parseFloat(part), 0);
}

/** Reads the WebVTT of a storyboard; addresses are relative to the file itself. Lines it does not know are skipped. */
export function parseStoryboard(text: string, base: string): Frame[] {
  const frames: Frame[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (let i = 0; i + 1 < lines.length; i++) {
    const times = /^([\d:.]+)\s+-->\s+([\d:.]+)/.exec(lines[i] ?? '');
    const target = /^(.*)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)$/.exec((lines[i + 1] ?? '').trim());
    if (!times || !target) continue;
    const url = new URL(target[1] ?? '', base);
    if (url.origin !== new URL(base).origin) continue;
    frames.push({
      start: seconds(times[1] ?? '0'),
      end: seconds(times[2] ?? '0'),
      url: url.href,
      x: Number(target[2]),
      y: Number(target[3]),
      width: Number(target[4]),
      height: Number(target[5]),
    });
  }
  return frames;
}

/** Fetches its frames at the first question, once; a failure simply means no previews. */
export class Storyboard {
  private frames: Frame[] | undefined;
  private asked = false;

  constructor(private readonly url: string) {}

  /** `arrived` is called when frames are there, so that a pointer that rests gets its picture too. */
  load(arrived: () => void): void {
    if (this.asked) return;
    this.asked = true;
    const address = new URL(this.url, document.baseURI).href;
    fetch(address, { credentials: 'same-origin' })
      .then((response) => (response.ok ? response.text() : ''))
      .then((text) => {
        this.frames = parseStoryboard(text, address);
        arrived();
      })
      .catch(() => undefined);
  }

  at(time: number): Frame | undefined {
    const frames = this.frames;
    if (!frames || frames.length === 0) return undefined;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((frames[middle] as Frame).start <= time) low = middle;
      else high = middle - 1;
    }
    return frames[low];
  }
}
