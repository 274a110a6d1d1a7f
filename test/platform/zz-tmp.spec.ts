import { GET, Strangers } from '../support/strangers.js';
it('x', async () => {
  const hosts = await Strangers.start();
  hosts.begin();
  hosts.handler = () => { console.log('handler called'); };
  const g = hosts.gate({ timeoutMs: 300 });
  const t = Date.now();
  await g.fetch(new URL('https://one.example.eu/a'), GET).catch((e) => console.log(e.kind, Date.now() - t));
  const agent = (g as any).wire.pinnedAgent;
  console.log(agent.stats);
  setTimeout(() => console.log(JSON.stringify(agent.stats)), 500).unref();
  await Promise.race([g.close(), new Promise((r) => setTimeout(r, 5000))]);
  console.log('closed', Date.now() - t);
  await hosts.end().catch(() => 0);
}, 20000);
