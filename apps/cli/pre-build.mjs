/** Before the compiler: an empty `dist/`, with the SQL and JSON that programs read beside themselves. */
import { cpSync, readdirSync, rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
for (const file of readdirSync('libs', { recursive: true })) {
  if (/\.(sql|json)$/u.test(file)) cpSync(`libs/${file}`, `dist/libs/${file}`);
}
