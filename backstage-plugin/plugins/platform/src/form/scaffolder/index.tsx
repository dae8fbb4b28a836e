// What software templates get: the field, and what the page of a task shows.
import type { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-react';
import { createFormField, FormFieldBlueprint, scaffolderTemplateOutputsBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { lazy, Suspense } from 'react';
import { LoadingState } from '../../parts';

export const requestField = FormFieldBlueprint.make({
  name: 'berth-request',
  params: {
    field: async () => {
      const [{ BerthRequestField }, { validateRequest }] = await Promise.all([import(/* webpackChunkName: "berth-platform" */ './BerthRequestField'), import(/* webpackChunkName: "berth-platform" */ './validateRequest')]);
      return createFormField({ name: 'BerthRequest', component: BerthRequestField, validation: validateRequest });
    },
  },
});

const LazyRequestOutputs = lazy(() => import(/* webpackChunkName: "berth-platform" */ './RequestOutputs').then(module => ({ default: module.RequestOutputs })));

/** What the page of a task shows of the request in the template's output `requestId`: where it is now, live. */
export function RequestOutputs(props: { output?: ScaffolderTaskOutput }) {
  return (
    <Suspense fallback={<LoadingState label="The request is loading" rows={2} />}>
      <LazyRequestOutputs {...props} />
    </Suspense>
  );
}

/** For the template of examples/; docs/portal.md says how to do it for others. */
export const requestOutputs = scaffolderTemplateOutputsBlueprint.make({
  name: 'berth-request',
  params: { templateRefs: ['template:default/namespace'], component: RequestOutputs },
});
