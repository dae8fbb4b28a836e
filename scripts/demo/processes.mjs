// The processes of the demo. When one of them ends, or when somebody presses Ctrl-C, all of them end, and what they left is
// cleaned up. Their output goes to a log; the end of it is shown when something goes wrong.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Is there when it was built for the Node that comes with the packages. */
export const SQLITE_DRIVER = join(repository, 'backstage-plugin/node_modules/better-sqlite3/build/Release/better_sqlite3.node');

const KEPT_LINES = 40;
const PATIENCE_MS = 8_000;

export class Processes {
  #running = new Map();
  #ending = false;
  #cleanUp;

  constructor(cleanUp) {
    this.#cleanUp = cleanUp;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.end(0));
    }
  }

  /** Runs a program to its end, with its output here; that of a `quiet` one only when it fails. */
  async run(program, args, { quiet = false, ...options } = {}) {
    const child = this.#spawn(program, args, { ...options, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
    const output = [];
    [child.stdout, child.stderr].forEach(stream => stream?.on('data', chunk => output.push(chunk)));
    const code = await new Promise(resolve => child.once('close', resolve));
    this.#running.delete(child);
    if (code !== 0 && !this.#ending) {
      process.stderr.write(Buffer.concat(output));
      throw new Error(`\`${[program, ...args].join(' ')}\` failed`);
    }
  }

  /** Starts a program that stays. */
  start(name, program, args, options = {}) {
    const child = this.#spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines = [];
    const waiting = [];
    let rest = '';
    const read = chunk => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop();
      for (const line of parts) {
        lines.push(line);
        lines.splice(0, lines.length - KEPT_LINES);
        waiting.forEach(wait => wait(line));
        if (process.env.DEMO_VERBOSE) {
          console.log(`[${name}] ${line}`);
        }
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', code => {
      this.#running.delete(child);
      if (!this.#ending) {
        console.error(`${lines.join('\n')}\ndemo: the ${name} ended (${code}); its last lines are above`);
        this.end(1);
      }
    });
    return {
      /** The first text that fits, in a line of its output. */
      line: pattern =>
        new Promise(resolve => {
          waiting.push(line => pattern.test(line) && resolve(pattern.exec(line)[0]));
          lines.forEach(line => pattern.test(line) && resolve(pattern.exec(line)[0]));
        }),
    };
  }

  /** Ends everything, then this process. */
  async end(code) {
    if (this.#ending) {
      return;
    }
    this.#ending = true;
    const ended = [...this.#running.keys()].map(child => new Promise(resolve => child.once('exit', resolve)));
    this.#running.forEach((_, child) => child.kill('SIGTERM'));
    const impatient = setTimeout(() => this.#running.forEach((_, child) => child.kill('SIGKILL')), PATIENCE_MS);
    await Promise.all(ended);
    clearTimeout(impatient);
    this.#cleanUp();
    process.exit(code);
  }

  #spawn(program, args, options) {
    const child = spawn(program, args, { cwd: repository, ...options });
    this.#running.set(child, true);
    child.once('error', error => {
      this.#running.delete(child);
      console.error(`demo: can't run \`${program}\`: ${error.message}`);
      this.end(1);
    });
    child.once('exit', () => this.#running.delete(child));
    return child;
  }
}
