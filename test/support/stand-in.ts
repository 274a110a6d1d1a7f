import { spawn } from 'node:child_process';

export interface StandIn {
  origin: string;
  stop: () => Promise<void>;
}

/** Starts the portal stand-in next to the checkout, on a free port. */
export async function startStandIn(serve: string, ...args: string[]): Promise<StandIn> {
  const child = spawn(process.execPath, [serve, ...args, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (url && said.includes('\n')) resolve(url[0]);
    });
    child
      .once('error', reject)
      .once('exit', (code) => reject(new Error(`the stand-in ended with ${code}: ${said}`)));
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  };
  return { origin, stop };
}
