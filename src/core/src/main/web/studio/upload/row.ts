import { type DetailedError, Upload } from 'tus-js-client';
import { Problem, csrf, problemFrom } from '../api';
import { ask } from '../confirm';
import { icon, make } from '../dom';
import { percent, size } from '../units';
import { language } from '../words';
import { type Edit, type Job, type Media, type Unfinished, discard, duplicate, edit, jobs, media } from './api';
import { hash, kindOf, titleOf } from './files';
import { Speed } from './speed';
import { left, words } from './words';

export interface Settings {
  endpoint: string;
  chunkBytes: number;
  maxBytes: number;
  maxSize: string;
  /** Values and labels. */
  visibilities: { value: string; label: string }[];
}

/**
 * `held` waits for a decision about a warning; `waiting` for its turn; `stuck` failed in a way that trying again may
 * cure; `refused` did not.
 */
export type Phase =
  | 'checking'
  | 'held'
  | 'waiting'
  | 'uploading'
  | 'paused'
  | 'processing'
  | 'done'
  | 'stuck'
  | 'refused'
  | 'gone';

const KEPT = 'regie-upload-edit:';
const RETRY = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

let number = 0;

/** One chosen file, from the choice to the article that plays it. */
export class Row {
  readonly root = make('li', 'row upload');
  phase: Phase = 'checking';
  /** Bytes that arrived. */
  sent = 0;
  readonly speed = new Speed();
  article: string | undefined;
  jobs: string[] = [];

  private readonly name = make('p', 'upload-name');
  private readonly status = make('p', 'upload-status');
  private readonly warning = make('p', 'upload-warning');
  private readonly bar = make('progress', 'progress');
  private readonly buttons = make('div', 'row-end');
  private readonly picture = make('div', 'row-picture');
  private readonly title = make('input', 'input');
  private readonly visibility = make('select', 'select');
  private readonly tags = make('input', 'input');
  private readonly problem = make('p', 'error');
  private upload: Upload | undefined;
  private uploadId: string | undefined;
  private release: (() => void) | undefined;
  private media: Media | undefined;
  /** What the server knows already of what stands in the fields. */
  private known: Required<Edit>;
  private saving = Promise.resolve();

  constructor(
    readonly file: File,
    private readonly settings: Settings,
    visibility: string,
    private readonly continued: Unfinished | undefined,
    private readonly changed: () => void,
    private readonly announce: (sentence: string) => void,
  ) {
    this.known = { title: titleOf(file.name), visibility, tags: [] };
    if (continued) {
      this.sent = continued.received;
      this.uploadId = continued.id;
      this.known = { title: continued.title ?? this.known.title, visibility: continued.visibility, tags: [] };
    }
    this.build();
  }

  /** Looks at the file before anything is sent. */
  async check(twice: boolean): Promise<void> {
    if (this.file.size === 0) return this.refuse(words.empty);
    if (this.file.size > this.settings.maxBytes) return this.refuse(words.tooLargeHere(this.settings.maxSize));
    if (this.continued) return this.wait();
    if (!kindOf(this.file)) return this.hold(words.oddType);
    if (twice) return this.hold(words.twice);
    try {
      const likely = await duplicate(this.file);
      if (likely) {
        // Names and sizes repeat themselves, hashes do not.
        const sha256 = await hash(this.file);
        const same = sha256 ? await duplicate(this.file, sha256) : null;
        if (same || !sha256) return this.hold(same ? words.duplicateSame : words.duplicateLikely, same ?? likely);
      }
    } catch {
      // Whoever cannot ask will hear of it when uploading.
    }
    this.wait();
  }

  /** Begins when its turn comes. */
  wait(): void {
    if (this.phase === 'gone') return;
    this.warning.hidden = true;
    this.enter('waiting', words.waiting);
  }

  start(): void {
    this.enter('uploading', this.sent > 0 ? words.resumed : words.starting);
    this.bar.hidden = false;
    this.bar.removeAttribute('value');
    this.speed.reset();
    this.upload ??= this.make();
    this.upload.start();
  }

  pause(): void {
    if (this.phase === 'uploading') void this.upload?.abort();
    this.unlock();
    this.enter('paused', this.sent > 0 ? words.pausedAt(size(this.sent), size(this.file.size)) : words.paused);
  }

  /** Whether leaving the page would interrupt it. */
  busy(): boolean {
    return this.phase === 'uploading' || this.phase === 'waiting' || this.phase === 'checking' || this.unsaved();
  }

