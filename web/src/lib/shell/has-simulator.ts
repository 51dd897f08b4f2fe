/** Whether this server runs the demo's customers, who have a page of their own. */
export async function hasSimulator(): Promise<boolean> {
  try {
    return (await fetch('/simulator/api/state', { headers: { accept: 'application/json' } })).ok;
  } catch {
    return false;
  }
}
