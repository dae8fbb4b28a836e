// What Berth's Backstage plugins share: the API's types and client, permissions and states.
export * from './api';
export * from './client';
export * from './links';
export * from './permissions';
export * from './signals';
export type { components, paths } from './generated/openapi';
