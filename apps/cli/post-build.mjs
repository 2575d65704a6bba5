/** After `nest build`: the command may be executed, and the time of the build is known (see demo.mjs). */
import { chmodSync, writeFileSync } from 'node:fs';

chmodSync('dist/apps/cli/main.js', 0o755);
writeFileSync('dist/.built', '');
