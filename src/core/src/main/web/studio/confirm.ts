/**
 * Asks before something that cannot be taken back. Buttons, links and forms say what is asked with `data-confirm`, and
 * with `data-confirm-title` and `data-confirm-action` which thing and what the button does to it.
 */
export function ask(text: string, title?: string, action?: string): Promise<boolean> {
  const dialog = document.getElementById('confirm') as HTMLDialogElement;
  const heading = dialog.querySelector('h2') as HTMLElement;
  const yes = dialog.querySelector('button[value="yes"]') as HTMLElement;
  (dialog.querySelector('p') as HTMLElement).textContent = text;
  heading.textContent = title ?? heading.dataset.otherwise ?? '';
  yes.textContent = action ?? yes.dataset.otherwise ?? '';
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

export function asking(element: HTMLElement): Promise<boolean> {
  const { confirm, confirmTitle, confirmAction } = element.dataset;
  return ask(confirm ?? '', confirmTitle, confirmAction ?? element.textContent?.trim());
}

/** What stands in its place now: parts of pages are renewed while people think. Nothing when it is gone for good. */
function standing<E extends Element>(element: E): E | undefined {
  if (element.isConnected) return element;
  const byId = element.id ? document.getElementById(element.id) : null;
  if (byId?.tagName === element.tagName) return byId as Element as E;
  return [...document.getElementsByTagName(element.tagName)].find((other) => other.outerHTML === element.outerHTML) as
    | E
    | undefined;
}

const byHtmx = (element: Element) => element.matches('[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete]');

export function watchConfirms(): void {
  // Capturing: before the page's own listeners, which then hear only what was confirmed.
  let confirmed: Element | undefined;
  document.addEventListener(
    'click',
    (event) => {
      const element = (event.target as Element).closest?.<HTMLElement>('[data-confirm]');
      if (!element || element.tagName === 'FORM' || byHtmx(element)) return;
      if (confirmed === element) {
        confirmed = undefined;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      void asking(element).then((yes) => {
        if (!yes) return;
        const current = standing(element);
        confirmed = current;
        current?.click();
      });
    },
    { capture: true },
  );
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.dataset.confirm || byHtmx(form)) return;
      if (confirmed === form) {
        confirmed = undefined;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      void asking(form).then((yes) => {
        if (!yes) return;
        const current = standing(form);
        confirmed = current;
        const button = submitter ? (standing(submitter as HTMLElement) ?? null) : null;
        current?.requestSubmit(button && current.contains(button) ? button : null);
      });
    },
    { capture: true },
  );
  document.addEventListener('htmx:confirm', (event) => {
    const { elt, issueRequest } = (event as CustomEvent<{ elt: HTMLElement; issueRequest: (skip: boolean) => void }>)
      .detail;
    if (!elt.dataset.confirm) return;
    if (confirmed === elt) {
      confirmed = undefined;
      return;
    }
    event.preventDefault();
    void asking(elt).then((yes) => {
      if (!yes) return;
      if (elt.isConnected) return issueRequest(true);
      const current = standing(elt);
      confirmed = current;
      if (current instanceof HTMLFormElement) current.requestSubmit();
      else current?.click();
    });
  });
}
