import { element, iconButton } from './dom';
import type { Words } from './messages';

const CROSS =
  '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path fill="none" stroke="currentColor" stroke-width="2" ' +
  'stroke-linecap="round" d="M6 6l12 12M18 6L6 18"/></svg>';

/** The list of keys, as a modal dialog: the browser keeps the focus inside and gives it back. */
export function helpDialog(words: Words, video: boolean, captions: boolean): HTMLDialogElement {
  const rows: [string[], string][] = [
    [[words.space, 'K'], words.keyPlay],
    [['←', '→'], words.keySeek5],
    [['J', 'L'], words.keySeek10],
    [['↑', '↓'], words.keyVolume],
    [['M'], words.keyMute],
    [['0', '…', '9'], words.keyJump],
    [['<', '>'], words.keySpeed],
    [['?'], words.keyHelp],
  ];
  if (video) rows.splice(5, 0, [['F'], words.keyFullscreen], [['I'], words.keyPicture]);
  if (captions) rows.splice(5, 0, [['C'], words.keyCaptions]);
  const list = element('dl', {});
  for (const [keys, meaning] of rows) {
    list.append(
      element('div', {}, element('dt', {}, ...keys.map((key) => element('kbd', {}, key))), element('dd', {}, meaning)),
    );
  }
  const close = iconButton('close', words.close, CROSS);
  const dialog = element(
    'dialog',
    { class: 'help', part: 'help', 'aria-labelledby': 'help-title' },
    element('header', {}, element('h2', { id: 'help-title' }, words.help), close),
    list,
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}
