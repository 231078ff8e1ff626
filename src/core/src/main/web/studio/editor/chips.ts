import { icon, make } from '../dom';
import { Suggestions } from './suggestions';
import { words } from './words';

/** Tags one by one instead of in one field with commas. */
export class Chips {
  private tags: string[] = [];
  private readonly list = make('ul', 'tags');
  private readonly input = make('input', 'input');
  private readonly suggestions: Suggestions;

  constructor(field: HTMLElement, private readonly changed: () => void) {
    const plain = field.querySelector('input') as HTMLInputElement;
    const label = field.querySelector('label') as HTMLLabelElement;
    this.tags = plain.value.split(',').map((tag) => tag.trim()).filter(Boolean);
    plain.hidden = true;
    plain.disabled = true;
    field.querySelector('.hint')?.remove();
    this.input.id = 'add-tag';
    this.input.placeholder = words.addTag;
    this.input.maxLength = 50;
    label.htmlFor = this.input.id;
    plain.after(this.list, this.input);
    // Before the field's own keys: what is chosen from the list is no longer theirs.
    this.suggestions = new Suggestions(
      this.input,
      () => this.tags,
      (tag) => {
        this.input.value = tag;
        this.add();
      },
    );
    this.input.addEventListener('keydown', (event) => this.typed(event));
    this.input.addEventListener('change', () => this.add());
    this.draw();
  }

  get value(): string[] {
    return [...this.tags];
  }

  set value(tags: string[]) {
    this.tags = [...tags];
    this.draw();
  }

  private typed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      this.add();
    } else if (event.key === 'Backspace' && this.input.value === '' && this.tags.length > 0) {
      this.remove(this.tags.length - 1);
    }
  }

  private add(): void {
    const typed = this.input.value.split(',').map((tag) => tag.trim()).filter(Boolean);
    this.input.value = '';
    this.suggestions.close();
    const fresh = typed.filter((tag) => !this.tags.some((known) => known.toLowerCase() === tag.toLowerCase()));
    if (fresh.length === 0) return;
    this.tags.push(...fresh);
    this.draw();
    this.changed();
  }

  private remove(index: number): void {
    this.tags.splice(index, 1);
    this.draw();
    this.input.focus();
    this.changed();
  }

  private draw(): void {
    this.list.replaceChildren(
      ...this.tags.map((tag, index) => {
        const chip = make('li', 'tag', tag);
        const button = make('button');
        button.type = 'button';
        button.setAttribute('aria-label', words.removeTag(tag));
        button.append(icon('close'));
        button.addEventListener('click', () => this.remove(index));
        chip.append(button);
        return chip;
      }),
    );
    this.list.hidden = this.tags.length === 0;
  }
}
