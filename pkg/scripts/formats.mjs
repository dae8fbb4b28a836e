// Says of each half of dist which kind of modules it holds.
import { writeFileSync } from 'node:fs';

for (const [folder, type] of [['esm', 'module'], ['cjs', 'commonjs']]) {
  writeFileSync(new URL(`../dist/${folder}/package.json`, import.meta.url), `${JSON.stringify({ type })}\n`);
}
