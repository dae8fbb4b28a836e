// What the steps of a request printed, as text. With `follow` the answer stays open until the request has ended, or the reader
// goes away.
import { setTimeout as wait } from 'node:timers/promises';
import { NotFoundError } from '@backstage/errors';
import { isFinal } from '@berth/plugin-platform-common';
import type { Router } from 'express';
import type { StepLog } from '../../database/LogStore';
import type { StoredRequest } from '../../requests/model';
import { route, type RouteContext } from '../context';
import { input } from '../input';

const LOOK_AGAIN_MS = 1_000;

export function addLogRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;

  const read = async ({ id, attempt }: StoredRequest, only?: string) =>
    textsOf(await requests.steps(id, attempt), await requests.logs(id, attempt), only);

  const handler = route(context, { kind: 'read', mayTakeLong: true }, async ({ req, res, caller }) => {
    const id = input.requestId(req);
    const { step, follow } = input.logs(req);
    let request = await requests.get(id);
    await access.assertSees(caller, request);
    const shown = new Map<string, number>();
    const more = (texts: Map<string, string>) =>
      [...texts].map(([name, text]) => {
        const fresh = text.slice(shown.get(name) ?? 0);
        shown.set(name, text.length);
        return step === undefined ? fresh.replace(/^(?=.)/gm, `[${name}] `) : fresh;
      });
    const first = await read(request, step);
    res.type('text/plain; charset=utf-8').set('Cache-Control', 'no-store');
    more(first).forEach(text => res.write(text));
    while (follow && !isFinal(request.status) && !res.closed) {
      await wait(LOOK_AGAIN_MS);
      request = await requests.get(id);
      more(await read(request, step)).forEach(text => res.write(text));
    }
    res.end();
  });
  router.get('/namespaces/request/:requestId/logs', handler);
  router.get('/requests/:requestId/logs', handler);
}

/**
 * What is kept, by step: first the steps of the plan in their order, then what else printed something, which is the rollback.
 *
 * @throws NotFoundError when `only` is none of them
 */
export function textsOf(
  steps: readonly { id: string }[],
  logs: readonly Pick<StepLog, 'stepId' | 'content'>[],
  only?: string,
): Map<string, string> {
  const texts = new Map(steps.map(({ id }) => [id, '']));
  logs.forEach(({ stepId, content }) => texts.set(stepId, content));
  if (only === undefined) {
    return texts;
  }
  const text = texts.get(only);
  if (text === undefined) {
    throw new NotFoundError(`the request has no step \`${only}\`, or it has not begun`);
  }
  return new Map([[only, text]]);
}
