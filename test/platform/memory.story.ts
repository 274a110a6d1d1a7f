import { giveMemoryBack } from '../../src/platform/memory.js';

const heap = (): number => process.memoryUsage().heapTotal / 1e6;
const major = Number(process.versions.node.split('.')[0]);

it('a process gives back what it has used and needs no more', () => {
  const used = Array.from({ length: 1_000_000 }, (_, n) => ({ n, text: `${n}` }));
  const most = heap();
  used.length = 0;
  giveMemoryBack();
  // Node 20 has no such collection.
  if (major > 20) expect(heap()).toBeLessThan(most - 50);
});
