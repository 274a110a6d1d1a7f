/**
 * The number of projects of a funding scheme, as CORDIS writes it ("HORIZON-RIA", "CSA-LS"); null if unknown.
 */
export interface SchemeCount {
  scheme: string | null;
  projects: number;
}
