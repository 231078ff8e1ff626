import { Problem, send } from '../api';
import { icon, make } from '../dom';
import { words } from './words';

const PAUSE = 1200;
const FIRST_RETRY = 3000;
const LAST_RETRY = 30_000;

type State = 'saved' | 'saving' | 'unsaved' | 'incomplete' | 'offline' | 'refused' | 'signedOut' | 'gone';

export interface Work<T> {
  /** What would be sent; undefined while it is not fit to be. */
  value(): T | undefined;
  /** The server's version takes the place of this one. */
  reload(): Promise<void>;
}

/** Saves a whole while people work on it, on the revision that they saw. */
export class Saving<T> {
  tag = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry = FIRST_RETRY;
  private busy = false;
  private edits = 0;
  private stopped = false;
  private readonly line = document.getElementById('save-state');

  constructor(
    private readonly url: string,
    private readonly work: Work<T>,
    private readonly note: HTMLElement,
    signal: AbortSignal,
  ) {
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void this.save(), { signal });
    window.addEventListener('online', () => this.pending && this.later(0), { signal });
    window.addEventListener('beforeunload', (event) => this.pending && event.preventDefault(), { signal });
  }

  get pending(): boolean {
    return this.edits > 0;
  }

  changed(): void {
    this.edits++;
    if (this.stopped) return;
    if (!this.busy) this.say('unsaved');
    this.later(PAUSE);
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), pause);
  }

  private async save(): Promise<void> {
    if (!this.pending || this.stopped) return;
    if (this.busy) return this.later(PAUSE / 4);
    const value = this.work.value();
    if (value === undefined) return this.say('incomplete');
    clearTimeout(this.timer);
    const sent = this.edits;
    this.busy = true;
    this.say('saving');
    try {
      const { headers } = await send<unknown>('PUT', this.url, value, { 'If-Match': this.tag });
      this.tag = headers.get('ETag') ?? '';
      this.edits -= sent;
      this.retry = FIRST_RETRY;
      this.note.replaceChildren();
      if (this.pending) this.later(PAUSE);
      else this.say('saved');
    } catch (failure) {
      this.failed(failure instanceof Problem ? failure : new Problem(0, String(failure)));
    } finally {
      this.busy = false;
    }
  }

  private failed(problem: Problem): void {
    if (problem.status === 412) this.conflict();
    else if (problem.status === 401 || problem.status === 403) {
      this.say('signedOut');
      this.show(problem.message);
    } else if (problem.status === 404) this.say('gone');
    else if (problem.status >= 400 && problem.status < 500) {
      this.say('refused');
      this.show([problem.message, ...problem.fields.map(({ detail }) => detail)].join(' '));
    } else {
      this.say('offline');
      this.later(this.retry);
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
    }
  }

  /** Nothing is sent until somebody says whose version stays. */
  private conflict(): void {
    this.stopped = true;
    this.say('refused');
    const theirs = make('button', 'button small', words.takeTheirs);
    const mine = make('button', 'button small', words.keepMine);
    theirs.type = mine.type = 'button';
    theirs.addEventListener('click', () => {
      this.edits = 0;
      this.stopped = false;
      void this.work.reload().then(() => this.say('saved'));
      this.note.replaceChildren();
    });
    mine.addEventListener('click', () => {
      this.tag = '*';
      this.stopped = false;
      this.note.replaceChildren();
      void this.save();
    });
    const line = make('div', 'line');
    line.append(theirs, mine);
    this.show(words.conflict, line);
  }

  private show(text: string, ...more: Node[]): void {
    const box = make('div', 'note warn');
    const body = make('div', 'stack small');
    body.append(make('p', '', text), ...more);
    box.append(icon('alert'), body);
    this.note.replaceChildren(box);
  }

  private say(state: State): void {
    if (!this.line) return;
    this.line.hidden = false;
    this.line.dataset.state = state;
    if (this.line.textContent !== words[state]) this.line.textContent = words[state];
  }
}
