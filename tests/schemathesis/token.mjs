// Prints a token for the demo: Grace, a platform engineer.
import { demoToken } from '../../scripts/demo/token.mjs';

console.log(demoToken({ sub: 'grace', email: 'grace@company.com', groups: ['Platform-Admins'], roles: ['platform:admin'] }));
