import { Source } from '../../player/source';
import { call } from '../api';
import { icon, make } from '../dom';
import { moment, readMoment } from './moments';
import { type Span, Strip } from './timeline';
import { words } from './words';

const USUAL_LENGTH = 3;
/** Nearer than this, single frames are wider than fingers. */
const CLOSEST = 0.5;

type Grip = 'start' | 'end' | 'both';

interface Article {
  playable: boolean;
  hlsUrl: string | null;
  storyboardUrl: string | null;
}

/**
 * A range of a video or sound, chosen by eye and ear: a strip of its pictures with two handles, the exact times, and the
 * range itself, played again and again. Works on two plain number fields, which stay what the form sends.
 */
class RegieRange extends HTMLElement {
  private start = 0;
  private end = 0;
  private length = 0;
  private frame = 0;
  private least = 0;
  private most = 0;
  private view: Span = { from: 0, to: 1 };

  private startField!: HTMLInputElement;
  private endField!: HTMLInputElement;
  private media!: HTMLVideoElement;
  private source: Source | undefined;
  private readonly strip = new Strip();
  private readonly track = make('div', 'range-track');
  private readonly window = make('div', 'range-window');
  private readonly handles: Record<'start' | 'end', HTMLElement> = {
    start: make('div', 'range-handle start'),
    end: make('div', 'range-handle end'),
  };
  private readonly shadeBefore = make('div', 'range-shade');
  private readonly shadeAfter = make('div', 'range-shade');
  private readonly playhead = make('div', 'range-playhead');
  private readonly times: Record<'start' | 'end', HTMLInputElement> = { start: make('input', 'input'), end: make('input', 'input') };
  private readonly measure = make('output', 'range-length');
  private readonly overview = make('input', 'range-overview');
  private readonly playButton = make('button', 'button range-play');
  private readonly muteButton = make('button', 'button square range-mute');
  private readonly nearer = make('button', 'button small square');
  private readonly farther = make('button', 'button small square');
  private readonly listening = new AbortController();
  private readonly sizes = new ResizeObserver(() => this.draw());
  private shown = 0;
  private built = false;

