// What the form brings: fields of software templates and the page that asks for something new.
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';

export const formExtensions: ExtensionDefinition[] = [];
