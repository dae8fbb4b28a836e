// The fields of a form.
export { FieldControl } from './FieldControl';
export { Problems } from './Problems';
