// Called by Maven when the distribution stands: lists everything in it that others wrote, with licences, and fails on
// what has no line or no licence that GPL 3 allows. Reads poms' names (license-maven-plugin), what Vite bundled, and
// bundled.json for the native libraries that no package says anything about. Needs no network.
import { copyFileSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, '../../..');
const app = join(core, 'target/quarkus-app');
const licences = JSON.parse(readFileSync(join(here, 'licences.json'), 'utf8'));
const bundled = JSON.parse(readFileSync(join(here, 'bundled.json'), 'utf8'));
const problems = [];

function* files(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

/** @returns the licences in SPDX words, at least one of them allowed */
function judge(thing, names) {
  const found = [...new Set(names.map((name) => licences.names[name.trim()] ?? name.trim()))];
  const chosen = found.filter((name) => licences.allowed.includes(name));
  if (chosen.length === 0) {
    problems.push(`${thing}: ${found.join(', ') || 'no licence'} is not on the list`);
  }
  // Where one may choose, the allowed ones are chosen.
  return chosen.join(' or ');
}

function artifacts() {
  const known = new Map();
  for (const list of ['target/third-party-java.txt', '../worker/target/third-party-java.txt']) {
    for (const line of readFileSync(join(core, list), 'utf8').split('\n').filter((text) => text.trim())) {
      const [id, name, url, names] = line.trim().split('|');
      const declared = licences.artifacts[id.split(':').slice(0, 2).join(':')];
      known.set(id, { id, name, url, licence: judge(id, declared ? [declared] : names.split(';;')) });
    }
  }
  // Quarkus adds some by itself, which Maven's tree does not show.
  const jars = [...files(app)].map((file) => basename(file));
  for (const [module, licence] of Object.entries(licences.artifacts)) {
    const [group, artifact] = module.split(':');
    const start = `${group}.${artifact}-`;
    const jar = jars.find((name) => name.startsWith(start) && /^\d/.test(name.slice(start.length)));
    const id = `${module}:${jar?.slice(start.length, -'.jar'.length)}`;
    if (jar && !known.has(id)) known.set(id, { id, name: artifact, url: '', licence: judge(id, [licence]) });
  }
  return known;
}

/** Every jar of the distribution that is not our own has its artifact in the list. */
function checkJars(known) {
  const names = new Set();
  for (const id of known.keys()) {
    const [group, artifact, version] = id.split(':');
    names.add(`${group}.${artifact}-${version}`).add(`${artifact}-${version}`);
  }
  let seen = 0;
  for (const file of files(app)) {
    // Quarkus takes a class or two out of some, and says so in their names.
    const jar = basename(file, '.jar').replace(/^modified-/, '');
    const ours = /(^|\.)regie-[a-z-]+-\d/.test(jar) || jar === 'regie';
    if (!file.endsWith('.jar') || ours) continue;
    seen++;
    // A classifier stands behind the version.
    if (![...names].some((name) => jar === name || jar.startsWith(`${name}-`))) problems.push(`${file} is in no list`);
  }
  if (seen < 100 || known.size < 100) problems.push(`Only ${seen} jars and ${known.size} artifacts were found`);
}

/** FFmpeg itself says what it was built with. */
function checkNatives() {
  const folder = join(app, 'regie/worker/native');
  const library = readdirSync(folder).find((name) => /avutil/.test(name) && !/jni/.test(name));
  const options = readFileSync(join(folder, library), 'latin1').match(/--prefix=[^\0]*--enable-[^\0]*/)?.[0] ?? '';
  const named = new Set(bundled.flatMap((component) => component.options ?? []));
  const enabled = [...options.matchAll(/--enable-(lib[a-z0-9-]+|openssl|zlib|gnutls|vulkan)(?=[\s\0]|$)/g)].map((match) => match[1]);
  if (enabled.length === 0) problems.push(`${library} does not say how it was configured`);
  for (const option of enabled.filter((name) => !named.has(name))) {
    problems.push(`FFmpeg was built with --enable-${option}, which bundled.json does not name`);
  }
}

const java = artifacts();
checkJars(java);
checkNatives();
const web = JSON.parse(readFileSync(join(core, 'target/third-party-web.json'), 'utf8'));
if (web.length === 0) problems.push('Vite reported no package');
for (const component of web) component.chosen = judge(component.name, [component.licence]);
for (const component of bundled) component.chosen = judge(component.name, [component.licence]);

if (problems.length > 0) {
  console.error(
    `Third-party notices:\n  ${problems.join('\n  ')}\nIf GPL 3 allows it, say so in src/core/src/main/third-party/licences.json; what an earlier build left goes with mvn clean.`,
  );
  process.exit(1);
}

const text = [
  'Regie is free software under the GNU General Public License, version 3 or later; see LICENSE.',
  'This file is made by the build. It lists what others wrote and Regie carries. Their full licence texts and notices',
  'are inside the jars (META-INF), below for what is bundled into scripts, and at the addresses given.',
  '',
  '',
  'JAVA LIBRARIES',
  '',
  ...[...java.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((artifact) => `${artifact.name} (${artifact.id})\n    ${artifact.licence}${artifact.url ? `\n    ${artifact.url}` : ''}`),
  '',
  '',
  'NATIVE PROGRAMS AND LIBRARIES INSIDE THEM',
  '',
  ...bundled.map((part) => `${part.name} (in ${part.within})\n    ${part.chosen}\n    ${part.url}`),
  '',
  '',
  'SCRIPTS AND STYLES IN THE WEB PAGES',
  '',
  ...web.map((part) => `${part.name} ${part.version}\n    ${part.chosen}\n\n${part.text.trim().replaceAll(/^(?=.)/gm, '    ')}\n`),
];
writeFileSync(join(app, 'regie/THIRD-PARTY.txt'), text.join('\n'));
copyFileSync(join(core, '../../LICENSE'), join(app, 'regie/LICENSE'));
