import { acting, actingStorage } from '../../src/platform/database/acting.js';
import { EVERYTHING } from '../../src/platform/database/sight.js';

// A test looks at what is stored as the operator would. What a test starts, see `startApp`, sees what it says
// itself.
if (!acting()) actingStorage.enterWith({ kind: 'system', sees: EVERYTHING });
