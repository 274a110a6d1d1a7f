import { acting, actingStorage } from '../../src/platform/database/acting.js';
import { EVERYTHING } from '../../src/platform/database/sight.js';

// A test sees what is stored as the operator would. What it starts (see `startApp`) sets its own visibility.
if (!acting()) actingStorage.enterWith({ kind: 'system', sees: EVERYTHING });
