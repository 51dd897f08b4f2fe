/** What WhatsApp plays as a voice message is Ogg with Opus; a browser that records Opus into WebM gives the same sound in another box. */
const types = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'] as const;

export type RecordingType = (typeof types)[number];

/** How this browser can record a voice message; null when it cannot. */
export function recordingType(): RecordingType | null {
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) return null;
  return types.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}
