/** Something changed; whoever shows it fetches it again. */
export interface Hint {
  type: string;
  id: string;
  version: number;
}

declare global {
  interface DocumentEventMap {
    'regie:hint': CustomEvent<Hint>;
    /** The connection is back after a gap: anything may have changed. */
    'regie:again': CustomEvent<undefined>;
  }
}

const EVENTS = '/api/v1/events';
const NAME = 'regie-live';

function dispatch(message: Hint | 'again'): void {
  document.dispatchEvent(
    message === 'again' ? new CustomEvent('regie:again') : new CustomEvent('regie:hint', { detail: message }),
  );
}

/**
 * One connection per browser: the tab that gets the lock listens and tells the others. When it closes, the lock passes
 * on, and because hints may have been missed in between, everybody looks once.
 */
export function goLive(): void {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', (event: MessageEvent<Hint | 'again'>) => dispatch(event.data));
  const spread = (message: Hint | 'again') => {
    dispatch(message);
    channel.postMessage(message);
  };
  const lead = () =>
    new Promise<void>(() => {
      // What has changed since the page was asked for, it may not show.
      const events = new EventSource(`${EVENTS}?missed=${Math.min(Math.ceil(performance.now()), 999_999)}`);
      let opened = false;
      events.addEventListener('open', () => {
        if (opened) spread('again');
        opened = true;
      });
      events.addEventListener('message', (event) => spread(JSON.parse(event.data as string) as Hint));
    });
  // Only pages that came confidentially have locks; others listen each for themselves.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    void lead();
    return;
  }
  void locks
    .request(NAME, { ifAvailable: true }, async (lock) => {
      if (lock) await lead();
    })
    .then(() =>
      locks.request(NAME, () => {
        spread('again');
        return lead();
      }),
    );
}

/** Calls at most once per `apart` milliseconds, and once more at the end, however often it is asked. */
export function calmly(act: () => void, apart = 1000): () => void {
  let last = -apart;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        last = performance.now();
        act();
      },
      Math.max(0, apart - (performance.now() - last)),
    );
  };
}
