import { Problem, call, csrf, problemFrom } from '../api';
import { make } from '../dom';
import { toast, toastProblem } from '../toasts';
import { words } from './words';

const MOST_BYTES = 16 << 20;

interface Sizes {
  pictures: { url: string }[];
}

/** An image that is sent to an address of the API, shown, and taken away again. */
class RegiePicture extends HTMLElement {
  connectedCallback(): void {
    const line = this.querySelector<HTMLElement>('[data-script-only]');
    if (line) line.hidden = false;
    this.querySelector('[data-upload]')?.addEventListener('click', () => this.pick());
    this.querySelector('[data-forget]')?.addEventListener('click', () =>
      void this.change(() => call<Sizes>('DELETE', this.api), words.removed),
    );
  }

  private get api(): string {
    return this.dataset.api ?? '';
  }

  private pick(): void {
    const input = make('input');
    input.type = 'file';
    input.accept = this.dataset.accept ?? 'image/jpeg,image/png,image/webp,image/gif';
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      if (!file) return;
      if (file.size > MOST_BYTES) toast(words.tooLarge, { bad: true });
      else void this.change(() => this.put(file), words.changed);
    });
    input.click();
  }

  private async put(file: File): Promise<Sizes> {
    const response = await fetch(this.api, {
      method: 'PUT',
      body: file,
      headers: { 'X-CSRF-Token': csrf(), 'Content-Type': file.type, Accept: 'application/json' },
    });
    if (!response.ok) {
      throw problemFrom(response.status, response.headers.get('Content-Type'), await response.text());
    }
    return (await response.json()) as Sizes;
  }

  private async change(act: () => Promise<Sizes>, said: string): Promise<void> {
    this.setAttribute('aria-busy', 'true');
    try {
      this.show(await act());
      toast(said);
    } catch (failure) {
      toastProblem(failure instanceof TypeError ? new Problem(0, words.offline) : failure);
    } finally {
      this.removeAttribute('aria-busy');
    }
  }

  private show({ pictures }: Sizes): void {
    const frame = this.querySelector('.poster') as HTMLElement;
    const [largest] = pictures;
    if (largest) {
      const image = make('img');
      image.src = largest.url;
      image.alt = this.dataset.label ?? '';
      frame.replaceChildren(image);
    } else {
      frame.replaceChildren(make('span', 'hint', this.dataset.none ?? ''));
    }
    const forget = this.querySelector<HTMLElement>('[data-forget]');
    if (forget) forget.hidden = !largest;
  }
}

customElements.define('regie-picture', RegiePicture);
