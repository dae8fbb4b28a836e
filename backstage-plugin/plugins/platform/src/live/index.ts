export { type Resource, useResource } from './useResource';
export { useRequestChanges } from './useRequestChanges';
