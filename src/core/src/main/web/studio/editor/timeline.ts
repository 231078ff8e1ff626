import { type Frame, Storyboard } from '../../player/storyboard';
import { make } from '../dom';

export interface Span {
  from: number;
  to: number;
}

/** A strip of pictures of a video, drawn for the part of it that is in view. */
export class Strip {
  readonly element = make('canvas', 'range-strip');
  private readonly sheets = new Map<string, HTMLImageElement>();
  private board: Storyboard | undefined;
  private view: Span = { from: 0, to: 1 };

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
  }

  set storyboard(url: string) {
    this.board = new Storyboard(url);
    this.board.load(() => this.draw());
  }

  show(view: Span): void {
    this.view = view;
    this.draw();
  }

  draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    const paint = this.element.getContext('2d');
    if (!paint || width === 0 || height === 0) return;
    const scale = window.devicePixelRatio || 1;
    this.element.width = Math.round(width * scale);
    this.element.height = Math.round(height * scale);
    const first = this.board?.at(this.view.from);
    if (!first) return;
    paint.scale(scale, scale);
    // As many whole pictures as there is room for, each as it is in the middle of its place.
    const count = Math.max(1, Math.round(width / ((first.width / first.height) * height)));
    const each = width / count;
    for (let i = 0; i < count; i++) {
      const time = this.view.from + ((i + 0.5) / count) * (this.view.to - this.view.from);
      const frame = this.board?.at(time);
      const sheet = frame && this.sheet(frame);
      if (sheet) this.cover(paint, sheet, frame, i * each, each, height);
    }
  }

  private cover(paint: CanvasRenderingContext2D, sheet: CanvasImageSource, frame: Frame, x: number, width: number, height: number): void {
    const wide = Math.min(frame.width, (frame.height * width) / height);
    const high = Math.min(frame.height, (frame.width * height) / width);
    const left = frame.x + (frame.width - wide) / 2;
    const top = frame.y + (frame.height - high) / 2;
    paint.drawImage(sheet, left, top, wide, high, x, 0, width + 0.5, height);
  }

  private sheet({ url }: Frame): HTMLImageElement | undefined {
    let sheet = this.sheets.get(url);
    if (!sheet) {
      sheet = new Image();
      sheet.addEventListener('load', () => this.draw(), { once: true });
      sheet.src = url;
      this.sheets.set(url, sheet);
    }
    return sheet.complete && sheet.naturalWidth > 0 ? sheet : undefined;
  }
}
