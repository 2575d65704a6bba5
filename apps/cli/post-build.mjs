/** After `nest build`: the time of the build is known (see taizhang.mjs). */
import { writeFileSync } from 'node:fs';

writeFileSync('dist/.built', '');
