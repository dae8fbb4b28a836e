// The module that brings namespaces into the catalog.
export { catalogModuleBerth as default } from './module';
