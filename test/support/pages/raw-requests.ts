import { request, type Agent } from 'node:http';

/** A request as its bytes, however large or broken. */
export interface RawRequest {
  method: string;
  path: string;
  type: string | null;
  body: string | null;
  encoding?: string | null;
}

/** A larger body is not fully sent if it is refused unread and the connection is closed. */
const MORE_THAN_A_SOCKET_HOLDS = 60_000;

/**
 * Sends a request; `url`: the application's. A large body may be refused before it is fully read, which
 * closes the connection.
 */
export const sendRaw = (
  url: string,
  agent: Agent,
  raw: RawRequest,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { method, path, type, body, encoding = null } = raw;
    const { hostname, port } = new URL(url);
    const all = {
      ...headers,
      ...(type !== null && { 'content-type': type }),
      ...(encoding !== null && body !== null && { 'content-encoding': encoding }),
      ...(body !== null && { 'content-length': String(Buffer.byteLength(body)) }),
    };
    const sent = request({ hostname, port, path, method, headers: all, agent }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (piece: string) => {
          text += piece;
        })
        .on('end', () => resolve({ status: response.statusCode!, body: text }));
    });
    const isLarge = (body?.length ?? 0) > MORE_THAN_A_SOCKET_HOLDS;
    sent.on('error', (error: NodeJS.ErrnoException) =>
      isLarge && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '')
        ? resolve({ status: 413, body: '' })
        : sent.reusedSocket && error.code === 'ECONNRESET'
          ? // The server closed the connection after refusing the previous request: this one was not read.
            resolve(sendRaw(url, agent, raw, headers))
          : reject(
              new Error(
                `${method} ${path.slice(0, 80)} with a body of ${body?.length ?? 0}: ${error.message}`,
              ),
            ),
    );
    sent.end(body ?? undefined);
  });
