// What a Node author would write in place of `berth validate DIR`: ajv over every file, all errors.
//   node node-validate.mjs SCHEMA DIR
import { readFileSync } from "node:fs";
import { eachRequest, validator } from "./node-common.mjs";

const [schema, folder] = process.argv.slice(2);
const validate = validator(schema);
let valid = 0;
let errors = 0;
for (const file of eachRequest(folder)) {
  if (validate(JSON.parse(readFileSync(file, "utf8")))) valid += 1;
  else errors += validate.errors.length;
}
console.log(JSON.stringify({ valid, errors }));
