// What the steps of a request printed, as text. With `follow` the answer stays open until the request has ended, or the reader
// goes away.
import { setTimeout as wait } from 'node:timers/promises';
import { NotFoundError } from '@backstage/errors';
import { isFinal } from '@berth/plugin-platform-common';
import type { Router } from 'express';
import type { StoredRequest } from '../../requests/model';
import { route, type RouteContext } from '../context';
import { input } from '../input';

const LOOK_AGAIN_MS = 1_000;

export function addLogRoutes(router: Router, context: RouteContext): void {
  const { access, requests } = context;

  /** What is kept, step by step: the text of each. */
  const textsOf = async ({ id, attempt }: StoredRequest, only?: string): Promise<Map<string, string>> => {
    const steps = (await requests.steps(id, attempt)).filter(step => only === undefined || step.id === only);
    if (only !== undefined && steps.length === 0) {
      throw new NotFoundError(`the request has no step \`${only}\`, or it has not begun`);
    }
    const logs = await Promise.all(steps.map(step => requests.logs(id, attempt, step.id)));
    return new Map(steps.map((step, index) => [step.id, logs[index]?.content ?? '']));
  };

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
    const first = await textsOf(request, step);
    res.type('text/plain; charset=utf-8').set('Cache-Control', 'no-store');
    more(first).forEach(text => res.write(text));
    while (follow && !isFinal(request.status) && !res.closed) {
      await wait(LOOK_AGAIN_MS);
      request = await requests.get(id);
      more(await textsOf(request, step)).forEach(text => res.write(text));
    }
    res.end();
  });
  router.get('/namespaces/request/:requestId/logs', handler);
  router.get('/requests/:requestId/logs', handler);
}
