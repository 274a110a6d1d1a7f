import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** The versions of the protocol that clients speak: that of July 2026 and the one before. */
export const VERSIONS = [{ pin: '2026-07-28' }, 'legacy'] as const;
type Version = (typeof VERSIONS)[number];

/** What a tool answers. */
export type Answer = { found: boolean; reason?: string; hint?: string } & Record<string, any>;

/** An assistant with a key, by the protocol's own client over HTTP. */
export class Assistant {
  private constructor(private readonly client: Client) {}

  static async connect(url: string, key: string, mode: Version = VERSIONS[0]): Promise<Assistant> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${key}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }));
    return new Assistant(client);
  }

  get instructions(): string | undefined {
    return this.client.getInstructions();
  }

  async tools() {
    return (await this.client.listTools()).tools;
  }

  async call(name: string, args: object = {}): Promise<Answer & { isError: boolean }> {
    const result = await this.client.callTool({ name, arguments: args as Record<string, unknown> });
    const [content] = result.content as { type: string; text: string }[];
    const text = content?.text ?? '';
    if (!text.startsWith('{')) return { found: false, reason: text, isError: true };
    expect(JSON.parse(text)).toEqual(result.structuredContent);
    return { ...(JSON.parse(text) as Answer), isError: result.isError === true };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
