import { moment } from '../editor/moments';
import { type Span, Strip } from '../editor/timeline';
import { icon, make } from '../dom';
import { words } from './words';

const CLOSEST = 2;
/** More would be specks. */
const MOST_SHOWN = 400;

/** What stands on the timeline: a part with an end, or a moment without. */
export interface Piece {
  start: number;
  end?: number;
  label: string;
}

export interface LaneHost<P extends Piece> {
  seek(time: number): void;
  chosen(piece: P): void;
  /** @param done whether the hand let go */
  moved(piece: P, start: number, end: number | undefined, done: boolean): void;
}

type Grip = 'body' | 'start' | 'end';

/** A timeline with pictures, a playhead and pieces to be moved. The lists beside it are the other way to each of them. */
export class Lane<P extends Piece> {
  readonly root = make('div', 'lane');
  private readonly strip = new Strip();
  private readonly track = make('div', 'lane-track');
  private readonly layer = make('div', 'lane-pieces');
  private readonly playhead = make('div', 'lane-playhead');
  private readonly overview = make('input', 'range-overview');
  private readonly nearer = make('button', 'button small square');
  private readonly farther = make('button', 'button small square');
  private readonly shown = new Map<P, HTMLElement>();
  private view: Span;
  private pieces: P[] = [];
  private selected: P | undefined;
  private now = 0;

  constructor(
    private readonly length: number,
    storyboard: string | undefined,
    private readonly host: LaneHost<P>,
    signal: AbortSignal,
  ) {
    this.view = { from: 0, to: length };
    this.track.dir = 'ltr';
    this.track.append(this.strip.element, this.layer, this.playhead);
    if (storyboard) this.strip.storyboard = storyboard;
    else this.track.classList.add('plain');
    this.overview.type = 'range';
    this.overview.min = '0';
    this.overview.step = 'any';
    this.overview.setAttribute('aria-label', words.view);
    this.overview.addEventListener('input', () => {
      const from = Number(this.overview.value);
      this.look(from, from + this.view.to - this.view.from);
    });
    this.zoomButton(this.farther, words.farther, 'zoom-out', 2);
    this.zoomButton(this.nearer, words.nearer, 'zoom-in', 0.5);
    const bar = make('div', 'lane-bar');
    const zoom = make('div', 'line');
    zoom.append(this.farther, this.nearer);
    bar.append(this.overview, zoom);
    this.root.append(this.track, bar);
    this.track.addEventListener('pointerdown', (event) => this.press(event));
    this.track.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(this.track);
    signal.addEventListener('abort', () => sizes.disconnect());
    // A long film is worked on minute by minute.
    if (length > 600) this.view = { from: 0, to: 120 };
  }

  show(pieces: P[], selected: P | undefined): void {
    this.pieces = pieces;
    if (selected && selected !== this.selected) this.reveal(selected.start);
    this.selected = selected;
    this.draw();
  }

  at(time: number, playing: boolean): void {
    this.now = time;
    if (playing) this.reveal(time);
    this.drawPlayhead();
  }

  private zoomButton(button: HTMLButtonElement, label: string, name: string, factor: number): void {
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    button.append(icon(name));
    button.addEventListener('click', () => this.zoom(factor, this.selected?.start ?? this.now));
  }

  private zoom(factor: number, around: number): void {
    const span = Math.min(this.length, Math.max(CLOSEST, (this.view.to - this.view.from) * factor));
    this.look(around - span / 2, around + span / 2);
  }

  private look(from: number, to: number): void {
    const span = Math.min(this.length, to - from);
    const begin = Math.max(0, Math.min(from, this.length - span));
    this.view = { from: begin, to: begin + span };
    this.draw();
  }

  private reveal(time: number): void {
    const { from, to } = this.view;
    if (time >= from && time <= to) return;
    const begin = time - (to - from) * 0.1;
    this.look(begin, begin + to - from);
  }

