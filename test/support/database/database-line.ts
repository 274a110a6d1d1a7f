import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A proxy to a database or a queue's store, by which a test makes one server vanish and leaves it reachable
 * for all others.
 */
export interface DatabaseLine {
  url: string;
  /** Connections stay open but nothing passes, as if the server's processes were stopped. */
  halt: () => void;
  /** Lets held-back data and everything after it pass. */
  goOn: () => void;
  /** Stops listening and closes all connections. */
  cut: () => Promise<void>;
  /** After a cut, listens again on the same address. */
  open: () => Promise<void>;
}

/** Opens a proxy to the database at that address. */
export async function lineTo(database: string): Promise<DatabaseLine> {
  const { hostname, port } = new URL(database);
  const sockets = new Set<Socket>();
  let held: (() => void)[] | null = null;
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (data) => (held ? held.push(() => other.write(data)) : other.write(data)));
      one
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(database);
  // The tests' own server is otherwise reached by its socket.
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const goOn = (): void => {
    const waiting = held ?? [];
    held = null;
    waiting.forEach((pass) => pass());
  };
  const cut = async (): Promise<void> => {
    const closed = server.listening ? once(server.close(), 'close') : null;
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
  return {
    url: url.href,
    halt: () => {
      held ??= [];
    },
    goOn,
    cut,
    open: async () => {
      if (server.listening) return;
      server.listen(Number(url.port), '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
