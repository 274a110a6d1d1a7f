export { AlarmView, Alarms } from './alarms.js';
export { Monitored } from './monitored.js';
