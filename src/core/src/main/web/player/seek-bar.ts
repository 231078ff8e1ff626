import { element } from './dom';
import type { Words } from './messages';
import type { Frame, Storyboard } from './storyboard';
import { type Part, placeOf } from './texts';
import { clock, spoken } from './time';

const STEP = 5;
const WIDEST_PREVIEW = 176;

export interface SeekBarHost {
  end(): number;
  seek(time: number): void;
}

/** The time line: what is played, what is buffered, where a click would go, and how it looks there. */
export class SeekBar {
  readonly root: HTMLElement;
  private readonly buffered = element('div', { class: 'buffered' });
  private readonly played = element('div', { class: 'played' });
  private readonly thumb = element('div', { class: 'thumb' });
  private readonly picture = element('div', { class: 'picture' });
  private readonly stamp = element('div', { class: 'stamp' });
  private readonly chapter = element('div', { class: 'chapter-title', dir: 'auto' });
  private readonly preview = element(
    'div',
    { class: 'preview', 'aria-hidden': 'true' },
    this.picture,
    this.chapter,
    this.stamp,
  );
  private readonly marks = element('div', { class: 'marks', 'aria-hidden': 'true' });
  private chapters: Part[] = [];
  private marked = 0;
  private dragging = false;
  private hovered = 0;

  constructor(
    private readonly host: SeekBarHost,
    private readonly words: Words,
    private readonly storyboard: Storyboard | undefined,
  ) {
    this.root = element(
      'div',
      {
        class: 'seek',
        part: 'seek',
        role: 'slider',
        tabindex: '0',
        'aria-label': words.seek,
        'aria-valuemin': '0',
        'aria-valuemax': '0',
        'aria-valuenow': '0',
      },
      element('div', { class: 'line' }, this.buffered, this.played),
      this.marks,
      this.thumb,
      this.preview,
    );
    this.preview.hidden = true;
    this.root.addEventListener('pointerenter', () => this.loadStoryboard());
    this.root.addEventListener('pointermove', (event) => this.hover(event));
    this.root.addEventListener('pointerleave', () => {
      if (!this.dragging) this.preview.hidden = true;
    });
    this.root.addEventListener('pointerdown', (event) => this.grab(event));
    this.root.addEventListener('pointerup', (event) => this.release(event));
    this.root.addEventListener('pointercancel', (event) => this.release(event));
    this.root.addEventListener('keydown', (event) => this.key(event));
  }

  set parts(chapters: Part[]) {
    this.chapters = chapters;
    this.marked = 0;
  }

  isDragging(): boolean {
    return this.dragging;
  }

  update(media: HTMLMediaElement): void {
    const end = this.host.end();
    if (end !== this.marked) this.mark(end);
    if (!this.dragging) this.place(end > 0 ? media.currentTime / end : 0);
    this.root.setAttribute('aria-valuemax', String(Math.floor(end)));
    this.root.setAttribute('aria-valuenow', String(Math.floor(media.currentTime)));
    this.root.setAttribute(
      'aria-valuetext',
      this.words.position(spoken(media.currentTime, this.words), spoken(end, this.words)),
    );
    let reach = 0;
    for (let i = 0; i < media.buffered.length; i++) {
      if (media.buffered.start(i) <= media.currentTime + 0.5) reach = Math.max(reach, media.buffered.end(i));
    }
    this.buffered.style.setProperty('transform', `scaleX(${end > 0 ? Math.min(1, reach / end) : 0})`);
  }

  /** Where chapters begin; the beginning itself needs no mark. */
  private mark(end: number): void {
    this.marked = end;
    const inside = end > 0 ? this.chapters.filter(({ start }) => start > 0.5 && start < end) : [];
    this.marks.replaceChildren(
      ...inside.map(({ start }) => {
        const mark = element('div', { class: 'mark' });
        mark.style.setProperty('left', `${(start / end) * 100}%`);
        return mark;
      }),
    );
  }

  private place(fraction: number): void {
    const bounded = Math.min(1, Math.max(0, fraction));
    this.played.style.setProperty('transform', `scaleX(${bounded})`);
    this.thumb.style.setProperty('left', `${bounded * 100}%`);
  }

  private fraction(event: PointerEvent): number {
    const box = this.root.getBoundingClientRect();
    return box.width > 0 ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0 || this.host.end() <= 0) return;
    this.dragging = true;
    this.root.setPointerCapture(event.pointerId);
    this.loadStoryboard();
    this.place(this.fraction(event));
    this.hover(event);
  }

  private release(event: PointerEvent): void {
    if (!this.dragging) return;
    this.dragging = false;
    this.preview.hidden = true;
    if (event.type === 'pointerup') this.host.seek(this.fraction(event) * this.host.end());
  }

  private hover(event: PointerEvent): void {
    const end = this.host.end();
    if (end <= 0) return;
    const fraction = this.fraction(event);
    if (this.dragging) this.place(fraction);
    const time = fraction * end;
    this.stamp.textContent = clock(time);
    this.chapter.textContent = this.chapters[placeOf(this.chapters, time)]?.text ?? '';
    this.hovered = fraction;
    this.preview.hidden = false;
    this.show(this.storyboard?.at(time));
    this.centre();
  }

  private loadStoryboard(): void {
    this.storyboard?.load(() => {
      if (this.preview.hidden) return;
      this.show(this.storyboard?.at(this.hovered * this.host.end()));
      this.centre();
    });
  }

  private centre(): void {
    const box = this.root.getBoundingClientRect();
    const half = this.preview.offsetWidth / 2;
    const x = Math.min(Math.max(this.hovered * box.width, half), Math.max(half, box.width - half));
    this.preview.style.setProperty('left', `${x}px`);
  }

  private show(frame: Frame | undefined): void {
    this.picture.hidden = !frame;
    if (!frame) return;
    const scale = Math.min(WIDEST_PREVIEW, this.root.clientWidth * 0.34) / frame.width;
    const style = this.picture.style;
    style.setProperty('width', `${frame.width}px`);
    style.setProperty('height', `${frame.height}px`);
    style.setProperty('zoom', String(scale));
    style.setProperty('background-image', `url(${JSON.stringify(frame.url)})`);
    style.setProperty('background-position', `-${frame.x}px -${frame.y}px`);
  }

  private key(event: KeyboardEvent): void {
    const now = Number(this.root.getAttribute('aria-valuenow'));
    const targets: Record<string, number> = {
      ArrowLeft: now - STEP,
      ArrowDown: now - STEP,
      ArrowRight: now + STEP,
      ArrowUp: now + STEP,
      PageDown: now - 60,
      PageUp: now + 60,
      Home: 0,
      End: this.host.end(),
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.host.seek(target);
  }
}
