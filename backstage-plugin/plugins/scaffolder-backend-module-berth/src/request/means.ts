// What a request needs from Backstage: the backend's API as the initiator, time, and where people see it.
import { coreServices, type AuthService, type DiscoveryService, type RootConfigService } from '@backstage/backend-plugin-api';
import { requestPath } from '@berth/plugin-platform-common';
import { PlatformApi, type Initiator } from '../platform/PlatformApi';
import { systemClock, type Clock } from './clock';

/** What the making and following of a request works with. */
export interface Means {
  api: PlatformApi;
  clock: Clock;
  /** Where people see a request. */
  linkTo(requestId: string): string;
}

/** The means of whoever runs a step. */
export type MeansFor = (initiator: Initiator) => Means;

/** The services that {@link meansWith} takes, for a module's `deps`. */
export const meansDeps = {
  auth: coreServices.auth,
  config: coreServices.rootConfig,
  discovery: coreServices.discovery,
};

/** The means with Backstage's own services. */
export function meansWith(services: { auth: AuthService; config: RootConfigService; discovery: DiscoveryService }): MeansFor {
  // Without an address the links are paths, which the app resolves itself.
  const app = services.config.getOptionalString('app.baseUrl')?.replace(/\/$/, '') ?? '';
  return initiator => ({
    api: new PlatformApi(services, initiator),
    clock: systemClock,
    linkTo: requestId => `${app}${requestPath(requestId)}`,
  });
}
