/** Copies what its field holds. Without a script the field is there to be selected, and no button promises more. */
export class CopyElement extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector('input');
    const button = this.querySelector('button');
    const label = button?.querySelector('span');
    if (!field || !button || !label) return;
    field.addEventListener('focus', () => field.select());
    // Only pages that nobody can have changed on the way may write to the clipboard.
    if (!navigator.clipboard) return;
    button.hidden = false;
    const before = label.textContent ?? '';
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(field.value).then(
        () => {
          label.textContent = this.dataset.copied ?? before;
          setTimeout(() => (label.textContent = before), 2500);
        },
        () => field.select(),
      );
    });
  }
}

customElements.define('regie-copy', CopyElement);
