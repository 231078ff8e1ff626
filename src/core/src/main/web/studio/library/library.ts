import { call } from '../api';
import { make } from '../dom';
import { typing } from '../keys';
import { calmly } from '../live';
import { refreshTimes } from '../times';
import { toast, toastProblem } from '../toasts';
import { words as frame } from '../words';
import { words } from './words';

const BULK = '/api/v1/media/bulk';
const MOST_AT_ONCE = 500;
/** As many as one page of the list can hold. */
const MOST_AGAIN = 100;
const TAG_PAUSE = 200;

interface Answer {
  done: number;
  results: { id: string; done: boolean; detail?: string }[];
}

interface Asking {
  elt: HTMLElement;
  headers: Record<string, string>;
  parameters: Record<string, string>;
  triggeringEvent?: Event;
}

type Order =
  | {
      set: {
        visibility?: string;
        addTags?: string[];
        removeTags?: string[];
        addCategories?: string[];
        removeCategories?: string[];
      };
    }
  | { delete: true }
  | { restore: true };

/** Selecting, keys and what is done to many articles at once. Finding them works without it. */
class Library extends HTMLElement {
  private readonly chosen = new Set<string>();
  private last: string | undefined;
  /** Which one had the focus: fresh results replace it under somebody's hands. */
  private at: string | undefined;
  private stop: AbortController | undefined;
  /** Articles that changed since they were shown; each is fetched again when it is in view. */
  private readonly stale = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (isIntersecting) {
        this.stale.unobserve(target);
        this.due.add(Library.id(target));
      }
    }
    if (this.due.size > 0) this.fetchDue();
  });
  private readonly due = new Set<string>();
  private readonly fetchDue = calmly(() => void this.showAgain());

  connectedCallback(): void {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const all = calmly(() => this.lookAgain());
    this.addEventListener('click', (event) => this.clicked(event), { signal });
    this.addEventListener('change', (event) => this.changed(event), { signal });
    this.addEventListener('input', (event) => this.typed(event), { signal });
    this.addEventListener('focusin', (event) => this.focused(event), { signal });
    document.addEventListener('keydown', (event) => this.pressed(event), { signal });
    document.addEventListener('htmx:configRequest', (event) => this.asking(event as CustomEvent), { signal });
    document.addEventListener('htmx:afterSwap', () => this.refocus(), { signal });
    document.addEventListener('htmx:afterSettle', () => this.show(), { signal });
    const hinted = ({ detail }: DocumentEventMap['regie:hint']) => {
      if (detail.type !== 'media') return;
      if (this.short()) all();
      else this.expire((item) => Library.id(item) === detail.id);
    };
    document.addEventListener('regie:hint', hinted, { signal });
    document.addEventListener('regie:again', all, { signal });
    this.show();
    this.arrived();
  }

  disconnectedCallback(): void {
    this.stop?.abort();
    this.stale.disconnect();
  }

  private find<T extends HTMLElement>(selector: string): T {
    return this.querySelector(selector) as T;
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-article]:not([hidden])')];
  }

  private focused(event: FocusEvent): void {
    const item = (event.target as HTMLElement).closest('[data-article]');
    this.at = item ? Library.id(item) : undefined;
  }

  /** The article that keys are meant for. */
  private current(): HTMLElement | undefined {
    const { activeElement } = document;
    const item = activeElement?.closest<HTMLElement>('[data-article]');
    if (item && this.contains(item)) return item;
    return activeElement === document.body ? this.items().find((other) => Library.id(other) === this.at) : undefined;
  }

  /** Fresh results took the place of what had the focus. */
  private refocus(): void {
    const same = this.current();
    if (same && document.activeElement === document.body) Library.link(same).focus({ preventScroll: true });
  }

  private static id(item: Element): string {
    return (item as HTMLElement).dataset.article ?? '';
  }

  private static link(item: Element): HTMLAnchorElement {
    return item.querySelector('.card-title a, .row-title a') as HTMLAnchorElement;
  }

  /** Whether what is shown is the first page of a list, and no more than can be fetched at once. */
  private short(): boolean {
    return this.items().length <= MOST_AGAIN && !new URLSearchParams(location.search).has('cursor');
  }

  private expire(which: (item: Element) => boolean): void {
    for (const item of this.items().filter(which)) {
      // Those that it looks at already would not be told again.
      this.stale.unobserve(item);
      this.stale.observe(item);
    }
  }

  /** Puts what is due in the place of what is shown. */
  private async showAgain(): Promise<void> {
    const ids = [...this.due].slice(0, MOST_AGAIN);
    ids.forEach((id) => this.due.delete(id));
    const query = new URLSearchParams(ids.map((id) => ['id', id]));
    if (this.querySelector('table')) query.set('view', 'table');
    let html: string;
    try {
      const response = await fetch(`/studio/library/items?${query}`, { cache: 'no-store', redirect: 'error' });
      if (!response.ok) return;
      html = await response.text();
    } catch {
      // The connection's return brings the next look.
      return;
    }
    const fresh = make('template');
    fresh.innerHTML = html;
    for (const item of this.items().filter((shown) => ids.includes(Library.id(shown)))) {
      const now = fresh.content.querySelector<HTMLElement>(`[data-article="${CSS.escape(Library.id(item))}"]`);
      const focused = item.contains(document.activeElement);
      if (now) item.replaceWith(now);
      else item.hidden = true;
      if (now && focused) Library.link(now).focus({ preventScroll: true });
    }
    refreshTimes(this);
    this.show();
    if (this.due.size > 0) this.fetchDue();
  }

  /** Fetches what is shown once more; whatever has the focus or is selected stays so. */
  private lookAgain(): void {
    if (!this.short()) {
      this.expire(() => true);
      return;
    }
    document.getElementById('results')?.dispatchEvent(new CustomEvent('refresh'));
  }

  /** Before htmx asks: as much as was shown already, and whether somebody is in the middle of a word. */
  private asking(event: CustomEvent<Asking>): void {
    const { elt, headers, parameters, triggeringEvent } = event.detail;
    if (triggeringEvent?.type === 'input') headers['Regie-Typing'] = 'true';
    if (elt.id === 'results') {
      const many = this.items().length;
      if (many > 0) parameters.limit = String(Math.min(MOST_AGAIN, Math.max(48, many)));
    }
  }

  /** Brings the boxes and the bar in step with what is selected. */
  private show(): void {
    const shown = this.items();
    for (const item of shown) {
      const box = item.querySelector<HTMLInputElement>('.pick input, input.pick');
      if (box) box.checked = this.chosen.has(Library.id(item));
    }
    const all = this.querySelector<HTMLInputElement>('[data-all]');
    if (all) {
      const here = shown.filter((item) => this.chosen.has(Library.id(item))).length;
      all.checked = here > 0 && here === shown.length;
      all.indeterminate = here > 0 && here < shown.length;
    }
    const many = this.chosen.size;
    this.toggleAttribute('data-selecting', many > 0);
    this.find('.library-bulk').hidden = many === 0;
    this.find('.library-selected').textContent = many === 0 ? '' : words.selected(many);
  }

  private choose(items: Element[], on: boolean): void {
    for (const item of items) {
      if (on) this.chosen.add(Library.id(item));
      else this.chosen.delete(Library.id(item));
    }
    const end = items.at(-1);
    if (end) this.last = Library.id(end);
    this.show();
  }

  private deselect(): void {
    this.chosen.clear();
    this.last = undefined;
    this.show();
  }

  /** From the one selected last to this one, whichever comes first. */
  private range(item: Element): Element[] {
    const shown = this.items();
    const to = shown.indexOf(item as HTMLElement);
    const from = shown.findIndex((other) => Library.id(other) === this.last);
    return from < 0 ? [item] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const item = target.closest('[data-article]');
    if (item && target.matches('input')) {
      const on = (target as HTMLInputElement).checked;
      const items = event.shiftKey ? this.range(item) : [item];
      this.choose(items, on);
      this.last = Library.id(item);
      return;
    }
    // While some are selected, a click on a picture selects another.
    if (item && this.chosen.size > 0 && target.closest('.card-picture') && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.choose(event.shiftKey ? this.range(item) : [item], event.shiftKey || !this.chosen.has(Library.id(item)));
      return;
    }
    const button = target.closest('button');
    if (!button || !button.closest('.library-bulk')) return;
    if (button.dataset.visibility) {
      button.closest('details')?.removeAttribute('open');
      void this.apply({ set: { visibility: button.dataset.visibility } });
    } else if ('tags' in button.dataset) {
      void this.askTags();
    } else if ('categories' in button.dataset) {
      void this.askCategory();
    } else if ('delete' in button.dataset) {
      void this.trash();
    } else if ('deselect' in button.dataset) {
      this.deselect();
      this.items()[0]?.querySelector<HTMLElement>('.card-title a, .row-title a')?.focus();
    }
  }

  private changed(event: Event): void {
    const target = event.target as HTMLInputElement;
    if ('all' in target.dataset) this.choose(this.items(), target.checked);
  }

  private suggestions: ReturnType<typeof setTimeout> | undefined;

  /** Offers tags that begin like what is typed. */
  private typed(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (field.id !== 'tag') return;
    clearTimeout(this.suggestions);
    this.suggestions = setTimeout(() => {
      void call<{ items: string[] }>('GET', `/api/v1/tags?q=${encodeURIComponent(field.value)}`).then(
        ({ items }) => {
          const options = items.map((tag) => Object.assign(make('option'), { value: tag }));
          document.getElementById('tag-choice')?.replaceChildren(...options);
        },
        () => undefined,
      );
    }, TAG_PAUSE);
  }

  private pressed(event: KeyboardEvent): void {
    const search = this.find<HTMLInputElement>('#q');
    if (event.target === search && (event.key === 'ArrowDown' || (event.key === 'Escape' && search.value === ''))) {
      event.preventDefault();
      search.blur();
      if (event.key === 'ArrowDown') this.move(0);
      return;
    }
    if (typing(event) || document.querySelector('dialog:modal')) return;
    const item = this.current();
    switch (event.key) {
      case '/':
        event.preventDefault();
        search.focus();
        search.select();
        break;
      case 'Escape':
        this.escape();
        break;
      case 'a':
        event.preventDefault();
        this.choose(this.items(), true);
        break;
      case 'x':
      case 'X':
        if (item) {
          event.preventDefault();
          if (event.shiftKey) this.choose(this.range(item), true);
          else this.choose([item], !this.chosen.has(Library.id(item)));
        }
        break;
      case 'ArrowRight':
      case 'ArrowLeft':
      case 'ArrowDown':
      case 'ArrowUp':
        if (!item && document.activeElement !== document.body && event.target !== document.body) return;
        event.preventDefault();
        this.walk(event.key, item);
        break;
      default:
    }
  }

  private escape(): void {
    const menu = this.querySelector<HTMLDetailsElement>('details.menu[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    } else {
      this.deselect();
    }
  }

  private move(to: number): void {
    const shown = this.items();
    const item = shown[Math.max(0, Math.min(shown.length - 1, to))];
    if (!item) return;
    Library.link(item).focus();
    item.scrollIntoView({ block: 'nearest' });
  }

  private walk(key: string, from: Element | undefined): void {
    const shown = this.items();
    if (!from) {
      this.move(0);
      return;
    }
    const here = shown.indexOf(from as HTMLElement);
    const rtl = getComputedStyle(this).direction === 'rtl' ? -1 : 1;
    const row = shown.filter((item) => item.offsetTop === shown[0]?.offsetTop).length;
    const columns = this.querySelector('table') ? 1 : Math.max(1, row);
    const steps: Record<string, number> = {
      ArrowRight: rtl,
      ArrowLeft: -rtl,
      ArrowDown: columns,
      ArrowUp: -columns,
    };
    const to = here + (steps[key] ?? 0);
    if (to >= 0 && to < shown.length) this.move(to);
    else if (key === 'ArrowDown') this.find<HTMLElement>('.library-next a')?.focus();
  }

  private async askTags(): Promise<void> {
    const dialog = this.find<HTMLDialogElement>('#tags-dialog');
    dialog.querySelector('form')?.reset();
    dialog.returnValue = 'no';
    dialog.showModal();
    this.find('#add-tags').focus();
    await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    const typed = (name: string) => this.find<HTMLInputElement>(name).value.split(',').map((tag) => tag.trim()).filter(Boolean);
    const [addTags, removeTags] = [typed('#add-tags'), typed('#remove-tags')];
    if (dialog.returnValue === 'yes' && addTags.length + removeTags.length > 0) {
      await this.apply({ set: { addTags, removeTags } });
    }
  }

  private async askCategory(): Promise<void> {
    const dialog = this.find<HTMLDialogElement>('#category-dialog');
    dialog.returnValue = 'no';
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    const category = [this.find<HTMLSelectElement>('#bulk-category').value];
    if (dialog.returnValue === 'add') await this.apply({ set: { addCategories: category } });
    if (dialog.returnValue === 'remove') await this.apply({ set: { removeCategories: category } });
  }

  private async apply(order: Order): Promise<void> {
    const answer = await this.order([...this.chosen], order);
    if (answer.done > 0) toast(words.changed(answer.done));
    this.lookAgain();
  }

  private async trash(): Promise<void> {
    const answer = await this.order([...this.chosen], { delete: true });
    const gone = answer.results.filter((result) => result.done).map((result) => result.id);
    if (gone.length > 0) {
      const only = this.items().find((item) => Library.id(item) === gone[0]);
      const title = gone.length === 1 && only ? Library.link(only).textContent : undefined;
      this.offerUndo(title ? words.title(title) : words.deleted(gone.length), gone);
      for (const item of this.items()) item.hidden = gone.includes(Library.id(item));
      gone.forEach((id) => this.chosen.delete(id));
      this.show();
      this.move(0);
    }
    this.lookAgain();
  }

  private offerUndo(text: string, ids: string[]): void {
    toast(text, { action: { label: frame.undo, act: () => void this.restore(ids) } });
  }

  /** Another page deleted an article and led here. */
  private arrived(): void {
    const id = /^#deleted-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
    if (!id) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    this.offerUndo(words.deleted(1), [id]);
  }

  private async restore(ids: string[]): Promise<void> {
    const answer = await this.order(ids, { restore: true });
    if (answer.done > 0) toast(words.restored(answer.done));
    for (const item of this.querySelectorAll<HTMLElement>('[data-article][hidden]')) {
      item.hidden = !ids.includes(Library.id(item));
    }
    this.lookAgain();
  }

  /** As many requests as it takes; what was refused is said once. */
  private async order(ids: string[], order: Order): Promise<Answer> {
    const all: Answer = { done: 0, results: [] };
    try {
      for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
        const answer = await call<Answer>('POST', BULK, { ids: ids.slice(i, i + MOST_AT_ONCE), ...order });
        all.done += answer.done;
        all.results.push(...answer.results);
      }
    } catch (failure) {
      toastProblem(failure);
    }
    const refused = all.results.filter((result) => !result.done);
    if (refused[0]) toast(words.refused(refused.length, refused[0].detail ?? ''), { bad: true });
    return all;
  }
}

customElements.define('regie-library', Library);
