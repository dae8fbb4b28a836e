// A page: tells the test that opened it (environments/chromium.mjs) what the package answers there.
import { answers, bareAnswers, yamlAnswers } from './answers.mjs';

/** Does the page's policy forbid what it must? */
function evalIsForbidden() {
  try {
    new Function('');
    return false;
  } catch {
    return true;
  }
}

const first = answers();
const others = [await bareAnswers(), await yamlAnswers()];
globalThis.report({ answers: Object.assign({}, first, ...others), evalIsForbidden: evalIsForbidden() });
