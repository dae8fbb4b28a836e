// Sign-in of the demo, as a module of the app.
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: { loader: () => import('./PersonaSignInPage').then(page => page.PersonaSignInPage) },
    }),
  ],
});
