/** Starts `berth sandbox`, the stand-in for Argo Server, and renders Workflows with the same program: for tests. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const REPOSITORY = resolvePackagePath('@berth/plugin-platform-backend', '../../..');

const CHECKOUT = {
  namespaceName: 'payments-checkout',
  team: 'payments',
  environment: 'development',
  resourceTier: 'small',
  networkPolicy: 'isolated',
  features: ['monitoring-enhanced'],
  description: 'Checkout of the shop',
};

/** A running sandbox. */
export interface Sandbox {
  baseUrl: string;
  /** Ends it at once, as a crash does. */
  stop(): Promise<void>;
}

/** The `berth` program: `BERTH_BIN`, or what `cargo build --release -p berth-cli` makes. */
export function berthProgram(): string {
  const program = process.env.BERTH_BIN ?? join(REPOSITORY, 'target/release/berth');
  if (!existsSync(program)) {
    throw new Error(`there is no \`${program}\`: run \`cargo build --release -p berth-cli\`, or set BERTH_BIN`);
  }
  return program;
}

/** Starts a sandbox; `port` 0 takes a free one. Further arguments as in `berth sandbox --help`. */
export async function startSandbox(args: string[] = [], port = 0): Promise<Sandbox> {
  const child = spawn(berthProgram(), ['sandbox', '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const baseUrl = await addressOf(child);
  return {
    baseUrl,
    stop: () =>
      new Promise(done => {
        child.once('exit', () => done());
        child.kill('SIGKILL');
      }),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = '';
    child.stderr?.on('data', data => {
      said += data;
    });
    child.once('error', fail);
    child.once('exit', code => fail(new Error(`\`berth sandbox\` ended with ${code}: ${said}`)));
    // Its output is read to the end, so that it never blocks.
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', line => {
      const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
      if (address) {
        found(address);
      }
    });
  });
}

/** What a request asks for, and as which request. */
export interface Rendering {
  parameters?: Record<string, unknown>;
  requestId: string;
  attempt?: number;
}

/** The Workflow of a request of team `payments` for the namespace `payments-checkout`, as JSON text. */
export async function renderWorkflow({ parameters, requestId, attempt = 1 }: Rendering): Promise<string> {
  const request = { ...CHECKOUT, ...parameters };
  const running = promisify(execFile)(berthProgram(), [
    ...['render', '-', '--target', 'workflow', '--output', 'json', '--request-id', requestId],
    ...['--attempt', String(attempt), '--now', '2026-11-23T09:00:00Z'],
  ]);
  running.child.stdin?.end(JSON.stringify(request));
  return (await running).stdout;
}
