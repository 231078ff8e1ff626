import './regie-transcript';
import './waiting';
import { Captions, Chapters, aboveControls } from './captions';
import { element, iconButton, relabel } from './dom';
import { helpDialog } from './help';
import { icons } from './icons';
import { type Words, wordsFor } from './messages';
import css from './player.css?inline';
import { remember, remembered } from './preferences';
import { SeekBar } from './seek-bar';
import { SPEEDS, SettingsPanel } from './settings-panel';
import { type Failure, Source } from './source';
import { Storyboard } from './storyboard';
import { clock } from './time';

const HIDE_AFTER = 2600;
const SPINNER_AFTER = 350;

type IosVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/**
 * The player that themes place and style. Its markup is a plain `<video controls>` that works alone; this element takes
 * the controls over once it runs.
 *
 * Attributes: `hls`, `storyboard` (WebVTT with sprites), `poster`, `title`, `kind` (`video` or `audio`), `duration`
 * (seconds, shown before anything is fetched). Parts and custom properties for themes: `--regie-accent`,
 * `--regie-radius`, `::part(controls)`, `::part(big-play)`.
 */
export class RegiePlayer extends HTMLElement {
  private media!: HTMLMediaElement;
  private words!: Words;
  private source!: Source;
  private seekBar!: SeekBar;
  private panel!: SettingsPanel;
  private help!: HTMLDialogElement;
  private captions!: Captions;
  private chapters!: Chapters;
  private readonly listening = new AbortController();
  private quality = -1;
  private hideTimer: ReturnType<typeof setTimeout> | undefined;
  private spinnerTimer: ReturnType<typeof setTimeout> | undefined;
  private started = false;
  private built = false;
  private failure: Failure | undefined;

  private playButton!: HTMLButtonElement;
  private bigPlay!: HTMLButtonElement;
  private muteButton!: HTMLButtonElement;
  private volume!: HTMLInputElement;
  private time!: HTMLElement;
  private captionsButton!: HTMLButtonElement;
  private chaptersButton!: HTMLButtonElement;
  private settingsButton!: HTMLButtonElement;
  private pictureButton!: HTMLButtonElement;
  private fullscreenButton!: HTMLButtonElement;
  private notice!: HTMLElement;
  private spinner!: HTMLElement;
  private error!: HTMLElement;
  private errorText!: HTMLElement;
  private toast!: HTMLElement;

  connectedCallback(): void {
    if (this.built) return;
    const media = this.querySelector<HTMLMediaElement>('video, audio');
    if (!media) return;
    this.built = true;
    this.media = media;
    this.words = wordsFor(this);
    media.controls = false;
    media.removeAttribute('tabindex');
    if (media instanceof HTMLVideoElement) media.playsInline = true;
    const poster = this.getAttribute('poster');
    if (poster && media instanceof HTMLVideoElement && !media.poster) media.poster = poster;
    this.source = new Source(media, this.getAttribute('hls'), {
      variantsChanged: () => this.showQualities(),
      growingChanged: () => this.showState(),
      failed: (failure) => this.fail(failure),
    });
    this.captions = new Captions(media, () => this.showCaptions(), this.listening.signal);
    this.build();
    this.restoreVolume();
    this.listen();
    this.seekToAddress();
    this.showState();
    this.showTime();
    this.setAttribute('ready', '');
    void this.source.open();
  }

  disconnectedCallback(): void {
    // A move inside the document reconnects at once; only a real removal ends playback.
    queueMicrotask(() => {
      if (this.isConnected || !this.built) return;
      this.source.close();
      this.media.pause();
      this.listening.abort();
    });
  }

  private isVideo(): boolean {
    return this.media instanceof HTMLVideoElement && this.getAttribute('kind') !== 'audio';
  }

