import './upload.css';
import { Problem } from '../api';
import { ask } from '../confirm';
import { icon, make } from '../dom';
import { calmly } from '../live';
import { toastProblem } from '../toasts';
import { size } from '../units';
import { type Unfinished, discard, unfinished } from './api';
import { filesOf, withoutLitter } from './files';
import { Row, type Settings } from './row';
import { left, words } from './words';

const AT_ONCE = 2;
/** When no hint comes, one looks anyway. */
const POLL = 10_000;

/**
 * Takes files however they come, sends a few at a time, and shows each until it can be watched. What the server has of
 * earlier visits is listed; the same file, chosen again, continues there.
 */
class Uploader extends HTMLElement {
  private rows: Row[] = [];
  private waiting: Unfinished[] = [];
  private depth = 0;
  private settings!: Settings;
  private ready: Promise<void> = Promise.resolve();
  private started = false;
  private readonly dirty = new Set<Row>();
  private readonly look = calmly(() => {
    const rows = [...this.dirty];
    this.dirty.clear();
    for (const row of rows) void row.refresh();
  });
  /** What is begun or given up changes what is left of the quota. */
  private readonly measure = calmly(() => document.getElementById('quota')?.dispatchEvent(new CustomEvent('refresh')));
  private readonly show = calmly(() => this.showTotal(), 200);

