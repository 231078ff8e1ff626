import type { Upload } from 'tus-js-client';
import { icon, make } from '../dom';
import { sendFile } from './sending';
import { words } from './words';

const ACCEPTED: Record<string, string> = { video: 'video/*', audio: 'audio/*', image: 'image/*' };

/** Sends another file for an article. What becomes of it is told by the part of the page that tells of work. */
class RegieReplace extends HTMLElement {
  private readonly input = make('input');
  private readonly choose = make('button', 'button');
  private readonly cancel = make('button', 'button small', words.replaceCancel);
  private readonly progress = make('progress', 'progress');
  private readonly status = make('p', 'hint');
  private upload: Upload | undefined;

  connectedCallback(): void {
    if (this.choose.isConnected) return;
    this.input.type = 'file';
    this.input.hidden = true;
    this.input.accept = ACCEPTED[this.dataset.kind ?? ''] ?? '';
    this.input.setAttribute('aria-label', words.replaceChoose);
    this.choose.type = 'button';
    this.choose.append(icon('upload'), words.replaceChoose);
    this.cancel.type = 'button';
    this.progress.max = 1;
    this.progress.setAttribute('aria-label', words.replaceSending);
    this.status.setAttribute('role', 'status');
    this.choose.addEventListener('click', () => this.input.click());
    this.input.addEventListener('change', () => {
      const file = this.input.files?.[0];
      this.input.value = '';
      if (file) this.send(file);
    });
    this.cancel.addEventListener('click', () => this.stop());
    this.append(this.input, this.choose, this.progress, this.status, this.cancel);
    this.show(false, '');
  }

  private show(sending: boolean, text: string): void {
    this.choose.hidden = sending;
    this.cancel.hidden = !sending;
    this.progress.hidden = !sending;
    this.status.hidden = text === '';
    this.status.textContent = text;
  }

  private send(file: File): void {
    this.progress.value = 0;
    this.show(true, file.name);
    this.upload = sendFile(
      file,
      { replaces: this.dataset.article ?? '' },
      {
        progress: (share) => {
          this.progress.value = share;
        },
        done: () => this.show(false, words.replaceSent),
        failed: (why) => this.show(false, why),
      },
    );
  }

  private stop(): void {
    void this.upload?.abort(true);
    this.show(false, '');
  }

  disconnectedCallback(): void {
    void this.upload?.abort();
  }
}

customElements.define('regie-replace', RegieReplace);