  private build(): void {
    const { words } = this;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', this.getAttribute('title') || words.player);
    if (!this.hasAttribute('tabindex')) this.tabIndex = -1;

    const storyboard = this.getAttribute('storyboard');
    this.seekBar = new SeekBar(
      { end: () => this.end(), seek: (time) => this.seek(time) },
      words,
      storyboard ? new Storyboard(storyboard) : undefined,
    );
    this.panel = new SettingsPanel(
      words,
      (level) => this.chooseQuality(level),
      (speed) => (this.media.playbackRate = speed),
      (track) => this.captions.choose(track),
    );
    this.chapters = new Chapters(words, (time) => this.seek(time));
    const speaks = this.isVideo() && this.captions.tracks.length > 0;
    this.help = helpDialog(words, this.isVideo(), speaks);
    this.playButton = iconButton('play', words.play, icons.play);
    this.bigPlay = iconButton('big-play', words.play, icons.play);
    this.muteButton = iconButton('mute', words.mute, icons.loud);
    this.volume = element('input', {
      class: 'volume',
      type: 'range',
      min: '0',
      max: '1',
      step: '0.05',
      'aria-label': words.volume,
    });
    this.time = element('div', { class: 'time', 'aria-hidden': 'true' });
    this.captionsButton = iconButton('captions', words.showCaptions, icons.captions);
    this.captionsButton.hidden = !speaks;
    this.chaptersButton = iconButton('chapters-button', words.chapters, icons.chapters);
    this.chaptersButton.setAttribute('aria-expanded', 'false');
    this.chaptersButton.setAttribute('aria-controls', 'chapters');
    this.chaptersButton.hidden = true;
    this.settingsButton = iconButton('settings', words.settings, icons.settings);
    this.settingsButton.setAttribute('aria-expanded', 'false');
    this.settingsButton.setAttribute('aria-controls', 'settings');
    const helpButton = iconButton('shortcuts', words.help, icons.help);
    this.pictureButton = iconButton('picture-in-picture', words.pictureInPicture, icons.picture);
    this.fullscreenButton = iconButton('fullscreen', words.fullscreen, icons.expand);
    this.notice = element('div', { class: 'notice', part: 'notice', role: 'status' });
    this.spinner = element('div', { class: 'spinner', role: 'status' }, element('span', { class: 'quiet' }, words.loading));
    this.spinner.hidden = true;
    this.errorText = element('p', {});
    const retry = element('button', { type: 'button', class: 'retry' }, words.retry);
    this.error = element('div', { class: 'error', part: 'error', role: 'alert' }, this.errorText, retry);
    this.errorText.insertAdjacentHTML('beforebegin', icons.warning);
    this.error.hidden = true;
    this.toast = element('div', { class: 'toast', role: 'status' });
    this.toast.hidden = true;

    this.playButton.addEventListener('click', () => this.togglePlay());
    this.bigPlay.addEventListener('click', () => {
      this.togglePlay();
      this.playButton.focus({ preventScroll: true });
    });
    this.muteButton.addEventListener('click', () => this.toggleMute());
    this.volume.addEventListener('input', () => this.setVolume(Number(this.volume.value)));
    this.captionsButton.addEventListener('click', () => this.toggleCaptions());
    this.chaptersButton.addEventListener('click', () => this.toggleChapters());
    this.settingsButton.addEventListener('click', () => this.toggleSettings());
    helpButton.addEventListener('click', () => this.help.showModal());
    this.pictureButton.addEventListener('click', () => void this.togglePicture());
    this.fullscreenButton.addEventListener('click', () => void this.toggleFullscreen());
    retry.addEventListener('click', () => {
      this.failure = undefined;
      this.error.hidden = true;
      this.source.retry();
      this.playButton.focus({ preventScroll: true });
    });

    const video = this.isVideo();
    this.fullscreenButton.hidden = !video || !(document.fullscreenEnabled || 'webkitEnterFullscreen' in this.media);
    this.pictureButton.hidden = !video || !document.pictureInPictureEnabled;

    const title = this.getAttribute('title');
    const stage = element('div', { class: 'stage', part: 'stage' }, element('slot', {}));
    const heading = element('div', { class: 'heading', 'aria-hidden': 'true' }, title ?? '');
    const controls = element(
      'div',
      { class: 'controls', part: 'controls' },
      this.seekBar.root,
      element(
        'div',
        { class: 'row' },
        this.playButton,
        this.muteButton,
        this.volume,
        this.time,
        element('div', { class: 'gap' }),
        helpButton,
        this.chaptersButton,
        this.captionsButton,
        this.settingsButton,
        this.pictureButton,
        this.fullscreenButton,
      ),
    );
    const frame = element(
      'div',
      { class: video ? 'frame video' : 'frame audio', dir: 'ltr' },
      stage,
      heading,
      this.notice,
      this.spinner,
      this.bigPlay,
      this.toast,
      controls,
      this.chapters.root,
      this.panel.root,
      this.error,
      this.help,
    );
    stage.addEventListener('click', () => this.stageClicked());
    stage.addEventListener('dblclick', () => {
      if (video && !matchMedia('(pointer: coarse)').matches) void this.toggleFullscreen();
    });
    root.append(frame);
    this.showQualities();
    this.showCaptions();
    this.panel.showSpeeds(this.media.playbackRate);
    void this.chapters.load(this.media).then((parts) => {
      this.seekBar.parts = parts;
      this.chaptersButton.hidden = parts.length === 0;
      this.showTime();
    });
  }

