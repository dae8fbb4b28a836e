/** The actions of Backstage's registry on a real request service, for callers of whom the catalog knows groups. */
import { type ServiceMock, actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import { registerActions } from '..';
import { ActorResolver, type Actor, People, TokenVerifier } from '../../actor';
import { RateLimits } from '../../http/RateLimits';
import { Access, requestRules } from '../../permissions';
import type { TestService } from '../../testing/service';

/** Calls an action, such as `validate`, as somebody. */
export type Invoke = (action: string, input: Record<string, unknown>, as: Actor | BackstageCredentials) => Promise<JsonObject>;

/** Registers the actions. `denied` are permissions that a policy keeps from everybody. */
export function createActions(
  { service }: TestService,
  people: Actor[],
  denied: string[] = [],
  rateLimits = { readsPerMinute: 1000, writesPerMinute: 1000 },
) {
  const auth = mockServices.auth();
  const logger = mockServices.logger.mock();
  const berth = () => service.environment.berth();
  const rules = Object.values(requestRules(berth));
  const decide = (queries: { permission: { name: string } }[]) =>
    queries.map(({ permission }) => ({
      result: denied.includes(permission.name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
    }));
  const permissions: ServiceMock<PermissionsService> = mockServices.permissions.mock({
    authorize: async queries => decide(queries) as never,
    authorizeConditional: async queries => decide(queries) as never,
  });
  const registry = actionsRegistryServiceMock();
  registerActions({
    registry,
    actors: new ActorResolver({
      auth,
      logger,
      links: {},
      httpAuth: mockServices.httpAuth.mock(),
      userInfo: mockServices.userInfo.mock({
        async getUserInfo({ principal }) {
          const ref = (principal as { userEntityRef: string }).userEntityRef;
          const groups = people.find(person => person.ref === ref)?.groups ?? [];
          return { userEntityRef: ref, ownershipEntityRefs: [ref, ...groups] };
        },
      }),
      people: new People({ catalog: catalogServiceMock(), auth }),
      verifier: new TokenVerifier([], logger),
    }),
    access: new Access({
      permissions,
      documents: { berth },
      ruleset: { getRuleByName: (name: string) => rules.find(rule => rule.name === name)! } as never,
    }),
    limits: new RateLimits(rateLimits),
    requests: service,
  });
  const invoke: Invoke = async (action, input, as) => {
    const credentials = 'ref' in as ? mockCredentials.user(as.ref) : as;
    const { output } = await registry.invoke({ id: `test:${action}`, input: input as JsonObject, credentials });
    return output as JsonObject;
  };
  return { registry, invoke };
}
