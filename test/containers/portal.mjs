/** The portal of .ci/containers: the bundled samples, six times as many so that they are not too few for the real one. */
import { readSampleCalls } from '../../dist/demo/sample-calls.js';
import { partnerRecords } from '../../dist/demo/sample-partners.js';
import { startSamplePortal } from '../../dist/demo/sample-portal.js';
import { portalRecords } from '../../dist/demo/sample-records.js';

const COPIES = 6;
const { HOST: host, PORT: port = '0' } = process.env;
const today = new Date();
const samples = readSampleCalls('config/demo/calls');
const copies = Array.from({ length: COPIES }, (_, i) =>
  samples.map((call) => ({
    ...call,
    identifier: `${call.identifier}-${i}`,
    title: `${call.title}, ${i}`,
    ...(call.callIdentifier && { callIdentifier: `${call.callIdentifier}-${i}` }),
  })),
);
const records = portalRecords(copies.flat(), today);
const { url } = await startSamplePortal({
  records,
  partners: partnerRecords(records, today),
  host,
  port: Number(port),
});
console.log(url);
