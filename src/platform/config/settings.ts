import type { HttpSettings } from '../http/settings.js';

/**
 * All settings in the folder `config`. Each capability declares its own, as the platform does here;
 * `src/app/config` collects them and adds them to this type.
 */
export interface Settings {
  http: HttpSettings;
}
