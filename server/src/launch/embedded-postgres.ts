import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DatabaseAddress } from '../platform/database-address.ts';
import { dataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { createCluster, createOwner, DATABASE, makePrivateFolder, OWNER } from './postgres-cluster.ts';
import { postgresSettings } from './postgres-settings.ts';
import { serverUser, type ServerUser } from './postgres-user.ts';
import { runServer } from './postgres-server.ts';
import { stopLeftServer, stopServer } from './postmaster.ts';

export interface EmbeddedPostgresOptions {
  /** The data folder: the server's files are in `postgres` below it, or where its `where.json` says. */
  home: string;
  /** Memory for pages, as PostgreSQL writes it. */
  sharedBuffers?: string;
  maxConnections?: number;
  /** For a throw-away server: nothing is forced to disk, and the owner may create databases. */
  fast?: boolean;
}

export interface EmbeddedPostgres extends DatabaseAddress {
  /** Such as `18.4`. */
  version: string;
  /** The process number of the server. */
  pid: number;
  /** Where the data really are. */
  folder: string;
  /** Cuts its clients, writes everything down and waits until the process has ended. */
  stop(): Promise<void>;
}

const PORT = 5432;
/** The path of a unix socket may have 103 bytes on macOS, 107 on Linux. */
const LONGEST_SOCKET_FOLDER = 103 - '/.s.PGSQL.5432'.length;

/**
 * Starts the PostgreSQL that npm brought, reachable through a unix socket only, and gives the owner's login. Stops what a killed
 * parent left behind first; PostgreSQL then recovers by itself. Throws when the folder is in use, or with the end of the server's log.
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { home, fast = false, sharedBuffers = '64MB', maxConnections = 40 } = options;
  const user = serverUser();
  const folder = dataFolder(path.resolve(home));
  const unlock = lockDataFolder(folder);
  try {
    const dataDir = path.join(folder, 'postgres');
    const binaries = postgresBinaries(user);
    await stopLeftServer(dataDir);
    await createCluster(binaries, dataDir, user, !fast);
    const host = socketFolder(folder, user);
    const settings = postgresSettings({ socket: host, port: PORT, sharedBuffers, maxConnections, fast });
    const server = await runServer({
      program: path.join(binaries, 'postgres'),
      dataDir,
      settings,
      log: path.join(folder, 'postgres.log'),
      user,
    });
    const pid = server.pid!;
    // Should this process end without `stop`, by a fault of its own, the server must not outlive it.
    const endWithUs = () => server.kill('SIGINT');
    process.once('exit', endWithUs);
    const stop = async () => {
      process.off('exit', endWithUs);
      await stopServer(pid);
      rmSync(host, { recursive: true, force: true });
      unlock();
    };
    try {
      const version = await createOwner(host, PORT, fast);
      return { host, port: PORT, user: OWNER, database: DATABASE, version, pid, folder, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The socket lies with the data, or in a fresh folder of its own where that path is too long for a socket. */
function socketFolder(folder: string, user: ServerUser | undefined): string {
  const beside = path.join(folder, 'socket');
  const place = Buffer.byteLength(beside) <= LONGEST_SOCKET_FOLDER ? beside : mkdtempSync(path.join(os.tmpdir(), 'cube-'));
  makePrivateFolder(place, user);
  return place;
}
