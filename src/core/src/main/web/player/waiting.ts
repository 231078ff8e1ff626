/**
 * Stands on a watch page whose media is not playable yet, and loads the page again once it is, or once it failed. Asks
 * seldom, and not at all while nobody looks.
 */
class RegieWaiting extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.later(2000);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private later(delay: number): void {
    this.timer = setTimeout(() => void this.ask(), delay);
  }

  private async ask(): Promise<void> {
    const api = this.getAttribute('api');
    if (!api) return;
    if (!document.hidden) {
      try {
        const response = await fetch(api, { headers: { Accept: 'application/json' }, cache: 'no-store' });
        if (response.status === 404) return location.reload();
        const media = (await response.json()) as { playable?: boolean; state?: string };
        if (response.ok && (media.playable || media.state !== 'processing')) return location.reload();
      } catch {
        // Offline for a moment.
      }
    }
    this.later(4000);
  }
}

if (!customElements.get('regie-waiting')) customElements.define('regie-waiting', RegieWaiting);

export {};
