// An ES module in Node.
import { answers, yamlAnswers } from './answers.mjs';

process.stdout.write(JSON.stringify({ ...answers(), ...(await yamlAnswers()) }));
