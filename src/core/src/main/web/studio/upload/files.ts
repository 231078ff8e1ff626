/** What operating systems leave in folders and nobody means to publish. */
const LITTER = /^(\..*|thumbs\.db|desktop\.ini|\$recycle\.bin|__macosx)$/i;

const ENDINGS =
  /\.(mp4|m4v|mov|qt|mkv|webm|avi|wmv|asf|flv|mpe?g|m2ts?|mts|ts|vob|3gp|3g2|ogv|ogg|oga|opus|mxf|dv|f4v|mp3|m4a|aac|wav|wave|flac|aiff?|aifc|wma|ac3|amr|caf|mka|jpe?g|png|gif|webp|avif|heic|heif|bmp|tiff?|pdf)$/i;

/** Small enough to hash before anything is sent. */
const QUICK_TO_HASH = 64 * 1024 * 1024;

/** A guess from name and type; the server looks at the bytes. */
export function kindOf(file: File): 'video' | 'audio' | 'image' | 'document' | undefined {
  const [major] = file.type.split('/');
  if (major === 'video' || major === 'audio' || major === 'image') return major;
  if (file.type === 'application/pdf') return 'document';
  if (!ENDINGS.test(file.name)) return undefined;
  return /\.(mp3|m4a|aac|wav|wave|flac|aiff?|aifc|wma|ac3|amr|caf|mka|oga|opus)$/i.test(file.name) ? 'audio' : 'video';
}

/** The file's own name as a title: `holiday_film-2.mp4` is `holiday film-2`. */
export function titleOf(name: string): string {
  return name
    .replace(/\.[^.]{1,8}$/, '')
    .replaceAll('_', ' ')
    .trim();
}

export async function hash(file: File): Promise<string | undefined> {
  // Absent where the page did not come confidentially.
  if (file.size > QUICK_TO_HASH || !globalThis.crypto?.subtle) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  return new Promise((resolve) => {
    // Browsers give them in batches; an empty one is the end, and a folder that cannot be read is empty.
    const more = () =>
      reader.readEntries(
        (batch) => {
          all.push(...batch);
          if (batch.length === 0) resolve(all);
          else more();
        },
        () => resolve(all),
      );
    more();
  });
}

async function* walk(entry: FileSystemEntry): AsyncGenerator<File> {
  if (LITTER.test(entry.name)) return;
  if (entry.isFile) {
    const file = await new Promise<File | undefined>((resolve) =>
      (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)),
    );
    if (file) yield file;
  } else {
    for (const child of await children(entry as FileSystemDirectoryEntry)) yield* walk(child);
  }
}

/** The files of a drop or paste, those in folders included. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  // Entries must be taken at once: after the first pause the transfer is empty.
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null || entry.isFile)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry) for await (const file of walk(entry)) found.push(file);
  return found;
}

export function withoutLitter(files: Iterable<File>): File[] {
  return [...files].filter((file) => !LITTER.test(file.name) && !/(^|\/)(\.|__macosx)/i.test(file.webkitRelativePath));
}
