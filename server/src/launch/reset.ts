import path from 'node:path';
import { deleteDataFolder, existingDataFolder } from './data-folder.ts';
import { dataFolderHolder } from './data-folder-lock.ts';
import { stopLeftServer } from './postmaster.ts';

/**
 * Stops a database that was left running on the data folder `home` and deletes everything the product keeps there, or where its
 * `where.json` points. Throws while Cube Connect itself runs on it.
 */
export async function reset(home: string): Promise<void> {
  const folder = existingDataFolder(home);
  if (!folder) return;
  const holder = dataFolderHolder(folder);
  if (holder) throw new Error(`Cube Connect still runs on ${folder} (process ${holder}). Stop it first.`);
  await stopLeftServer(path.join(folder, 'postgres'));
  deleteDataFolder(home);
}

/** `pnpm reset`. */
if (import.meta.main) {
  const home = path.resolve(process.env.CUBE_HOME || '.cube');
  try {
    await reset(home);
    console.log(`Deleted the data in ${home}. The next start begins anew.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