  private wheel(event: WheelEvent): void {
    const span = this.view.to - this.view.from;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.timeAt(event));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && span < this.length) {
      event.preventDefault();
      const by = (event.deltaX / this.track.clientWidth) * span;
      this.look(this.view.from + by, this.view.to + by);
    }
  }

  private timeAt(event: MouseEvent): number {
    const { left, width } = this.track.getBoundingClientRect();
    const time = this.view.from + ((event.clientX - left) / width) * (this.view.to - this.view.from);
    return Math.min(this.length, Math.max(0, time));
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const target = event.target as HTMLElement;
    const piece = [...this.shown].find(([, element]) => element.contains(target))?.[0];
    const released = new AbortController();
    const { signal } = released;
    this.track.setPointerCapture(event.pointerId);
    const begun = this.timeAt(event);
    let move: (time: number, done: boolean) => void;
    if (piece) {
      const grip = (target.dataset.grip ?? 'body') as Grip;
      const { start, end } = piece;
      let dragged = false;
      this.host.chosen(piece);
      move = (time, done) => {
        const by = time - begun;
        // A click is no move.
        if (!dragged && Math.abs(by) * (this.track.clientWidth / (this.view.to - this.view.from)) < 3) return;
        dragged = true;
        this.drag(piece, grip, start, end, by, done);
      };
    } else {
      this.host.seek(begun);
      move = (time) => this.host.seek(time);
    }
    this.track.classList.add('held');
    this.track.addEventListener('pointermove', (moved) => move(this.timeAt(moved), false), { signal });
    const release = (last: PointerEvent) => {
      released.abort();
      this.track.classList.remove('held');
      move(this.timeAt(last), true);
    };
    this.track.addEventListener('pointerup', release, { signal });
    this.track.addEventListener('pointercancel', release, { signal });
  }

  private drag(piece: P, grip: Grip, start: number, end: number | undefined, by: number, done: boolean): void {
    const milli = (time: number) => Math.round(time * 1000) / 1000;
    const long = (end ?? start) - start;
    if (grip === 'body') {
      const begin = milli(Math.max(0, Math.min(start + by, this.length - Math.max(long, 0.001))));
      this.host.moved(piece, begin, end === undefined ? undefined : milli(begin + long), done);
    } else if (grip === 'start' && end !== undefined) {
      this.host.moved(piece, milli(Math.max(0, Math.min(start + by, end - 0.1))), end, done);
    } else if (end !== undefined) {
      this.host.moved(piece, start, milli(Math.min(this.length, Math.max(end + by, start + 0.1))), done);
    }
  }

  private draw(): void {
    const span = this.view.to - this.view.from;
    const whole = span >= this.length - 1e-6;
    this.overview.hidden = whole;
    this.overview.max = String(this.length - span);
    this.overview.value = String(this.view.from);
    this.overview.setAttribute('aria-valuetext', moment(this.view.from));
    this.nearer.disabled = span <= CLOSEST + 1e-6;
    this.farther.disabled = whole;
    const visible = this.pieces
      .filter(({ start, end }) => start <= this.view.to && (end ?? start) >= this.view.from)
      .slice(0, MOST_SHOWN);
    for (const [piece, element] of this.shown) {
      if (visible.includes(piece)) continue;
      element.remove();
      this.shown.delete(piece);
    }
    for (const piece of visible) this.place(piece, span);
    this.strip.show(this.view);
    this.drawPlayhead();
  }

  private place(piece: P, span: number): void {
    let element = this.shown.get(piece);
    if (!element) {
      element = make('div', piece.end === undefined ? 'lane-pin' : 'lane-cue');
      element.append(make('span', 'lane-label'));
      if (piece.end !== undefined) {
        for (const grip of ['start', 'end']) {
          const handle = make('span', `lane-grip ${grip}`);
          handle.dataset.grip = grip;
          element.append(handle);
        }
      }
      this.shown.set(piece, element);
      this.layer.append(element);
    }
    const share = (time: number) => ((time - this.view.from) / span) * 100;
    element.style.setProperty('left', `${share(piece.start)}%`);
    if (piece.end !== undefined) element.style.setProperty('width', `${share(piece.end) - share(piece.start)}%`);
    element.classList.toggle('selected', piece === this.selected);
    const label = element.firstElementChild as HTMLElement;
    if (label.textContent !== piece.label) label.textContent = piece.label;
  }

  private drawPlayhead(): void {
    const share = (this.now - this.view.from) / (this.view.to - this.view.from);
    this.playhead.hidden = !(share >= 0 && share <= 1);
    this.playhead.style.setProperty('left', `${share * 100}%`);
  }
}
