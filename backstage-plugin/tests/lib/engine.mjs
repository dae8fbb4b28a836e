// The embedded engine as a program of its own, and what stands in its cluster in memory.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram } from './process.mjs';

const BUILT = fileURLToPath(new URL('../../../target/release/berth', import.meta.url));

export async function startEngine(...flags) {
  const program = process.env.BERTH_BIN ?? BUILT;
  if (!existsSync(program)) {
    throw new Error(`\`${program}\` is missing: build it with \`make berth\`, or name another one in BERTH_BIN`);
  }
  const engine = await startProgram(program, ['sandbox', '--port', '0', ...flags], {
    ready: output => (/Ctrl-C ends it/.test(output) ? /listens on (http:\S+?)\.?$/m.exec(output)?.[1] : undefined),
  });
  const url = engine.answer;
  return {
    url,
    /** What callers must send where it writes to a real cluster. */
    token: /ARGO_TOKEN=(\S+)/.exec(engine.output)?.[1],
    stop: () => engine.stop('SIGINT'),
    /** All Workflows, without their templates. */
    async workflows(namespace = 'berth-workflows') {
      const { items } = await json(`${url}/api/v1/workflows/${namespace}?fields=items.metadata,items.status.phase`);
      return items ?? [];
    },
    /** Deletes all Workflows, as Argo does when the time that they are kept for is over. What they made stands. */
    async forget(namespace = 'berth-workflows') {
      for (const { metadata } of await this.workflows(namespace)) {
        await json(`${url}/api/v1/workflows/${namespace}/${metadata.name}`, { method: 'DELETE' });
      }
    },
    /** The namespaces that stand: the labels of each, by its name. */
    async namespaces() {
      const objects = await json(`${url}/sandbox/objects`);
      return new Map(objects.items.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]));
    },
  };
}

async function json(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
