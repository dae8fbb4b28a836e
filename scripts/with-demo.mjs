#!/usr/bin/env node
// Starts the demo on free ports, runs a program against it and ends everything; its status is that of the program.
//   node scripts/with-demo.mjs node tests/guide/client.mjs        the program finds the address in BERTH_URL
//   node scripts/with-demo.mjs --portal PROGRAM...                with the pages, the demo's past, and steps that take a moment
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import { startDemo } from './demo/start.mjs';

const withPortal = process.argv[2] === '--portal';
const [program, ...args] = process.argv.slice(withPortal ? 3 : 2);
if (!program) {
  console.error('usage: node scripts/with-demo.mjs [--portal] PROGRAM [ARGUMENT]...');
  process.exit(2);
}
const { url, processes } = await startDemo({
  port: await freePort(),
  metricsPort: await freePort(),
  ...(withPortal && { withPortal, engineArguments: ['--step-delay', '2s'] }),
});
const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, BERTH_URL: url } });
child.once('error', error => {
  console.error(`can't run \`${program}\`: ${error.message}`);
  processes.end(2);
});
child.once('exit', code => processes.end(code ?? 1));

function freePort() {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
