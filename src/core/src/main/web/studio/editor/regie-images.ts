import { call } from '../api';
import { icon, make } from '../dom';
import { toastProblem } from '../toasts';
import { words } from './words';

const PAGE = 60;

interface Image {
  id: string;
  title: string;
  thumbnailUrl: string | null;
  original: { url: string | null };
}

interface Page {
  items: Image[];
}

/** Images in an order, each shown for its own time. Every row is two fields of the form, so the form sends the order. */
class RegieImages extends HTMLElement {
  private list!: HTMLOListElement;
  private readonly said = make('p', 'unseen');
  private readonly count = make('span', 'hint');
  private built = false;

  connectedCallback(): void {
    if (this.built) return;
    this.built = true;
    this.list = this.querySelector('ol') as HTMLOListElement;
    this.said.setAttribute('role', 'status');
    for (const row of this.rows()) {
      this.equip(row, row.dataset.title ?? '', row.dataset.picture);
    }
    const add = make('button', 'button small', '');
    add.type = 'button';
    add.dataset.add = '';
    add.append(icon('plus'), words.imagesAdd);
    add.addEventListener('click', () => this.choose());
    const all = make('input', 'input');
    all.type = 'number';
    all.min = '0.02';
    all.max = '60';
    all.step = 'any';
    all.value = this.seconds(this.rows()[0])?.value ?? '0.5';
    all.addEventListener('input', () => {
      for (const row of this.rows()) (this.seconds(row) as HTMLInputElement).value = all.value;
    });
    const label = make('label', 'line', words.imagesAll);
    label.append(all);
    const bar = make('div', 'line image-bar');
    bar.append(add, label, this.count);
    this.list.after(bar, this.said);
    this.changed();
  }

  private rows(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private seconds(row: HTMLElement | undefined): HTMLInputElement | null {
    return row?.querySelector<HTMLInputElement>('input[type=number]') ?? null;
  }

  private get most(): number {
    return Number(this.dataset.most ?? 0) || Infinity;
  }

  private row(image: Image): HTMLElement {
    const row = make('li', 'image-item');
    const input = make('input');
    input.type = 'hidden';
    input.name = `${this.dataset.name}.input`;
    input.value = image.id;
    const label = make('label', '', `${words.imagesSeconds} `);
    const seconds = make('input', 'input');
    seconds.type = 'number';
    seconds.min = '0.02';
    seconds.max = '60';
    seconds.step = 'any';
    seconds.required = true;
    seconds.name = `${this.dataset.name}.seconds`;
    seconds.value = this.seconds(this.rows().at(-1))?.value ?? '0.5';
    label.append(seconds);
    row.append(input, make('span', 'image-title', image.title), label);
    this.equip(row, image.title, image.thumbnailUrl ?? image.original.url ?? undefined);
    return row;
  }

  private equip(row: HTMLElement, title: string, picture: string | undefined): void {
    const grip = make('span', 'image-grip');
    grip.setAttribute('aria-hidden', 'true');
    grip.append(icon('grip'));
    grip.addEventListener('pointerdown', (event) => this.drag(event, row, title));
    const frame = make('span', 'image-picture');
    if (picture) {
      const image = make('img');
      image.src = picture;
      image.alt = '';
      image.loading = 'lazy';
      frame.append(image);
    } else {
      frame.append(icon('image'));
    }
    row.prepend(grip, frame);
    const buttons = make('span', 'image-buttons');
    buttons.append(
      this.button(words.imageUp(title), 'up', (button) => this.shift(row, -1, title, button)),
      this.button(words.imageDown(title), 'down', (button) => this.shift(row, 1, title, button)),
      this.button(words.imageRemove(title), 'close', () => this.drop(row)),
    );
    row.append(buttons);
    row.addEventListener('keydown', (event) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      event.preventDefault();
      this.shift(row, event.key === 'ArrowUp' ? -1 : 1, title, event.target as HTMLElement);
    });
  }

  private button(label: string, name: string, act: (button: HTMLElement) => void): HTMLButtonElement {
    const button = make('button', 'button small square');
    button.type = 'button';
    button.title = label;
    button.setAttribute('aria-label', label);
    button.append(icon(name));
    button.addEventListener('click', () => act(button));
    return button;
  }

  private shift(row: HTMLElement, by: -1 | 1, title: string, focused: HTMLElement): void {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    // Moving an element takes the focus from it.
    focused.focus();
    this.tell(row, title);
    this.changed();
  }

