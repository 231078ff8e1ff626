import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Notes every npm package that ends up in the bundles, with its licence, for the distribution's notices. */
export function thirdParty(file) {
  return {
    name: 'third-party',
    generateBundle() {
      const found = new Map();
      for (const id of this.getModuleIds()) {
        const folder = packageOf(id.replace(/^\0/, '').replace(/\?.*$/, ''));
        if (folder === null || found.has(folder)) continue;
        const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const text = readdirSync(folder)
          .filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))
          .map((entry) => readFileSync(join(folder, entry), 'utf8'));
        found.set(folder, { name, version, licence: license ?? '', text: text.join('\n\n') });
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify([...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), null, 2));
    },
  };
}

/** The folder that a module's package was installed in; null for our own modules. */
function packageOf(path) {
  if (!path.includes('/node_modules/')) return null;
  let folder = dirname(path);
  while (!folder.endsWith('/node_modules')) {
    // Packages may carry nameless package.json files for parts of them.
    const description = join(folder, 'package.json');
    if (existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).version) return folder;
    folder = dirname(folder);
  }
  return null;
}
