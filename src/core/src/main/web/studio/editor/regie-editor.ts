import { Problem, csrf, send } from '../api';
import { icon, make } from '../dom';
import { clearFieldErrors, showFieldErrors } from '../fields';
import { toast, toastProblem } from '../toasts';
import { type Article, type Category, FIELDS, type Field, type Written, readable, readCredits, same, writeCredits } from './article';
import { Chips } from './chips';
import { settle } from './conflict';
import { RichText } from './rich-text';
import './regie-poster';
import { words } from './words';

const PAUSE = 1200;
const FIRST_RETRY = 3000;
const LAST_RETRY = 30_000;

type Saved = 'saved' | 'saving' | 'unsaved' | 'offline' | 'refused' | 'signedOut' | 'gone';

interface Kept {
  mine: Partial<Written>;
  at: string;
}

/**
 * Saves an article while people write. What the server has is the `base`; what differs from it in the form is sent with
 * the revision it was made on. When that is no longer the newest, fields that only one of two people touched are joined;
 * where both did, both versions are shown. Until something is saved it is also kept in this browser.
 */
class RegieEditor extends HTMLElement {
  private form!: HTMLFormElement;
  private base!: Article;
  private tag = '';
  private text!: RichText;
  private chips!: Chips;
  /** Values that the server refused, not to be sent again as they are. */
  private refused = new Map<Field, unknown>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry = FIRST_RETRY;
  private busy = false;
  private built = false;

