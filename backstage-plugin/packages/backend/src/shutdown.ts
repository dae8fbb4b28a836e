// Ends the demo's server within seconds. Backstage waits for every open connection, and some never end by themselves: browsers
// hold one for signals, and its own plugins wait on one for events, up to a minute at a time.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';

/** What calls that are under way have to come to their end. */
const PATIENCE_MS = 3_000;

/** Backstage's own root router, whose connections end with it. */
export const endingHttpRouter = rootHttpRouterServiceFactory({
  configure({ server, lifecycle, applyDefaults }) {
    applyDefaults();
    const end = closing(server);
    lifecycle.addShutdownHook(end);
  },
});

/** Ends what is still connected after a while; also what became a WebSocket, which the server itself no longer knows. */
function closing(server: Server): () => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async () => {
    await setTimeout(PATIENCE_MS, undefined, { ref: false });
    open.forEach(socket => socket.destroy());
  };
}
