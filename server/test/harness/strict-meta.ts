import { type SampleName, sampleOf } from '../../simulator/samples.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { type Business, ada, number, startBoth } from '../../simulator/test-business.ts';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';
import type { ContentKind, Parts } from '../../src/whatsapp/content.ts';
import type { MediaToSend, MessageToSend } from '../../src/whatsapp/message-to-send.ts';
import type { Outcome } from '../../src/whatsapp/outcome.ts';
import type { SendOutcome } from '../../src/whatsapp/send.ts';

/** What goes along with a content. */
export type Along = Partial<Pick<MessageToSend, 'media' | 'cardMedia' | 'reactionTo'>>;

/** The Cloud API against a simulator that refuses whatever it would refuse later at once, and is never too fast or too much. */
export interface StrictMeta {
  api: CloudApi;
  simulator: Simulator;
  business: Business;
  /** Sends to a customer who has written. */
  send(kind: ContentKind, text: string | null, parts?: Parts, more?: Along): Promise<SendOutcome>;
  upload(name: SampleName): Promise<MediaToSend>;
  close(): Promise<void>;
}

export async function startStrictMeta(): Promise<StrictMeta> {
  const settings = { trustUnseen: true, refuseAtOnce: true, isMediaRefusedAtOnce: true, refuseLineBreaks: true };
  const fast = { perSecond: 100_000, pairBurst: 100_000, templatesPerHour: 100_000 };
  const { simulator, business } = await startBoth({ ...settings, ...fast }, { appId: '4001' });
  const api = new CloudApi({ baseUrl: simulator.url, version: 'v26.0' });
  const { token, phoneNumberId } = number;
  return {
    api,
    simulator,
    business,
    send: (kind, text, parts = {}, more = {}) =>
      api.send({ phoneNumberId, token, to: ada.phone, content: { kind, text, parts }, ...more, opaque: 'our-id' }),
    async upload(name) {
      const { bytes, mimeType, fileName } = sampleOf(name);
      const file = { bytes, size: bytes.length, mimeType, fileName };
      const { mediaId } = valueOf(await api.uploadMedia(phoneNumberId, token, file));
      return { id: mediaId, mimeType, fileName };
    },
    async close() {
      await api.destroy();
      await simulator.close();
      business.close();
    },
  };
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`It came to ${JSON.stringify(outcome)}.`);
  return outcome.value;
}
