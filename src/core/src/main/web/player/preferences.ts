/** What a person chose on this device. Written only when they change it, so that visiting leaves no trace. */
interface Choice {
  volume?: number;
  muted?: boolean;
}

const KEY = 'regie-player';

export function remembered(): Choice {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const { volume, muted } = stored as Record<string, unknown>;
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : undefined,
      muted: typeof muted === 'boolean' ? muted : undefined,
    };
  } catch {
    return {};
  }
}

export function remember(choice: Choice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // Storage is full or forbidden: the choice lasts for this page only.
  }
}
