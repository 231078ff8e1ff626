import { make } from '../dom';
import { toast } from '../toasts';
import { type Field, type Written, readable } from './article';
import { words } from './words';

export type Choice = 'mine' | 'theirs' | 'both';

/** Shows both versions of what two people changed, until one is chosen. */
export function settle(fields: Field[], mine: Partial<Written>, theirs: Written): Promise<Choice> {
  const dialog = make('dialog', 'dialog wide conflict');
  const title = make('h2', '', words.conflict);
  title.id = 'conflict-title';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(title, make('p', '', words.conflictLead));
  for (const field of fields) {
    const section = make('section', 'stack small');
    section.append(make('h3', '', words.fields[field] ?? field));
    const sides = make('div', 'conflict-sides');
    sides.append(side(words.mine, readable(mine[field])), side(words.theirs, readable(theirs[field])));
    section.append(sides);
    dialog.append(section);
  }
  const buttons = make('div', 'dialog-actions');
  dialog.append(buttons);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const offer = (choice: Choice, label: string, primary = false) => {
      const button = make('button', primary ? 'button primary' : 'button', label);
      button.type = 'button';
      button.dataset.choice = choice;
      button.addEventListener('click', () => {
        dialog.remove();
        resolve(choice);
      });
      buttons.append(button);
    };
    offer('theirs', words.takeTheirs);
    if (fields.includes('description') && mine.description && theirs.description) offer('both', words.keepBoth);
    offer('mine', words.keepMine, true);
    // A decision is needed: Escape would lose one of the two without anybody having said which.
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.showModal();
  });
}

function side(label: string, text: string): HTMLElement {
  const box = make('div', 'conflict-side');
  const copy = make('button', 'button small', words.copy);
  copy.type = 'button';
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => toast(words.copied));
  });
  const head = make('div', 'section-header');
  head.append(make('strong', '', label), copy);
  box.append(head, make('pre', 'plain-text', text || words.nothing));
  return box;
}
