import asyncHooks from 'node:async_hooks';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';

const require = createRequire(import.meta.url);
process.setSourceMapsEnabled(true);

/**
 * Runs a specification as Node runs the program: in its own global scope, with its own module loader. Jest's own would
 * load every module anew for each of them, Nest, TypeORM and the drivers too, which took longer than the tests.
 */
export default async function run(globalConfig, config, environment, runtime, testPath, sendMessage) {
  // What the file before left behind.
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  delete Error.prepareStackTrace;
  const contexts = [];
  Object.assign(runtime, {
    requireInternalModule: (path) => evaluate(path, contexts),
    requireModule: require,
    setGlobalsForRuntime: () => undefined,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(pathToFileURL(path).href),
  });
  const scope = Object.create(environment, { global: { value: globalThis } });
  try {
    return await circus.default(globalConfig, config, scope, runtime, testPath, sendMessage);
  } finally {
    // Each that lives makes every promise of the files to come a little slower.
    for (const context of contexts) context.disable();
  }
}

/** Circus keeps the tests that it was told of, so each file has one of its own. `contexts` gets those it opens. */
function evaluate(path, contexts) {
  delete require.cache[path];
  const { AsyncLocalStorage } = asyncHooks;
  asyncHooks.AsyncLocalStorage = class extends AsyncLocalStorage {
    constructor() {
      super();
      contexts.push(this);
    }
  };
  try {
    return require(path);
  } finally {
    asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}
