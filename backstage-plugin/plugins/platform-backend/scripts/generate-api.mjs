// Writes the TypeScript types of the HTTP API into the common package, from src/schema/openapi.yaml; with --check it
// only compares. The client itself is openapi-fetch: it needs nothing but these types.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../src/schema/openapi.yaml', import.meta.url);
const target = new URL('../../platform-common/src/generated/openapi.ts', import.meta.url);
const header = `// The types of the HTTP API, generated from src/schema/openapi.yaml of the backend plugin: \`npm run generate\`.
/* eslint-disable */
`;

const wanted = header + astToString(await openapiTS(source));
if (!process.argv.includes('--check')) {
  await writeFile(target, wanted);
} else if ((await readFile(target, 'utf8')) !== wanted) {
  console.error('src/generated/openapi.ts is not what openapi.yaml says: run `npm run generate` in backstage-plugin');
  process.exitCode = 1;
}
