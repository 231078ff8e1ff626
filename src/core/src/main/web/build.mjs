// Called by Maven: installs and builds only when an input changed, so that a Java-only build costs nothing here.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, '../../../target/web/io/regie/core/web/assets');
const installed = join(root, 'node_modules/.regie-lock');
const built = join(root, '../../../target/web-inputs');
const thirdParty = join(root, '../../../target/third-party-web.json');

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function says(file, value) {
  return existsSync(file) && readFileSync(file, 'utf8') === value;
}

function npm(...args) {
  const result = spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) console.error(`npm could not be started: ${result.error.message}. Regie needs Node 20 with npm to build.`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

const lock = digest([join(root, 'package.json'), join(root, 'package-lock.json')]);
const inputs = digest(files(root));
if (says(built, inputs) && existsSync(join(out, 'player.js')) && existsSync(thirdParty)) process.exit(0);
if (!says(installed, lock)) {
  npm('ci', '--loglevel=error');
  writeFileSync(installed, lock);
}
npm('run', 'build');
// Compressed once here instead of at each request. The list is what the server knows: a jar cannot be listed.
const list = [];
for (const file of [...files(out)]) {
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  list.push(`${relative(out, file).replaceAll('\\', '/')} ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`);
}
writeFileSync(join(out, 'assets.txt'), list.join('\n') + '\n');
writeFileSync(built, inputs);
