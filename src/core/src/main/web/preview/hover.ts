/** How long somebody points before it is meant. */
const MEANT = 180;

interface Network {
  saveData?: boolean;
}

/** Whether pictures may move, and bytes be spent on it; asked each time, because people change their minds. */
function welcome(): boolean {
  const network = (navigator as Navigator & { connection?: Network }).connection;
  return !(
    network?.saveData ||
    matchMedia('(prefers-reduced-motion: reduce)').matches ||
    matchMedia('(prefers-reduced-data: reduce)').matches
  );
}

/**
 * Plays what a picture announces with `data-preview` while somebody points at it, or at the link or card around it, with
 * a mouse, or reaches it with the keyboard. Nothing is fetched before, and fingers, which only scroll past, start nothing.
 */
export function watchPreviews(root: Document = document): void {
  let at: HTMLElement | undefined;
  let video: HTMLVideoElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let escaped: HTMLElement | undefined;

  const stop = () => {
    clearTimeout(timer);
    at = undefined;
    // Taking the address away ends the download too.
    video?.removeAttribute('src');
    video?.load();
    video?.remove();
    video = undefined;
  };
  const play = (picture: HTMLElement) => {
    const address = picture.dataset.preview;
    if (!address || !picture.isConnected) return;
    const made = document.createElement('video');
    made.className = 'moving';
    made.muted = true;
    made.loop = true;
    made.playsInline = true;
    made.disablePictureInPicture = true;
    made.tabIndex = -1;
    made.setAttribute('aria-hidden', 'true');
    made.addEventListener('playing', () => made.classList.add('plays'), { once: true });
    made.addEventListener('error', () => made.remove(), { once: true });
    made.src = address;
    // Below what lies on the picture.
    picture.prepend(made);
    video = made;
    made.play().catch(() => undefined);
  };
  const start = (picture: HTMLElement | undefined) => {
    if (picture === at) return;
    stop();
    if (!picture || picture === escaped || !welcome()) return;
    at = picture;
    timer = setTimeout(() => play(picture), MEANT);
  };
  const pictureOf = (target: EventTarget | null): HTMLElement | undefined => {
    if (!(target instanceof Element)) return undefined;
    const around = target.closest('[data-previews], [data-preview]');
    if (!around) return undefined;
    return around.matches('[data-preview]')
      ? (around as HTMLElement)
      : (around.querySelector<HTMLElement>('[data-preview]') ?? undefined);
  };

  root.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    const picture = pictureOf(event.target);
    if (picture !== escaped) escaped = undefined;
    start(picture);
  });
  root.addEventListener('pointerout', (event) => {
    // Out of the window nothing is reached.
    if (event.pointerType === 'mouse' && event.relatedTarget === null) start(undefined);
  });
  root.addEventListener('focusin', (event) => {
    const target = event.target as Element;
    if (!target.matches(':focus-visible')) return;
    escaped = undefined;
    // A box or a button in a card is not the thing itself.
    start(target.matches('a') ? pictureOf(target) : undefined);
  });
  root.addEventListener('focusout', (event) => {
    if (event.relatedTarget === null) start(undefined);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !at) return;
    escaped = at;
    stop();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) stop();
  });
}
