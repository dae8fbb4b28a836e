/**
 * A PostgreSQL of its own for a test file: started in a temporary folder, heard only on a socket in it, and gone afterwards.
 * It needs PostgreSQL's programs (Debian: `apt install postgresql-15`), found in `PG_BIN`, Debian's folders or the PATH.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';

/** A server that runs. */
export interface Postgres {
  /** The folder of its socket: the `host` of a connection. */
  host: string;
  user: string;
  stop(): Promise<void>;
}

/** Where PostgreSQL's programs are; nothing when they are not installed. */
export function findPostgres(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    process.env.PG_BIN ?? '',
    ...debian.map(version => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find(folder => folder !== '' && existsSync(join(folder, 'initdb')));
}

/**
 * Starts a server.
 *
 * @param durable - write to the disk as in production; tests that measure nothing are faster without
 */
export async function startPostgres(programs: string, options: { durable?: boolean } = {}): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-pg-'));
  const data = join(folder, 'data');
  // PostgreSQL refuses to run as root: Debian's own account runs it then.
  const isRoot = process.getuid?.() === 0;
  const postgres = async (program: string, ...args: string[]) => {
    const command = [join(programs, program), ...args];
    const [first, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    await run(first, rest, { cwd: folder });
  };
  if (isRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    await chown(folder, Number(stdout), 0);
  }
  await chmod(folder, 0o755);
  await postgres('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  const settings = [`unix_socket_directories=${folder}`, 'listen_addresses=', 'max_connections=60'];
  if (!options.durable) {
    settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  }
  const flags = settings.map(setting => `-c ${setting}`).join(' ');
  await postgres('pg_ctl', '-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', flags, 'start');
  return {
    host: folder,
    user: 'postgres',
    async stop() {
      await postgres('pg_ctl', '-D', data, '-w', '-s', '-m', 'immediate', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