  connectedCallback(): void {
    const around = this.closest('details');
    if (this.built || !this.dataset.duration) return;
    // Nobody's video is fetched before somebody wants to choose from it.
    if (around && !around.open) {
      around.addEventListener('toggle', () => this.connectedCallback(), { once: true, signal: this.listening.signal });
      return;
    }
    this.built = true;
    this.build();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.listening.abort();
      this.sizes.disconnect();
      this.source?.close();
      if (this.built) this.media.pause();
    });
  }

  private get isVideo(): boolean {
    return this.dataset.kind === 'video';
  }

  private build(): void {
    const { duration, rate, least, most } = this.dataset;
    this.length = Number(duration);
    this.frame = 1 / (this.isVideo ? Number(rate) || 25 : 100);
    this.least = Math.min(this.length, Math.max(Number(least ?? 0), this.frame));
    this.most = Math.max(this.least, Math.min(most ? Number(most) : Infinity, this.length));
    this.view = { from: 0, to: this.length };
    this.startField = this.querySelector('[data-start]') as HTMLInputElement;
    this.endField = this.querySelector('[data-end]') as HTMLInputElement;
    const plain = this.startField.closest('.line') as HTMLElement;
    const box = make('div', 'range');
    box.append(this.stage(), this.strips(), this.bar());
    plain.before(box);
    for (const field of [this.startField, this.endField]) {
      field.type = 'hidden';
      box.append(field);
    }
    plain.remove();
    this.open(this.dataset.video ?? null, this.dataset.hls ?? null);
    if (this.dataset.storyboard) this.strip.storyboard = this.dataset.storyboard;
    if (!this.dataset.storyboard || !(this.dataset.video || this.dataset.hls)) this.awaitTheRest();
    this.sizes.observe(this.track);
    this.closest('details')?.addEventListener(
      'toggle',
      (event) => {
        if (!(event.target as HTMLDetailsElement).open) this.pause();
      },
      { signal: this.listening.signal },
    );
    const here = document.querySelector<HTMLVideoElement>('regie-player video, regie-player audio')?.currentTime ?? 0;
    const begin = this.snap(Math.min(here, Math.max(0, this.length - this.least)));
    this.choose(begin, begin + Math.min(this.most, Math.max(this.least, USUAL_LENGTH)), 'end');
    this.seek(this.start);
  }

  private stage(): HTMLElement {
    const stage = make('div', 'range-stage');
    this.media = make('video', 'range-screen');
    this.media.muted = true;
    this.media.playsInline = true;
    this.media.preload = 'auto';
    this.media.tabIndex = -1;
    this.media.setAttribute('aria-label', words.rangePreview);
    if (!this.isVideo) this.media.classList.add('sound');
    this.media.addEventListener('play', () => this.playing());
    this.media.addEventListener('pause', () => this.playing());
    this.media.addEventListener('ended', () => this.again());
    this.media.addEventListener('click', () => this.toggle());
    stage.append(this.media);
    return stage;
  }

  private strips(): HTMLElement {
    const box = make('div', 'range-strips');
    this.track.dir = 'ltr';
    this.window.append(this.playhead);
    this.track.append(this.strip.element, this.shadeBefore, this.shadeAfter, this.window, this.handles.start, this.handles.end);
    const sliders: [Grip, HTMLElement, string][] = [
      ['start', this.handles.start, words.rangeStart],
      ['end', this.handles.end, words.rangeEnd],
      ['both', this.window, words.rangeBoth],
    ];
    for (const [grip, slider, label] of sliders) {
      slider.tabIndex = 0;
      slider.setAttribute('role', 'slider');
      slider.setAttribute('aria-label', label);
      slider.setAttribute('aria-valuemin', '0');
      slider.setAttribute('aria-valuemax', String(this.length));
      slider.addEventListener('keydown', (event) => this.key(event, grip));
    }
    this.track.addEventListener('pointerdown', (event) => this.press(event));
    this.track.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.overview.type = 'range';
    this.overview.min = '0';
    this.overview.step = 'any';
    this.overview.setAttribute('aria-label', words.rangeView);
    this.overview.addEventListener('input', () => {
      const from = Number(this.overview.value);
      this.look(from, from + this.view.to - this.view.from);
    });
    box.append(this.track, this.overview);
    return box;
  }

  private bar(): HTMLElement {
    const bar = make('div', 'range-bar');
    this.playButton.type = 'button';
    this.playButton.addEventListener('click', () => this.toggle());
    this.muteButton.type = 'button';
    this.muteButton.addEventListener('click', () => {
      this.media.muted = !this.media.muted;
      this.playing();
    });
    const zoom = make('div', 'line range-zoom');
    this.button(this.farther, words.rangeFarther, 'zoom-out', () => this.zoom(2));
    this.button(this.nearer, words.rangeNearer, 'zoom-in', () => this.zoom(0.5));
    zoom.append(this.farther, this.nearer);
    this.measure.setAttribute('aria-label', words.rangeLength);
    const play = make('div', 'line range-playing');
    play.append(this.playButton, this.muteButton, this.measure);
    bar.append(play, this.exact('start', words.rangeFrom), this.exact('end', words.rangeTo), zoom);
    this.playing();
    return bar;
  }

  /** One end as text, with steps of one frame. */
  private exact(end: 'start' | 'end', label: string): HTMLElement {
    const box = make('div', 'range-exact');
    const field = this.times[end];
    field.id = `${this.startField.name}-${end}-${Math.random().toString(36).slice(2)}`;
    field.inputMode = 'decimal';
    field.autocomplete = 'off';
    field.spellcheck = false;
    const name = make('label', '', label);
    name.htmlFor = field.id;
    field.addEventListener('change', () => {
      const time = readMoment(field.value);
      if (!Number.isNaN(time)) this.choose(end === 'start' ? time : this.start, end === 'end' ? time : this.end, end);
      this.write();
      this.pauseAt(end);
    });
    // Otherwise the form around would be sent with the time before.
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      field.dispatchEvent(new Event('change'));
    });
    const back = make('button', 'button small square');
    const next = make('button', 'button small square');
    this.button(back, end === 'start' ? words.rangeStartBack : words.rangeEndBack, 'back', () => this.step(end, -1));
    this.button(next, end === 'start' ? words.rangeStartNext : words.rangeEndNext, 'next', () => this.step(end, 1));
    const here = make('button', 'button small', words.rangeHere);
    here.type = 'button';
    here.title = end === 'start' ? words.rangeStartHere : words.rangeEndHere;
    // Whoever says what stands there must reach it too.
    here.setAttribute('aria-label', `${words.rangeHere}: ${here.title}`);
    here.addEventListener('click', () => {
      const time = this.snap(this.media.currentTime);
      if (end === 'start') this.choose(time, this.end, 'start');
      else this.choose(this.start, time + this.frame, 'end');
    });
    const line = make('div', 'line');
    line.append(back, field, next, here);
    box.append(name, line);
    return box;
  }

  private button(button: HTMLButtonElement, label: string, name: string, act: () => void): void {
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    button.append(icon(name));
    button.addEventListener('click', act);
  }

  /** On the nearest frame. */
  private snap(time: number): number {
    return Math.min(this.length, Math.max(0, Math.round(time / this.frame) * this.frame));
  }

  /** The nearest frame before or after. */
  private next(time: number, direction: number): number {
    const at = time / this.frame;
    return this.snap((direction > 0 ? Math.floor(at + 1e-4) + 1 : Math.ceil(at - 1e-4) - 1) * this.frame);
  }

  /** Keeps what was meant within what is allowed; what moves pushes the other end along. */
  private choose(start: number, end: number, moved: Grip): void {
    if (moved === 'both') {
      const long = end - start;
      start = Math.max(0, Math.min(start, this.length - long));
      end = Math.min(this.length, start + long);
    } else if (moved === 'start') {
      start = Math.max(0, Math.min(start, this.length - this.least));
      end = Math.min(this.length, Math.max(start + this.least, Math.min(end, start + this.most)));
    } else {
      end = Math.min(this.length, Math.max(end, this.least));
      start = Math.max(0, Math.min(end - this.least, Math.max(start, end - this.most)));
    }
    if (start === this.start && end === this.end) return;
    this.start = start;
    this.end = end;
    this.write();
    this.draw();
    this.startField.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private write(): void {
    // Never later than what was chosen: a rounded end must not lie after the last frame.
    const micro = (time: number) => String(Math.floor(time * 1e6 + 1e-3) / 1e6);
    this.startField.value = micro(this.start);
    this.endField.value = micro(this.end);
    this.times.start.value = moment(this.start);
    this.times.end.value = moment(this.end);
    const frames = Math.round((this.end - this.start) / this.frame);
    const long = moment(this.end - this.start);
    this.measure.textContent = this.isVideo ? `${long} · ${words.rangeFrames(frames)}` : long;
  }

  private key(event: KeyboardEvent, grip: Grip): void {
    if (event.key === ' ') {
      event.preventDefault();
      this.toggle();
      return;
    }
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    const end = grip === 'end';
    if (direction !== undefined) {
      const far = event.shiftKey || event.key.startsWith('Page');
      this.move(grip, far ? direction : direction * this.frame, !far);
    } else if (event.key === 'Home') {
      this.move(grip, end ? this.start + this.least - this.end : -this.start);
    } else if (event.key === 'End') {
      this.move(grip, (grip === 'start' ? this.end - this.least : this.length) - (grip === 'start' ? this.start : this.end));
    } else return;
    event.preventDefault();
  }

  private step(end: 'start' | 'end', frames: number): void {
    this.move(end, frames * this.frame, true);
  }

  private move(grip: Grip, by: number, snapped = false): void {
    const to = (time: number) => (snapped ? this.next(time, Math.sign(by)) : time + by);
    if (grip === 'both') this.choose(this.start + by, this.end + by, grip);
    else this.choose(grip === 'start' ? to(this.start) : this.start, grip === 'end' ? to(this.end) : this.end, grip);
    this.reveal(grip === 'end' ? this.end : this.start);
    this.pauseAt(grip === 'end' ? 'end' : 'start');
  }

  private timeAt(event: PointerEvent): number {
    const { left, width } = this.strip.element.getBoundingClientRect();
    return this.view.from + ((event.clientX - left) / width) * (this.view.to - this.view.from);
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const target = event.target as Element;
    const grip: Grip = this.handles.start.contains(target) ? 'start' : this.handles.end.contains(target) ? 'end' : 'both';
    const held = grip === 'both' ? this.window : this.handles[grip];
    const played = !this.media.paused;
    if (grip === 'both' && !this.window.contains(target)) {
      const middle = this.timeAt(event) - (this.end - this.start) / 2;
      this.choose(this.snap(middle), this.snap(middle) + this.end - this.start, 'both');
    }
    event.preventDefault();
    held.focus({ preventScroll: true });
    const origin = grip === 'end' ? this.end : this.start;
    const grabbed = this.timeAt(event) - origin;
    const long = this.end - this.start;
    const released = new AbortController();
    const { signal } = released;
    this.track.setPointerCapture(event.pointerId);
    this.track.classList.add('held');
    this.pause();
    this.track.addEventListener(
      'pointermove',
      (moved) => {
        const time = this.snap(this.timeAt(moved) - grabbed);
        if (grip === 'both') this.choose(time, time + long, grip);
        else this.choose(grip === 'start' ? time : this.start, grip === 'end' ? time : this.end, grip);
        this.reveal(grip === 'end' ? this.end : this.start);
        this.pauseAt(grip === 'end' ? 'end' : 'start');
      },
      { signal },
    );
    const release = () => {
      released.abort();
      this.track.classList.remove('held');
      if (played) this.play();
    };
    this.track.addEventListener('pointerup', release, { signal });
    this.track.addEventListener('pointercancel', release, { signal });
    this.pauseAt(grip === 'end' ? 'end' : 'start');
  }

  private wheel(event: WheelEvent): void {
    const span = this.view.to - this.view.from;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8);
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && span < this.length) {
      event.preventDefault();
      const by = (event.deltaX / this.track.clientWidth) * span;
      this.look(this.view.from + by, this.view.to + by);
    }
  }

  private zoom(factor: number): void {
    const span = Math.min(this.length, Math.max(CLOSEST, (this.view.to - this.view.from) * factor));
    const middle = (this.start + this.end) / 2;
    this.look(middle - span / 2, middle + span / 2);
  }

  private look(from: number, to: number): void {
    const span = Math.min(this.length, to - from);
    const begin = Math.max(0, Math.min(from, this.length - span));
    this.view = { from: begin, to: begin + span };
    this.draw();
  }

  /** Brings a moment into view. */
  private reveal(time: number): void {
    const { from, to } = this.view;
    if (time < from) this.look(time, time + to - from);
    else if (time > to) this.look(time - (to - from), time);
  }

  private draw(): void {
    const span = this.view.to - this.view.from;
    const place = (time: number) => Math.min(1, Math.max(0, (time - this.view.from) / span));
    const [start, end] = [place(this.start), place(this.end)];
    this.track.style.setProperty('--start', String(start));
    this.track.style.setProperty('--end', String(end));
    const whole = span >= this.length - 1e-6;
    this.overview.hidden = whole;
    this.overview.max = String(this.length - span);
    this.overview.value = String(this.view.from);
    this.nearer.disabled = span <= CLOSEST + 1e-6;
    this.farther.disabled = whole;
    const sliders: [HTMLElement, number][] = [
      [this.handles.start, this.start],
      [this.handles.end, this.end],
      [this.window, this.start],
    ];
    for (const [slider, time] of sliders) {
      slider.setAttribute('aria-valuenow', String(Math.round(time * 1000) / 1000));
      slider.setAttribute('aria-valuetext', slider === this.window ? `${moment(this.start)} – ${moment(this.end)}` : moment(time));
    }
    this.strip.show(this.view);
    this.drawPlayhead();
  }

  private drawPlayhead(): void {
    const share = (this.media.currentTime - this.start) / (this.end - this.start);
    this.playhead.hidden = !(share >= 0 && share <= 1);
    this.playhead.style.setProperty('--at', String(share));
  }

  private open(video: string | null, hls: string | null): void {
    if (video) {
      this.media.src = video;
    } else if (hls) {
      this.source = new Source(this.media, hls, {
        variantsChanged: () => undefined,
        growingChanged: () => undefined,
        failed: () => undefined,
      });
      void this.source.open().then(() => this.source?.prepare());
    }
  }

  /** The form may be there before the video plays, or before its pictures are drawn. */
  private awaitTheRest(): void {
    const { signal } = this.listening;
    const look = async () => {
      const article = await call<Article>('GET', `/api/v1/media/${this.dataset.article}`).catch(() => undefined);
      if (!article || signal.aborted) return;
      if (article.storyboardUrl && !this.dataset.storyboard) {
        this.dataset.storyboard = article.storyboardUrl;
        this.strip.storyboard = article.storyboardUrl;
      }
      if (article.playable && article.hlsUrl && !this.dataset.video && !this.dataset.hls) {
        this.dataset.hls = article.hlsUrl;
        this.open(null, article.hlsUrl);
      }
    };
    document.addEventListener(
      'regie:hint',
      ({ detail }) => {
        const wanting = !this.dataset.storyboard || !(this.dataset.video || this.dataset.hls);
        if (wanting && detail.type === 'media' && detail.id === this.dataset.article) void look();
      },
      { signal },
    );
  }

  private seek(time: number): void {
    this.shown = time;
    const media = this.media;
    if (media.readyState === 0) {
      media.addEventListener('loadedmetadata', () => (media.currentTime = this.shown), { once: true });
      return;
    }
    media.currentTime = time;
    this.drawPlayhead();
  }

  /** In the middle of a frame, where no rounding leads to its neighbour. */
  private pauseAt(end: 'start' | 'end'): void {
    this.pause();
    this.seek(end === 'start' ? this.start + this.frame / 2 : Math.max(this.start, this.end - this.frame / 2));
  }

  private toggle(): void {
    if (this.media.paused) this.play();
    else this.pause();
  }

  private play(): void {
    if (this.media.currentTime < this.start || this.media.currentTime >= this.end - this.frame) this.seek(this.start);
    if (this.source) this.source.play();
    else this.media.play().catch(() => undefined);
  }

  private pause(): void {
    if (this.source) this.source.pause();
    else this.media.pause();
  }

  private again(): void {
    this.seek(this.start);
    this.play();
  }

  private playing(): void {
    const plays = !this.media.paused;
    this.playButton.replaceChildren(icon(plays ? 'pause' : 'play'), document.createTextNode(plays ? words.rangePause : words.rangePlay));
    this.muteButton.replaceChildren(icon(this.media.muted ? 'muted' : 'audio'));
    this.muteButton.title = this.media.muted ? words.rangeLoud : words.rangeMute;
    this.muteButton.setAttribute('aria-label', this.muteButton.title);
    if (plays) requestAnimationFrame(() => this.follow());
  }

  /** Back to the start at the end, for as long as it plays. */
  private follow(): void {
    if (this.media.paused || !this.isConnected) return;
    const at = this.media.currentTime;
    if (!this.media.seeking && (at >= this.end - this.frame / 4 || at < this.start - 0.5)) this.media.currentTime = this.start;
    this.drawPlayhead();
    requestAnimationFrame(() => this.follow());
  }
}

customElements.define('regie-range', RegieRange);
