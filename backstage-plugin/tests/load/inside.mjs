// What goes on inside the backend: its memory, and what it spends its time on. inside.cjs, loaded into it, answers.
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ANSWER = /^inside (\{.*\})$/gm;
const MOST_LINES = 20;

export class Inside {
  /** For the Node of the backend. */
  static arguments = ['--expose-gc', '--require', fileURLToPath(new URL('inside.cjs', import.meta.url))];
  #backend;

  constructor(backend) {
    this.#backend = backend;
  }

  /** In bytes, once all that can be is collected: `{ rss, heapUsed, external }`. */
  memory() {
    return this.#asked('SIGUSR2');
  }

  /** Begins to look at what it does. */
  toggleProfile() {
    this.#backend.signal('SIGWINCH');
  }

  /** Ends that, and says where the time went, by package. */
  async profile() {
    const { file } = await this.#asked('SIGWINCH');
    const text = whereTimeWent(JSON.parse(await readFile(file, 'utf8')));
    await rm(file);
    return text;
  }

  async #asked(signal) {
    const said = () => [...this.#backend.output().matchAll(ANSWER)];
    const before = said().at(-1)?.[1];
    this.#backend.signal(signal);
    for (;;) {
      await new Promise(resolve => setTimeout(resolve, 50));
      const last = said().at(-1)?.[1];
      if (last !== before) return JSON.parse(last);
    }
  }
}

/** How much of the time was not idle, and the share of each package in that. */
function whereTimeWent({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map(node => [node.id, node.callFrame]));
  const shares = new Map();
  let [all, idle] = [0, 0];
  samples.forEach((id, index) => {
    const name = packageOf(byId.get(id));
    if (name === '(idle)') {
      idle += timeDeltas[index];
      return;
    }
    all += timeDeltas[index];
    shares.set(name, (shares.get(name) ?? 0) + timeDeltas[index]);
  });
  const largest = [...shares].sort((one, other) => other[1] - one[1]).slice(0, MOST_LINES);
  const busy = `  ${((100 * all) / (all + idle)).toFixed(1).padStart(5)} %  of the time busy; of that\n`;
  return busy + largest.map(([name, time]) => `  ${((100 * time) / all).toFixed(1).padStart(5)} %  ${name}`).join('\n');
}

function packageOf({ url, functionName }) {
  const ours = /\/(plugins\/[^/]+)\/src\/([^/]+)/.exec(url);
  if (ours) return `${ours[1]}/${ours[2]}`;
  if (url.includes('/pkg/') || url.startsWith('wasm:')) return '@berth/core';
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? (url.startsWith('node:') ? 'node' : url || functionName);
}
