type Attributes = Record<string, string | boolean>;

/** Builds one element; text stays text, so nothing that came from a title can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A button that shows one of our own icons and says its label to everyone who cannot see it. */
export function iconButton(part: string, label: string, icon: string): HTMLButtonElement {
  const button = element('button', { type: 'button', class: part, part });
  relabel(button, label, icon);
  return button;
}

export function relabel(button: HTMLButtonElement, label: string, icon: string): void {
  if (button.getAttribute('aria-label') === label) return;
  button.setAttribute('aria-label', label);
  button.title = label;
  button.innerHTML = icon;
}
