/** `node --import ./test/typescript/register.js file.ts`: runs the TypeScript sources without a build, for tests. */
import { register } from 'node:module';

register('./hooks.js', import.meta.url);
