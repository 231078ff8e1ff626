/** What is loaded when its tag stands on the page. Each module defines its element. */
const elements: Record<string, () => Promise<unknown>> = {
  'regie-chart': () => import('./jobs/chart'),
  'regie-jobs': () => import('./jobs/jobs'),
  'regie-copy': () => import('./account/copy'),
  'regie-library': () => import('./library/library'),
  'regie-editor': () => import('./editor/regie-editor'),
  'regie-range': () => import('./editor/regie-range'),
  'regie-images': () => import('./editor/regie-images'),
  'regie-annexes': () => import('./editor/regie-annexes'),
  'regie-replace': () => import('./editor/regie-replace'),
  'regie-animation': () => import('./editor/regie-animation'),
  'regie-cues': () => import('./texts/regie-cues'),
  'regie-chapters': () => import('./texts/regie-chapters'),
  'regie-caption-file': () => import('./texts/regie-caption-file'),
  'regie-post': () => import('./news/regie-post'),
  'regie-picture': () => import('./picture/regie-picture'),
  'regie-player': () => import('../player/regie-player'),
  'regie-uploader': () => import('./upload/uploader'),
};

const asked = new Set<string>();

export function loadElements(root: ParentNode = document): void {
  for (const [tag, load] of Object.entries(elements)) {
    if (!asked.has(tag) && root.querySelector(tag)) {
      asked.add(tag);
      // Asked for again with the next fragment, should the network have failed.
      load().catch(() => asked.delete(tag));
    }
  }
}