  private listen(): void {
    const { media } = this;
    const signal = this.listening.signal;
    const on = (name: string, handle: () => void) => media.addEventListener(name, handle, { signal });
    on('play', () => {
      this.started = true;
      this.source.prepare();
      this.showState();
      this.describeSession();
    });
    on('pause', () => this.showState());
    on('ended', () => this.showState());
    on('playing', () => this.showState());
    on('waiting', () => this.showState());
    on('stalled', () => this.showState());
    on('seeking', () => this.showState());
    on('seeked', () => this.showState());
    on('canplay', () => this.showState());
    on('emptied', () => this.showState());
    on('timeupdate', () => this.showTime());
    on('progress', () => this.showTime());
    on('loadedmetadata', () => this.showTime());
    on('durationchange', () => {
      // A growing media that stopped at its edge goes on when the edge moves.
      if (this.source.isGrowing() && media.ended) void media.play().catch(() => undefined);
      this.showTime();
    });
    on('volumechange', () => this.showVolume());
    on('ratechange', () => this.panel.showSpeeds(media.playbackRate));
    on('enterpictureinpicture', () => this.showPicture());
    on('leavepictureinpicture', () => this.showPicture());

    this.addEventListener('pointermove', () => this.wake(), { signal });
    this.addEventListener('pointerenter', () => this.source.prepare(), { signal });
    this.addEventListener('pointerleave', () => this.wake(600), { signal });
    this.addEventListener('focusin', () => this.wake(), { signal });
    this.addEventListener('keydown', (event) => this.key(event), { signal });
    document.addEventListener('fullscreenchange', () => this.showFullscreen(), { signal });
    document.addEventListener('keydown', (event) => this.documentKey(event), { signal });
    window.addEventListener('hashchange', () => this.seekToAddress(), { signal });
    document.addEventListener(
      'pointerdown',
      (event) => {
        const path = event.composedPath();
        if (!path.includes(this.panel.root) && !path.includes(this.settingsButton)) this.closeSettings(false);
        if (!path.includes(this.chapters.root) && !path.includes(this.chaptersButton)) this.closeChapters(false);
      },
      { signal },
    );
  }

  private end(): number {
    const known = this.source.end();
    if (known > 0) return known;
    const declared = Number(this.getAttribute('duration'));
    return Number.isFinite(declared) && declared > 0 ? declared : 0;
  }

  seek(time: number): void {
    const target = Math.min(Math.max(0, time), Math.max(0, this.end()));
    this.source.prepare();
    this.media.currentTime = target;
    this.showTime();
    this.wake();
  }

