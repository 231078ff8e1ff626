import htmx from 'htmx.org';
import { watchPreviews } from '../preview/hover';
import './studio.css';
import { csrf, problemFrom } from './api';
import { watchConfirms } from './confirm';
import { loadElements } from './elements';
import { showFieldErrors } from './fields';
import { watchKeys } from './keys';
import { calmly, goLive } from './live';
import { watchTheme } from './theme';
import { keepTimes, refreshTimes } from './times';
import { toast, type ToastOptions } from './toasts';

// Before htmx looks at the page: nothing is evaluated, no foreign address asked, no page kept in storage.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  historyRestoreAsHxRequest: false,
});

document.addEventListener('htmx:configRequest', (event) => {
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers['X-CSRF-Token'] = csrf();
});

interface HtmxFailure {
  elt: HTMLElement;
  xhr?: XMLHttpRequest;
}

/** A refusal goes next to the fields it is about, or else it is said in passing. */
function refused(event: Event): void {
  const { elt, xhr } = (event as CustomEvent<HtmxFailure>).detail;
  const problem = problemFrom(
    xhr?.status ?? 0,
    xhr?.getResponseHeader('Content-Type') ?? null,
    xhr?.responseText ?? '',
  );
  const form = elt.closest('form');
  if (!form || !showFieldErrors(form, problem)) toast(problem.message, { bad: true });
}

for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, refused);
}

// Answers to htmx may carry `HX-Trigger: {"regie:toast": {"text": …}}`.
document.addEventListener('regie:toast', (event) => {
  const { text, ...options } = (event as CustomEvent<{ text: string } & ToastOptions>).detail;
  toast(text, options);
});

document.addEventListener('htmx:load', (event) => {
  const { elt } = (event as CustomEvent<{ elt: HTMLElement }>).detail;
  loadElements(elt.parentElement ?? elt);
});

// Before anything is painted: a moment later everybody sees the times as machines write them.
document.addEventListener('htmx:afterSwap', () => refreshTimes());

/** Fragments that say with `data-refresh` which kinds of hint concern them get a `refresh` event. */
function refreshFragments(type?: string): void {
  for (const fragment of document.querySelectorAll<HTMLElement>('[data-refresh]')) {
    const kinds = (fragment.dataset.refresh ?? '').split(' ');
    if (type === undefined || kinds.includes(type)) htmx.trigger(fragment, 'refresh', {});
  }
}

const waiting = new Set<string>();
const refreshSoon = calmly(() => {
  const kinds = [...waiting];
  waiting.clear();
  kinds.forEach((kind) => refreshFragments(kind));
});
document.addEventListener('regie:hint', (event) => {
  waiting.add(event.detail.type);
  refreshSoon();
});
document.addEventListener('regie:again', () => refreshFragments());

watchConfirms();
watchKeys();
watchTheme();
keepTimes();
watchPreviews();
goLive();
loadElements();
