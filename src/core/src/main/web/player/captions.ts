import { element } from './dom';
import type { Words } from './messages';
import { remember, remembered } from './preferences';
import { type Part, partsOf, placeOf } from './texts';
import { clock } from './time';

const sheet = new CSSStyleSheet();
// Cues are drawn by the browser, inside the picture: no style of a shadow tree reaches them.
sheet.replaceSync(`
regie-player > video::cue {
  background-color: rgb(8 8 10 / 0.8);
  color: #fff;
  font-family: system-ui, sans-serif;
  line-height: 1.4;
}`);

/** Of the controls, and of a line of text as browsers draw it: a share of the picture's height. */
const CONTROLS = 88;
const ROW = 0.058;

/** Where a cue stands that would stand at the foot, so that the controls do not cover it. */
export function aboveControls(media: HTMLMediaElement, text: string): number {
  const rows = Math.ceil(CONTROLS / Math.max(1, media.clientHeight * ROW));
  return -(text.split('\n').length + Math.min(rows, 8));
}

/** The captions of a player: which of the page's tracks is shown, and where while the controls are. */
export class Captions {
  readonly tracks: TextTrack[];
  private raised = false;
  private readonly moved = new Set<VTTCue>();

  constructor(
    private readonly media: HTMLMediaElement,
    private readonly changed: () => void,
    signal: AbortSignal,
  ) {
    const elements = [...media.querySelectorAll('track')].filter(({ kind }) => kind === 'captions' || kind === 'subtitles');
    this.tracks = elements.map(({ track }) => track);
    if (this.tracks.length === 0) return;
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
    const { captions } = remembered();
    if (captions !== undefined) this.show(this.tracks.findIndex(({ language }) => same(language, captions)));
    media.textTracks.addEventListener('change', () => this.changed(), { signal });
    for (const track of this.tracks) track.addEventListener('cuechange', () => this.place(), { signal });
  }

  /** The place of the one that is shown, or -1. */
  get shown(): number {
    return this.tracks.findIndex(({ mode }) => mode === 'showing');
  }

  choose(place: number): void {
    this.show(place);
    remember({ captions: this.tracks[place]?.language ?? '' });
  }

  /** Off, or the one that was shown last, in the page's language, or the first. */
  toggle(page: string): void {
    if (this.shown >= 0) return this.choose(-1);
    const { captions } = remembered();
    const find = (wanted: string) => this.tracks.findIndex(({ language }) => same(language, wanted));
    this.choose(Math.max(0, captions ? find(captions) : find(page)));
  }

  private show(place: number): void {
    this.tracks.forEach((track, i) => {
      if (i === place) track.mode = 'showing';
      // What is hidden but loaded serves a transcript.
      else if (track.mode === 'showing') track.mode = 'hidden';
    });
    this.place();
  }

  /** Lifts what is said above the controls while these are there. */
  set above(raised: boolean) {
    if (raised === this.raised) return;
    this.raised = raised;
    this.place();
  }

  private place(): void {
    const active = new Set<VTTCue>();
    if (this.raised) {
      for (const cue of this.tracks[this.shown]?.activeCues ?? []) if (cue instanceof VTTCue) active.add(cue);
    }
    for (const cue of this.moved) {
      if (active.has(cue)) continue;
      cue.line = 'auto';
      this.moved.delete(cue);
    }
    for (const cue of active) {
      if (cue.line !== 'auto') continue;
      cue.line = aboveControls(this.media, cue.text);
      this.moved.add(cue);
    }
  }
}

function same(a: string, b: string): boolean {
  const main = (tag: string) => tag.toLowerCase().split('-')[0];
  return b !== '' && main(a) === main(b);
}

/** The chapters of a player, and the panel to choose one from. */
export class Chapters {
  readonly root: HTMLElement;
  private readonly list = element('ol', {});
  private parts: Part[] = [];
  private now = -1;

  constructor(words: Words, seek: (time: number) => void) {
    this.root = element(
      'div',
      { class: 'panel chapters', part: 'chapters', id: 'chapters' },
      element('h2', {}, words.chapters),
      this.list,
    );
    this.root.hidden = true;
    this.list.addEventListener('click', (event) => {
      const place = (event.target as Element).closest<HTMLElement>('button')?.dataset.place;
      if (place !== undefined) seek(this.parts[Number(place)]?.start ?? 0);
    });
  }

  async load(media: HTMLMediaElement): Promise<Part[]> {
    const track = media.querySelector<HTMLTrackElement>('track[kind="chapters"]');
    this.parts = track ? await partsOf(track) : [];
    this.list.replaceChildren(
      ...this.parts.map(({ start, text }, i) =>
        element(
          'li',
          {},
          element(
            'button',
            { type: 'button', 'data-place': String(i) },
            element('span', { class: 'chapter-time' }, clock(start)),
            element('span', { class: 'chapter-text', dir: 'auto' }, text),
          ),
        ),
      ),
    );
    return this.parts;
  }

  /** Marks the one that plays. @returns its title, when it is another than before */
  at(time: number): string | undefined {
    const place = placeOf(this.parts, time);
    if (place === this.now) return undefined;
    this.now = place;
    this.list.querySelectorAll('button').forEach((button, i) => {
      if (i === place) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    });
    return this.parts[place]?.text ?? '';
  }

  focus(): void {
    const button = this.list.querySelector<HTMLElement>('[aria-current]') ?? this.list.querySelector('button');
    button?.focus();
  }
}