  /** Where a cue stands clear of the controls. */
  lineAbove(text: string): number {
    return aboveControls(this.media, text);
  }

  /** Addresses may name a moment of the page's media: `#t=83`. */
  private seekToAddress(): void {
    const time = /^#t=([0-9]{1,6}(\.[0-9]{1,3})?)$/.exec(location.hash)?.[1];
    if (time && document.querySelector('regie-player') === this) this.seek(Number(time));
  }

  togglePlay(): void {
    if (this.media.paused || this.media.ended) this.source.play();
    else this.source.pause();
  }

  private toggleMute(): void {
    this.media.muted = !this.media.muted;
    if (!this.media.muted && this.media.volume === 0) this.media.volume = 0.5;
    this.keepVolume();
  }

  private setVolume(volume: number): void {
    this.media.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
    this.media.muted = this.media.volume === 0;
    this.keepVolume();
  }

  private keepVolume(): void {
    remember({ volume: this.media.volume, muted: this.media.muted });
  }

  private restoreVolume(): void {
    const { volume, muted } = remembered();
    if (volume !== undefined) this.media.volume = volume;
    if (muted !== undefined) this.media.muted = muted;
    this.showVolume();
  }

  private chooseQuality(level: number): void {
    this.quality = level;
    this.source.choose(level);
    this.showQualities();
  }

