import { icon, make } from '../dom';
import { words } from './words';

/**
 * An animation that can be made to stand still, and does for whoever asked for less motion: images cannot be paused, so
 * their first picture is put in their place.
 */
class RegieAnimation extends HTMLElement {
  private readonly button = make('button', 'button small square animation-play');
  private still: HTMLCanvasElement | undefined;
  private plays = true;

  connectedCallback(): void {
    if (this.button.isConnected) return;
    const image = this.querySelector('img');
    const video = this.querySelector('video');
    this.button.type = 'button';
    this.button.addEventListener('click', () => this.play(!this.plays));
    this.append(this.button);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (video) video.controls = false;
    if (image && !image.complete) image.addEventListener('load', () => this.play(!calm), { once: true });
    this.play(!calm);
  }

  private play(plays: boolean): void {
    this.plays = plays;
    const video = this.querySelector('video');
    const image = this.querySelector('img');
    if (video) {
      video.muted = true;
      if (plays) video.play().catch(() => this.say(false));
      else video.pause();
    } else if (image) {
      this.still?.remove();
      this.still = undefined;
      image.hidden = false;
      if (!plays && image.naturalWidth > 0) {
        this.still = make('canvas');
        this.still.width = image.naturalWidth;
        this.still.height = image.naturalHeight;
        this.still.setAttribute('role', 'img');
        this.still.setAttribute('aria-label', image.alt);
        this.still.getContext('2d')?.drawImage(image, 0, 0);
        image.after(this.still);
        image.hidden = true;
      }
    }
    this.say(plays);
  }

  private say(plays: boolean): void {
    this.plays = plays;
    this.button.setAttribute('aria-label', plays ? words.animationPause : words.animationPlay);
    this.button.title = plays ? words.animationPause : words.animationPlay;
    this.button.replaceChildren(icon(plays ? 'pause' : 'play'));
  }
}

customElements.define('regie-animation', RegieAnimation);
