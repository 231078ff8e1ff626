import { Problem, csrf, problemFrom } from '../api';
import { language, words as frameWords } from '../words';
import { words } from './words';

const LARGEST = 1 << 20;

/** Sends a file of captions as it is: which encoding it has, the server finds out. */
class RegieCaptionFile extends HTMLElement {
  private built = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (this.built || !form) return;
    this.built = true;
    for (const hidden of this.querySelectorAll<HTMLElement>('[data-script-only]')) hidden.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.send(form);
    });
    this.setAttribute('ready', '');
  }

  private async send(form: HTMLFormElement): Promise<void> {
    const said = this.querySelector('[data-said]') as HTMLElement;
    const button = form.querySelector('button') as HTMLButtonElement;
    const data = new FormData(form);
    const file = data.get('file') as File;
    const query = new URLSearchParams({
      language: String(data.get('language')),
      kind: String(data.get('kind')),
      default: String(data.has('default')),
    });
    said.hidden = true;
    button.setAttribute('aria-busy', 'true');
    try {
      if (file.size > LARGEST) throw new Problem(413, words.fileTooLarge);
      const made = await this.post(`/api/v1/media/${this.dataset.article}/captions?${query}`, file);
      location.assign(`/studio/media/${this.dataset.article}/texts/captions/${made}`);
    } catch (failure) {
      said.textContent = failure instanceof Problem ? failure.message : String(failure);
      said.hidden = false;
      button.removeAttribute('aria-busy');
    }
  }

  private async post(url: string, file: File): Promise<string> {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: {
          Accept: 'application/json',
          'Accept-Language': language,
          'X-CSRF-Token': csrf(),
          'Content-Type': 'application/octet-stream',
        },
        body: file,
      });
    } catch {
      throw new Problem(0, frameWords.offline);
    }
    if (!response.ok) throw problemFrom(response.status, response.headers.get('Content-Type'), await response.text());
    return ((await response.json()) as { track: { id: string } }).track.id;
  }
}

customElements.define('regie-caption-file', RegieCaptionFile);
