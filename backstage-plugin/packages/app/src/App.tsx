// The demo's portal: Backstage's new frontend system with Berth's plugin and what it works with. One's own app takes
// `@berth/plugin-platform` as one more feature; sign-in by persona and the sidebar are of the demo alone.
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import platformPlugin from '@berth/plugin-platform';
import { homePlugin } from './home';
import { navModule } from './nav';
import { signInModule } from './signIn';

export const App = createApp({
  features: [
    catalogPlugin,
    notificationsPlugin,
    platformPlugin,
    scaffolderPlugin,
    signalsPlugin,
    userSettingsPlugin,
    homePlugin,
    navModule,
    signInModule,
  ],
});