  private changeSpeed(direction: 1 | -1): void {
    const now = SPEEDS.indexOf(this.media.playbackRate);
    const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (now < 0 ? SPEEDS.indexOf(1) : now) + direction))] ?? 1;
    this.media.playbackRate = next;
    this.say(`${next.toLocaleString()}×`);
  }

  private toggleSettings(): void {
    if (!this.panel.root.hidden) return this.closeSettings(true);
    this.closeChapters(false);
    this.panel.root.hidden = false;
    this.settingsButton.setAttribute('aria-expanded', 'true');
    this.panel.focus();
    this.wake();
  }

  private closeSettings(focus: boolean): void {
    if (this.panel.root.hidden) return;
    this.panel.root.hidden = true;
    this.settingsButton.setAttribute('aria-expanded', 'false');
    if (focus) this.settingsButton.focus();
    this.wake();
  }

  private toggleCaptions(): void {
    if (this.captionsButton.hidden) return;
    this.captions.toggle(this.closest('[lang]')?.getAttribute('lang') ?? 'en');
    const track = this.captions.tracks[this.captions.shown];
    this.say(track ? this.words.captionsNow(track.label || track.language) : this.words.captionsNone);
  }

  private showCaptions(): void {
    const { shown, tracks } = this.captions;
    this.panel.showCaptions(this.isVideo() ? tracks : [], shown);
    relabel(this.captionsButton, shown < 0 ? this.words.showCaptions : this.words.hideCaptions, icons.captions);
    this.captionsButton.toggleAttribute('data-on', shown >= 0);
  }

  private toggleChapters(): void {
    if (!this.chapters.root.hidden) return this.closeChapters(true);
    this.closeSettings(false);
    this.chapters.root.hidden = false;
    this.chaptersButton.setAttribute('aria-expanded', 'true');
    this.chapters.focus();
    this.wake();
  }

  private closeChapters(focus: boolean): void {
    if (this.chapters.root.hidden) return;
    this.chapters.root.hidden = true;
    this.chaptersButton.setAttribute('aria-expanded', 'false');
    if (focus) this.chaptersButton.focus();
    this.wake();
  }

  private async togglePicture(): Promise<void> {
    if (!(this.media instanceof HTMLVideoElement) || this.pictureButton.hidden) return;
    try {
      if (document.pictureInPictureElement === this.media) await document.exitPictureInPicture();
      else await this.media.requestPictureInPicture();
    } catch {
      // Refused before the first frame arrived; the button stays for later.
    }
  }

  private async toggleFullscreen(): Promise<void> {
    if (this.fullscreenButton.hidden) return;
    try {
      if (document.fullscreenElement === this) await document.exitFullscreen();
      else if (this.requestFullscreen) await this.requestFullscreen();
      else (this.media as IosVideo).webkitEnterFullscreen?.();
    } catch {
      // The page forbids it (an embedding frame without permission).
    }
  }

  private stageClicked(): void {
    this.closeSettings(false);
    this.closeChapters(false);
    // On touch the first tap only brings the controls back, so that nobody pauses by looking at the time.
    if (matchMedia('(pointer: coarse)').matches && this.started && this.hasAttribute('idle')) this.wake();
    else this.togglePlay();
  }

  private fail(failure: Failure): void {
    this.failure = failure;
    const sentences: Record<Failure, string> = {
      network: this.words.errorNetwork,
      missing: this.words.errorMissing,
      decode: this.words.errorDecode,
      unsupported: this.words.errorUnsupported,
    };
    this.errorText.textContent = sentences[failure];
    this.error.hidden = false;
    this.showState();
  }

  private say(text: string): void {
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.toast.getAnimations().forEach((animation) => animation.cancel());
    setTimeout(() => {
      if (this.toast.textContent === text) this.toast.hidden = true;
    }, 900);
  }

  private wake(after = HIDE_AFTER): void {
    this.idle(false);
    clearTimeout(this.hideTimer);
    this.hideTimer = setTimeout(() => {
      const keyboard = this.shadowRoot?.activeElement?.matches(':focus-visible') ?? false;
      const busy = !this.panel.root.hidden || !this.chapters.root.hidden || this.seekBar.isDragging() || this.help.open;
      if (this.isVideo() && !this.media.paused && !busy && !keyboard) this.idle(true);
    }, after);
  }

  private idle(idle: boolean): void {
    this.toggleAttribute('idle', idle);
    this.captions.above = !idle && this.isVideo();
  }

  private showState(): void {
    const { media, words } = this;
    const playing = !media.paused && !media.ended;
    const [label, icon] = playing
      ? [words.pause, icons.pause]
      : media.ended
        ? [words.replay, icons.replay]
        : [words.play, icons.play];
    relabel(this.playButton, label, icon);
    relabel(this.bigPlay, label, icon);
    this.bigPlay.hidden = playing || this.failure !== undefined || !this.isVideo();
    this.toggleAttribute('playing', playing);
    this.toggleAttribute('started', this.started);

    const atEdge = this.source.isGrowing() && this.started && media.currentTime > 0 && this.end() - media.currentTime < 1;
    const starved = media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    const waiting = playing && (starved || media.seeking) && !atEdge && this.failure === undefined;
    if (!waiting) {
      clearTimeout(this.spinnerTimer);
      this.spinnerTimer = undefined;
      this.spinner.hidden = true;
    } else if (this.spinnerTimer === undefined) {
      this.spinnerTimer = setTimeout(() => (this.spinner.hidden = false), SPINNER_AFTER);
    }
    const notice = this.source.isGrowing() ? (atEdge && starved ? words.caughtUp : words.growing) : '';
    if (this.notice.textContent !== notice) this.notice.textContent = notice;
    this.notice.hidden = notice === '';
    if (playing) this.wake();
    else this.idle(false);
  }

  private showTime(): void {
    this.seekBar.update(this.media);
    const end = this.end();
    const text = end > 0 ? `${clock(this.media.currentTime)} / ${clock(end)}` : clock(this.media.currentTime);
    if (this.time.textContent !== text) this.time.textContent = text;
    const chapter = this.chapters.at(this.media.currentTime);
    if (chapter !== undefined) {
      const label = chapter ? this.words.chapterNow(chapter) : this.words.chapters;
      relabel(this.chaptersButton, label, icons.chapters);
    }
    if (this.source.isGrowing()) this.showState();
  }

  private showVolume(): void {
    const silent = this.media.muted || this.media.volume === 0;
    relabel(this.muteButton, silent ? this.words.unmute : this.words.mute, silent ? icons.muted : icons.loud);
    const level = silent ? 0 : this.media.volume;
    this.volume.value = String(level);
    this.volume.style.setProperty('--level', `${level * 100}%`);
  }

  private showQualities(): void {
    const variants = this.source.variants();
    const now = this.source.currentHeight();
    const auto = this.quality < 0 && now > 0 ? this.words.autoNow(`${now}p`) : this.words.auto;
    this.panel.showQualities(
      [{ value: -1, label: auto }, ...variants.map(({ level, height }) => ({ value: level, label: `${height}p` }))],
      this.quality,
    );
  }

  private showPicture(): void {
    const inside = document.pictureInPictureElement === this.media;
    relabel(
      this.pictureButton,
      inside ? this.words.leavePictureInPicture : this.words.pictureInPicture,
      icons.picture,
    );
  }

  private showFullscreen(): void {
    const full = document.fullscreenElement === this;
    this.toggleAttribute('full', full);
    relabel(
      this.fullscreenButton,
      full ? this.words.leaveFullscreen : this.words.fullscreen,
      full ? icons.shrink : icons.expand,
    );
  }

  private describeSession(): void {
    if (!('mediaSession' in navigator)) return;
    const artwork = this.getAttribute('poster');
    navigator.mediaSession.metadata = new MediaMetadata({
      title: this.getAttribute('title') ?? document.title,
      artwork: artwork ? [{ src: new URL(artwork, document.baseURI).href }] : [],
    });
    navigator.mediaSession.setActionHandler('seekbackward', () => this.seek(this.media.currentTime - 10));
    navigator.mediaSession.setActionHandler('seekforward', () => this.seek(this.media.currentTime + 10));
  }

  /** Keys also work while nothing has the focus, for the first player of the page. */
  private documentKey(event: KeyboardEvent): void {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    if (document.querySelector('regie-player') === this) this.key(event);
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.open) return;
    const target = event.composedPath()[0] as HTMLElement;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === 'Escape' && !this.chapters.root.hidden) {
      event.preventDefault();
      return this.closeChapters(true);
    }
    if (key === 'Escape' && !this.panel.root.hidden) {
      event.preventDefault();
      return this.closeSettings(true);
    }
    const input = target instanceof HTMLInputElement;
    if (input && (key.startsWith('Arrow') || key === ' ')) return;
    if (target instanceof HTMLButtonElement && (key === ' ' || key === 'Enter')) return;
    if (/^[0-9]$/.test(key)) {
      event.preventDefault();
      return this.seek((this.end() * Number(key)) / 10);
    }
    const actions: Record<string, () => void> = {
      ' ': () => this.togglePlay(),
      k: () => this.togglePlay(),
      ArrowLeft: () => this.seek(this.media.currentTime - 5),
      ArrowRight: () => this.seek(this.media.currentTime + 5),
      j: () => this.seek(this.media.currentTime - 10),
      l: () => this.seek(this.media.currentTime + 10),
      ArrowUp: () => this.louder(0.05),
      ArrowDown: () => this.louder(-0.05),
      m: () => this.toggleMute(),
      c: () => this.toggleCaptions(),
      f: () => void this.toggleFullscreen(),
      i: () => void this.togglePicture(),
      '<': () => this.changeSpeed(-1),
      '>': () => this.changeSpeed(1),
      '?': () => this.help.showModal(),
    };
    const action = actions[key];
    if (!action) return;
    event.preventDefault();
    action();
    this.wake();
  }

  private louder(step: number): void {
    this.setVolume((this.media.muted ? 0 : this.media.volume) + step);
    this.say(`${this.words.volume} ${Math.round(this.media.volume * 100)} %`);
  }
}

if (!customElements.get('regie-player')) customElements.define('regie-player', RegiePlayer);
