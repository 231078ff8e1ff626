/** An article as the API tells it; the part this page shows. */
export interface Media {
  id: string;
  title: string;
  kind: string;
  state: 'processing' | 'ready' | 'failed';
  playable: boolean;
  watchUrl: string;
  posterUrl: string | null;
  failure: { detail: string } | null;
}

export interface Job {
  state: string;
  progress: number | null;
  speed: number | null;
  etaSeconds: number | null;
  queuePosition: number | null;
}

async function json<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  return response.ok ? ((await response.json()) as T) : undefined;
}

export function media(id: string): Promise<Media | undefined> {
  return json(`/api/v1/media/${encodeURIComponent(id)}`);
}

/** The jobs of an article, whether the list comes bare or as a page. */
export async function jobs(id: string): Promise<Job[]> {
  const answer = await json<Job[] | { items: Job[] }>(`/api/v1/jobs?media=${encodeURIComponent(id)}`);
  return Array.isArray(answer) ? answer : (answer?.items ?? []);
}

/** How large a piece the server likes; the default where it does not say. */
export async function chunkSize(endpoint: string): Promise<number> {
  const usual = 16 * 1024 * 1024;
  try {
    const response = await fetch(endpoint, { method: 'OPTIONS' });
    const said = Number(response.headers.get('Regie-Chunk-Size'));
    return said > 0 ? said : usual;
  } catch {
    return usual;
  }
}

/** One connection for the whole page; every hint that something changed leads to a look at what this page shows. */
export function listen(changed: () => void): { open(): boolean } {
  const events = new EventSource('/api/v1/events');
  for (const type of ['message', 'media', 'job']) events.addEventListener(type, changed);
  return { open: () => events.readyState === EventSource.OPEN };
}
