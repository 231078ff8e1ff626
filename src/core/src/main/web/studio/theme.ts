const YEAR = 365 * 24 * 3600;

/** Changes at once what the form would change by loading the page again. */
export function watchTheme(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLElement;
    const button = event.submitter as HTMLButtonElement | null;
    if (!form.matches('[data-theme-switch]') || !button) return;
    event.preventDefault();
    document.documentElement.dataset.theme = button.value;
    document.cookie = `regie-theme=${button.value}; path=/; max-age=${YEAR}; samesite=lax`;
    for (const other of form.querySelectorAll('button')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
    document.dispatchEvent(new CustomEvent('regie:theme'));
  });
}
