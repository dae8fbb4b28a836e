// Berth's pages in Backstage. The plugin is the default export, as Backstage's features are found; the rest is for those who build on it.
export { platformPlugin as default } from './plugin';
export { platformApiRef, type PlatformApi } from './api';
export { namespaceRouteRef, newRequestRouteRef, requestRouteRef, rootRouteRef } from './routes';
export { RequestOutputs } from './form';
