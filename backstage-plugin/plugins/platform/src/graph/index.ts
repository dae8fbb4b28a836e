// The steps of a request, drawn.
export { graphOf, type GraphStep } from './graphOf';
export { StepGraph } from './StepGraph';