  private tell(row: HTMLElement, title: string): void {
    const rows = this.rows();
    this.said.textContent = words.imageMoved(title, rows.indexOf(row) + 1, rows.length);
  }

  private drop(row: HTMLElement): void {
    const next = (row.nextElementSibling ?? row.previousElementSibling) as HTMLElement | null;
    row.remove();
    (next?.querySelector<HTMLElement>('button:last-of-type') ?? this.querySelector<HTMLElement>('[data-add]'))?.focus();
    this.changed();
  }

  private drag(event: PointerEvent, row: HTMLElement, title: string): void {
    if (event.button !== 0) return;
    event.preventDefault();
    // The list holds the pointer: what moves inside the document would lose it.
    this.list.setPointerCapture(event.pointerId);
    row.classList.add('held');
    const released = new AbortController();
    const { signal } = released;
    this.list.addEventListener(
      'pointermove',
      ({ clientY }) => {
        const below = this.rows().find((other) => {
          const { top, height } = other.getBoundingClientRect();
          return other !== row && clientY < top + height / 2;
        });
        if (below !== row.nextElementSibling) this.list.insertBefore(row, below ?? null);
      },
      { signal },
    );
    const release = () => {
      released.abort();
      row.classList.remove('held');
      this.tell(row, title);
      this.changed();
    };
    this.list.addEventListener('lostpointercapture', release, { signal });
  }

  private changed(): void {
    const rows = this.rows();
    rows.forEach((row, index) => {
      const [up, down, gone] = row.querySelectorAll<HTMLButtonElement>('.image-buttons button');
      up?.setAttribute('aria-disabled', String(index === 0));
      down?.setAttribute('aria-disabled', String(index === rows.length - 1));
      if (gone) gone.disabled = rows.length === 1;
    });
    this.count.textContent = words.imagesCount(rows.length);
    this.list.dispatchEvent(new Event('input', { bubbles: true }));
  }

  private choose(): void {
    const dialog = make('dialog', 'dialog wide');
    const title = make('h2', '', words.imagesTitle);
    title.id = 'images-title';
    dialog.setAttribute('aria-labelledby', title.id);
    const search = make('input', 'input search');
    search.type = 'search';
    search.setAttribute('aria-label', words.imagesSearch);
    search.placeholder = words.imagesSearch;
    const found = make('ul', 'image-choice');
    const none = make('p', 'hint');
    none.setAttribute('role', 'status');
    const buttons = make('div', 'dialog-actions');
    const cancel = make('button', 'button', words.imagesCancel);
    const use = make('button', 'button primary');
    cancel.type = use.type = 'button';
    buttons.append(cancel, use);
    dialog.append(title, search, found, none, buttons);
    const chosen = new Map<string, Image>();
    const room = this.most - this.rows().length;
    const say = () => {
      use.textContent = words.imagesUse(chosen.size);
      use.disabled = chosen.size === 0 || chosen.size > room;
    };
    const offer = (image: Image): HTMLElement => {
      const item = make('li');
      const button = make('button', 'image-offer');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(chosen.has(image.id)));
      const frame = make('span', 'image-picture');
      const source = image.thumbnailUrl ?? image.original.url;
      if (source) {
        const picture = make('img');
        picture.src = source;
        picture.alt = '';
        picture.loading = 'lazy';
        frame.append(picture);
      } else {
        frame.append(icon('image'));
      }
      button.append(frame, make('span', 'image-title', image.title));
      button.addEventListener('click', () => {
        if (!chosen.delete(image.id)) chosen.set(image.id, image);
        button.setAttribute('aria-pressed', String(chosen.has(image.id)));
        say();
      });
      item.append(button);
      return item;
    };
    let asked = 0;
    const look = async () => {
      const mine = ++asked;
      const query = new URLSearchParams({ kind: 'image', scope: 'editable', limit: String(PAGE), q: search.value.trim() });
      try {
        const { items } = await call<Page>('GET', `/api/v1/media?${query}`);
        if (mine !== asked) return;
        found.replaceChildren(...items.map(offer));
        none.textContent = items.length === 0 ? words.imagesNone : '';
      } catch (failure) {
        toastProblem(failure);
      }
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    search.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), 250);
    });
    cancel.addEventListener('click', () => dialog.close());
    use.addEventListener('click', () => {
      this.list.append(...[...chosen.values()].map((image) => this.row(image)));
      this.changed();
      dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      this.querySelector<HTMLElement>('[data-add]')?.focus();
    });
    say();
    document.body.append(dialog);
    dialog.showModal();
    void look();
  }
}

customElements.define('regie-images', RegieImages);