  /** Looks again at the article. */
  async refresh(): Promise<void> {
    if (this.phase !== 'processing' || !this.article) return;
    try {
      const [article, work] = await Promise.all([media(this.article), jobs(this.article)]);
      this.showArticle(article, work);
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 404) this.drop();
      // Offline for a moment otherwise; the next look will do.
    }
  }

  private make(): Upload {
    const made = new Upload(this.file, {
      endpoint: this.settings.endpoint,
      uploadUrl: this.continued?.url ?? null,
      chunkSize: this.settings.chunkBytes,
      retryDelays: RETRY,
      // The server knows what is unfinished, in whatever browser it began.
      storeFingerprintForResuming: false,
      headers: { 'X-CSRF-Token': csrf(), 'Accept-Language': language },
      metadata: {
        filename: this.file.name,
        title: this.title.value.trim(),
        visibility: this.visibility.value,
        modified: String(this.file.lastModified),
      },
      onUploadUrlAvailable: () => this.lock(),
      onProgress: (sent) => {
        this.sent = sent;
        this.speed.add(sent);
        this.showProgress();
      },
      onShouldRetry: (problem) => {
        const status = problem.originalResponse?.getStatus() ?? 0;
        if (status === 0) this.status.textContent = words.offline;
        return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
      },
      onSuccess: ({ lastResponse }) =>
        this.uploaded(lastResponse.getHeader('Regie-Article'), lastResponse.getHeader('Regie-Duplicate-Of')),
      onError: (failure) => this.fail(failure),
    });
    if (!this.continued) {
      this.known = { ...this.known, title: this.title.value.trim(), visibility: this.visibility.value };
    }
    return made;
  }

  /** While another tab holds it, an upload is not shown there as one to continue. */
  private lock(): void {
    this.uploadId = this.upload?.url?.split('/').pop();
    this.keepEdits();
    const locks = navigator.locks as LockManager | undefined;
    if (!this.uploadId || this.release || !locks) return;
    void locks.request(`regie-upload:${this.uploadId}`, { ifAvailable: true }, (lock) => {
      if (!lock) return undefined;
      return new Promise<void>((resolve) => (this.release = resolve));
    });
  }

  private unlock(): void {
    this.release?.();
    this.release = undefined;
  }

  private build(): void {
    const id = `upload-${++number}`;
    this.name.textContent = `${this.file.name} · ${size(this.file.size)}`;
    this.picture.append(icon(kindOf(this.file) ?? 'document'));
    this.picture.setAttribute('aria-hidden', 'true');
    this.bar.max = 1;
    this.bar.hidden = true;
    this.bar.setAttribute('aria-label', this.file.name);
    this.warning.hidden = true;
    this.problem.hidden = true;
    this.problem.id = `${id}-problem`;
    this.title.maxLength = 300;
    this.title.classList.add('upload-title');
    this.tags.placeholder = words.tagsHint;
    for (const { value, label } of this.settings.visibilities) {
      const option = make('option', '', label);
      option.value = value;
      this.visibility.append(option);
    }
    const kept = this.kept();
    this.title.value = kept?.title ?? this.known.title;
    this.visibility.value = kept?.visibility ?? this.known.visibility;
    this.tags.value = kept?.tags?.join(', ') ?? '';
    const labels: [HTMLInputElement | HTMLSelectElement, string][] = [
      [this.title, words.title],
      [this.visibility, words.visibility],
      [this.tags, words.tags],
    ];
    for (const [control, label] of labels) {
      control.setAttribute('aria-label', `${label}: ${this.file.name}`);
      control.addEventListener('change', () => this.save());
    }
    const more = make('div', 'upload-fields');
    more.append(this.visibility, this.tags);
    const body = make('div', 'row-body');
    body.append(this.title, this.name, this.bar, this.status, this.warning, more, this.problem);
    this.root.append(this.picture, body, this.buttons);
    this.root.dataset.phase = this.phase;
    this.showButtons();
  }

  private standing(): Required<Edit> {
    return {
      title: this.title.value.trim(),
      visibility: this.visibility.value,
      tags: this.tags.value
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    };
  }

  private difference(): Edit {
    const now = this.standing();
    const change: Edit = {};
    if (now.title !== '' && now.title !== this.known.title) change.title = now.title;
    if (now.visibility !== this.known.visibility) change.visibility = now.visibility;
    if (now.tags.join('\n') !== this.known.tags.join('\n')) change.tags = now.tags;
    return change;
  }

  private unsaved(): boolean {
    return this.article !== undefined && this.phase !== 'gone' && Object.keys(this.difference()).length > 0;
  }

  /** Sends what was changed, or remembers it until there is an article to change. */
  private save(): void {
    if (!this.article) return this.keepEdits();
    const id = this.article;
    this.saving = this.saving.then(async () => {
      const change = this.difference();
      if (Object.keys(change).length === 0) return;
      try {
        await edit(id, change);
        this.known = { ...this.known, ...change };
        this.problem.hidden = true;
        this.forgetEdits();
      } catch (failure) {
        this.problem.textContent = words.saveFailed + (failure instanceof Problem ? failure.message : words.lost);
        this.problem.hidden = false;
      }
    });
  }

  /** A browser that ends takes nothing of it along. */
  private keepEdits(): void {
    if (this.uploadId && !this.article) {
      try {
        localStorage.setItem(KEPT + this.uploadId, JSON.stringify(this.standing()));
      } catch {
        // Full or forbidden: the fields still hold it.
      }
    }
  }

  private kept(): Edit | undefined {
    try {
      const text = this.uploadId ? localStorage.getItem(KEPT + this.uploadId) : null;
      return text ? (JSON.parse(text) as Edit) : undefined;
    } catch {
      return undefined;
    }
  }

  private forgetEdits(): void {
    try {
      if (this.uploadId) localStorage.removeItem(KEPT + this.uploadId);
    } catch {
      // Then nothing was kept.
    }
  }

  private enter(phase: Phase, status: string): void {
    this.phase = phase;
    this.root.dataset.phase = phase;
    this.status.textContent = status;
    this.title.readOnly = phase === 'refused';
    this.showButtons();
    if (phase === 'done' || phase === 'stuck' || phase === 'refused') this.announce(`${this.label()}: ${status}`);
    this.changed();
  }

  private label(): string {
    return this.title.value.trim() || this.file.name;
  }

  private hold(why: string, article?: string): void {
    this.warn(why, article);
    this.enter('held', '');
  }

  private warn(why: string, article?: string): void {
    this.warning.replaceChildren(icon('alert'), make('span', '', why));
    if (article) {
      const link = make('a', '', words.seeArticle);
      link.href = `/studio/media/${encodeURIComponent(article)}`;
      link.target = '_blank';
      this.warning.lastElementChild?.append(' ', link);
    }
    this.warning.hidden = false;
    this.announce(`${this.label()}: ${why}`);
  }

  private showButtons(): void {
    const label = (element: HTMLElement, text: string) =>
      element.setAttribute('aria-label', `${text}: ${this.label()}`);
    const button = (text: string, act: () => void, look = '') => {
      const made = make('button', `button small ${look}`, text);
      made.type = 'button';
      label(made, text);
      made.addEventListener('click', act);
      return made;
    };
    const link = (text: string, url: string, look = '') => {
      const made = make('a', `button small ${look}`, text);
      made.href = url;
      label(made, text);
      return made;
    };
    const focused = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren();
    switch (this.phase) {
      case 'held':
        this.buttons.append(button(words.anyway, () => this.wait()), button(words.remove, () => this.drop(), 'quiet'));
        break;
      case 'waiting':
      case 'uploading':
        this.buttons.append(button(words.pause, () => this.pause()), button(words.cancel, () => this.cancel(), 'quiet'));
        break;
      case 'paused':
        this.buttons.append(
          button(words.resume, () => this.wait(), 'primary'),
          button(words.cancel, () => this.cancel(), 'quiet'),
        );
        break;
      case 'stuck':
        this.buttons.append(
          button(words.retry, () => this.wait(), 'primary'),
          button(words.cancel, () => this.cancel(), 'quiet'),
        );
        break;
      case 'checking':
      case 'refused':
        this.buttons.append(button(words.remove, () => this.drop(), 'quiet'));
        break;
      case 'processing':
      case 'done':
        if (this.media && (this.media.playable || this.media.state === 'ready')) {
          this.buttons.append(link(words.watch, this.media.watchUrl, 'primary'));
        }
        if (this.article) this.buttons.append(link(words.edit, `/studio/media/${encodeURIComponent(this.article)}`));
        break;
      case 'gone':
        break;
    }
    if (focused) (this.buttons.querySelector<HTMLElement>('button, a') ?? this.title).focus();
  }

  /** Takes it off the page; what is on the server stays there. */
  drop(): void {
    this.unlock();
    this.phase = 'gone';
    this.root.remove();
    this.changed();
  }

  private async cancel(): Promise<void> {
    const begun = this.sent > 0;
    if (begun && !(await ask(words.discardText, words.cancelTitle(this.file.name), words.discard))) return;
    // It may have ended meanwhile.
    if (this.article) return;
    const url = this.upload?.url ?? this.continued?.url;
    await this.upload?.abort();
    this.forgetEdits();
    this.drop();
    // Without a network it expires there by itself.
    if (url) await discard(url).catch(() => undefined);
  }

  private showProgress(): void {
    if (this.phase !== 'uploading') return;
    const fraction = this.sent / this.file.size;
    this.bar.value = fraction;
    if (fraction >= 1) {
      this.status.textContent = words.checking;
    } else {
      const parts = [words.uploading, words.progress(size(this.sent), size(this.file.size))];
      const speed = this.speed.now();
      if (speed > 0) parts.push(words.perSecond(size(speed)), left((this.file.size - this.sent) / speed));
      this.status.textContent = parts.join(' · ');
    }
    this.changed();
  }

  private uploaded(article: string | undefined, other: string | undefined): void {
    this.sent = this.file.size;
    this.unlock();
    this.article = article;
    this.bar.removeAttribute('value');
    if (!article) {
      this.bar.hidden = true;
      return this.enter('done', words.stored);
    }
    if (other) this.warn(words.duplicateSame, other);
    this.enter('processing', words.processing);
    this.save();
    void this.refresh();
  }

  private showArticle(article: Media, work: Job[]): void {
    const before = this.media;
    this.media = article;
    // The file may name itself; whoever is typing knows better.
    if (this.title.value.trim() === this.known.title && document.activeElement !== this.title) {
      this.title.value = article.title;
      this.known.title = article.title;
    }
    if (article.posterUrl && article.posterUrl !== before?.posterUrl) {
      const poster = make('img');
      poster.src = article.posterUrl;
      poster.alt = '';
      this.picture.replaceChildren(poster);
    }
    if (article.state === 'failed') return this.refuse(article.failure?.detail ?? '');
    const running = work.filter((job) => job.state === 'running' || job.state === 'queued');
    this.jobs = running.map((job) => job.id);
    if (article.state === 'ready' && running.length === 0) {
      this.bar.hidden = true;
      return this.enter('done', words.ready);
    }
    const parts = [article.playable ? words.playableProcessing : words.processing];
    const job = running.find((candidate) => candidate.state === 'running') ?? running[0];
    if (job?.state === 'running' && job.progress !== null) {
      this.bar.value = job.progress;
      parts.push(percent(job.progress));
      if (job.speed) parts.push(words.speedFactor(job.speed.toLocaleString(language, { maximumFractionDigits: 1 })));
      if (job.etaSeconds !== null) parts.push(left(job.etaSeconds));
    } else {
      this.bar.removeAttribute('value');
      if (job?.state === 'queued' && job.queuePosition !== null) parts.push(words.queued(job.queuePosition));
    }
    this.status.textContent = parts.join(' · ');
    if (article.playable !== before?.playable) this.showButtons();
  }

  private fail(failure: Error | DetailedError): void {
    if (this.phase !== 'uploading') return;
    this.unlock();
    const response = 'originalResponse' in failure ? failure.originalResponse : null;
    if (!response) return this.stick(words.lost);
    const status = response.getStatus();
    const problem = problemFrom(status, response.getHeader('Content-Type') ?? null, response.getBody());
    const said = problem.reason !== '' ? problem.message : undefined;
    if (status === 415 || status === 422) {
      this.forgetEdits();
      return this.refuse(said ?? words.lost);
    }
    if (status === 404 || status === 410) {
      // It expired; the same bytes may go up again.
      this.upload = undefined;
      this.sent = 0;
    }
    const usual: Record<number, string> = { 413: words.tooLarge, 507: words.noSpace };
    this.stick(said ?? usual[status] ?? (status === 401 ? problem.message : words.lost));
  }

  private stick(sentence: string): void {
    this.bar.hidden = true;
    this.enter('stuck', sentence);
  }

  private refuse(sentence: string): void {
    this.bar.hidden = true;
    this.enter('refused', sentence);
  }
}
