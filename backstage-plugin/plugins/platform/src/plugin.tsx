// The frontend plugin: its pages, its API and its card. Wiring only. All that is drawn is one chunk, fetched when the first page is opened:
// apart, each page would bring the parts that they share once more.
import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiShip2Line } from '@remixicon/react';
import { platformApiRef, PlatformClientApi } from './api';
import { formExtensions } from './form';
import { approvalsRouteRef, namespacesRouteRef, newRequestRouteRef, policyRouteRef, requestsRouteRef, rootRouteRef } from './routes';

const platformApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: platformApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new PlatformClientApi(deps),
    }),
});

const page = PageBlueprint.make({
  params: { path: '/platform', title: 'Platform', icon: <RiShip2Line />, routeRef: rootRouteRef },
});

const requestsPage = SubPageBlueprint.make({
  name: 'requests',
  params: {
    path: 'requests',
    title: 'Requests',
    routeRef: requestsRouteRef,
    loader: () => import(/* webpackChunkName: "berth-platform" */ './requests/RequestsRouter').then(({ RequestsRouter }) => <RequestsRouter />),
  },
});

const approvalsPage = SubPageBlueprint.make({
  name: 'approvals',
  params: {
    path: 'approvals',
    title: 'To approve',
    routeRef: approvalsRouteRef,
    loader: () => import(/* webpackChunkName: "berth-platform" */ './approvals/ApprovalsPage').then(({ ApprovalsPage }) => <ApprovalsPage />),
  },
});

const namespacesPage = SubPageBlueprint.make({
  name: 'namespaces',
  params: {
    path: 'namespaces',
    title: 'Namespaces',
    routeRef: namespacesRouteRef,
    loader: () => import(/* webpackChunkName: "berth-platform" */ './namespaces/NamespacesRouter').then(({ NamespacesRouter }) => <NamespacesRouter />),
  },
});

const policyPage = SubPageBlueprint.make({
  name: 'policy',
  params: {
    path: 'policy',
    title: 'Policy',
    routeRef: policyRouteRef,
    loader: () => import(/* webpackChunkName: "berth-platform" */ './policy/PolicyPage').then(({ PolicyPage }) => <PolicyPage />),
  },
});

const teamNamespacesCard = EntityCardBlueprint.make({
  name: 'namespaces',
  params: {
    filter: { kind: { $in: ['group', 'component'] } },
    loader: () => import(/* webpackChunkName: "berth-platform" */ './card/TeamNamespacesCard').then(({ TeamNamespacesCard }) => <TeamNamespacesCard />),
  },
});

export const platformPlugin = createFrontendPlugin({
  pluginId: 'platform',
  title: 'Platform',
  icon: <RiShip2Line />,
  routes: { root: rootRouteRef, newRequest: newRequestRouteRef },
  extensions: [platformApi, page, requestsPage, approvalsPage, namespacesPage, policyPage, teamNamespacesCard, ...formExtensions],
});
