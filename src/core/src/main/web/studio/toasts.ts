import { Problem } from './api';
import { icon, make } from './dom';
import { words } from './words';

const LIFE = 6000;
/** Time enough to change one's mind. */
const LIFE_WITH_ACTION = 12_000;
const MOST = 4;

export interface ToastOptions {
  bad?: boolean;
  action?: { label: string; act: () => void };
}

/** Says something in passing. What must not be missed belongs on the page instead. */
export function toast(text: string, options: ToastOptions = {}): void {
  const region = document.getElementById('toasts');
  if (!region) return;
  const box = make('div', options.bad ? 'toast bad' : 'toast');
  if (options.bad) box.setAttribute('role', 'alert');
  box.append(icon(options.bad ? 'alert' : 'check'), make('p', '', text));
  const remove = () => box.remove();
  if (options.action) {
    const { label, act } = options.action;
    const button = make('button', 'button small', label);
    button.type = 'button';
    button.addEventListener('click', () => {
      remove();
      act();
    });
    box.append(button);
  }
  const close = make('button', 'button quiet small square');
  close.type = 'button';
  close.setAttribute('aria-label', words.dismiss);
  close.append(icon('close'));
  close.addEventListener('click', remove);
  box.append(close);
  while (region.childElementCount >= MOST) region.firstElementChild?.remove();
  region.append(box);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const live = () => (timer = setTimeout(remove, options.action ? LIFE_WITH_ACTION : LIFE));
  // Nobody loses what they are reading or about to press.
  box.addEventListener('pointerenter', () => clearTimeout(timer));
  box.addEventListener('pointerleave', live);
  box.addEventListener('focusin', () => clearTimeout(timer));
  box.addEventListener('focusout', live);
  live();
}

/** Tells about a failure in the server's own words where it has some. */
export function toastProblem(failure: unknown): void {
  toast(failure instanceof Problem ? failure.message : words.broken, { bad: true });
}
