// Reads route files with Kaoto's reader and writes them with Kaoto's writer; only Kaoto formats, nothing here touches the text.
//
//   node round-trip.mjs check FILE...   exits with 1 and shows the first line of each file that Kaoto would write otherwise
//   node round-trip.mjs write FILE...   rewrites each file as Kaoto writes it
//
// Kaoto is looked for beside this script (`npm ci` here installs it) and in target/kaoto (where .ci/run installs it); without
// it the script exits with 3. Kaoto depends on 350 MB of packages that only draw: the overrides in package.json put the smallest
// of them in the place of the others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';

const IN_PACKAGE = 'node_modules/@kaoto/kaoto/lib/esm/models/camel/camel-resource-factory.js';
const PLACES = ['./', '../../target/kaoto/'];

const [mode, ...files] = process.argv.slice(2);
if (!['check', 'write'].includes(mode) || files.length === 0) {
  console.error('usage: node round-trip.mjs check|write FILE...');
  process.exit(2);
}
const factory = PLACES.map((place) => new URL(place + IN_PACKAGE, import.meta.url)).find((url) => existsSync(url));
if (!factory) {
  console.error('Kaoto is not installed: run npm ci in src/kaoto, or .ci/run.');
  process.exit(3);
}

// Kaoto makes one while it loads; only routes in XML need it.
globalThis.DOMParser = class {};

// Kaoto sorts keys by the reader's language, and some languages sort ch after h: here the order is the English one everywhere.
const { localeCompare } = String.prototype;
String.prototype.localeCompare = function (other) {
  return localeCompare.call(this, other, 'en');
};

register('./without-screen.mjs', import.meta.url);
const { CamelResourceFactory } = await import(factory);
globalThis.kaotoIsLoaded = true;

for (const file of files) {
  try {
    const before = readFileSync(file, 'utf8');
    const after = CamelResourceFactory.createCamelResource(before, { path: file }).toString();
    if (after !== before) {
      settle(file, before, after);
    }
  } catch (error) {
    process.exitCode = 1;
    console.log(`${file}: cannot be read or written: ${error.message}`);
  }
}

function settle(file, before, after) {
  if (mode === 'write') {
    writeFileSync(file, after);
    console.log(`${file}: rewritten${lostComments(before, after)}`);
  } else {
    process.exitCode = 1;
    console.log(`${file}${firstDifference(before, after)}`);
  }
}

function firstDifference(before, after) {
  const [is, would] = [before.split('\n'), after.split('\n')];
  const at = is.findIndex((line, index) => line !== would[index]);
  const line = at < 0 ? is.length : at;
  const end = '(the end of the file)';
  return `:${line + 1}\n  is:           ${is[line] ?? end}\n  Kaoto writes: ${would[line] ?? end}`;
}

/** Kaoto keeps the comments before the first entity and no others. */
function lostComments(before, after) {
  const comments = (text) => text.split('\n').filter((line) => /^\s*#/.test(line)).length;
  const lost = comments(before) - comments(after);
  return lost > 0 ? `, without ${lost} comment line${lost > 1 ? 's' : ''} that Kaoto does not keep` : '';
}
