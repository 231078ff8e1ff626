/** What a person chose on this device. Written only when they change it, so that visiting leaves no trace. */
interface Choice {
  volume?: number;
  muted?: boolean;
  /** A language, or empty for none. */
  captions?: string;
}

const KEY = 'regie-player';

export function remembered(): Choice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const { volume, muted, captions } = stored as Record<string, unknown>;
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : undefined,
      muted: typeof muted === 'boolean' ? muted : undefined,
      captions: typeof captions === 'string' ? captions : undefined,
    };
  } catch {
    return {};
  }
}

export function remember(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...choice }));
  } catch {
    // Storage is full or forbidden: the choice lasts for this page only.
  }
}
