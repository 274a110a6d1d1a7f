import { requestContext, contextStorage, ALL_ROWS } from '../../src/platform/database/request-context.js';

// A test sees what is stored as the operator would. What it starts (see `startApp`) sets its own visibility.
if (!requestContext()) contextStorage.enterWith({ kind: 'system', rows: ALL_ROWS });
