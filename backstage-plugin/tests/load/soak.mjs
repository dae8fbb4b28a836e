// Very many requests, one after the other: the memory of the backend must not grow with their number.
import { loadavg } from 'node:os';

const EVERY = 5000;
const MIB = 2 ** 20;

export async function soak({ caller, inside, engine, requests }) {
  console.log('requests      rss     heap  external   per second');
  await line({ inside, done: 0 });
  for (let done = 0; done < requests; ) {
    const amount = Math.min(EVERY, requests - done);
    const began = performance.now();
    await caller.ask({ amount });
    // The memory that is needed, not that of what is still under way.
    await caller.settled();
    await engine.forget();
    done += amount;
    await line({ inside, done, rate: amount / ((performance.now() - began) / 1000) });
  }
}

async function line({ inside, done, rate }) {
  const { rss, heapUsed, external } = await inside.memory();
  const [a, b, c] = [rss, heapUsed, external].map(bytes => `${Math.round(bytes / MIB)} MiB`.padStart(8));
  console.log(`${String(done).padStart(8)} ${a} ${b}  ${c}   ${rate?.toFixed(0) ?? '-'}   (load ${loadavg()[0].toFixed(1)})`);
}
