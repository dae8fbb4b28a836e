// What the form brings: the page that asks for something new, and the field of software templates.
export { formExtensions } from './extensions';
export { RequestOutputs } from './scaffolder';
