// Lets Node load Kaoto's models without its screens: finds the files that Kaoto leaves to a bundler to find, and puts a stand-in
// in the place of every package but those named below. A stand-in may be used while modules load (they make contexts and styles
// that nobody will see); once globalThis.kaotoIsLoaded is set it throws, so that no file is ever written by half of Kaoto.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What reading and writing runs through. */
const REAL = new Set(['uuid', 'yaml']);

const STAND_IN = 'stand-in:';

export async function resolve(specifier, context, next) {
  if (!context.parentURL?.includes('/@kaoto/kaoto/lib/') || REAL.has(specifier)) {
    return next(specifier, context);
  }
  const file = specifier.startsWith('.') && sourceOf(fileURLToPath(new URL(specifier, context.parentURL)));
  const url = file ? pathToFileURL(file).href : standIn(specifier, context.parentURL);
  return { url, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.startsWith(STAND_IN)) {
    return next(url, context);
  }
  const { pathname, searchParams } = new URL(url);
  const source = `
    const used = (result) => {
      if (globalThis.kaotoIsLoaded) {
        throw new Error(${JSON.stringify(`Kaoto asked for ${decodeURIComponent(pathname)}, which is only a stand-in here`)});
      }
      return result;
    };
    const anything = new Proxy(class {}, {
      get: (target, key) => (Reflect.has(target, key) ? target[key] : anything),
      apply: () => used(anything),
      construct: (target, values, type) => used(Reflect.construct(target, values, type)),
    });
    export default anything;
    ${searchParams.getAll('name').map((name) => `export const ${name} = anything;`).join('\n')}`;
  return { format: 'module', source, shortCircuit: true };
}

function sourceOf(path) {
  return [path, `${path}.js`, `${path}/index.js`].find((file) => file.endsWith('.js') && existsSync(file));
}

/** The address of a module with the very names that the importing file wants, since Node links names before it runs anything. */
function standIn(specifier, parentURL) {
  const names = new Set();
  const imports = /(?:im|ex)port\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g;
  for (const [, list, from] of readFileSync(fileURLToPath(parentURL), 'utf8').matchAll(imports)) {
    if (from === specifier) {
      list.split(',').map((entry) => entry.trim().split(/\s+as\s+/)[0]).forEach((name) => names.add(name));
    }
  }
  names.delete('');
  names.delete('default');
  return `${STAND_IN}${encodeURIComponent(specifier)}?${new URLSearchParams([...names].map((name) => ['name', name]))}`;
}
