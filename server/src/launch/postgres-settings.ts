export interface ServerChoices {
  /** The folder of the unix socket. */
  socket: string;
  port: number;
  sharedBuffers: string;
  maxConnections: number;
  fast: boolean;
}

/** The settings of the embedded server, as arguments of `postgres`: lean enough for a laptop, and as safe as any unless `fast`. */
export function postgresSettings({ socket, port, sharedBuffers, maxConnections, fast }: ServerChoices): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    port,
    shared_buffers: sharedBuffers,
    max_connections: maxConnections,
    // Short statements only: compiling them costs more than it saves.
    jit: 'off',
    // Nothing replicates from here, and reads by a worker process each would be five processes more.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    io_method: 'sync',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failing statement and the row it names carry personal data: the log gets the message alone.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(fast && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
