import { defaultOptions } from 'tus-js-client';
import './upload.css';
import { chunkSize, listen } from './api';
import { Item, type Settings } from './item';
import { words } from './words';

const AT_ONCE = 2;
const LOOK_APART = 1000;
const POLL = 2500;
const SERVER_KEEPS = 7 * 24 * 3600 * 1000;
const POLL_WITH_EVENTS = 15_000;

function find<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lacks #${id}`);
  return found as T;
}

const page = find('upload');
const input = find<HTMLInputElement>('files');
const list = find('items');
const go = find<HTMLButtonElement>('go');
const bar = find('go-bar');
const before = find('before');
const beforeList = find('before-items');
const standard = find<HTMLSelectElement>('visibility');

const settings: Settings = {
  endpoint: page.dataset.endpoint ?? '/api/v1/uploads',
  csrf: page.dataset.csrf ?? '',
  chunkSize: 16 * 1024 * 1024,
  visibilities: [...standard.options].map((option) => ({ value: option.value, label: option.text })),
  standard: standard.value,
};
const items: Item[] = [];
let events: { open(): boolean } | undefined;
let lastLook = 0;

function add(files: Iterable<File>): void {
  let first: HTMLElement | undefined;
  for (const file of files) {
    const item = new Item(file, { ...settings, standard: standard.value }, update);
    items.push(item);
    list.append(item.root);
    first ??= item.root;
    for (const entry of beforeList.children) if (entry.textContent === file.name) entry.remove();
  }
  before.hidden = beforeList.childElementCount === 0;
  input.value = '';
  update();
  first?.querySelector('input')?.focus();
}

function update(): void {
  const chosen = items.filter((item) => item.phase === 'chosen').length;
  bar.hidden = chosen === 0;
  go.textContent = words.uploadCount(chosen);
  page.toggleAttribute('data-busy', items.some((item) => item.phase !== 'cancelled'));
  let free = AT_ONCE - items.filter((item) => item.phase === 'uploading').length;
  for (const item of items) {
    if (free <= 0) break;
    if (item.phase === 'waiting') {
      free--;
      void item.start();
    }
  }
  if (!events && items.some((item) => item.phase === 'processing')) events = listen(hinted);
}

let lookSoon: ReturnType<typeof setTimeout> | undefined;

/** A job at work hints several times a second; nobody reads that fast. */
function hinted(): void {
  lookSoon ??= setTimeout(look, Math.max(0, LOOK_APART - (performance.now() - lastLook)));
}

function look(): void {
  clearTimeout(lookSoon);
  lookSoon = undefined;
  lastLook = performance.now();
  for (const item of items) void item.refresh();
}

/** Files of an earlier visit that were not finished: choosing one again continues it. */
async function showUnfinished(): Promise<void> {
  const all = await defaultOptions.urlStorage.findAllUploads();
  const known = all.filter((upload) => Date.now() - Date.parse(upload.creationTime) < SERVER_KEEPS);
  const names = new Set(known.map((upload) => upload.metadata.filename ?? '').filter((name) => name !== ''));
  before.hidden = names.size === 0;
  for (const name of names) {
    const entry = document.createElement('li');
    entry.textContent = name;
    beforeList.append(entry);
  }
}

input.addEventListener('change', () => add(input.files ?? []));
go.addEventListener('click', () => {
  for (const item of items) if (item.phase === 'chosen') item.wait();
});

let depth = 0;
const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
document.addEventListener('dragenter', (event) => {
  if (!carriesFiles(event)) return;
  depth++;
  page.toggleAttribute('data-drag', true);
});
document.addEventListener('dragleave', () => {
  depth = Math.max(0, depth - 1);
  if (depth === 0) page.toggleAttribute('data-drag', false);
});
document.addEventListener('dragover', (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
document.addEventListener('drop', (event) => {
  depth = 0;
  page.toggleAttribute('data-drag', false);
  if (!carriesFiles(event)) return;
  event.preventDefault();
  add(event.dataTransfer?.files ?? []);
});
window.addEventListener('beforeunload', (event) => {
  if (items.some((item) => item.running())) event.preventDefault();
});
setInterval(() => {
  const pause = events?.open() ? POLL_WITH_EVENTS : POLL;
  if (!document.hidden && performance.now() - lastLook >= pause) look();
}, 500);

page.toggleAttribute('data-script', true);
void showUnfinished();
void chunkSize(settings.endpoint).then((bytes) => (settings.chunkSize = bytes));
