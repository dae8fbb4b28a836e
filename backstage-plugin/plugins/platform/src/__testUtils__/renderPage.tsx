// Shows a page as somebody, with an API whose answers the test gives, and asks axe about it.
import { ResponseError } from '@backstage/errors';
import { mockApis, renderInTestApp, TestApiProvider } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import axe from 'axe-core';
import { platformApiRef, type PlatformApi } from '../api';
import { embeddedDocuments } from '../form/__testUtils__/fakePlatform';
import { approvalsRouteRef, namespacesRouteRef, newRequestRouteRef, requestsRouteRef } from '../routes';

const PEOPLE: Record<string, string[]> = { ada: ['group:default/payments'], grace: ['group:default/platform-admins'] };

export interface RenderOptions {
  as?: 'ada' | 'grace';
  /** Where the page is, with parameters as `:requestId`. */
  path: string;
  /** The address that is opened. */
  at?: string;
}

/** What a test doesn't answer is an error that names it. */
export function renderPage(element: JSX.Element, api: Partial<PlatformApi>, { as = 'ada', path, at = path }: RenderOptions) {
  const answers: Partial<PlatformApi> = {
    documents: async () => embeddedDocuments().documents,
    documentsSince: async () => embeddedDocuments(),
    ...api,
  };
  const platform = new Proxy(answers, {
    get: (known, name: keyof PlatformApi) =>
      known[name] ?? (async () => Promise.reject(new Error(`the test has no answer to \`${String(name)}\``))),
  }) as PlatformApi;
  const userEntityRef = `user:default/${as}`;
  const identity = mockApis.identity({ userEntityRef, ownershipEntityRefs: [userEntityRef, ...PEOPLE[as]] });
  return renderInTestApp(
    <TestApiProvider apis={[[platformApiRef, platform], [identityApiRef, identity]]}>{element}</TestApiProvider>,
    {
      mountPath: path,
      initialRouteEntries: [at],
      mountedRoutes: {
        '/platform/requests': requestsRouteRef,
        '/platform/approvals': approvalsRouteRef,
        '/platform/namespaces': namespacesRouteRef,
        '/platform/new': newRequestRouteRef,
      },
    },
  );
}

/** Colours, and names that depend on how a font looks, are judged in a browser, which knows them. */
const OFF = Object.fromEntries(['color-contrast', 'label-content-name-mismatch', 'region'].map(rule => [rule, { enabled: false }]));

/** What axe finds. */
export async function violationsIn(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, { rules: OFF });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}

/** An error as the backend answers it. */
export async function answerOf(status: number, name: string, message: string): Promise<Error> {
  const body = JSON.stringify({ error: { name, message }, request: { method: 'GET', url: '/' }, response: { statusCode: status } });
  return ResponseError.fromResponse(new Response(body, { status, headers: { 'content-type': 'application/json' } }));
}
