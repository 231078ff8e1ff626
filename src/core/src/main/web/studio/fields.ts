import type { Problem } from './api';
import { make } from './dom';

/** Puts what the server says about fields next to them. @returns whether each had its field */
export function showFieldErrors(form: HTMLElement, problem: Problem): boolean {
  clearFieldErrors(form);
  let all = problem.fields.length > 0;
  let first: HTMLElement | undefined;
  for (const { field, detail } of problem.fields) {
    const control = form.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`);
    if (!control) {
      all = false;
      continue;
    }
    const error = make('p', 'error', detail);
    error.id = `${control.id || field}-error`;
    error.dataset.error = '';
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', error.id);
    (control.closest('.field') ?? control.parentElement)?.append(error);
    first ??= control;
  }
  first?.focus();
  return all;
}

export function clearFieldErrors(form: HTMLElement): void {
  for (const error of form.querySelectorAll('[data-error]')) error.remove();
  for (const control of form.querySelectorAll('[aria-invalid="true"]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-describedby');
  }
}
