import { element } from './dom';
import { type Words, wordsFor } from './messages';
import type { RegiePlayer } from './regie-player';
import { type Part, partsOf, placeOf } from './texts';
import { clock } from './time';
import css from './transcript.css?inline';

/** How long the list stays where somebody scrolled it to. */
const PATIENCE = 6000;

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

interface Row {
  part: Part;
  item: HTMLElement;
  button: HTMLButtonElement;
  text: HTMLElement;
  chapter: boolean;
}

/**
 * What is said in the player of the page, and its chapters, as a list that follows and leads it. What stands inside it
 * is shown where no script runs.
 *
 * Custom properties for themes: `--regie-accent-text`, `--regie-line`, `--regie-hover`; parts `header`, `list`.
 */
class RegieTranscript extends HTMLElement {
  private words!: Words;
  private media!: HTMLMediaElement;
  private captions: HTMLTrackElement[] = [];
  private chapters: Part[] = [];
  private rows: Row[] = [];
  private readonly list = element('ol', { part: 'list' });
  private readonly status = element('p', { role: 'status' });
  private readonly language = element('select', {});
  private readonly search = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  private readonly listening = new AbortController();
  private shown: HTMLTrackElement | undefined;
  private now = -1;
  private touched = 0;
  private built = false;

  connectedCallback(): void {
    const media = document.querySelector<HTMLMediaElement>('regie-player > video, regie-player > audio');
    if (this.built || !media) return;
    this.built = true;
    this.media = media;
    this.words = wordsFor(this);
    this.captions = [...media.querySelectorAll('track')].filter(({ kind }) => kind === 'captions' || kind === 'subtitles');
    this.build();
    this.listen();
    void this.load();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.listening.abort();
    });
  }

  private build(): void {
    const { words, captions } = this;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const title = captions.length > 0 ? words.transcript : words.chapters;
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', title);
    const header = element('div', { class: 'header', part: 'header' }, element('h2', {}, title));
    if (captions.length > 1) {
      this.language.setAttribute('aria-label', words.transcriptLanguage);
      this.language.append(...captions.map(({ track }, i) => element('option', { value: String(i) }, track.label || track.language)));
      header.append(this.language);
    }
    if (captions.length > 0) {
      this.search.placeholder = words.transcriptSearch;
      this.search.setAttribute('aria-label', words.transcriptSearch);
      header.append(this.search, this.status);
    }
    root.append(header, this.list);
  }

  private listen(): void {
    const { signal } = this.listening;
    this.media.addEventListener('timeupdate', () => this.follow(), { signal });
    this.media.addEventListener('seeking', () => this.follow(), { signal });
    this.media.textTracks.addEventListener('change', () => this.followLanguage(), { signal });
    this.language.addEventListener('change', () => void this.show(this.captions[Number(this.language.value)]));
    this.search.addEventListener('input', () => this.filter());
    this.search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      this.nextFound();
    });
    this.list.addEventListener('click', (event) => {
      const row = this.rowOf(event.target);
      if (row) this.seek(row);
    });
    this.list.addEventListener('keydown', (event) => this.key(event));
    for (const name of ['wheel', 'pointerdown', 'touchmove'] as const) {
      this.list.addEventListener(name, () => (this.touched = Date.now()), { passive: true });
    }
  }

  private async load(): Promise<void> {
    const track = this.media.querySelector<HTMLTrackElement>('track[kind="chapters"]');
    this.chapters = track ? await partsOf(track) : [];
    if (this.captions.length === 0) this.draw([]);
    else await this.show(this.preferred());
  }

  /** What the player shows, else what the page's reader reads, else the default. */
  private preferred(): HTMLTrackElement | undefined {
    const page = (this.closest('[lang]')?.getAttribute('lang') ?? '').split('-')[0];
    return (
      this.captions.find(({ track }) => track.mode === 'showing') ??
      this.captions.find(({ srclang }) => srclang.split('-')[0] === page) ??
      this.captions.find((track) => track.default) ??
      this.captions[0]
    );
  }

  private followLanguage(): void {
    const showing = this.captions.find(({ track }) => track.mode === 'showing');
    if (showing && showing !== this.shown) void this.show(showing);
  }

  private async show(track: HTMLTrackElement | undefined): Promise<void> {
    if (!track) return;
    this.shown = track;
    this.language.value = String(this.captions.indexOf(track));
    const parts = await partsOf(track);
    if (this.shown !== track) return;
    this.list.lang = track.srclang;
    this.draw(parts);
    if (parts.length === 0) this.status.textContent = this.words.transcriptMissing;
  }

  private draw(said: Part[]): void {
    const chapters = this.chapters.map((part) => this.row(part, true));
    const parts = said.map((part) => this.row(part, false));
    this.rows = [...chapters, ...parts].sort((a, b) => a.part.start - b.part.start || Number(b.chapter) - Number(a.chapter));
    this.rows.forEach(({ button }, i) => (button.tabIndex = i === 0 ? 0 : -1));
    this.list.replaceChildren(...this.rows.map(({ item }) => item));
    this.now = -1;
    this.filter();
    this.follow();
  }

  private row(part: Part, chapter: boolean): Row {
    const text = element('span', { class: 'text', dir: 'auto' }, part.text);
    const button = element('button', { type: 'button' }, element('span', { class: 'time' }, clock(part.start)), text);
    const item = element('li', { class: chapter ? 'chapter' : 'said' }, chapter ? element('h3', {}, button) : button);
    return { part, item, button, text, chapter };
  }

  private seek({ part, button }: Row): void {
    this.focusOnly(button);
    this.touched = 0;
    this.media.closest<RegiePlayer>('regie-player')?.seek(part.start);
  }

  /** One of them is reached by Tab, the others from there by arrows. */
  private focusOnly(button: HTMLButtonElement): void {
    for (const row of this.rows) row.button.tabIndex = row.button === button ? 0 : -1;
  }

  private rowOf(target: EventTarget | null): Row | undefined {
    const button = (target as Element | null)?.closest('button');
    return this.rows.find((row) => row.button === button);
  }

  private key(event: KeyboardEvent): void {
    const visible = this.rows.filter(({ item }) => !item.hidden);
    const here = visible.findIndex(({ button }) => button === event.target);
    const targets: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      PageDown: here + 10,
      PageUp: here - 10,
      Home: 0,
      End: visible.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || here < 0) return;
    // Not the player's louder and quieter.
    event.preventDefault();
    event.stopPropagation();
    const row = visible[Math.min(visible.length - 1, Math.max(0, target))];
    if (!row) return;
    this.touched = Date.now();
    this.focusOnly(row.button);
    row.button.focus();
  }

  private filter(): void {
    const wanted = fold(this.search.value.trim());
    let found = 0;
    for (const { item, text, part } of this.rows) {
      const hit = fold(part.text).includes(wanted);
      item.hidden = !hit;
      if (wanted === '' || !hit) text.textContent = part.text;
      else {
        found++;
        mark(text, part.text, wanted);
      }
    }
    this.status.textContent = wanted === '' ? '' : this.words.transcriptFound(found);
    const first = this.rows.find(({ item }) => !item.hidden);
    if (first && this.rows.every(({ item, button }) => item.hidden || button.tabIndex < 0)) this.focusOnly(first.button);
    if (wanted === '') this.reveal(false);
  }

  /** Of what is found, what follows the present moment. */
  private nextFound(): void {
    const found = this.rows.filter(({ item }) => !item.hidden);
    const next = found.find(({ part }) => part.start > this.media.currentTime + 0.1) ?? found[0];
    if (next) this.seek(next);
  }

  private follow(): void {
    const place = placeOf(
      this.rows.map(({ part }) => part),
      this.media.currentTime,
    );
    if (place === this.now) return;
    this.rows[this.now]?.button.removeAttribute('aria-current');
    this.now = place;
    this.rows[place]?.button.setAttribute('aria-current', 'true');
    this.reveal(true);
  }

  /** Scrolls the list, never the page, and not under somebody's hands. */
  private reveal(smooth: boolean): void {
    const item = this.rows[this.now]?.item;
    const busy = Date.now() - this.touched < PATIENCE || this.search.value !== '';
    if (!item || item.hidden || busy || this.list.contains(this.shadowRoot?.activeElement ?? null)) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const top = item.offsetTop - this.list.offsetTop - this.list.clientHeight / 3;
    this.list.scrollTo({ top, behavior: smooth && !still ? 'smooth' : 'auto' });
  }
}

/** Letters without case and accents, so that people find what they cannot type. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function mark(element: HTMLElement, text: string, wanted: string): void {
  const folded = fold(text);
  // Where folding changed the length, nobody knows where the words are.
  if (folded.length !== text.length) {
    element.textContent = text;
    return;
  }
  const pieces: Node[] = [];
  let from = 0;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    const marked = document.createElement('mark');
    marked.textContent = text.slice(at, at + wanted.length);
    pieces.push(document.createTextNode(text.slice(from, at)), marked);
    from = at + wanted.length;
  }
  element.replaceChildren(...pieces, document.createTextNode(text.slice(from)));
}

if (!customElements.get('regie-transcript')) customElements.define('regie-transcript', RegieTranscript);
