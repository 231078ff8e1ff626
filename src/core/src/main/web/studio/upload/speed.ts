const WINDOW = 8000;

/** How fast bytes went lately, so that the time left neither jumps nor lies after a pause. */
export class Speed {
  private samples: { at: number; bytes: number }[] = [];

  reset(): void {
    this.samples = [];
  }

  add(bytes: number): void {
    const at = performance.now();
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && at - (this.samples[0]?.at ?? at) > WINDOW) this.samples.shift();
  }

  /** Bytes a second; 0 while unknown. */
  now(): number {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    if (!first || !last || last.at - first.at < 400) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }
}
