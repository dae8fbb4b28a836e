// Starts a program of ours and waits until it says that it is ready. Ends only what it started, by its id.
import { spawn } from 'node:child_process';

const KEPT_OUTPUT = 200_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, ready: (output: string) => string | undefined, timeoutMs?: number }} options
 *   `ready` looks at what was written so far and returns what the caller waits for.
 */
export async function startProgram(command, args, { cwd, env, ready, timeoutMs = 60_000 }) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const program = new Program(child);
  await program.until(ready, timeoutMs, `${command} ${args.join(' ')}`);
  return program;
}

class Program {
  output = '';
  answer;
  #watchers = new Set();

  constructor(child) {
    this.child = child;
    this.ended = new Promise(resolve => child.once('close', (code, signal) => resolve({ code, signal })));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', text => {
        this.output = (this.output + text).slice(-KEPT_OUTPUT);
        for (const watcher of this.#watchers) watcher();
      });
    }
  }

  get pid() {
    return this.child.pid;
  }

  async until(ready, timeoutMs, name) {
    let timer;
    let watcher;
    const seen = new Promise((resolve, reject) => {
      watcher = () => {
        const answer = ready(this.output);
        if (answer !== undefined) resolve(answer);
      };
      this.#watchers.add(watcher);
      watcher();
      timer = setTimeout(() => reject(new Error(`\`${name}\` was not ready after ${timeoutMs} ms:\n${this.output}`)), timeoutMs);
    });
    const gone = this.ended.then(({ code, signal }) => {
      throw new Error(`\`${name}\` ended with ${signal ?? code} before it was ready:\n${this.output}`);
    });
    try {
      this.answer = await Promise.race([seen, gone]);
    } catch (error) {
      await this.stop('SIGKILL');
      throw error;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(watcher);
      gone.catch(() => {});
    }
  }

  /** Sends the signal and waits until the program is gone. */
  async stop(signal = 'SIGTERM') {
    this.child.kill(signal);
    return this.ended;
  }
}
