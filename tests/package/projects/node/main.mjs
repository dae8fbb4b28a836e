// An ES module in Node.
import { answers, bareAnswers, yamlAnswers } from './answers.mjs';

process.stdout.write(JSON.stringify({ ...answers(), ...(await bareAnswers()), ...(await yamlAnswers()) }));
