import type { JSONContent } from '@tiptap/core';

export interface Credit {
  role: string;
  name: string;
}

export interface Category {
  id: string;
  name: string;
}

/** One person on each line, behind their role and a colon. */
export function readCredits(text: string): Credit[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return { role: colon < 0 ? '' : line.slice(0, colon).trim(), name: line.slice(colon + 1).trim() };
    });
}

export function writeCredits(credits: Credit[]): string {
  return credits.map(({ role, name }) => (role ? `${role}: ${name}` : name)).join('\n');
}

/** What people write about an article, as the API has it. */
export interface Written {
  title: string;
  slug: string;
  visibility: string;
  description: JSONContent | null;
  publishedAt: string | null;
  language: string;
  licence: string | null;
  tags: string[];
  credits: Credit[];
  /** Whether a recording is spared when old ones are deleted. */
  kept: boolean;
  categories: Category[];
  /** Who may take its file home: default, yes, signed_in, no. */
  downloads: string;
}

export interface Article extends Written {
  id: string;
  publication: 'draft' | 'scheduled' | 'published';
  posterUrl: string | null;
  posterChosen: boolean;
}

export type Field = keyof Written;
export const FIELDS: Field[] = [
  'title',
  'slug',
  'visibility',
  'description',
  'publishedAt',
  'language',
  'licence',
  'tags',
  'credits',
  'kept',
  'downloads',
  'categories',
];

/** Order of keys and empty things do not make a difference. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== null && inner !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, canonical(inner)]),
    );
  }
  return value;
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a ?? null)) === JSON.stringify(canonical(b ?? null));
}

/** A value as people read it. */
export function readable(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    return (value as (string | Credit | Category)[])
      .map((one) => (typeof one === 'string' ? one : 'id' in one ? one.name : writeCredits([one])))
      .join(', ');
  }
  if (typeof value === 'object') return plain(value as JSONContent).trim();
  return String(value);
}

const BLOCKS = ['paragraph', 'heading', 'codeBlock', 'horizontalRule'];

function plain(node: JSONContent): string {
  const inner = (node.content ?? []).map(plain).join('');
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  return BLOCKS.includes(node.type ?? '') ? `${inner}\n\n` : inner;
}
