import { isOrigin, partsOf, rule } from './environment-rules.js';

/** Which sources are read, and from where. */
export const SourceVariables = {
  SOURCES: rule(
    (value) => /^[a-z0-9-]+( *, *[a-z0-9-]+)*$/.test(value),
    'must be ids of sources, with commas between',
    'Write it as funding-tenders,anr.',
  )
    .transform((value) => partsOf(value))
    .optional()
    .describe('Read only these sources. Default: all that config/sources.yaml does not switch off.'),
  FUNDING_TENDERS_URL: rule(
    isOrigin,
    'must be an http or https address with nothing behind the host and port',
    'Write it as http://localhost:8080, or leave it out for the portal itself.',
  )
    .transform((value) => new URL(value).origin)
    .optional()
    .describe(
      'Another origin for the search of the Funding & Tenders portal: a stand-in or a proxy. Default: the portal itself.',
    ),
  FUNDING_TENDERS_DATA_URL: rule(
    isOrigin,
    'must be an http or https address with nothing behind the host and port',
    'Write it as http://localhost:8080, or leave it out for FUNDING_TENDERS_URL or the portal itself.',
  )
    .transform((value) => new URL(value).origin)
    .optional()
    .describe(
      'Another origin for the files of the Funding & Tenders portal: its list of topics. Default: FUNDING_TENDERS_URL, else the portal itself.',
    ),
};
