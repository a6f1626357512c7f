import { basename, extname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** The prebuilt binary of argon2 for each architecture of Lambda, whose systems use glibc. */
const ARGON2 = {
  arm64: 'linux-arm64/argon2.armv8.glibc.node',
  x86_64: 'linux-x64/argon2.glibc.node',
} as const;

export type Architecture = keyof typeof ARGON2;

/**
 * Puts argon2's native binary into the bundle of a function that uses it. The package finds its binary at run time
 * (node-gyp-build), which a bundler cannot follow, so this plugin puts in the binary for Lambda's architecture. Its
 * name begins with the name of the function's file, because serverless-esbuild then leaves it out of the other zips.
 */
export const nativeParts = (architecture: Architecture): Plugin => ({
  name: 'native-parts',
  setup(build) {
    const [entry] = build.initialOptions.entryPoints as string[];
    build.initialOptions.loader = { ...build.initialOptions.loader, '.node': 'copy' };
    build.initialOptions.assetNames = `${basename(entry!, extname(entry!))}.[name]`;
    build.onResolve({ filter: /^node-gyp-build$/ }, ({ path }) => ({ path, namespace: 'native-part' }));
    build.onLoad({ filter: /.*/, namespace: 'native-part' }, () => {
      const file = join(root, 'node_modules', 'argon2', 'prebuilds', ARGON2[architecture]);
      return { contents: `module.exports = () => require(${JSON.stringify(file)});`, resolveDir: root };
    });
  },
});

type Serverless = { service: { provider: { architecture: Architecture } } };

/** The esbuild plugins of this service, in the form that serverless-esbuild requires. */
export default ({ service }: Serverless): Plugin[] => [nativeParts(service.provider.architecture)];
