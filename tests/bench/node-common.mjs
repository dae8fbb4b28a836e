// What both Node programs begin with: the compiled schema, and the files.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";

/** ajv's compiled function for the JSON Schema in a file. */
export function validator(schemaFile) {
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  return ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));
}

/** The JSON files of a folder, in order of their names. */
export function eachRequest(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}
