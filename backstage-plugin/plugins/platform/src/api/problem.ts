// What went wrong, as people read it: what, why, what to do. Pages show it, and none of them looks into errors.
import { isError, ResponseError } from '@backstage/errors';
import type { ViolationsBody } from '@berth/plugin-platform-common';

export interface Problem {
  kind: 'denied' | 'missing' | 'signed-out' | 'busy' | 'away' | 'conflict' | 'invalid' | 'failed';
  /** What. */
  title: string;
  /** Why, in the backend's words where it has some. */
  reason: string;
  /** What to do. */
  advice: string;
  /** Everything that is wrong with what was asked for. */
  violations: NonNullable<ViolationsBody['violations']>;
}

type Words = Pick<Problem, 'kind' | 'title' | 'advice'>;

const BY_STATUS: Record<number, Words> = {
  400: { kind: 'invalid', title: 'This can’t be done as it stands', advice: 'Change what is named here and send it again.' },
  401: { kind: 'signed-out', title: 'You are signed out', advice: 'Reload the page and sign in again.' },
  403: { kind: 'denied', title: 'You may not do this', advice: 'Ask somebody of the team, or the platform team, to do it or to let you.' },
  404: {
    kind: 'missing',
    title: 'There is nothing here for you',
    advice: 'Check the address. If a colleague sent it to you, ask to be added to their team.',
  },
  409: { kind: 'conflict', title: 'It has changed meanwhile', advice: 'Look at it as it is now, then decide again.' },
  429: { kind: 'busy', title: 'Too many calls at once', advice: 'Wait a minute, then try again.' },
  503: { kind: 'away', title: 'The backend is not ready', advice: 'Nothing is lost. Try again in a moment.' },
};

/** Says of an error what a page shows. */
export function asProblem(error: unknown): Problem {
  if (ResponseError.is(error)) {
    const { violations = [] } = error.body as ViolationsBody;
    const words = BY_STATUS[error.statusCode] ?? {
      kind: 'failed' as const,
      title: 'The backend could not answer',
      advice: 'Try again. If it stays so, tell the platform team what is written here.',
    };
    return { ...words, reason: sentence(error.cause.message), violations };
  }
  return {
    kind: 'away',
    title: 'The backend can’t be reached',
    reason: isError(error) ? sentence(error.message) : 'It did not answer.',
    advice: 'Check your connection, then try again. Nothing that was stored is lost.',
    violations: [],
  };
}

/** Messages of the backend begin in lower case and have no full stop; on a page they are sentences. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `${trimmed[0].toLocaleUpperCase('en-US')}${trimmed.slice(1)}${/[.!?:]$/.test(trimmed) ? '' : '.'}`;
}
