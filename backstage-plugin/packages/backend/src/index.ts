// The demo backend: Backstage with Berth's plugins, as they would be added to one's own.
import './instrumentation';
import { createBackend } from '@backstage/backend-defaults';
import { platformTokenHandlerFactory } from '@berth/plugin-platform-backend';
import { endingHttpRouter } from './shutdown';

const backend = createBackend();

backend.add(endingHttpRouter);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./personas'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissionPolicy'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(platformTokenHandlerFactory);
backend.add(import('@berth/plugin-platform-backend'));
backend.add(import('@berth/plugin-catalog-backend-module-berth'));
backend.add(import('@berth/plugin-scaffolder-backend-module-berth'));

backend.start();
