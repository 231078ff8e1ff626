import { Storyboard } from '../../player/storyboard';
import { clock } from '../../player/time';
import { Problem, call, csrf, problemFrom } from '../api';
import { icon, make } from '../dom';
import { toast, toastProblem } from '../toasts';
import type { Article } from './article';
import { words } from './words';

const MOST_BYTES = 16 << 20;

type Poster = Pick<Article, 'posterUrl' | 'posterChosen'>;

/** The poster: an image of one's own, or a frame of the video. */
class RegiePoster extends HTMLElement {
  connectedCallback(): void {
    const line = this.querySelector<HTMLElement>('[data-script-only]');
    if (line) line.hidden = false;
    this.querySelector('[data-choose]')?.addEventListener('click', () => this.choose());
    this.querySelector('[data-upload]')?.addEventListener('click', () => this.pick());
    this.querySelector('[data-forget]')?.addEventListener('click', () =>
      void this.change(() => call<Poster>('DELETE', this.api)),
    );
  }

  private get api(): string {
    return `/api/v1/media/${this.dataset.article}/poster`;
  }

  private pick(): void {
    const input = make('input');
    input.type = 'file';
    input.accept = 'image/jpeg,image/png,image/webp,image/gif';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (!file) return;
      if (file.size > MOST_BYTES) toast(words.posterTooLarge, { bad: true });
      else void this.change(() => this.put(file));
    });
    input.click();
  }

  private async put(file: File): Promise<Poster> {
    const response = await fetch(this.api, {
      method: 'PUT',
      body: file,
      headers: { 'X-CSRF-Token': csrf(), 'Content-Type': file.type, Accept: 'application/json' },
    });
    if (!response.ok) {
      throw problemFrom(response.status, response.headers.get('Content-Type'), await response.text());
    }
    return (await response.json()) as Poster;
  }

  private async change(act: () => Promise<Poster>): Promise<boolean> {
    this.setAttribute('aria-busy', 'true');
    try {
      this.show(await act());
      toast(words.posterChosen);
      return true;
    } catch (failure) {
      toastProblem(failure instanceof TypeError ? new Problem(0, words.offline) : failure);
      return false;
    } finally {
      this.removeAttribute('aria-busy');
    }
  }

  private show({ posterUrl, posterChosen }: Poster): void {
    const frame = this.querySelector('.poster') as HTMLElement;
    if (posterUrl) {
      const image = make('img');
      image.src = posterUrl;
      image.alt = words.fields.poster ?? '';
      frame.replaceChildren(image);
      for (const video of document.querySelectorAll<HTMLVideoElement>('regie-player video')) video.poster = posterUrl;
    } else {
      frame.replaceChildren();
    }
    const forget = this.querySelector<HTMLElement>('[data-forget]');
    if (forget) forget.hidden = !posterChosen;
  }

  private choose(): void {
    const dialog = make('dialog', 'dialog wide');
    const title = make('h2', '', words.posterTitle);
    title.id = 'scrubber-title';
    dialog.setAttribute('aria-labelledby', title.id);
    const scrubber = document.createElement('regie-scrubber') as RegieScrubber;
    for (const [name, value] of Object.entries(this.dataset)) scrubber.dataset[name] = value;
    const buttons = make('div', 'dialog-actions');
    const cancel = make('button', 'button', words.cancel);
    const use = make('button', 'button primary', words.posterUse);
    cancel.type = use.type = 'button';
    cancel.addEventListener('click', () => dialog.close());
    use.addEventListener('click', () => {
      use.setAttribute('aria-busy', 'true');
      void this.change(() => call<Poster>('POST', this.api, { time: scrubber.time })).then((done) => {
        use.removeAttribute('aria-busy');
        if (done) dialog.close();
      });
    });
    buttons.append(cancel, use);
    dialog.append(title, scrubber, buttons);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** A time of a video, chosen by eye: the video itself where the browser has it, else the storyboard. */
class RegieScrubber extends HTMLElement {
  private readonly range = make('input', 'scrubber-range');
  private readonly label = make('output', 'scrubber-time');
  private readonly screen = make('div', 'scrubber-screen');
  private video: HTMLVideoElement | undefined;

  get time(): number {
    return Number(this.range.value);
  }

  connectedCallback(): void {
    const { duration, rate, storyboard, video } = this.dataset;
    const length = Number(duration ?? 0);
    const frame = 1 / (Number(rate) || 25);
    this.range.type = 'range';
    this.range.min = '0';
    this.range.max = String(Math.max(0, length - frame));
    this.range.step = 'any';
    this.range.value = String(length / 3);
    this.range.setAttribute('aria-label', words.posterTime);
    const controls = make('div', 'line scrubber-controls');
    controls.append(
      this.step(words.posterBack, 'back', -frame),
      this.range,
      this.step(words.posterForward, 'next', frame),
      this.label,
    );
    this.append(this.screen, controls);
    const board = storyboard ? new Storyboard(storyboard) : undefined;
    board?.load(() => this.draw(board));
    if (video) {
      this.video = make('video');
      this.video.muted = true;
      this.video.preload = 'auto';
      this.video.playsInline = true;
      this.video.src = video;
      this.screen.append(this.video);
    }
    this.range.addEventListener('input', () => this.draw(board));
    this.range.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -frame, ArrowDown: -frame, ArrowRight: frame, ArrowUp: frame }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.move(event.shiftKey ? Math.sign(step) : step);
    });
    this.draw(board);
  }

  private step(label: string, name: string, by: number): HTMLButtonElement {
    const button = make('button', 'button small square');
    button.type = 'button';
    button.setAttribute('aria-label', label);
    button.append(icon(name));
    button.addEventListener('click', () => this.move(by));
    return button;
  }

  private move(by: number): void {
    this.range.value = String(this.time + by);
    this.range.dispatchEvent(new Event('input'));
  }

  private draw(board: Storyboard | undefined): void {
    const hundredths = Math.floor((this.time % 1) * 100).toString().padStart(2, '0');
    this.label.textContent = `${clock(this.time)}.${hundredths}`;
    this.range.setAttribute('aria-valuetext', this.label.textContent);
    if (this.video) {
      this.video.currentTime = this.time;
      return;
    }
    const tile = board?.at(this.time);
    if (!tile) return;
    this.screen.style.setProperty('background-image', `url("${tile.url}")`);
    this.screen.style.setProperty('background-position', `-${tile.x}px -${tile.y}px`);
    this.screen.style.setProperty('inline-size', `${tile.width}px`);
    this.screen.style.setProperty('aspect-ratio', `${tile.width} / ${tile.height}`);
  }
}

customElements.define('regie-scrubber', RegieScrubber);
customElements.define('regie-poster', RegiePoster);
