import { language, words } from './words';

/** What the server says when it refuses: a sentence for people, a stable reason for programs. */
export interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  reason: string;
  fields?: { field: string; detail: string }[];
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly reason = '',
    readonly fields: { field: string; detail: string }[] = [],
  ) {
    super(message);
  }
}

/** What proves that a request was meant. */
export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';
}

/** Reads what a refusal says, whoever sent it. */
export function problemFrom(status: number, type: string | null, body: string): Problem {
  if (type?.startsWith('application/problem+json')) {
    try {
      const said = JSON.parse(body) as ProblemBody;
      return new Problem(status, status === 401 ? words.signedOut : said.detail, said.reason, said.fields ?? []);
    } catch {
      // Cut short on its way.
    }
  }
  return new Problem(status, status === 0 ? words.offline : status === 401 ? words.signedOut : words.broken);
}

export interface Answer<T> {
  body: T;
  headers: Headers;
}

/** Asks the API. @throws Problem when it refuses or does not answer */
export async function send<T>(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': language,
        ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrf() }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
    });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Problem(0, words.offline);
  }
  if (!response.ok) throw problemFrom(response.status, response.headers.get('Content-Type'), await response.text());
  const json = response.headers.get('Content-Type')?.startsWith('application/json');
  return { body: (json ? await response.json() : undefined) as T, headers: response.headers };
}

/** Like {@link send} where only the body matters. */
export async function call<T>(
  method: string,
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<T> {
  return (await send<T>(method, url, body, headers)).body;
}
