import htmx from 'htmx.org';
import type { Upload } from 'tus-js-client';
import { icon, make } from '../dom';
import { sendFile } from './sending';
import { words } from './words';

/** Sends files that are to go with an article, one after the other, each with a line of its own while it is on its way. */
class RegieAnnexes extends HTMLElement {
  private readonly input = make('input');
  private readonly list = make('ul', 'annex-sending');
  private readonly said = make('p', 'unseen');
  private readonly waiting: { file: File; line: HTMLElement }[] = [];
  private current: { upload: Upload; line: HTMLElement } | undefined;

  connectedCallback(): void {
    if (this.input.isConnected) return;
    this.input.type = 'file';
    this.input.multiple = true;
    this.input.hidden = true;
    this.input.setAttribute('aria-label', words.annexAdd);
    const choose = make('button', 'button small');
    choose.type = 'button';
    choose.append(icon('plus'), words.annexAdd);
    choose.addEventListener('click', () => this.input.click());
    this.input.addEventListener('change', () => {
      const files = [...(this.input.files ?? [])];
      this.input.value = '';
      for (const file of files) this.add(file);
      this.next();
    });
    this.said.setAttribute('role', 'status');
    this.append(this.list, this.input, choose, this.said);
    window.addEventListener('beforeunload', this.stay);
    document.addEventListener('regie:hint', this.told);
    document.addEventListener('htmx:afterRequest', renewThen);
  }

  /** Leaving would give up what is on its way. */
  private readonly stay = (event: Event): void => {
    if (this.current) event.preventDefault();
  };

  /** Somebody may have added one elsewhere. Not while anybody is at work on the list. */
  private readonly told = (event: DocumentEventMap['regie:hint']): void => {
    const { type, id } = event.detail;
    if (type !== 'media' || id !== this.dataset.article || this.closest('[leaving]')) return;
    if (!shown()?.matches(':has([open], :focus)')) refresh();
  };

  private add(file: File): void {
    const line = make('li');
    const progress = make('progress', 'progress');
    progress.max = 1;
    progress.value = 0;
    progress.setAttribute('aria-label', words.annexSending(file.name));
    const stop = make('button', 'button small square');
    stop.type = 'button';
    stop.append(icon('close'), make('span', 'unseen', words.annexCancel(file.name)));
    stop.addEventListener('click', () => this.drop(line));
    line.append(make('span', 'annex-name', file.name), progress, stop);
    this.list.append(line);
    this.waiting.push({ file, line });
  }

  private next(): void {
    const one = this.current ? undefined : this.waiting.shift();
    if (!one) return;
    const { file, line } = one;
    const progress = line.querySelector('progress') as HTMLProgressElement;
    const upload = sendFile(
      file,
      { 'annex-of': this.dataset.article ?? '' },
      {
        progress: (share) => {
          progress.value = share;
        },
        done: () => {
          line.remove();
          this.said.textContent = words.annexAdded(file.name);
          refresh();
          this.ended();
        },
        failed: (why) => {
          progress.replaceWith(make('span', 'error', why));
          (line.querySelector('button .unseen') as HTMLElement).textContent = words.annexForget(file.name);
          this.said.textContent = `${file.name}: ${why}`;
          this.ended();
        },
      },
    );
    this.current = { upload, line };
  }

  private ended(): void {
    this.current = undefined;
    this.next();
  }

  /** Not to be sent, or not to be told about any more. */
  private drop(line: HTMLElement): void {
    line.remove();
    const place = this.waiting.findIndex((one) => one.line === line);
    if (place >= 0) {
      this.waiting.splice(place, 1);
    } else if (this.current?.line === line) {
      void this.current.upload.abort(true);
      this.ended();
    }
    this.querySelector<HTMLElement>(':scope > button')?.focus();
  }

  disconnectedCallback(): void {
    void this.current?.upload.abort();
    window.removeEventListener('beforeunload', this.stay);
    document.removeEventListener('regie:hint', this.told);
    document.removeEventListener('htmx:afterRequest', renewThen);
  }
}

function shown(): HTMLElement | null {
  return document.getElementById('annexes');
}

/** Whether there is something that the list does not show. */
let stale = false;

function refresh(): void {
  stale = true;
  renew();
}

/** Not before htmx has let go of the request. */
function renewThen(): void {
  queueMicrotask(renew);
}

/** What is asked for now may be older than what it is asked for: while a request is on its way, that waits for its end. */
function renew(): void {
  const list = shown();
  if (!stale || !list || list.matches('.htmx-request, :has(.htmx-request)')) return;
  stale = false;
  htmx.trigger(list, 'refresh', {});
}

customElements.define('regie-annexes', RegieAnnexes);
