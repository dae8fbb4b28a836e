// The address without a path leads to Berth.
import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { Navigate } from 'react-router-dom';

export const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  extensions: [
    PageBlueprint.make({
      params: { path: '/', noHeader: true, loader: async () => <Navigate to="/platform" replace /> },
    }),
  ],
});
