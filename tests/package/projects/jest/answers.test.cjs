// In both environments of jest; the answers are compared by the test that runs jest.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { answers, bareAnswers, yamlAnswers } = require('./answers.cjs');

const environment = typeof document === 'undefined' ? 'node' : 'jsdom';

test(`answers in ${environment}`, async () => {
  const all = { ...answers(), ...(await bareAnswers()), ...(await yamlAnswers()) };
  writeFileSync(join(__dirname, `${environment}.json`), JSON.stringify(all));
});
