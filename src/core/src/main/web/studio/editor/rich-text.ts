import { Editor, type JSONContent } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { icon, make } from '../dom';
import { words } from './words';

/** The same addresses that the server takes. */
const ADDRESS = /^(https?:\/\/[^\s"'<>\\`]+|(mailto|tel):[^\s"'<>\\`]+|\/(?![/\\])[^\s"'<>\\`]*|#[^\s"'<>\\`]*)$/i;

interface Tool {
  name: string;
  label: string;
  glyph: string;
  act: (editor: Editor) => void;
  active?: (editor: Editor) => boolean;
}

/** A formatted text with its toolbar, in place of the plain field that the page came with. */
export class RichText {
  private readonly editor: Editor;
  private readonly buttons: { tool: Tool; button: HTMLButtonElement }[] = [];

  constructor(field: HTMLElement, content: JSONContent | null, changed: () => void) {
    const textarea = field.querySelector('textarea') as HTMLTextAreaElement;
    const label = field.querySelector('label') as HTMLLabelElement;
    const box = make('div', 'rich');
    const bar = make('div', 'rich-bar');
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', words.formatting);
    const surface = make('div', 'rich-surface');
    box.append(bar, surface);
    textarea.after(box);
    textarea.hidden = true;
    textarea.disabled = true;
    this.editor = new Editor({
      element: surface,
      injectCSS: false,
      content,
      extensions: [
        StarterKit.configure({
          heading: { levels: [2, 3, 4] },
          underline: false,
          link: {
            openOnClick: false,
            defaultProtocol: 'https',
            HTMLAttributes: { target: null, rel: null, class: null },
            isAllowedUri: (url) => ADDRESS.test(url),
          },
        }),
      ],
      editorProps: {
        attributes: {
          class: 'rich-text',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-labelledby': label.id,
          id: 'rich-text',
        },
        handleKeyDown: (_view, event) => {
          if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
            event.preventDefault();
            this.askForLink();
            return true;
          }
          // Out of the text and into its toolbar, for who has only a keyboard.
          if (event.altKey && event.key === 'F10') {
            this.buttons.find(({ button }) => button.tabIndex === 0)?.button.focus();
            return true;
          }
          return false;
        },
      },
      onUpdate: changed,
      onTransaction: () => this.showState(),
    });
    label.addEventListener('click', () => this.editor.commands.focus());
    this.build(bar);
    this.showState();
  }

  get value(): JSONContent | null {
    return this.editor.isEmpty ? null : this.editor.getJSON();
  }

  set value(content: JSONContent | null) {
    this.editor.commands.setContent(content ?? '', { emitUpdate: false });
  }

  append(content: JSONContent): void {
    const end = this.editor.state.doc.content.size;
    this.editor.commands.insertContentAt(end, [{ type: 'horizontalRule' }, ...(content.content ?? [])]);
  }

  private build(bar: HTMLElement): void {
    const tools: Tool[] = [
      { name: 'bold', label: `${words.bold} (Ctrl+B)`, glyph: 'B', act: (e) => e.chain().focus().toggleBold().run() },
      { name: 'italic', label: `${words.italic} (Ctrl+I)`, glyph: 'I', act: (e) => e.chain().focus().toggleItalic().run() },
      { name: 'strike', label: words.strike, glyph: 'S', act: (e) => e.chain().focus().toggleStrike().run() },
      { name: 'code', label: words.code, glyph: '<>', act: (e) => e.chain().focus().toggleCode().run() },
      { name: 'link', label: `${words.link} (Ctrl+K)`, glyph: '', act: () => this.askForLink() },
      {
        name: 'heading2',
        label: words.heading,
        glyph: 'H2',
        act: (e) => e.chain().focus().toggleHeading({ level: 2 }).run(),
        active: (e) => e.isActive('heading', { level: 2 }),
      },
      {
        name: 'heading3',
        label: words.subheading,
        glyph: 'H3',
        act: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
        active: (e) => e.isActive('heading', { level: 3 }),
      },
      { name: 'bulletList', label: words.bulletList, glyph: '•', act: (e) => e.chain().focus().toggleBulletList().run() },
      { name: 'orderedList', label: words.orderedList, glyph: '1.', act: (e) => e.chain().focus().toggleOrderedList().run() },
      { name: 'blockquote', label: words.quote, glyph: '“', act: (e) => e.chain().focus().toggleBlockquote().run() },
      { name: 'codeBlock', label: words.codeBlock, glyph: '{ }', act: (e) => e.chain().focus().toggleCodeBlock().run() },
      {
        name: 'rule',
        label: words.rule,
        glyph: '—',
        act: (e) => e.chain().focus().setHorizontalRule().run(),
        active: () => false,
      },
      { name: 'undo', label: words.undo, glyph: '↶', act: (e) => e.chain().focus().undo().run(), active: () => false },
      { name: 'redo', label: words.redo, glyph: '↷', act: (e) => e.chain().focus().redo().run(), active: () => false },
    ];
    for (const tool of tools) {
      const button = make('button', `rich-tool ${tool.name}`);
      // Drawn by the style sheet: what is seen would have to be part of the name.
      button.dataset.glyph = tool.glyph;
      button.type = 'button';
      if (tool.name === 'link') button.append(icon('link'));
      button.title = tool.label;
      button.setAttribute('aria-label', tool.label);
      button.tabIndex = this.buttons.length === 0 ? 0 : -1;
      // The selection must survive the click.
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => tool.act(this.editor));
      this.buttons.push({ tool, button });
      bar.append(button);
    }
    bar.addEventListener('keydown', (event) => this.move(event));
  }

  /** One stop for the tabulator, arrows inside, as toolbars do. */
  private move(event: KeyboardEvent): void {
    const at = this.buttons.findIndex(({ button }) => button === event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const count = this.buttons.length;
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : step === undefined ? -1 : (at + step + count) % count;
    if (event.key === 'Escape') this.editor.commands.focus();
    if (to < 0) return;
    event.preventDefault();
    this.buttons.forEach(({ button }, index) => (button.tabIndex = index === to ? 0 : -1));
    this.buttons[to]?.button.focus();
  }

  private showState(): void {
    for (const { tool, button } of this.buttons) {
      if (tool.name === 'undo' || tool.name === 'redo' || tool.name === 'rule') continue;
      const active = tool.active?.(this.editor) ?? this.editor.isActive(tool.name);
      button.setAttribute('aria-pressed', String(active));
    }
  }

  private askForLink(): void {
    const before = (this.editor.getAttributes('link').href as string | undefined) ?? '';
    const dialog = make('dialog', 'dialog');
    const form = make('form', 'form');
    form.method = 'dialog';
    const title = make('h2', '', words.linkTitle);
    title.id = 'link-title';
    dialog.setAttribute('aria-labelledby', title.id);
    const field = make('div', 'field');
    const label = make('label', '', words.linkAddress);
    label.htmlFor = 'link-address';
    const input = make('input', 'input');
    input.id = 'link-address';
    input.value = before;
    input.inputMode = 'url';
    input.spellcheck = false;
    const hint = make('p', 'hint', words.linkHint);
    field.append(label, input, hint);
    const buttons = make('div', 'dialog-actions');
    const cancel = make('button', 'button', words.cancel);
    cancel.type = 'button';
    cancel.addEventListener('click', () => dialog.close());
    const set = make('button', 'button primary', words.linkSet);
    buttons.append(cancel);
    if (before) {
      const remove = make('button', 'button', words.linkRemove);
      remove.type = 'button';
      remove.addEventListener('click', () => {
        dialog.close();
        this.editor.chain().focus().extendMarkRange('link').unsetLink().run();
      });
      buttons.append(remove);
    }
    buttons.append(set);
    form.append(title, field, buttons);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const typed = input.value.trim();
      const href = /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(typed) ? `https://${typed}` : typed;
      if (!ADDRESS.test(href)) {
        hint.className = 'error';
        input.setAttribute('aria-invalid', 'true');
        input.focus();
        return;
      }
      dialog.close();
      const chain = this.editor.chain().focus().extendMarkRange('link');
      if (this.editor.state.selection.empty && !before) {
        chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run();
      } else {
        chain.setLink({ href }).run();
      }
    });
    dialog.append(form);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  }
}
