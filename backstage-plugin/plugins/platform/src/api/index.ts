// What pages know of the backend: the API they call, and its shapes.
export {
  type Documents,
  type Drift,
  type NamespacePatch,
  type NamespaceRef,
  platformApiRef,
  type PlatformApi,
  type RequestPlan,
  type RequestQuery,
  type StandingNamespace,
  type ServerDecision,
  type TaggedDocuments,
} from './PlatformApi';
export { PlatformClientApi } from './PlatformClientApi';
export { asProblem, type Problem, sentence } from './problem';
