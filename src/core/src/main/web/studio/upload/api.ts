import { call } from '../api';

/** An article as the API tells it; the part this page shows. */
export interface Media {
  id: string;
  title: string;
  kind: string;
  state: 'processing' | 'ready' | 'failed';
  visibility: string;
  playable: boolean;
  watchUrl: string;
  posterUrl: string | null;
  failure: { detail: string } | null;
}

export interface Job {
  id: string;
  state: string;
  progress: number | null;
  speed: number | null;
  etaSeconds: number | null;
  queuePosition: number | null;
}

/** An upload that waits on the server for the rest of its bytes. */
export interface Unfinished {
  id: string;
  url: string;
  filename: string;
  title: string | null;
  visibility: string;
  length: number | null;
  received: number;
  modified: string | null;
}

export interface Edit {
  title?: string;
  visibility?: string;
  tags?: string[];
}

const UPLOADS = '/api/v1/uploads';

export function media(id: string): Promise<Media> {
  return call('GET', `/api/v1/media/${encodeURIComponent(id)}`);
}

export async function jobs(id: string): Promise<Job[]> {
  return (await call<{ items: Job[] }>('GET', `/api/v1/jobs?media=${encodeURIComponent(id)}`)).items;
}

export async function edit(id: string, change: Edit): Promise<void> {
  await call('PATCH', `/api/v1/media/${encodeURIComponent(id)}`, change);
}

export async function unfinished(): Promise<Unfinished[]> {
  return (await call<{ items: Unfinished[] }>('GET', UPLOADS)).items;
}

export async function duplicate(file: File, sha256?: string): Promise<string | null> {
  const query = new URLSearchParams({ filename: file.name, bytes: String(file.size) });
  if (sha256) query.set('sha256', sha256);
  return (await call<{ article: string | null }>('GET', `${UPLOADS}/duplicate?${query}`)).article;
}

export async function discard(url: string): Promise<void> {
  await call('DELETE', url, undefined, { 'Tus-Resumable': '1.0.0' });
}
