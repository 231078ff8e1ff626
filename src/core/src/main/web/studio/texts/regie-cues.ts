import { send } from '../api';
import { icon, make } from '../dom';
import { moment, readMoment } from '../editor/moments';
import { toastProblem } from '../toasts';
import { Lane, type Piece } from './lane';
import { Saving } from './saving';
import { Stage } from './stage';
import { words } from './words';

const USUAL_LENGTH = 2.5;
const LEAST_LENGTH = 0.1;

interface Sent {
  start: number;
  end: number;
  text: string;
  settings: string;
}

interface Cue extends Piece, Sent {
  end: number;
}

interface Row {
  item: HTMLLIElement;
  time: HTMLElement;
  text: HTMLElement;
}

/** The cues of a track, worked on beside the player: a list, one of it open, and the same on a timeline. */
class RegieCues extends HTMLElement {
  private cues: Cue[] = [];
  private selected: Cue | undefined;
  private playing: Cue | undefined;
  private stage: Stage | undefined;
  private lane: Lane<Cue> | undefined;
  private saving!: Saving<{ cues: Sent[] }>;
  private preview: TextTrack | undefined;
  private readonly previewed = new Map<Cue, VTTCue>();
  private readonly rows = new Map<Cue, Row>();
  private readonly list = make('ol', 'cue-list');
  private readonly count = make('p', 'hint');
  private readonly note = make('div', 'texts-note');
  private readonly form = make('div', 'cue-form');
  private readonly startField = make('input', 'input');
  private readonly endField = make('input', 'input');
  private readonly textField = make('textarea', 'textarea');
  private readonly speed = make('p', 'hint');
  private readonly wrong = make('p', 'error');
  private readonly listening = new AbortController();
  private built = false;

