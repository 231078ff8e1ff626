import type Hls from 'hls.js';
import type { ErrorData, Level } from 'hls.js';

/** Why nothing plays, in the four ways a viewer can act on. */
export type Failure = 'network' | 'missing' | 'decode' | 'unsupported';

/** One quality a viewer can choose. */
export interface Variant {
  level: number;
  /** The short side, so that a portrait 1080x1920 is called 1080p like its landscape sister. */
  height: number;
}

export interface SourceListener {
  /** The list of variants, or the one that plays, changed. */
  variantsChanged(): void;
  /** More of the media is still being made (`true`), or it is whole now. */
  growingChanged(growing: boolean): void;
  failed(failure: Failure): void;
}

const RETRIES = 4;

/**
 * Feeds one media element: HLS through hls.js where Media Source Extensions exist, the browser's own HLS where they do
 * not, the progressive file of the page where neither helps. It retries what time can heal and reports the rest.
 */
export class Source {
  private hls: Hls | undefined;
  private engine: typeof Hls | undefined;
  private readonly progressive: string | null;
  private growing = false;
  private loading = false;
  private wantsToPlay = false;
  private networkErrors = 0;
  private mediaErrors = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly media: HTMLMediaElement,
    private readonly url: string | null,
    private readonly listener: SourceListener,
  ) {
    this.progressive = media.getAttribute('src') ?? media.querySelector('source')?.getAttribute('src') ?? null;
  }

  async open(): Promise<void> {
    if (!this.url) {
      this.media.addEventListener('error', this.nativeError);
      return;
    }
    const at = this.media.currentTime;
    const playing = !this.media.paused;
    if ('MediaSource' in window || 'ManagedMediaSource' in window) {
      try {
        this.engine = (await import('hls.js')).default;
      } catch {
        return this.fallBack('network', at, playing);
      }
      if (this.closed) return;
      if (this.engine.isSupported()) {
        this.attach(this.media.currentTime, !this.media.paused || this.wantsToPlay);
        return;
      }
    }
    if (this.media.canPlayType('application/vnd.apple.mpegurl')) {
      this.media.addEventListener('error', this.nativeError);
      this.useAddress(this.url, at, playing || this.wantsToPlay);
      return;
    }
    this.fallBack('unsupported', at, playing || this.wantsToPlay);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.hls?.destroy();
    this.hls = undefined;
    this.media.removeEventListener('error', this.nativeError);
  }

  /** Plays as soon as there is something to play, also when called before hls.js arrived. */
  play(): void {
    this.wantsToPlay = true;
    this.prepare();
    if (this.url && !this.hls && !this.media.currentSrc && !this.media.getAttribute('src')) return;
    this.media.play().catch((problem: unknown) => {
      // The browser wants a gesture of its own, or a new source replaced this one: the play button stays.
      if (problem instanceof DOMException && problem.name === 'NotSupportedError' && !this.hls) this.nativeError();
    });
  }

  pause(): void {
    this.wantsToPlay = false;
    this.media.pause();
  }

  /** Fetches the first segments; called when a viewer is about to play. */
  prepare(): void {
    if (this.hls && !this.loading && this.hls.levels.length > 0) {
      this.loading = true;
      this.hls.startLoad(this.media.currentTime || 0);
    }
  }

  retry(): void {
    this.networkErrors = 0;
    this.mediaErrors = 0;
    this.wantsToPlay = true;
    const at = this.media.currentTime;
    if (this.engine && this.url) this.attach(at, true);
    else if (this.url && !this.engine) void this.open();
    else {
      this.media.load();
      this.media.currentTime = at;
      this.play();
    }
  }

  /** Where playback could go to, in seconds; 0 while unknown. */
  end(): number {
    const { duration, seekable } = this.media;
    if (Number.isFinite(duration) && duration > 0) return duration;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
  }

  isGrowing(): boolean {
    return this.growing;
  }

  variants(): Variant[] {
    const best = new Map<number, { level: number; bitrate: number }>();
    (this.hls?.levels ?? []).forEach((level: Level, index: number) => {
      const height = Math.min(level.width || level.height, level.height);
      const known = best.get(height);
      if (height > 0 && (!known || known.bitrate < level.bitrate)) best.set(height, { level: index, bitrate: level.bitrate });
    });
    return [...best].map(([height, { level }]) => ({ level, height })).sort((a, b) => b.height - a.height);
  }

  /** The height that is on screen now. */
  currentHeight(): number {
    const level = this.hls && this.hls.currentLevel >= 0 ? this.hls.levels[this.hls.currentLevel] : undefined;
    return level ? Math.min(level.width || level.height, level.height) : 0;
  }

  /** Shows one variant, or -1 to let the connection decide. */
  choose(level: number): void {
    if (this.hls) this.hls.nextLevel = level;
  }

  private attach(at: number, play: boolean): void {
    const Engine = this.engine;
    if (!Engine || !this.url) return;
    clearTimeout(this.timer);
    this.hls?.destroy();
    this.loading = false;
    this.wantsToPlay = play;
    if (this.media.hasAttribute('src')) this.media.removeAttribute('src');
    const hls = new Engine({
      autoStartLoad: false,
      startPosition: at,
      capLevelToPlayerSize: true,
      backBufferLength: 60,
      // Our segments are fragmented MP4: there is nothing to transmux, so a worker would only add a start-up cost.
      enableWorker: false,
      lowLatencyMode: false,
      // Pages bring captions as tracks, which work before and without it; twice would be once too often.
      subtitleTrackController: undefined,
      subtitleStreamController: undefined,
      timelineController: undefined,
    });
    this.hls = hls;
    hls.on(Engine.Events.MANIFEST_PARSED, () => {
      this.listener.variantsChanged();
      if (this.wantsToPlay) {
        this.prepare();
        this.media.play().catch(() => undefined);
      }
    });
    hls.on(Engine.Events.LEVEL_SWITCHED, () => this.listener.variantsChanged());
    hls.on(Engine.Events.LEVEL_LOADED, (_event, { details }) => this.grow(details.live));
    hls.on(Engine.Events.FRAG_BUFFERED, () => {
      this.networkErrors = 0;
    });
    hls.on(Engine.Events.ERROR, (_event, data) => this.hlsError(data));
    hls.loadSource(this.url);
    hls.attachMedia(this.media);
  }

  private grow(growing: boolean): void {
    if (growing === this.growing) return;
    this.growing = growing;
    this.listener.growingChanged(growing);
  }

  private hlsError(data: ErrorData): void {
    if (!data.fatal || !this.engine || !this.hls) return;
    const at = this.media.currentTime;
    const playing = this.wantsToPlay || !this.media.paused;
    if (data.type === this.engine.ErrorTypes.NETWORK_ERROR) {
      const status = data.response?.code ?? 0;
      const gone = status === 404 || status === 403 || status === 410;
      this.networkErrors++;
      // A lost attempt or a moved rendition answers 404 once; the list that names its successor is fetched again.
      if (this.networkErrors <= (gone ? 1 : RETRIES)) {
        this.timer = setTimeout(() => this.attach(at, playing), 500 * 2 ** this.networkErrors);
        return;
      }
      this.fallBack(gone ? 'missing' : 'network', at, playing);
      return;
    }
    if (data.type === this.engine.ErrorTypes.MEDIA_ERROR && this.mediaErrors++ < 2) {
      this.hls.recoverMediaError();
      if (playing) this.media.play().catch(() => undefined);
      return;
    }
    this.fallBack('decode', at, playing);
  }

  private fallBack(failure: Failure, at: number, playing: boolean): void {
    this.hls?.destroy();
    this.hls = undefined;
    this.loading = false;
    this.grow(false);
    this.listener.variantsChanged();
    // Without a network the progressive file would fail too, and would lose the place.
    if (this.progressive && failure !== 'network') {
      this.media.addEventListener('error', this.nativeError);
      this.useAddress(this.progressive, at, playing);
      return;
    }
    this.listener.failed(failure);
  }

  private useAddress(address: string, at: number, play: boolean): void {
    if (this.media.getAttribute('src') !== address) this.media.src = address;
    if (at > 0) {
      this.media.addEventListener('loadedmetadata', () => (this.media.currentTime = at), { once: true });
    }
    if (play) this.media.play().catch(() => undefined);
  }

  private readonly nativeError = (): void => {
    const code = this.media.error?.code;
    if (code === MediaError.MEDIA_ERR_NETWORK) this.listener.failed('network');
    else if (code === MediaError.MEDIA_ERR_DECODE) this.listener.failed('decode');
    else if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED) this.listener.failed('missing');
  };
}
