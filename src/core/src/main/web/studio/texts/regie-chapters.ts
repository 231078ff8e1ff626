import { send } from '../api';
import { icon, make } from '../dom';
import { moment, readMoment } from '../editor/moments';
import { toastProblem } from '../toasts';
import { Lane, type Piece } from './lane';
import { Saving } from './saving';
import { Stage } from './stage';
import { words } from './words';

interface Sent {
  start: number;
  title: string;
}

interface Chapter extends Piece, Sent {}

interface Row {
  item: HTMLLIElement;
  time: HTMLInputElement;
  title: HTMLInputElement;
  wrong: HTMLElement;
}

/** The chapters of an article: a list of starts and titles, and the same as pins on a timeline. */
class RegieChapters extends HTMLElement {
  private chapters: Chapter[] = [];
  private selected: Chapter | undefined;
  private stage: Stage | undefined;
  private lane: Lane<Chapter> | undefined;
  private saving!: Saving<{ items: Sent[] }>;
  private readonly rows = new Map<Chapter, Row>();
  private readonly list = make('ol', 'chapter-list');
  private readonly note = make('div', 'texts-note');
  private readonly listening = new AbortController();
  private built = false;

  async connectedCallback(): Promise<void> {
    if (this.built) return;
    this.built = true;
    this.stage = await Stage.find();
    this.saving = new Saving(
      this.api,
      { value: () => this.value(), reload: () => this.load() },
      this.note,
      this.listening.signal,
    );
    try {
      await this.load();
    } catch (failure) {
      toastProblem(failure);
      return;
    }
    this.build();
    this.setAttribute('ready', '');
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.listening.abort();
    });
  }

  private get api(): string {
    return `/api/v1/media/${this.dataset.article}/chapters`;
  }

  private async load(): Promise<void> {
    const { body, headers } = await send<{ items: Sent[] }>('GET', this.api);
    this.saving.tag = headers.get('ETag') ?? '';
    this.chapters = body.items.map((item) => ({ ...item, label: item.title }));
    this.selected = undefined;
    this.rows.clear();
    if (this.list.isConnected) this.show();
  }

  private value(): { items: Sent[] } | undefined {
    if (this.chapters.some((chapter) => this.problemOf(chapter) !== '')) return undefined;
    return { items: this.chapters.map(({ start, title }) => ({ start, title })) };
  }

  private problemOf(chapter: Chapter): string {
    if (chapter.title.trim() === '') return words.chapterMissing;
    const twice = this.chapters.some((other) => other !== chapter && Math.abs(other.start - chapter.start) < 0.001);
    return twice ? words.chapterTwice : '';
  }

  private build(): void {
    const { signal } = this.listening;
    const add = make('button', 'button');
    add.type = 'button';
    add.append(icon('plus'), words.chapterAdd);
    add.addEventListener('click', () => this.add());
    const bar = make('div', 'texts-bar');
    bar.append(add);
    this.replaceChildren(this.note, this.list, bar);
    const place = document.getElementById('lane');
    if (this.stage && place) {
      const { media } = this.stage;
      const length = Number(this.dataset.duration) || media.duration || 0;
      if (length > 0) {
        this.lane = new Lane<Chapter>(
          length,
          this.dataset.storyboard,
          {
            seek: (time) => this.stage?.seek(time),
            chosen: (chapter) => this.select(chapter),
            moved: (chapter, start, _end, done) => this.retime(chapter, start, done),
          },
          signal,
        );
        place.replaceChildren(this.lane.root);
      }
      media.addEventListener('timeupdate', () => this.lane?.at(media.currentTime, !media.paused), { signal });
      media.addEventListener('seeking', () => this.lane?.at(media.currentTime, false), { signal });
    }
    this.show();
  }

  private row(chapter: Chapter): Row {
    const known = this.rows.get(chapter);
    if (known) return known;
    const item = make('li', 'chapter-row');
    const time = make('input', 'input chapter-start');
    time.inputMode = 'decimal';
    time.autocomplete = 'off';
    time.setAttribute('aria-label', words.start);
    const title = make('input', 'input');
    title.maxLength = 100;
    title.dir = 'auto';
    title.setAttribute('aria-label', words.chapterTitle);
    const wrong = make('p', 'error');
    const go = this.tool(words.chapterGo, 'play', () => this.stage?.seek(chapter.start));
    const here = this.tool(words.startHere, 'clock', () => this.retime(chapter, this.stage?.time ?? 0, true));
    const remove = this.tool(words.remove, 'trash', () => this.drop(chapter));
    time.addEventListener('change', () => {
      const read = readMoment(time.value);
      if (Number.isNaN(read)) this.write(chapter);
      else this.retime(chapter, Math.round(read * 1000) / 1000, true);
    });
    title.addEventListener('input', () => {
      chapter.title = title.value;
      chapter.label = title.value;
      this.changed();
    });
    item.addEventListener('focusin', () => this.select(chapter, false));
    item.append(time, title, go, here, remove, wrong);
    const row = { item, time, title, wrong };
    this.rows.set(chapter, row);
    return row;
  }

  private tool(label: string, name: string, act: () => void): HTMLButtonElement {
    const button = make('button', 'button square');
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    button.append(icon(name));
    button.addEventListener('click', act);
    return button;
  }

  private write(chapter: Chapter): void {
    const { item, time, title, wrong } = this.row(chapter);
    time.value = moment(chapter.start);
    if (title.value !== chapter.title) title.value = chapter.title;
    wrong.textContent = this.problemOf(chapter);
    wrong.hidden = wrong.textContent === '';
    title.setAttribute('aria-invalid', String(!wrong.hidden));
    item.classList.toggle('selected', chapter === this.selected);
  }

  private show(): void {
    this.chapters.sort((a, b) => a.start - b.start);
    const items = this.chapters.map((chapter) => this.row(chapter).item);
    const same = items.length === this.list.children.length && items.every((item, i) => this.list.children[i] === item);
    if (!same) {
      // What is typed into goes on being typed into.
      const focused = document.activeElement as HTMLElement | null;
      this.list.replaceChildren(...items);
      if (focused && this.list.contains(focused)) focused.focus();
    }
    this.list.hidden = items.length === 0;
    for (const chapter of this.chapters) this.write(chapter);
    this.lane?.show(this.chapters, this.selected);
  }

  private changed(): void {
    this.saving.changed();
    this.show();
  }

  private select(chapter: Chapter, reveal = true): void {
    this.selected = chapter;
    for (const one of this.chapters) this.write(one);
    this.lane?.show(this.chapters, chapter);
    if (reveal) this.rows.get(chapter)?.item.scrollIntoView({ block: 'nearest' });
  }

  private retime(chapter: Chapter, start: number, done: boolean): void {
    chapter.start = start;
    if (done) this.changed();
    else {
      this.write(chapter);
      this.lane?.show(this.chapters, this.selected);
    }
  }

  private add(): void {
    const start = this.stage?.time ?? 0;
    const chapter = { start, title: '', label: '' };
    this.chapters.push(chapter);
    this.selected = chapter;
    this.changed();
    this.row(chapter).title.focus();
  }

  private drop(chapter: Chapter): void {
    const place = this.chapters.indexOf(chapter);
    this.chapters.splice(place, 1);
    this.rows.delete(chapter);
    this.selected = undefined;
    this.changed();
    const next = this.chapters[Math.min(place, this.chapters.length - 1)];
    if (next) this.row(next).title.focus();
  }
}

customElements.define('regie-chapters', RegieChapters);
