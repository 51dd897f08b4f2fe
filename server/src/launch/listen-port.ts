import { createServer } from 'node:net';

const TRIES = 100;

/**
 * Finds the port to listen on, which `setting` names. One that somebody chose must be free, or this throws; from the default it moves on to the next that is.
 */
export async function listenPort(wanted: number, wasSet: boolean, setting = 'PORT'): Promise<number> {
  if (wasSet) {
    if (await isFree(wanted)) return wanted;
    throw new Error(`Port ${wanted} is in use. Stop what listens there, or set ${setting} to another.`);
  }
  for (let port = wanted; port < wanted + TRIES; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`The ports ${wanted} to ${wanted + TRIES - 1} are all in use. Set ${setting} to a free one.`);
}

/** Somebody may hold the port on one address only; a browser's "localhost" could then reach them instead of us. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['0.0.0.0', '127.0.0.1', '::1']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      // A machine without IPv6 has no ::1 to be busy.
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