  async connectedCallback(): Promise<void> {
    if (this.built) return;
    this.built = true;
    this.form = this.querySelector('form.editor-form') as HTMLFormElement;
    this.watchActions();
    try {
      await this.fetch();
    } catch (failure) {
      // The plain form still works.
      toastProblem(failure);
      return;
    }
    for (const plain of this.querySelectorAll<HTMLElement>('[data-plain-only]')) plain.remove();
    const rich = this.form.querySelector('[data-rich]') as HTMLElement;
    this.text = new RichText(rich, this.base.description, () => this.changed());
    this.chips = new Chips(this.field('tags').closest('.field') as HTMLElement, () => this.changed(0));
    this.show(this.base, FIELDS);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.changed(0);
    });
    this.form.addEventListener('input', (event) => {
      const { name } = event.target as HTMLInputElement;
      // An address that is half typed must not become one of the former addresses.
      if (name && name !== 'slug' && name !== 'publishedAt') this.changed();
      this.showSchedule();
    });
    this.form.addEventListener('change', (event) => {
      if ((event.target as HTMLInputElement).name) this.changed(0);
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave();
    });
    window.addEventListener('online', () => this.changed(0));
    window.addEventListener('beforeunload', (event) => {
      // Kept in this browser, so that nobody need be asked; unless it cannot be.
      if (!this.keep()) event.preventDefault();
    });
    this.offerKept();
    this.say('saved');
    this.setAttribute('ready', '');
  }

  private async fetch(): Promise<void> {
    const { body, headers } = await send<Article>('GET', this.api);
    this.base = received(body);
    this.tag = headers.get('ETag') ?? '';
  }

  private get api(): string {
    return `/api/v1/media/${this.dataset.article}`;
  }

  private get key(): string {
    return `regie-unsaved-${this.dataset.article}`;
  }

  private field(name: string): HTMLInputElement {
    return this.form.querySelector(`[name="${name}"]`) as HTMLInputElement;
  }

  /** Only recordings have it. */
  private get keeping(): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>('#kept');
  }

  private get publication(): string {
    return (new FormData(this.form).get('publication') as string | null) ?? 'draft';
  }

  /** What the form says. */
  private written(): Written {
    return {
      title: this.field('title').value.trim(),
      slug: this.field('slug').value.trim(),
      visibility: this.field('visibility').value,
      description: this.text.value,
      publishedAt: this.publishedAt(),
      language: this.field('language').value,
      licence: this.field('licence').value || null,
      tags: this.chips.value,
      credits: readCredits(this.field('credits').value),
      kept: this.keeping?.checked ?? this.base.kept,
      downloads: this.field('downloads').value,
      categories: this.categories(),
    };
  }

  private get categoryBoxes(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>('[name="categories"]')];
  }

  /** What is chosen, and what the article is in without the page knowing of it: somebody added it since. */
  private categories(): Category[] {
    const boxes = this.categoryBoxes;
    const kept = this.base.categories.filter(({ id }) => boxes.every((box) => box.value !== id || box.checked));
    const added = boxes
      .filter((box) => box.checked && kept.every(({ id }) => id !== box.value))
      .map((box) => ({ id: box.value, name: box.closest('label')?.textContent?.trim() ?? '' }));
    return inOrder([...kept, ...added]);
  }

  private publishedAt(): string | null {
    switch (this.publication) {
      case 'draft':
        return null;
      case 'scheduled': {
        const local = this.field('publishedAt').value;
        if (!local) return this.base.publishedAt;
        const time = new Date(local);
        // Fields know minutes only: the same minute is the same time.
        return this.base.publishedAt && local === localTime(this.base.publishedAt)
          ? this.base.publishedAt
          : time.toISOString();
      }
      default:
        return this.base.publication === 'published' ? this.base.publishedAt : 'now';
    }
  }

  private mine(): Partial<Written> {
    const written = this.written();
    const differing = FIELDS.filter((field) => !same(written[field], this.base[field]));
    return Object.fromEntries(differing.map((field) => [field, written[field]])) as Partial<Written>;
  }

  private show(from: Written, fields: Field[]): void {
    for (const field of fields) {
      switch (field) {
        case 'description':
          if (!same(this.text.value, from.description)) this.text.value = from.description;
          break;
        case 'tags':
          this.chips.value = from.tags;
          break;
        case 'credits':
          if (!same(readCredits(this.field('credits').value), from.credits)) {
            this.field('credits').value = writeCredits(from.credits);
          }
          break;
        case 'categories':
          for (const box of this.categoryBoxes) box.checked = from.categories.some(({ id }) => id === box.value);
          break;
        case 'kept':
          if (this.keeping) this.keeping.checked = from.kept;
          break;
        case 'publishedAt': {
          const later = from.publishedAt !== null && new Date(from.publishedAt) > new Date();
          const word = from.publishedAt === null ? 'draft' : later ? 'scheduled' : 'published';
          const radio = this.form.querySelector<HTMLInputElement>(`[name="publication"][value="${word}"]`);
          if (radio) radio.checked = true;
          this.field('publishedAt').value = localTime(from.publishedAt);
          break;
        }
        default:
          this.field(field).value = from[field] ?? '';
      }
    }
    this.showSchedule();
  }

  private showSchedule(): void {
    const field = this.field('publishedAt');
    const scheduled = this.publication === 'scheduled';
    (field.closest('.field') as HTMLElement).hidden = !scheduled;
    if (scheduled && !field.value) {
      const tomorrow = new Date(Date.now() + 24 * 3600_000);
      tomorrow.setMinutes(0, 0, 0);
      field.value = localTime(tomorrow.toISOString());
    }
  }

  private changed(pause = PAUSE): void {
    if (Object.keys(this.mine()).length === 0) {
      clearTimeout(this.timer);
      if (!this.busy) this.settled();
      return;
    }
    if (!this.busy) this.say('unsaved');
    this.keep();
    this.later(pause);
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), pause);
  }

  /** What is still to be sent: what was refused waits until it is changed. */
  private open(): Partial<Written> {
    const mine = this.mine();
    for (const [field, value] of this.refused) {
      if (field in mine && same(mine[field], value)) delete mine[field];
      else this.refused.delete(field);
    }
    return mine;
  }

  private async save(): Promise<void> {
    if (this.busy) {
      this.later(PAUSE / 4);
      return;
    }
    const sent = this.open();
    if (Object.keys(sent).length === 0) {
      this.settled();
      return;
    }
    this.busy = true;
    this.say('saving');
    try {
      const { body, headers } = await send<Article>('PATCH', this.api, sendable(sent), { 'If-Match': this.tag });
      this.took(received(body), headers.get('ETag') ?? '', sent);
      this.retry = FIRST_RETRY;
      clearFieldErrors(this.form);
      this.busy = false;
      if (Object.keys(this.open()).length === 0) this.settled();
      else this.later(PAUSE);
    } catch (failure) {
      this.busy = false;
      await this.failed(failure, sent);
    }
  }

  /** The server has it now. What was typed meanwhile stays; what the server tidied is shown. */
  private took(article: Article, tag: string, sent: Partial<Written>): void {
    const now = this.written();
    const settled = (Object.keys(sent) as Field[]).filter((field) => same(now[field], sent[field]));
    this.base = article;
    this.tag = tag;
    const shown = settled.filter((field) => !this.isEdited(field));
    this.show(article, shown);
  }

  private isEdited(field: Field): boolean {
    const focused = document.activeElement;
    return field === 'description' || (focused instanceof HTMLElement && focused.getAttribute('name') === field);
  }

  private async failed(failure: unknown, sent: Partial<Written>): Promise<void> {
    const problem = failure instanceof Problem ? failure : new Problem(0, String(failure));
    if (problem.status === 412) {
      await this.join(sent);
    } else if (problem.status === 400 || problem.status === 422 || problem.status === 413) {
      this.refuse(problem, sent);
    } else if (problem.status === 401 || problem.status === 403) {
      this.keep();
      this.say('signedOut');
      toast(problem.message, { bad: true });
    } else if (problem.status === 404) {
      this.keep();
      this.say('gone');
    } else {
      this.keep();
      this.say('offline');
      this.later(this.retry);
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
    }
  }

  private refuse(problem: Problem, sent: Partial<Written>): void {
    const named = problem.fields.map(({ field }) => field as Field).filter((field) => field in sent);
    const text = problem.reason.startsWith('richtext.') ? (['description'] as Field[]) : [];
    const title = problem.reason === 'media-title-empty' ? (['title'] as Field[]) : [];
    const guilty = [...named, ...text, ...title];
    for (const field of guilty.length > 0 ? guilty : (Object.keys(sent) as Field[])) {
      this.refused.set(field, sent[field]);
    }
    this.keep();
    this.say('refused');
    const focused = document.activeElement as HTMLElement | null;
    if (!showFieldErrors(this.form, problem)) toast(problem.message, { bad: true });
    // Whoever types elsewhere goes on there.
    focused?.focus();
    if (Object.keys(this.open()).length > 0) this.later(0);
  }

  /** Somebody else saved first. */
  private async join(sent: Partial<Written>): Promise<void> {
    const before = this.base;
    // Nothing is sent until it is clear whose version stays.
    this.busy = true;
    try {
      await this.fetch();
    } catch (failure) {
      this.base = before;
      this.busy = false;
      await this.failed(failure, sent);
      return;
    }
    const now = this.formBefore(before);
    const mine = Object.keys(now) as Field[];
    const both = mine.filter((field) => !same(before[field], this.base[field]) && !same(now[field], this.base[field]));
    this.show(
      this.base,
      FIELDS.filter((field) => !mine.includes(field)),
    );
    if (both.length > 0) {
      const theirs = this.base;
      this.keep();
      const choice = await settle(both, now, theirs);
      if (choice === 'theirs') this.show(theirs, both);
      if (choice === 'both' && theirs.description) this.text.append(theirs.description);
    }
    this.busy = false;
    this.changed(0);
  }

  /** What the form says otherwise than the server did when it was last heard. */
  private formBefore(before: Article): Partial<Written> {
    const fresh = this.base;
    this.base = before;
    const mine = this.mine();
    this.base = fresh;
    return mine;
  }

  private settled(): void {
    if (this.refused.size > 0 && Object.keys(this.mine()).length > 0) {
      this.say('refused');
      return;
    }
    this.refused.clear();
    this.forget();
    this.say('saved');
  }

  private say(state: Saved): void {
    const line = document.getElementById('save-state');
    if (!line) return;
    line.hidden = false;
    line.dataset.state = state;
    if (line.textContent !== words[state]) line.textContent = words[state];
  }

  /** What is not saved yet stays in this browser. @returns false when it could not */
  private keep(): boolean {
    const mine = this.mine();
    if (Object.keys(mine).length === 0) return true;
    try {
      localStorage.setItem(this.key, JSON.stringify({ mine, at: new Date().toISOString() } satisfies Kept));
      return true;
    } catch {
      return false;
    }
  }

  private forget(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Then there is nothing to forget either.
    }
  }

  private kept(): Kept | undefined {
    try {
      const text = localStorage.getItem(this.key);
      return text ? (JSON.parse(text) as Kept) : undefined;
    } catch {
      return undefined;
    }
  }

  private offerKept(): void {
    const kept = this.kept();
    if (!kept) return;
    const fields = FIELDS.filter((field) => field in kept.mine && !same(kept.mine[field], this.base[field]));
    if (fields.length === 0) {
      this.forget();
      return;
    }
    const note = make('div', 'note warn kept');
    note.setAttribute('role', 'status');
    const text = make('p', '', words.left);
    const excerpt = make('p', 'hint', fields.map((field) => readable(kept.mine[field])).join(' · ').slice(0, 200));
    const restore = make('button', 'button small primary', words.restore);
    const discard = make('button', 'button small', words.discard);
    restore.type = discard.type = 'button';
    restore.addEventListener('click', () => {
      note.remove();
      this.show({ ...this.base, ...kept.mine }, fields);
      toast(words.restored);
      this.changed(0);
    });
    discard.addEventListener('click', () => {
      note.remove();
      this.forget();
    });
    const body = make('div', 'stack small');
    const line = make('div', 'line');
    line.append(restore, discard);
    body.append(text, excerpt, line);
    note.append(icon('clock'), body);
    this.before(note);
  }

  /** The page goes away: what is not saved is sent once more, without waiting for an answer. */
  private leave(): void {
    const sent = this.open();
    if (this.busy || Object.keys(sent).length === 0) return;
    this.keep();
    clearTimeout(this.timer);
    void this.save();
  }

  /** Forms of actions are sent without leaving the page. */
  private watchActions(): void {
    // An open form says what it would come to; `toggle` does not bubble.
    this.addEventListener(
      'toggle',
      (event) => {
        const details = event.target as HTMLDetailsElement;
        if (details.open && details.matches('.action')) {
          details.querySelector('form')?.dispatchEvent(new Event('input', { bubbles: true }));
        }
      },
      { capture: true },
    );
    this.addEventListener('submit', (event) => {
      const form = event.target as HTMLFormElement;
      // Its end is told before this page goes, and nothing is left to look at then.
      if (form.action.endsWith(`/${this.dataset.article}/delete`)) {
        this.toggleAttribute('leaving', true);
        for (const part of this.querySelectorAll('[data-refresh]')) part.removeAttribute('data-refresh');
      }
      if (form.dataset.action === undefined && form.dataset.order === undefined) return;
      event.preventDefault();
      void this.start(form);
    });
  }

  private async start(form: HTMLFormElement): Promise<void> {
    const button = form.querySelector<HTMLButtonElement>('button:not([type=button])');
    button?.setAttribute('aria-busy', 'true');
    try {
      // The page knows from the plugin's description what kind each value is; the form goes as forms go.
      const body = new URLSearchParams();
      new FormData(form).forEach((value, name) => body.append(name, String(value)));
      const response = await fetch(form.action, {
        method: 'POST',
        body,
        headers: { 'X-CSRF-Token': csrf(), Accept: 'application/json' },
        redirect: 'manual',
      });
      if (response.type !== 'opaqueredirect') {
        const said = new DOMParser().parseFromString(await response.text(), 'text/html');
        throw new Problem(response.status, said.querySelector('[role=alert]')?.textContent?.trim() ?? words.refused);
      }
      if (form.dataset.action !== undefined) toast(words.started);
      const id = this.dataset.article ?? '';
      document.dispatchEvent(new CustomEvent('regie:hint', { detail: { type: 'job', id, version: 0 } }));
    } catch (failure) {
      toastProblem(failure);
    } finally {
      button?.removeAttribute('aria-busy');
    }
  }
}

/** Of the categories only what the form knows too. */
function received(article: Article): Article {
  return { ...article, categories: inOrder(article.categories.map(({ id, name }) => ({ id, name }))) };
}

/** The same whoever moves them about meanwhile. */
function inOrder(categories: Category[]): Category[] {
  return categories.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function sendable(sent: Partial<Written>): object {
  return sent.categories ? { ...sent, categories: sent.categories.map(({ id }) => id) } : sent;
}

function localTime(instant: string | null): string {
  if (!instant) return '';
  const time = new Date(instant);
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

customElements.define('regie-editor', RegieEditor);
