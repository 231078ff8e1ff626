import { DetailedError, Upload, defaultOptions } from 'tus-js-client';
import { type Job, type Media, jobs, media } from './api';
import { Speed } from './speed';
import { left, size, words } from './words';

export interface Settings {
  endpoint: string;
  csrf: string;
  chunkSize: number;
  /** Values and labels, the standard one first chosen. */
  visibilities: { value: string; label: string }[];
  standard: string;
}

type Phase = 'chosen' | 'waiting' | 'uploading' | 'paused' | 'processing' | 'done' | 'failed' | 'cancelled';

function make<K extends keyof HTMLElementTagNameMap>(name: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

let number = 0;

/** One chosen file: from the form before the upload to the link that plays it. */
export class Item {
  readonly root = make('li', 'item');
  phase: Phase = 'chosen';

  private readonly name = make('p', 'name');
  private readonly facts = make('p', 'facts');
  private readonly status = make('p', 'status');
  private readonly bar = make('progress', 'bar');
  private readonly buttons = make('div', 'buttons');
  private readonly fields = make('div', 'fields');
  private readonly title = make('input');
  private readonly visibility = make('select');
  private readonly picture = make('div', 'picture');
  private readonly speed = new Speed();
  private readonly upload: Upload;
  private article: string | undefined;
  /** The file itself is the problem; the same bytes would be refused again. */
  private refused = false;
  private media: Media | undefined;

  constructor(
    private readonly file: File,
    private readonly settings: Settings,
    private readonly changed: () => void,
  ) {
    this.build();
    this.upload = new Upload(file, {
      endpoint: settings.endpoint,
      chunkSize: settings.chunkSize,
      retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000, 30_000],
      removeFingerprintOnSuccess: true,
      headers: { 'X-CSRF-Token': settings.csrf },
      onProgress: (sent) => {
        this.speed.add(sent);
        this.showProgress(sent);
      },
      onShouldRetry: (problem) => {
        const status = (problem as DetailedError).originalResponse?.getStatus() ?? 0;
        if (status === 0) this.status.textContent = words.pausedOffline;
        return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
      },
      onSuccess: ({ lastResponse }) => this.uploaded(lastResponse.getHeader('Regie-Article')),
      onError: (problem) => this.refuse(problem),
    });
  }

  /** Begins when its turn comes. */
  wait(): void {
    this.fields.hidden = true;
    this.name.textContent = this.title.value.trim() || this.file.name;
    if (this.file.size === 0) return this.fail(words.empty);
    this.enter('waiting', words.waiting);
  }

  async start(): Promise<void> {
    this.enter('uploading', words.starting);
    this.bar.hidden = false;
    this.bar.removeAttribute('value');
    this.upload.options.metadata = {
      filename: this.file.name,
      title: this.title.value.trim(),
      visibility: this.visibility.value,
    };
    const previous = await this.upload.findPreviousUploads();
    const newest = previous.sort((a, b) => b.creationTime.localeCompare(a.creationTime))[0];
    if (newest) {
      this.upload.resumeFromPreviousUpload(newest);
      this.status.textContent = words.resumed;
    }
    this.speed.reset();
    this.upload.start();
  }

  running(): boolean {
    return this.phase === 'uploading' || this.phase === 'waiting';
  }

  /** Looks again at the article, if there is one that still changes. */
  async refresh(): Promise<void> {
    if (this.phase !== 'processing' || !this.article) return;
    try {
      const [article, work] = await Promise.all([media(this.article), jobs(this.article)]);
      if (article) this.showArticle(article, work);
    } catch {
      // Offline for a moment; the next look will do.
    }
  }

  private build(): void {
    const id = `item-${++number}`;
    this.name.textContent = this.file.name;
    this.facts.textContent = size(this.file.size);
    this.title.id = `${id}-title`;
    this.title.maxLength = 300;
    this.title.placeholder = words.titleHint;
    this.visibility.id = `${id}-visibility`;
    for (const { value, label } of this.settings.visibilities) {
      const option = make('option', '', label);
      option.value = value;
      option.selected = value === this.settings.standard;
      this.visibility.append(option);
    }
    const field = (control: HTMLElement, text: string) => {
      const label = make('label', '', text);
      label.htmlFor = control.id;
      const box = make('div', 'field');
      box.append(label, control);
      return box;
    };
    this.fields.append(field(this.title, words.title), field(this.visibility, words.visibility));
    this.bar.max = 1;
    this.bar.hidden = true;
    this.bar.setAttribute('aria-label', this.file.name);
    this.status.setAttribute('role', 'status');
    this.picture.setAttribute('aria-hidden', 'true');
    const body = make('div', 'body');
    body.append(this.name, this.facts, this.fields, this.bar, this.status);
    this.root.append(this.picture, body, this.buttons);
    this.showButtons();
  }

  private enter(phase: Phase, status: string): void {
    this.phase = phase;
    this.root.dataset.phase = phase;
    this.status.textContent = status;
    this.showButtons();
    this.changed();
  }

  private showButtons(): void {
    const button = (label: string, act: () => void, strong = false) => {
      const made = make('button', strong ? 'strong' : '', label);
      made.type = 'button';
      made.setAttribute('aria-label', `${label}: ${this.name.textContent}`);
      made.addEventListener('click', act);
      return made;
    };
    const focused = this.buttons.contains(document.activeElement);
    this.buttons.replaceChildren();
    switch (this.phase) {
      case 'chosen':
        this.buttons.append(button(words.remove, () => this.drop()));
        break;
      case 'waiting':
        this.buttons.append(button(words.cancel, () => this.cancel()));
        break;
      case 'uploading':
        this.buttons.append(button(words.pause, () => this.pause()), button(words.cancel, () => this.cancel()));
        break;
      case 'paused':
        this.buttons.append(button(words.resume, () => this.wait(), true), button(words.cancel, () => this.cancel()));
        break;
      case 'failed':
        if (!this.article && !this.refused) this.buttons.append(button(words.retry, () => this.wait(), true));
        this.buttons.append(button(words.remove, () => this.drop()));
        break;
      case 'processing':
      case 'done':
        if (this.media && (this.media.playable || this.media.state === 'ready')) {
          const link = make('a', 'strong', words.watch);
          link.href = this.media.watchUrl;
          link.setAttribute('aria-label', `${words.watch}: ${this.media.title}`);
          this.buttons.append(link);
        }
        break;
      case 'cancelled':
        this.buttons.append(button(words.remove, () => this.drop()));
        break;
    }
    if (focused) this.buttons.querySelector<HTMLElement>('button, a')?.focus();
  }

  private drop(): void {
    this.phase = 'cancelled';
    this.root.remove();
    this.changed();
  }

  private pause(): void {
    void this.upload.abort();
    this.enter('paused', words.paused);
  }

  private cancel(): void {
    // Tells the server too, so that nothing of it stays there; without a network it expires there by itself.
    void this.upload.abort(true).catch(() => undefined);
    this.bar.hidden = true;
    this.enter('cancelled', words.cancelled);
  }

  private showProgress(sent: number): void {
    if (this.phase !== 'uploading') return;
    const fraction = this.file.size > 0 ? sent / this.file.size : 1;
    this.bar.value = fraction;
    if (fraction >= 1) {
      this.status.textContent = words.checking;
      return;
    }
    const parts = [words.uploading, words.progress(size(sent), size(this.file.size))];
    const speed = this.speed.now();
    if (speed > 0) parts.push(words.perSecond(size(speed)), left((this.file.size - sent) / speed));
    this.status.textContent = parts.join(' · ');
  }

  private uploaded(article: string | undefined): void {
    this.article = article;
    this.bar.removeAttribute('value');
    if (!article) {
      this.bar.hidden = true;
      return this.enter('done', words.stored);
    }
    this.enter('processing', words.processing);
    void this.refresh();
  }

  private showArticle(article: Media, work: Job[]): void {
    const wasPlayable = this.media?.playable ?? false;
    this.media = article;
    this.name.textContent = article.title;
    if (article.posterUrl && !this.picture.hasChildNodes()) {
      const poster = make('img');
      poster.src = article.posterUrl;
      poster.alt = '';
      this.picture.append(poster);
    }
    if (article.state === 'failed') {
      return this.fail(article.failure?.detail ?? '');
    }
    const running = work.filter((job) => job.state === 'running' || job.state === 'queued');
    if (article.state === 'ready' && running.length === 0) {
      this.bar.hidden = true;
      return this.enter('done', words.ready);
    }
    const parts = [article.playable ? words.playableProcessing : words.processing];
    const job = running.find((candidate) => candidate.state === 'running') ?? running[0];
    if (job?.state === 'running' && job.progress !== null) {
      this.bar.value = job.progress;
      parts.push(`${Math.round(job.progress * 100)} %`);
      if (job.speed) {
        parts.push(words.speedFactor(job.speed.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })));
      }
      if (job.etaSeconds !== null) parts.push(left(job.etaSeconds));
    } else if (job?.state === 'queued' && job.queuePosition !== null) {
      this.bar.removeAttribute('value');
      parts.push(words.queued(job.queuePosition));
    }
    this.status.textContent = parts.join(' · ');
    if (article.playable !== wasPlayable) this.showButtons();
  }

  private refuse(problem: Error | DetailedError): void {
    if (this.phase === 'cancelled' || this.phase === 'paused') return;
    const response = (problem as DetailedError).originalResponse;
    if (!response) return this.fail(words.lost);
    let detail = '';
    try {
      detail = (JSON.parse(response.getBody()) as { detail?: string }).detail ?? '';
    } catch {
      // Not one of our problems: a proxy's page, or nothing.
    }
    const byStatus: Record<number, string> = { 401: words.signedOut, 413: words.tooLarge, 507: words.noSpace };
    const status = response.getStatus();
    this.refused = status === 415 || status === 422;
    if (this.refused) void this.forget();
    this.fail(status === 401 ? words.signedOut : detail || byStatus[status] || words.lost);
  }

  /** There is nothing left to continue. */
  private async forget(): Promise<void> {
    for (const known of await this.upload.findPreviousUploads()) {
      await defaultOptions.urlStorage.removeUpload(known.urlStorageKey);
    }
  }

  private fail(sentence: string): void {
    this.bar.hidden = true;
    this.enter('failed', sentence);
  }
}