  connectedCallback(): void {
    if (this.started) return;
    this.started = true;
    const standard = this.the<HTMLSelectElement>('visibility');
    this.settings = {
      endpoint: this.dataset.endpoint ?? '',
      chunkBytes: Number(this.dataset.chunkBytes),
      maxBytes: Number(this.dataset.maxBytes),
      maxSize: this.dataset.maxSize ?? '',
      visibilities: [...standard.options].map((option) => ({ value: option.value, label: option.text })),
    };
    this.ready = this.showUnfinished();
    this.choosing('choose', 'files');
    this.choosing('choose-folder', 'folder');
    this.takeDrops();
    document.addEventListener('paste', (event) => {
      if (event.clipboardData?.files.length) {
        event.preventDefault();
        void this.add([...event.clipboardData.files]);
      }
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.rows.some((row) => row.busy())) event.preventDefault();
    });
    document.addEventListener('regie:hint', ({ detail }) => {
      const concerned = this.rows.filter((row) => row.article === detail.id || row.jobs.includes(detail.id));
      const processing = this.rows.filter((row) => row.phase === 'processing');
      // A job that nobody here knows yet may be a new one of these.
      const all = concerned.length === 0 && detail.type === 'job' ? processing.filter((row) => row.jobs.length === 0) : [];
      this.refresh([...concerned, ...all]);
    });
    const everything = () => this.refresh(this.rows.filter((row) => row.phase === 'processing'));
    document.addEventListener('regie:again', everything);
    setInterval(() => document.hidden || everything(), POLL);
  }

  private the<T extends HTMLElement>(name: string): T {
    const found = this.querySelector<T>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The page lacks ${name}`);
    return found;
  }

  private choosing(button: string, input: string): void {
    const field = this.the<HTMLInputElement>(input);
    this.the(button).addEventListener('click', () => field.click());
    const take = () => {
      const files = [...(field.files ?? [])];
      field.value = '';
      if (files.length > 0) void this.add(files);
    };
    field.addEventListener('change', take);
    // Chosen before this script was here, or put back by a browser that reloads.
    void this.ready.then(take);
  }

  private takeDrops(): void {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    document.addEventListener('dragenter', (event) => {
      if (!carriesFiles(event)) return;
      this.depth++;
      this.toggleAttribute('data-drag', true);
    });
    document.addEventListener('dragleave', () => {
      this.depth = Math.max(0, this.depth - 1);
      if (this.depth === 0) this.toggleAttribute('data-drag', false);
    });
    document.addEventListener('dragover', (event) => {
      if (carriesFiles(event)) event.preventDefault();
    });
    document.addEventListener('drop', (event) => {
      this.depth = 0;
      this.toggleAttribute('data-drag', false);
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void filesOf(event.dataTransfer).then((files) => this.add(files));
    });
  }

  private async add(chosen: File[]): Promise<void> {
    // Whether a file continues an earlier upload must be known first.
    await this.ready;
    const visibility = this.the<HTMLSelectElement>('visibility').value;
    const list = this.the('rows');
    for (const file of withoutLitter(chosen)) {
      const continued = this.takeUnfinished(file);
      const twice = this.rows.some((row) => row.phase !== 'gone' && same(row.file, file));
      const row = new Row(
        file,
        this.settings,
        visibility,
        continued,
        () => this.update(),
        (sentence) => (this.the('announcement').textContent = sentence),
      );
      this.rows.push(row);
      list.append(row.root);
      void row.check(twice);
    }
    this.update();
  }

  private update(): void {
    this.rows = this.rows.filter((row) => row.phase !== 'gone');
    this.the('uploads').hidden = this.rows.length === 0;
    this.toggleAttribute('data-busy', this.rows.length > 0);
    let free = AT_ONCE - this.rows.filter((row) => row.phase === 'uploading').length;
    for (const row of this.rows) {
      if (free <= 0) break;
      if (row.phase === 'waiting') {
        free--;
        row.start();
      }
    }
    this.measure();
    this.show();
  }

  private refresh(rows: Row[]): void {
    if (rows.length === 0) return;
    for (const row of rows) this.dirty.add(row);
    this.look();
  }

  private showTotal(): void {
    const counted = this.rows.filter((row) => !['refused', 'held'].includes(row.phase));
    const all = counted.reduce((sum, row) => sum + row.file.size, 0);
    const sent = counted.reduce((sum, row) => sum + row.sent, 0);
    const unsent = counted.filter((row) => row.sent < row.file.size);
    const speed = counted.reduce((sum, row) => sum + (row.phase === 'uploading' ? row.speed.now() : 0), 0);
    this.the('total').hidden = unsent.length === 0 || counted.length < 2;
    this.the<HTMLProgressElement>('total-bar').value = all > 0 ? sent / all : 0;
    const parts = [
      words.totalFiles(counted.length - unsent.length, counted.length),
      words.progress(size(sent), size(all)),
    ];
    if (speed > 0) parts.push(words.perSecond(size(speed)), left((all - sent) / speed));
    this.the('total-text').textContent = parts.join(' · ');
    this.showAllActions();
  }

  private showAllActions(): void {
    const going = this.rows.filter((row) => row.phase === 'uploading' || row.phase === 'waiting');
    const paused = this.rows.filter((row) => row.phase === 'paused');
    const finished = this.rows.filter((row) => row.phase === 'done' || row.phase === 'refused');
    const wanted: [string, Row[], (row: Row) => void][] = [];
    if (going.length > 1) wanted.push([words.pauseAll, going, (row) => row.pause()]);
    if (paused.length > 1) wanted.push([words.resumeAll, paused, (row) => row.wait()]);
    if (finished.length > 1) wanted.push([words.clearDone, finished, (row) => row.drop()]);
    const box = this.the('all-actions');
    const labels = wanted.map(([label]) => label).join();
    if (box.dataset.labels === labels) return;
    box.dataset.labels = labels;
    const focused = box.contains(document.activeElement);
    box.replaceChildren(
      ...wanted.map(([label]) => {
        const button = make('button', 'button small', label);
        button.type = 'button';
        button.addEventListener('click', () => this.actOnAll(label));
        return button;
      }),
    );
    if (focused) box.querySelector('button')?.focus();
  }

  private actOnAll(label: string): void {
    // In the order that nothing new begins in the gap which the first one leaves.
    const rows = [...this.rows].reverse();
    for (const row of rows) {
      if (label === words.pauseAll && (row.phase === 'uploading' || row.phase === 'waiting')) row.pause();
      if (label === words.clearDone && (row.phase === 'done' || row.phase === 'refused')) row.drop();
    }
    if (label === words.resumeAll) this.rows.filter((row) => row.phase === 'paused').forEach((row) => row.wait());
  }

  private async showUnfinished(): Promise<void> {
    try {
      const locks = await (navigator.locks as LockManager | undefined)?.query();
      const elsewhere = new Set(locks?.held?.map((lock) => lock.name));
      const all = await unfinished();
      this.waiting = all.filter(({ id, length }) => length !== null && !elsewhere.has(`regie-upload:${id}`));
    } catch (failure) {
      if (failure instanceof Problem) toastProblem(failure);
    }
    this.showWaiting();
  }

  private showWaiting(): void {
    this.the('before').hidden = this.waiting.length === 0;
    this.the('before-rows').replaceChildren(
      ...this.waiting.map((upload) => {
        const row = make('li', 'row');
        const picture = make('span', 'row-picture');
        picture.append(icon('clock'));
        const body = make('div', 'row-body');
        const bar = make('progress', 'progress');
        const length = upload.length ?? 0;
        bar.max = Math.max(1, length);
        bar.value = upload.received;
        bar.setAttribute('aria-label', upload.filename);
        body.append(
          make('p', 'row-title', upload.filename),
          make('p', 'row-text', words.received(size(upload.received), size(length))),
          bar,
        );
        const end = make('div', 'row-end');
        const button = make('button', 'button small quiet', words.discard);
        button.type = 'button';
        button.setAttribute('aria-label', `${words.discard}: ${upload.filename}`);
        button.addEventListener('click', () => void this.discard(upload));
        end.append(button);
        row.append(picture, body, end);
        return row;
      }),
    );
  }

  private async discard(upload: Unfinished): Promise<void> {
    if (!(await ask(words.discardText, words.discardTitle(upload.filename), words.discard))) return;
    try {
      await discard(upload.url);
    } catch (failure) {
      // Already gone is what was wanted.
      if (!(failure instanceof Problem && (failure.status === 404 || failure.status === 410))) {
        toastProblem(failure);
        return;
      }
    }
    this.waiting = this.waiting.filter((other) => other !== upload);
    this.showWaiting();
    this.measure();
  }

  private takeUnfinished(file: File): Unfinished | undefined {
    const found = this.waiting.find(
      ({ filename, length, modified }) =>
        filename === file.name && length === file.size && (modified === null || modified === String(file.lastModified)),
    );
    if (found) {
      this.waiting = this.waiting.filter((other) => other !== found);
      this.showWaiting();
    }
    return found;
  }
}

function same(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

customElements.define('regie-uploader', Uploader);
