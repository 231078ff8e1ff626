const GO: Record<string, string> = {
  o: '/studio',
  u: '/studio/upload',
  l: '/studio/library',
  j: '/studio/jobs',
};
const PATIENCE = 1200;

/** Whether a key is meant for what has the focus rather than for the page. */
export function typing(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return true;
  const target = event.target as HTMLElement;
  return target.isContentEditable || target.matches?.('input:not([type=checkbox], [type=radio]), textarea, select');
}

export function watchKeys(): void {
  let going = -PATIENCE;
  document.addEventListener('keydown', (event) => {
    if (typing(event) || document.querySelector('dialog:modal')) return;
    if (event.key === '?') {
      event.preventDefault();
      (document.getElementById('shortcuts') as HTMLDialogElement).showModal();
      return;
    }
    const target = performance.now() - going < PATIENCE ? GO[event.key] : undefined;
    going = event.key === 'g' ? performance.now() : -PATIENCE;
    if (target) {
      event.preventDefault();
      location.assign(target);
    }
  });
}
