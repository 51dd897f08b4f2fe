/** What this tab stored under a key, whatever it is; null when nothing, or when it cannot be read. */
export function readJson(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Keeps a value for this tab. A browser that refuses storage keeps it for this page only. */
export function writeJson(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing to do: the value lives on in memory.
  }
}
