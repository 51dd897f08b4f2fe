import { optionsFrom } from './environment.ts';
import { startSimulator } from './simulator.ts';

// Runs the simulator as a child process: settings come by environment, `{"url":…}` goes out as one line once it listens, and it ends
// with its parent, which is gone when stdin closes.
try {
  const simulator = await startSimulator(optionsFrom(process.env));
  process.stdout.write(`${JSON.stringify({ url: simulator.url })}\n`);
  const stop = () => void simulator.close().then(() => process.exit(0));
  process.stdin.on('end', stop).on('error', stop).resume();
  process.once('disconnect', stop).once('SIGTERM', stop);
  // Ctrl-C reaches the whole group, but the parent still has sends to finish: it says when to stop.
  process.on('SIGINT', () => undefined);
} catch (error) {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : 'cannot start'}\n`);
  process.exitCode = 1;
}
