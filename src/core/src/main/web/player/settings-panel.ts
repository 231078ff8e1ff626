import { element } from './dom';
import type { Words } from './messages';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export interface Choice {
  value: number;
  label: string;
}

/** Quality, speed and captions as groups of radio buttons: the browser brings keyboard and names for free. */
export class SettingsPanel {
  readonly root: HTMLElement;
  private readonly quality: HTMLFieldSetElement;
  private readonly speed: HTMLFieldSetElement;
  private readonly captions: HTMLFieldSetElement;

  constructor(
    private readonly words: Words,
    chooseQuality: (level: number) => void,
    chooseSpeed: (speed: number) => void,
    chooseCaptions: (track: number) => void,
  ) {
    this.quality = this.group(words.quality, chooseQuality);
    this.speed = this.group(words.speed, chooseSpeed);
    this.captions = this.group(words.captions, chooseCaptions);
    this.captions.hidden = true;
    this.root = element(
      'div',
      { class: 'panel', part: 'settings', id: 'settings' },
      this.captions,
      this.quality,
      this.speed,
    );
    this.root.hidden = true;
  }

  showQualities(choices: Choice[], chosen: number): void {
    this.quality.hidden = choices.length < 2;
    this.fill(this.quality, 'quality', choices, chosen);
  }

  /** @param chosen the place of a track among them, -1 for none */
  showCaptions(tracks: TextTrack[], chosen: number): void {
    this.captions.hidden = tracks.length === 0;
    const choices = tracks.map((track, value) => ({ value, label: track.label || track.language }));
    this.fill(this.captions, 'captions', [{ value: -1, label: this.words.captionsOff }, ...choices], chosen);
  }

  showSpeeds(chosen: number): void {
    const label = (speed: number) =>
      speed === 1 ? this.words.normal : `${speed.toLocaleString(this.root.closest('[lang]')?.getAttribute('lang') ?? undefined)}×`;
    this.fill(this.speed, 'speed', SPEEDS.map((value) => ({ value, label: label(value) })), chosen);
  }

  focus(): void {
    this.root.querySelector<HTMLInputElement>('fieldset:not([hidden]) input:checked')?.focus();
  }

  private group(title: string, choose: (value: number) => void): HTMLFieldSetElement {
    const group = element('fieldset', {}, element('legend', {}, title));
    group.addEventListener('change', (event) => choose(Number((event.target as HTMLInputElement).value)));
    return group;
  }

  private fill(group: HTMLFieldSetElement, name: string, choices: Choice[], chosen: number): void {
    const inputs = [...group.querySelectorAll('input')];
    const same = inputs.length === choices.length && inputs.every((input, i) => Number(input.value) === choices[i]?.value);
    if (!same) {
      group.querySelectorAll('label').forEach((label) => label.remove());
      for (const { value } of choices) {
        const input = element('input', { type: 'radio', name, value: String(value) });
        group.append(element('label', {}, input, element('span', {})));
      }
    }
    group.querySelectorAll('label').forEach((label, i) => {
      const input = label.querySelector('input');
      const text = label.querySelector('span');
      if (input) input.checked = choices[i]?.value === chosen;
      if (text) text.textContent = choices[i]?.label ?? '';
    });
  }
}
