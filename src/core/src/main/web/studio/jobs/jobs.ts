import { Idiomorph } from 'idiomorph';
import { call } from '../api';
import { make } from '../dom';
import { calmly } from '../live';
import { refreshTimes } from '../times';
import { toast, toastProblem } from '../toasts';
import { counted, say, words } from './words';

interface Job {
  log: string | null;
}

interface Retried {
  retried: number;
}

/**
 * A list of jobs, or one, that follows what happens. Each hint leads to one look at the server; only what differs is
 * changed, so that focus, opened logs and the place in the page stay.
 */
class RegieJobs extends HTMLElement {
  private readonly soon = calmly(() => void this.refresh(), 700);
  private readonly onHint = (event: DocumentEventMap['regie:hint']) => {
    if (event.detail.type === 'job') this.soon();
  };
  private readonly onShown = () => {
    if (!document.hidden) this.soon();
  };

  connectedCallback(): void {
    document.addEventListener('regie:hint', this.onHint);
    document.addEventListener('regie:again', this.soon);
    document.addEventListener('visibilitychange', this.onShown);
    this.addEventListener('submit', (event) => void this.order(event));
    // Opening does not bubble.
    this.addEventListener('toggle', (event) => void this.openLog(event.target as HTMLDetailsElement), true);
    // What happened between the page and this script.
    this.soon();
    this.setAttribute('ready', '');
  }

  disconnectedCallback(): void {
    document.removeEventListener('regie:hint', this.onHint);
    document.removeEventListener('regie:again', this.soon);
    document.removeEventListener('visibilitychange', this.onShown);
  }

  private async refresh(): Promise<void> {
    if (document.hidden) return;
    let html: string;
    try {
      const response = await fetch(this.dataset.source ?? '', { cache: 'no-store', redirect: 'error' });
      if (!response.ok) return;
      html = await response.text();
    } catch {
      // Away for a moment; the connection's return brings the next look.
      return;
    }
    const focused = document.activeElement as HTMLElement | null;
    const row = focused && this.contains(focused) ? focused.closest('li')?.id : undefined;
    Idiomorph.morph(this, html, {
      morphStyle: 'innerHTML',
      ignoreActiveValue: true,
      callbacks: {
        beforeNodeMorphed: (now: Node, fresh: Node) => {
          // An opened log or menu is its reader's.
          if (now instanceof HTMLDetailsElement && now.open) return false;
          // Shown times are words by now; the same moment needs no new ones.
          return !(
            now instanceof HTMLTimeElement &&
            fresh instanceof HTMLTimeElement &&
            now.dateTime === fresh.dateTime
          );
        },
      },
    });
    refreshTimes(this);
    if (row && document.activeElement === document.body) {
      // The button did what it was for and is gone.
      this.querySelector<HTMLElement>(`[id="${CSS.escape(row)}"] :is(a, button, summary)`)?.focus();
    }
    for (const log of this.querySelectorAll<HTMLDetailsElement>('details[data-log][open]')) void this.openLog(log);
  }

  private async order(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    const { order, title } = form.dataset;
    if (!order) return;
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute('aria-busy', 'true');
    try {
      // The API has the same addresses.
      const done = await call<Retried>('POST', new URL(form.action).pathname.replace('/studio/', '/api/v1/'));
      toast(
        order === 'retry-failed'
          ? counted(words.retryFailed, done.retried)
          : say(words[order as 'retry' | 'stop' | 'cancel'], { title: title ?? '' }),
      );
    } catch (failure) {
      toastProblem(failure);
    }
    button?.removeAttribute('aria-busy');
    await this.refresh();
  }

  private async openLog(details: HTMLDetailsElement): Promise<void> {
    if (!details.open || !details.dataset.log) return;
    try {
      const job = await call<Job>('GET', `/api/v1/jobs/${details.dataset.log}`);
      details.querySelector('[data-otherwise]')?.remove();
      const text = job.log || words.noLog;
      let log = details.querySelector('pre');
      if (!log) {
        log = make('pre', 'log');
        log.tabIndex = 0;
        log.setAttribute('role', 'region');
        log.setAttribute('aria-label', details.querySelector('summary')?.textContent ?? '');
        details.append(log);
      }
      if (log.textContent === text) return;
      const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
      // Text: a log may say anything.
      log.textContent = text;
      if (atEnd) log.scrollTop = log.scrollHeight;
    } catch (failure) {
      toastProblem(failure);
    }
  }
}

customElements.define('regie-jobs', RegieJobs);
