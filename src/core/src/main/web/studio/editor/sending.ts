import { type DetailedError, Upload } from 'tus-js-client';
import { csrf, problemFrom } from '../api';
import { language } from '../words';
import { words } from './words';

const RETRY = [0, 1000, 3000, 5000, 10_000, 20_000, 60_000];

export interface Listener {
  /** How much is there, 0 to 1. */
  progress(share: number): void;
  done(): void;
  failed(why: string): void;
}

/** Sends a file that is for an article. @param target what it is to the article, as the server calls it */
export function sendFile(file: File, target: Record<string, string>, listener: Listener): Upload {
  const upload = new Upload(file, {
    endpoint: '/api/v1/uploads',
    retryDelays: RETRY,
    storeFingerprintForResuming: false,
    headers: { 'X-CSRF-Token': csrf(), 'Accept-Language': language },
    metadata: { filename: file.name, visibility: 'private', modified: String(file.lastModified), ...target },
    onProgress: (sent, all) => listener.progress(all ? sent / all : 0),
    onShouldRetry: (problem) => {
      const status = problem.originalResponse?.getStatus() ?? 0;
      return status === 0 || status === 423 || status === 429 || status >= 500;
    },
    onSuccess: () => listener.done(),
    onError: (failure) => listener.failed(reason(failure)),
  });
  upload.start();
  return upload;
}

function reason(failure: Error | DetailedError): string {
  const response = 'originalResponse' in failure ? failure.originalResponse : null;
  return response
    ? problemFrom(response.getStatus(), response.getHeader('Content-Type') ?? null, response.getBody()).message
    : words.sendFailed;
}
