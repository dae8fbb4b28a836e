// What software templates get: the field, and what the page of a task shows.
import { createFormField, FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

export const requestField = FormFieldBlueprint.make({
  name: 'berth-request',
  params: {
    field: async () => {
      const [{ BerthRequestField }, { validateRequest }] = await Promise.all([import('./BerthRequestField'), import('./validateRequest')]);
      return createFormField({ name: 'BerthRequest', component: BerthRequestField, validation: validateRequest });
    },
  },
});