  async connectedCallback(): Promise<void> {
    if (this.built) return;
    this.built = true;
    this.stage = await Stage.find();
    this.saving = new Saving(
      `${this.api}/cues`,
      { value: () => this.value(), reload: () => this.load() },
      this.note,
      this.listening.signal,
    );
    try {
      await this.load();
    } catch (failure) {
      // What stands in the page can still be read.
      toastProblem(failure);
      return;
    }
    this.build();
    this.setAttribute('ready', '');
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.listening.abort();
    });
  }

  private get api(): string {
    return `/api/v1/media/${this.dataset.article}/captions/${this.dataset.track}`;
  }

  private async load(): Promise<void> {
    const { body, headers } = await send<{ cues: Sent[] }>('GET', this.api);
    this.saving.tag = headers.get('ETag') ?? '';
    this.cues = body.cues.map((cue) => ({ ...cue, label: cue.text }));
    this.selected = undefined;
    this.rows.clear();
    this.listen();
    this.order();
    if (this.list.isConnected) this.show();
  }

  /** Shown in the player as it will be, before it is saved. */
  private listen(): void {
    if (!this.stage) return;
    this.preview ??= this.stage.media.addTextTrack('captions', '', this.dataset.language);
    this.preview.mode = 'showing';
    for (const cue of this.previewed.values()) this.preview.removeCue(cue);
    this.previewed.clear();
    for (const cue of this.cues) this.foretell(cue);
  }

  private foretell(cue: Cue): void {
    const before = this.previewed.get(cue);
    if (before) this.preview?.removeCue(before);
    this.previewed.delete(cue);
    if (!this.preview || !this.cues.includes(cue) || cue.end <= cue.start) return;
    const shown = new VTTCue(cue.start, cue.end, cue.text);
    // Above the player's controls, which are there while it stands.
    if (!cue.settings.includes('line:')) shown.line = this.stage?.lineAbove(cue.text) ?? 'auto';
    this.preview.addCue(shown);
    this.previewed.set(cue, shown);
  }

  private value(): { cues: Sent[] } | undefined {
    if (this.cues.some((cue) => problemOf(cue) !== '')) return undefined;
    return { cues: this.cues.map(({ start, end, text, settings }) => ({ start, end, text, settings })) };
  }

  private build(): void {
    const { signal } = this.listening;
    this.list.setAttribute('aria-label', words.cueList);
    const add = this.button('button small', words.insertHere, 'plus', () => this.insertAtPlayhead(), words.insertHere);
    const bar = make('div', 'texts-bar');
    bar.append(this.count, add);
    this.buildForm();
    this.replaceChildren(this.note, bar, this.list);
    const place = document.getElementById('lane');
    if (this.stage && place) {
      const { media } = this.stage;
      const length = Number(this.dataset.duration) || media.duration || 0;
      if (length > 0) {
        this.lane = new Lane<Cue>(
          length,
          this.dataset.storyboard,
          {
            seek: (time) => this.stage?.seek(time),
            chosen: (cue) => this.select(cue, false),
            moved: (cue, start, end, done) => this.retime(cue, start, end ?? cue.end, done),
          },
          signal,
        );
        place.replaceChildren(this.lane.root);
      }
      media.addEventListener('timeupdate', () => this.follow(), { signal });
      media.addEventListener('seeking', () => this.follow(), { signal });
    }
    this.list.addEventListener('click', (event) => {
      const button = (event.target as Element).closest('.cue-row');
      const cue = [...this.rows].find(([, row]) => button && row.item.contains(button))?.[0];
      if (cue) this.select(cue, true);
    });
    document.addEventListener('keydown', (event) => this.key(event), { signal, capture: true });
    this.show();
  }

  private button(look: string, label: string, name: string, act: () => void, text = ''): HTMLButtonElement {
    const button = make('button', look);
    button.type = 'button';
    button.append(icon(name));
    if (text) button.append(text);
    else {
      button.title = label;
      button.setAttribute('aria-label', label);
    }
    button.addEventListener('click', act);
    return button;
  }

  private buildForm(): void {
    const times = make('div', 'cue-times');
    const ends: ['start' | 'end', HTMLInputElement, string, string][] = [
      ['start', this.startField, words.start, words.startHere],
      ['end', this.endField, words.end, words.endHere],
    ];
    for (const [end, field, label, here] of ends) {
      const box = make('div', 'field');
      const name = make('label', '', label);
      field.id = `cue-${end}`;
      name.htmlFor = field.id;
      field.inputMode = 'decimal';
      field.autocomplete = 'off';
      field.addEventListener('change', () => this.timed(end, readMoment(field.value)));
      const now = make('button', 'button', words.here);
      now.type = 'button';
      now.title = here;
      now.setAttribute('aria-label', `${words.here}: ${here}`);
      now.addEventListener('click', () => this.timed(end, this.stage?.time ?? 0));
      const line = make('div', 'line');
      line.append(field, now);
      box.append(name, line);
      times.append(box);
    }
    const box = make('div', 'field');
    const name = make('label', '', words.text);
    this.textField.id = 'cue-text';
    name.htmlFor = this.textField.id;
    this.textField.rows = 3;
    this.textField.dir = 'auto';
    this.textField.lang = this.dataset.language ?? '';
    this.wrong.id = 'cue-wrong';
    this.textField.setAttribute('aria-describedby', this.wrong.id);
    this.textField.addEventListener('input', () => this.wrote());
    box.append(name, this.textField, this.wrong, this.speed);
    const tools = make('div', 'line');
    tools.append(
      this.button('button small', words.playCue, 'play', () => this.playSelected(), words.playCue),
      this.button('button small', words.split, 'copy', () => this.split(), words.split),
      this.button('button small', words.insert, 'plus', () => this.insertAfter(), words.insert),
      this.button('button small', words.remove, 'trash', () => this.drop(), words.remove),
    );
    this.form.append(times, box, tools);
  }

  private row(cue: Cue): Row {
    const known = this.rows.get(cue);
    if (known) return known;
    const item = make('li', 'cue');
    const button = make('button', 'cue-row');
    button.type = 'button';
    const time = make('span', 'cue-time');
    const text = make('span', 'cue-text');
    text.dir = 'auto';
    button.append(time, text);
    item.append(button);
    const row = { item, time, text };
    this.rows.set(cue, row);
    this.write(cue);
    return row;
  }

  private write(cue: Cue): void {
    const row = this.rows.get(cue);
    if (!row) return;
    row.time.textContent = `${moment(cue.start)} – ${moment(cue.end)}`;
    row.text.textContent = cue.text || words.cueEmpty;
    row.item.classList.toggle('wrong', problemOf(cue) !== '');
  }

  private order(): void {
    this.cues.sort((a, b) => a.start - b.start);
  }

  /** The whole list, after cues came, went or changed places. */
  private show(): void {
    this.order();
    for (const cue of this.rows.keys()) if (!this.cues.includes(cue)) this.rows.delete(cue);
    const items = this.cues.map((cue) => this.row(cue).item);
    const same = items.length === this.list.children.length && items.every((item, i) => this.list.children[i] === item);
    if (!same) this.list.replaceChildren(...items);
    this.count.textContent = words.cueLength(this.cues.length);
    this.open();
    this.lane?.show(this.cues, this.selected);
  }

  private open(): void {
    for (const [cue, { item }] of this.rows) {
      const open = cue === this.selected;
      item.classList.toggle('open', open);
      (item.firstElementChild as HTMLElement).setAttribute('aria-expanded', String(open));
    }
    const cue = this.selected;
    if (!cue) {
      this.form.remove();
      return;
    }
    const { item } = this.row(cue);
    if (this.form.parentElement !== item) item.append(this.form);
    this.startField.value = moment(cue.start);
    this.endField.value = moment(cue.end);
    if (this.textField.value !== cue.text) this.textField.value = cue.text;
    this.judge(cue);
  }

  private judge(cue: Cue): void {
    const wrong = problemOf(cue);
    this.wrong.textContent = wrong;
    this.wrong.hidden = wrong === '';
    this.textField.setAttribute('aria-invalid', String(wrong !== ''));
    const plain = cue.text.replace(/<[^>]*>/g, '').length;
    this.speed.textContent = words.speed(Math.round(plain / Math.max(LEAST_LENGTH, cue.end - cue.start)));
  }

  private select(cue: Cue | undefined, seek: boolean): void {
    const folded = seek && cue === this.selected;
    this.selected = folded ? undefined : cue;
    this.open();
    this.lane?.show(this.cues, this.selected);
    if (!cue || folded) return;
    if (seek) this.stage?.seek(cue.start);
    this.rows.get(cue)?.item.scrollIntoView({ block: 'nearest' });
  }

  private changed(cue: Cue): void {
    cue.label = cue.text;
    this.write(cue);
    this.foretell(cue);
    this.saving.changed();
    this.show();
  }

  private wrote(): void {
    const cue = this.selected;
    if (!cue) return;
    cue.text = this.textField.value;
    this.changed(cue);
  }

  private timed(end: 'start' | 'end', time: number): void {
    const cue = this.selected;
    if (!cue) return;
    if (Number.isNaN(time)) return this.open();
    const rounded = Math.round(time * 1000) / 1000;
    if (end === 'end') cue.end = rounded;
    else {
      // What begins later goes on as long as it did.
      if (rounded >= cue.end) cue.end = Math.round((rounded + cue.end - cue.start) * 1000) / 1000;
      cue.start = rounded;
    }
    this.changed(cue);
  }

  private retime(cue: Cue, start: number, end: number, done: boolean): void {
    cue.start = start;
    cue.end = end;
    this.write(cue);
    if (done) this.changed(cue);
    else {
      this.open();
      this.lane?.show(this.cues, this.selected);
    }
  }

  private add(cue: Cue): void {
    this.cues.push(cue);
    this.selected = cue;
    this.changed(cue);
    this.select(cue, false);
    this.textField.focus();
  }

  private insertAtPlayhead(): void {
    const start = this.stage?.time ?? 0;
    const next = this.cues.find((cue) => cue.start > start)?.start ?? Infinity;
    this.add(blank(start, Math.min(start + USUAL_LENGTH, Math.max(next, start + LEAST_LENGTH))));
  }

  private insertAfter(): void {
    const cue = this.selected;
    if (!cue) return this.insertAtPlayhead();
    const next = this.cues[this.cues.indexOf(cue) + 1]?.start ?? Infinity;
    this.add(blank(cue.end, Math.min(cue.end + USUAL_LENGTH, Math.max(next, cue.end + LEAST_LENGTH))));
  }

  /** At the cursor, and at the moment shown if it lies inside; else where as much is read. */
  private split(): void {
    const cue = this.selected;
    if (!cue) return;
    const { selectionStart } = this.textField;
    const middle = cue.text.indexOf(' ', Math.floor(cue.text.length / 2));
    const at = selectionStart > 0 && selectionStart < cue.text.length ? selectionStart : middle;
    if (at <= 0) return;
    const now = this.stage?.time ?? 0;
    const inside = now > cue.start + LEAST_LENGTH && now < cue.end - LEAST_LENGTH;
    const share = cue.start + (cue.end - cue.start) * (at / cue.text.length);
    const time = Math.round((inside ? now : share) * 1000) / 1000;
    const second = { ...blank(time, cue.end), text: cue.text.slice(at).trim(), settings: cue.settings };
    cue.text = cue.text.slice(0, at).trim();
    cue.end = time;
    this.changed(cue);
    this.add(second);
  }

  private drop(): void {
    const cue = this.selected;
    if (!cue) return;
    const place = this.cues.indexOf(cue);
    this.cues.splice(place, 1);
    this.foretell(cue);
    this.selected = this.cues[Math.min(place, this.cues.length - 1)];
    this.saving.changed();
    this.show();
    if (this.selected) (this.row(this.selected).item.firstElementChild as HTMLElement).focus();
  }

  private playSelected(): void {
    if (this.selected) this.stage?.play(this.selected.start, this.selected.end);
  }

  private step(by: 1 | -1): void {
    const place = this.selected ? this.cues.indexOf(this.selected) + by : by > 0 ? 0 : this.cues.length - 1;
    const cue = this.cues[place];
    if (!cue || cue === this.selected) return;
    this.select(cue, true);
    this.textField.focus();
  }

  private follow(): void {
    const { media } = this.stage as Stage;
    this.lane?.at(media.currentTime, !media.paused);
    const now = this.cues.find(({ start, end }) => start <= media.currentTime && media.currentTime < end);
    if (now === this.playing) return;
    if (this.playing) this.rows.get(this.playing)?.item.classList.remove('now');
    this.playing = now;
    if (!now) return;
    const row = this.rows.get(now);
    row?.item.classList.add('now');
    if (!media.paused && !this.selected) row?.item.scrollIntoView({ block: 'nearest' });
  }

  /** With the control key, also while typing. */
  private key(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog:modal')) return;
    const actions: Record<string, () => void> = {
      ' ': () => this.stage?.toggle(),
      '[': () => this.timed('start', this.stage?.time ?? 0),
      ']': () => this.timed('end', this.stage?.time ?? 0),
      Enter: () => (event.shiftKey ? this.split() : this.insertAfter()),
      Delete: () => event.shiftKey && this.drop(),
      Backspace: () => event.shiftKey && this.drop(),
      ArrowUp: () => this.step(-1),
      ArrowDown: () => this.step(1),
    };
    const name = event.code === 'BracketLeft' ? '[' : event.code === 'BracketRight' ? ']' : event.key;
    const act = actions[name];
    if (!act || ((name === 'Delete' || name === 'Backspace') && !event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
}

function blank(start: number, end: number): Cue {
  return { start, end: Math.round(end * 1000) / 1000, text: '', settings: '', label: '' };
}

function problemOf(cue: Cue): string {
  if (cue.text.replace(/<[^>]*>/g, '').trim() === '') return words.cueMissing;
  return cue.end > cue.start ? '' : words.cueOrder;
}

customElements.define('regie-cues', RegieCues);
