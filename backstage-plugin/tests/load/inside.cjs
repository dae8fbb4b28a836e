// Loaded into the backend by the load test, before anything else. SIGUSR2 asks for its memory, once all that can be is collected (it
// needs `--expose-gc`); SIGWINCH begins to look at what it does, and ends that. Answers are lines in its output.
const { Session } = require('node:inspector');
const { writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

let session;

process.on('SIGUSR2', () => {
  globalThis.gc();
  say({ at: Date.now(), ...process.memoryUsage() });
});

process.on('SIGWINCH', () => {
  if (session === undefined) {
    session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.start');
    return;
  }
  session.post('Profiler.stop', (_error, { profile }) => {
    const file = join(tmpdir(), `berth-load-${process.pid}.cpuprofile`);
    writeFileSync(file, JSON.stringify(profile));
    session.disconnect();
    session = undefined;
    say({ at: Date.now(), file });
  });
});

function say(answer) {
  process.stdout.write(`\ninside ${JSON.stringify(answer)}\n`);
}
