import { call } from '../api';
import { make } from '../dom';
import { words } from './words';

const PAUSE = 150;
let number = 0;

/**
 * Offers tags that begin like what is typed, in a list under the field. Arrows walk it and Escape closes it; the field
 * keeps the focus, and Enter without a choice stays what it is to the field.
 */
export class Suggestions {
  private readonly list = make('ul', 'suggestions');
  private readonly count = make('p', 'unseen');
  private active = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  /** @param chosen what need not be offered any more */
  constructor(
    private readonly input: HTMLInputElement,
    private readonly chosen: () => string[],
    private readonly take: (tag: string) => void,
  ) {
    this.list.id = `suggestions-${++number}`;
    this.list.hidden = true;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', words.suggestions);
    this.count.setAttribute('role', 'status');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.list.id);
    input.setAttribute('aria-expanded', 'false');
    input.autocomplete = 'off';
    const place = make('div', 'suggesting');
    input.before(place);
    place.append(input, this.list, this.count);
    input.addEventListener('input', () => this.typed());
    input.addEventListener('keydown', (event) => this.pressed(event));
    input.addEventListener('blur', () => this.close());
    // The focus stays in the field.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest('[role=option]');
      if (option) this.choose(option);
    });
  }

  close(): void {
    clearTimeout(this.timer);
    // What is still on its way comes too late.
    this.asked++;
    this.show([]);
    this.count.textContent = '';
  }

  private typed(): void {
    const word = this.input.value.trim();
    if (word === '') {
      this.close();
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(word), PAUSE);
  }

  private async ask(word: string): Promise<void> {
    const mine = ++this.asked;
    try {
      const { items } = await call<{ items: string[] }>('GET', `/api/v1/tags?q=${encodeURIComponent(word)}`);
      if (mine !== this.asked) return;
      const chosen = new Set(this.chosen().map((tag) => tag.toLowerCase()));
      const fresh = items.filter((tag) => !chosen.has(tag.toLowerCase()));
      this.show(fresh);
      this.count.textContent = words.suggested(fresh.length);
    } catch {
      // Tags can be written without suggestions.
    }
  }

  private show(tags: string[]): void {
    this.list.replaceChildren(
      ...tags.map((tag, index) => {
        const option = make('li', '', tag);
        option.id = `${this.list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        return option;
      }),
    );
    this.list.hidden = tags.length === 0;
    this.input.setAttribute('aria-expanded', String(tags.length > 0));
    this.mark(-1);
  }

  private mark(index: number): void {
    this.list.children[this.active]?.setAttribute('aria-selected', 'false');
    this.active = index;
    const option = this.list.children[index];
    if (option) {
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      this.input.setAttribute('aria-activedescendant', option.id);
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  private choose(option: Element): void {
    const tag = option.textContent ?? '';
    this.close();
    this.take(tag);
  }

  private pressed(event: KeyboardEvent): void {
    const many = this.list.childElementCount;
    if (many === 0 || event.isComposing) return;
    const option = this.list.children[this.active];
    switch (event.key) {
      case 'ArrowDown':
        this.mark(this.active + 1 < many ? this.active + 1 : -1);
        break;
      case 'ArrowUp':
        this.mark(this.active < 0 ? many - 1 : this.active - 1);
        break;
      case 'Escape':
        this.close();
        break;
      case 'Enter':
        if (!option) return;
        this.choose(option);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
