import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import { answer } from './side.ts';
import type { BenchTenant } from './world.ts';

/** The stand-in for Meta as it is, without its limits and without statuses: it takes what it is sent. */
let simulator: Simulator;

answer({
  async start(tenants: BenchTenant[]) {
    simulator = await startSimulator({
      appSecret: 'bench',
      numbers: tenants.map(({ phoneNumberId, token }) => ({
        phoneNumberId,
        token,
        displayPhone: '+49 30 5550100',
        name: 'Shop',
        wabaId: '9001',
      })),
      logSize: 1_000_000,
      settings: { statuses: false, trustUnseen: true, perSecond: 1e9, pairBurst: Infinity, countInbound: false },
    });
    return simulator.url;
  },
  /** How many sends were accepted, and how many different messages they carried. */
  accepted: () => {
    const sends = simulator.control.accepted;
    return { sends: sends.length, messages: new Set(sends.map((send) => send.opaque)).size };
  },
  end: () => simulator.close(),
});
