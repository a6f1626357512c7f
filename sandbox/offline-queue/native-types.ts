import Module, { createRequire } from 'node:module';

/**
 * serverless-offline loads `.ts` handlers through tsx, whose loader does not register here; it then makes a new
 * instance of every module at every invocation. Node strips the types by itself, so tsx is left out.
 */
export function withoutTsx(): void {
  const root = createRequire(import.meta.url);
  const offline = createRequire(root.resolve('serverless-offline'));
  standIn(offline.resolve('tsx/esm/api'), { register: () => {} });
  standIn(offline.resolve('tsx/cjs/api'), { require: (path: string) => root(path) });
}

function standIn(path: string, exports: object) {
  const module = new Module(path);
  module.exports = exports;
  module.loaded = true;
  createRequire(import.meta.url).cache[path] = module;
}
