/** How long to wait, and the end of a wait. */
import { backoff, pause } from './backoff';

describe('backoff', () => {
  const bounds = { firstMs: 1_000, mostMs: 30_000 };

  it('doubles up to a bound', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 1_000].map(failures => backoff(failures, bounds, () => 1));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('differs by chance, by no more than half', () => {
    expect([0, 0.5, 1].map(chance => backoff(3, bounds, () => chance))).toEqual([2_000, 3_000, 4_000]);
  });
});

describe('pause', () => {
  it('ends at once when nobody waits any more', async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(pause(60_000, controller.signal)).resolves.toBeUndefined();
  });
});
