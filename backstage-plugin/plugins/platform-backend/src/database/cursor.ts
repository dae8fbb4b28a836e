/** Pages of lists that go from the newest to the oldest. */
import { InputError } from '@backstage/errors';

/** Some items, and where the next ones start; without `nextCursor` there are no more. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** The cursor behind an item; callers must not look into it. */
export function cursorAfter(createdAt: string, id: string): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

/** @throws InputError for a text that is no cursor */
export function readCursor(cursor: string): [createdAt: string, id: string] {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([a-z0-9.-]{1,63})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  if (!match) {
    throw new InputError('`cursor` is not one that a list has given; leave it out to start at the newest');
  }
  return [match[1], match[2]];
}
