import type { JSONContent } from '@tiptap/core';

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
  /** Whether a recording is spared when old ones are deleted. */
  kept: boolean;
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
  'kept',
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
  if (Array.isArray(value)) return value.join(', ');
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
