import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface AnswerLosingProxy {
  /** The same database through the proxy. */
  readonly connectionString: string;
  /** The next commit reaches the server, is carried out, and its answer is lost with the connection. */
  loseNextCommit(): void;
  close(): Promise<void>;
}

/** Stands between a client and PostgreSQL as a network that breaks at the worst moment. */
export async function answerLosingProxy(connectionString: string): Promise<AnswerLosingProxy> {
  const { hostname, port } = new URL(connectionString);
  const sockets = new Set<Socket>();
  let losing = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    let swallowing = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    client.on('data', (bytes) => {
      if (losing && bytes.includes('commit\0')) swallowing = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!swallowing) client.write(bytes);
      else if (bytes.includes('COMMIT\0')) {
        losing = false;
        cut();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = new URL(connectionString);
  near.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: near.href,
    loseNextCommit: () => {
      losing = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
