/**
 * After `nest build`: the time of the build is known (see taizhang.mjs). The program itself may be executed too, since npx
 * goes on calling what it linked once, and that was this file.
 */
import { chmodSync, writeFileSync } from 'node:fs';

chmodSync('dist/apps/cli/main.js', 0o755);
writeFileSync('dist/.built', '');
