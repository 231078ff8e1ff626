import type { RegiePlayer } from '../../player/regie-player';

/** The player beside which people work. */
export class Stage {
  readonly media: HTMLMediaElement;

  private constructor(private readonly player: RegiePlayer) {
    this.media = player.querySelector('video, audio') as HTMLMediaElement;
  }

  /** Of the page; undefined where nothing plays yet. */
  static async find(): Promise<Stage | undefined> {
    const player = document.querySelector<RegiePlayer>('regie-player');
    if (!player?.querySelector('video, audio')) return undefined;
    await customElements.whenDefined('regie-player');
    return new Stage(player);
  }

  get time(): number {
    return Math.round(this.media.currentTime * 1000) / 1000;
  }

  /** Where a text stands clear of the controls. */
  lineAbove(text: string): number {
    return this.player.lineAbove(text);
  }

  seek(time: number): void {
    this.player.seek(time);
  }

  toggle(): void {
    this.player.togglePlay();
  }

  /** Plays a part and stops at its end. */
  play(start: number, end: number): void {
    const { media } = this;
    this.player.seek(start);
    const stop = () => {
      if (media.currentTime < end && !media.paused) return;
      media.removeEventListener('timeupdate', stop);
      if (media.currentTime >= end) media.pause();
    };
    if (media.paused) this.player.togglePlay();
    media.addEventListener('timeupdate', stop);
  }
}
