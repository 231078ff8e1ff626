import type { JSONContent } from '@tiptap/core';
import { RichText } from '../editor/rich-text';

/** The form of a post, or of a category: formatted text in place of the plain field, sent along with the rest. */
class RegiePost extends HTMLElement {
  private changed = false;

  connectedCallback(): void {
    const form = this.querySelector('form') as HTMLFormElement;
    const field = form.querySelector('[data-rich]') as HTMLElement;
    const plain = field.querySelector('textarea') as HTMLTextAreaElement;
    const text = new RichText(field, written(field.dataset.document, plain.value), () => (this.changed = true));
    for (const hint of form.querySelectorAll('[data-plain-only]')) hint.remove();
    form.addEventListener('input', () => (this.changed = true));
    form.addEventListener('change', () => showDate(form));
    form.addEventListener('submit', () => {
      this.changed = false;
      let sent = form.querySelector<HTMLInputElement>('input[name="document"]');
      if (!sent) {
        sent = document.createElement('input');
        sent.type = 'hidden';
        sent.name = 'document';
        form.append(sent);
      }
      sent.value = text.value ? JSON.stringify(text.value) : '';
    });
    form.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.changed) event.preventDefault();
    });
    showDate(form);
    this.setAttribute('ready', '');
  }
}

/** What the text is so far: where only its words are known, each paragraph of them. */
function written(document: string | undefined, plain: string): JSONContent | null {
  if (document) return JSON.parse(document) as JSONContent;
  const paragraphs = plain.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  if (paragraphs.length === 0) return null;
  return {
    type: 'doc',
    content: paragraphs.map((paragraph) => ({
      type: 'paragraph',
      content: [{ type: 'text', text: paragraph.trim().replace(/\s*\n\s*/g, ' ') }],
    })),
  };
}

function showDate(form: HTMLFormElement): void {
  const date = form.querySelector<HTMLElement>('.publication-date');
  if (date) date.hidden = new FormData(form).get('publication') !== 'at';
}

customElements.define('regie-post', RegiePost);
