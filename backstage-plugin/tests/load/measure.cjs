// Loaded into the backend by the load test, before anything else: SIGUSR2 asks for its memory, once all that can be is collected; the
// answer is a line in its output. It needs `--expose-gc`.
process.on('SIGUSR2', () => {
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.stdout.write(`\nmeasured ${JSON.stringify({ rss, heapUsed, external, cpu: user + system })}\n`);
});
