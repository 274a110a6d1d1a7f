import { resolve } from 'node:path';
import { readSampleCalls, type SampleCall } from '../../../src/demo/sample-calls.js';
import { partnerRecords } from '../../../src/demo/sample-partners.js';
import type { ListFault } from '../../../src/demo/sample-list.js';
import { startSamplePortal, type Faults, type SamplePortal } from '../../../src/demo/sample-portal.js';
import { type PortalRecord, portalRecords } from '../../../src/demo/sample-records.js';

const samples = readSampleCalls(resolve('config/demo/calls'));

const copyOf = (call: SampleCall, copy: number): SampleCall =>
  copy === 0
    ? call
    : {
        ...call,
        identifier: `${call.identifier}-copy${copy}`,
        title: `${call.title}, copy ${copy}`,
        ...(call.callIdentifier && { callIdentifier: `${call.callIdentifier}-copy${copy}` }),
      };

const titleField = ({ metadata }: PortalRecord): 'title' | 'callTitle' =>
  metadata['type']![0] === '8' ? 'callTitle' : 'title';

/** Returns the samples repeated `copies` times, each with its own reference, identifier and title. */
function manyRecords(copies: number, today: Date): PortalRecord[] {
  return portalRecords(
    Array.from({ length: copies }, (_, i) => samples.map((call) => copyOf(call, i))).flat(),
    today,
  );
}

/** A portal whose records the test edits; each edit takes effect in the portal's next response. */
export class TestPortal {
  private constructor(
    private readonly portal: SamplePortal,
    private all: PortalRecord[],
    private announced: PortalRecord[],
  ) {}

  /** Starts with 360 records or, for one copy, 60. */
  static async start(
    today: Date,
    { copies = 6, faults = {}, port }: { copies?: number; faults?: Faults; port?: number } = {},
  ): Promise<TestPortal> {
    const records = manyRecords(copies, today);
    const partners = partnerRecords(records, today);
    return new TestPortal(
      await startSamplePortal({ records, partners, faults, seed: 7, ...(port && { port }) }),
      records,
      partners,
    );
  }

  get url(): string {
    return this.portal.url;
  }
  get records(): readonly PortalRecord[] {
    return this.all;
  }
  /** The records of its partner-search index. */
  get partners(): readonly PortalRecord[] {
    return this.announced;
  }
  announce(partners: PortalRecord[]): void {
    this.announced = partners;
    this.portal.set({ partners });
  }
  requests(): number {
    return this.portal.requests();
  }
  partnerRequests(): number {
    return this.portal.partnerRequests();
  }
  faults(faults: Faults): void {
    this.portal.set({ faults });
  }
  /** Returns the requests for the list and topic files and their responses so far, in order. */
  listAnswers(): string[] {
    return this.portal.listAnswers();
  }
  listFault(listFault: ListFault | null): void {
    this.portal.set({ listFault });
  }
  /** From now on only the portal's own list has these. */
  onlyInList(...references: string[]): void {
    this.portal.set({ onlyInList: references });
  }
  /** From now on the list lacks these. */
  unlisted(...references: string[]): void {
    this.portal.set({ unlisted: references });
  }
  /** From now on these topics' own files answer with an error. */
  brokenFiles(...references: string[]): void {
    this.portal.set({ brokenFiles: references });
  }
  close(): Promise<void> {
    return this.portal.close();
  }

  find(reference: string): PortalRecord {
    return this.all.find((r) => r.reference === reference)!;
  }

  /** Changes fields of a record; other records stay unchanged. */
  edit(reference: string, fields: Record<string, string[]>): void {
    this.show(
      this.all.map((r) => (r.reference === reference ? { ...r, metadata: { ...r.metadata, ...fields } } : r)),
    );
  }

  /** Sets a call's own title: a cascade call is listed under its parent's. */
  title(reference: string, title: string): void {
    this.edit(reference, { [titleField(this.find(reference))]: [title] });
  }

  deadline(reference: string, ...dates: string[]): void {
    this.edit(reference, { deadlineDate: dates });
  }

  /** Sets the topic's total budget in each of its own rows of the overview. */
  budget(reference: string, total: number): void {
    const { metadata } = this.find(reference);
    const overview = JSON.parse(metadata['budgetOverview']![0]!) as {
      budgetTopicActionMap: Record<string, { action: string; budgetYearMap: Record<string, number> }[]>;
    };
    for (const line of Object.values(overview.budgetTopicActionMap).flat()) {
      if (line.action.startsWith(`${metadata['identifier']![0]} `))
        line.budgetYearMap = { [Object.keys(line.budgetYearMap)[0] ?? '2026']: total };
    }
    this.edit(reference, { budgetOverview: [JSON.stringify(overview)] });
  }

  remove(...references: string[]): PortalRecord[] {
    const gone = this.all.filter((r) => references.includes(r.reference));
    this.show(this.all.filter((r) => !references.includes(r.reference)));
    return gone;
  }

  add(...records: PortalRecord[]): void {
    this.show([...this.all, ...records]);
  }

  /** Adds a copy of a record under a new name; returns its reference. */
  addLike(reference: string, name: string): string {
    const { metadata, ...rest } = this.find(reference);
    const taken = new Set(this.all.map((record) => record.reference));
    const own = reference.replace(/^(\d+)(.*)/, (_, digits: string, kind: string) => {
      let number = Number(digits) + 5_000 + this.all.length;
      while (taken.has(`${number}${kind}`)) number += 1;
      return `${number}${kind}`;
    });
    const field = titleField(this.find(reference));
    const title = `${metadata[field]![0]}, ${name}`;
    this.add({
      ...rest,
      reference: own,
      content: title,
      metadata: {
        ...metadata,
        [field]: [title],
        identifier: [`${metadata['identifier']![0]}-${name}`],
        ...(metadata['callccm2Id'] && { callccm2Id: [/^\d+/.exec(own)![0]] }),
      },
    });
    return own;
  }

  private show(records: PortalRecord[]): void {
    this.all = records;
    this.portal.set({ records });
  }
}
