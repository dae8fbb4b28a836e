// What software templates get: the field, and what the page of a task shows.
import { createFormField, FormFieldBlueprint, scaffolderTemplateOutputsBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { lazy, Suspense } from 'react';
import { LoadingState } from '../../parts';

export const requestField = FormFieldBlueprint.make({
  name: 'berth-request',
  params: {
    field: async () => {
      const [{ BerthRequestField }, { validateRequest }] = await Promise.all([import('./BerthRequestField'), import('./validateRequest')]);
      return createFormField({ name: 'BerthRequest', component: BerthRequestField, validation: validateRequest });
    },
  },
});

const RequestOutputs = lazy(() => import('./RequestOutputs').then(module => ({ default: module.RequestOutputs })));

/** For the template of examples/; other templates are named in `app.extensions`, see docs/portal.md. */
export const requestOutputs = scaffolderTemplateOutputsBlueprint.make({
  name: 'berth-request',
  params: {
    templateRefs: ['template:default/namespace'],
    component: props => (
      <Suspense fallback={<LoadingState label="The request is loading" rows={2} />}>
        <RequestOutputs {...props} />
      </Suspense>
    ),
  },
});
