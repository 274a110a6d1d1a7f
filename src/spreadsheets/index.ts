export { fileName, sendFile } from './download.js';
