import { resolve } from 'node:path';
import { readSampleCalls, type SampleCall } from '../../../src/demo/sample-calls.js';
import { partnerRecords } from '../../../src/demo/sample-partners.js';
import type { ListFault } from '../../../src/demo/sample-list.js';
import { startSamplePortal, type Faults, type SamplePortal } from '../../../src/demo/sample-portal.js';
import { portalRecords, type PortalRecord } from '../../../src/demo/sample-records.js';

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

/** The samples as often as is asked for, each with a reference, an identifier and a title of its own. */
function manyRecords(copies: number, today: Date): PortalRecord[] {
  return portalRecords(
    Array.from({ length: copies }, (_, i) => samples.map((call) => copyOf(call, i))).flat(),
    today,
  );
}

/** A portal whose records the test edits; each edit is what the portal answers from then on. */
export class TestPortal {
  private constructor(
    private readonly portal: SamplePortal,
    private all: PortalRecord[],
    private announced: PortalRecord[],
  ) {}

  /** 360 records or, with one copy, 60. */
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
  /** What stands in its index of partner searches. */
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
  /** How the list and the topics' own files were asked for and answered so far, in order. */
  listAnswers(): string[] {
    return this.portal.listAnswers();
  }
  listFault(listFault: ListFault | null): void {
    this.portal.set({ listFault });
  }
  /** Only the portal's own list has these from now on. */
  onlyInList(...references: string[]): void {
    this.portal.set({ onlyInList: references });
  }
  /** The list lacks these from now on. */
  unlisted(...references: string[]): void {
    this.portal.set({ unlisted: references });
  }
  close(): Promise<void> {
    return this.portal.close();
  }

  find(reference: string): PortalRecord {
    return this.all.find((r) => r.reference === reference)!;
  }

  /** Changes a record's fields; the other records stay as they are. */
  edit(reference: string, fields: Record<string, string[]>): void {
    this.show(
      this.all.map((r) => (r.reference === reference ? { ...r, metadata: { ...r.metadata, ...fields } } : r)),
    );
  }

  /** Sets a call's own title: a cascade call stands under that of its parent. */
  title(reference: string, title: string): void {
    this.edit(reference, { [titleField(this.find(reference))]: [title] });
  }

  deadline(reference: string, ...dates: string[]): void {
    this.edit(reference, { deadlineDate: dates });
  }

  /** Sets the topic's total, in each line of the overview that is its own. */
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

  /** Adds a record that says the same as another under a name of its own; gives its reference. */
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
