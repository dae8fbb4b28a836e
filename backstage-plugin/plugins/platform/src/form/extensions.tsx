// The form's extensions. Each loads what it draws when it is opened.
import { type ExtensionDefinition, PageBlueprint } from '@backstage/frontend-plugin-api';
import { newRequestRouteRef } from '../routes';
import { requestField, requestOutputs } from './scaffolder';

const newRequestPage = PageBlueprint.make({
  name: 'new',
  params: {
    path: '/platform/new',
    routeRef: newRequestRouteRef,
    title: 'New request',
    loader: () => import(/* webpackChunkName: "berth-platform" */ './NewRequestPage').then(({ NewRequestPage }) => <NewRequestPage />),
  },
});

export const formExtensions: ExtensionDefinition[] = [newRequestPage, requestField, requestOutputs];
