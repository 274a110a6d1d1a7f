/**
 * So many projects of a funding scheme, as CORDIS writes it ("HORIZON-RIA", "CSA-LS"); null where it is not
 * known.
 */
export interface SchemeCount {
  scheme: string | null;
  projects: number;
}
