// Berth's actions for software templates; docs/scaffolder.md describes them.
export { scaffolderModuleBerth as default } from './module';
