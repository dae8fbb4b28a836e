// Data that stays up to date by itself.
export { type Resource, useResource } from './useResource';
export { useRequestChanges } from './useRequestChanges';
