// A duration as Backstage reads them: `14d`, `P14D` or `{ days: 14 }`; in milliseconds.
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type JsonValue } from '@backstage/types';
import { z } from 'zod';

const HOUR_MS = 60 * 60 * 1000;
/** Longer than anybody keeps anything, and short enough to count with. */
const LONGEST_MS = 100 * 366 * 24 * HOUR_MS;

/** At least an hour: what is cleared away, is so once a day. */
export const duration = z.unknown().transform((value, context) => {
  const milliseconds = read(value as JsonValue);
  if (milliseconds === undefined || !(milliseconds >= HOUR_MS && milliseconds <= LONGEST_MS)) {
    const message = 'must be a duration of an hour or more, such as `14d`, `P14D` or `{ days: 14 }`';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  return milliseconds;
});

/** This many days, in milliseconds. */
export const days = (count: number) => count * 24 * HOUR_MS;

function read(value: JsonValue): number | undefined {
  try {
    return durationToMilliseconds(readDurationFromConfig(new ConfigReader({ value }), { key: 'value' }));
  } catch {
    return undefined;
  }
}
