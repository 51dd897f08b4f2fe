export interface PostedFile {
  mediaId: string;
}

/** Why a file was not taken: the server's code, or that it did not answer. */
export class PostFault extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export interface PostOptions {
  /** What it is to be sent as; the server looks at its content. */
  kind: string;
  isVoice: boolean;
  signal: AbortSignal;
  /** From 0 to 1. */
  onprogress: (part: number) => void;
}

/** Uploads a file. By XHR: nothing else tells how far an upload has come. Throws PostFault, `ABORTED` when it was cancelled. */
export function postFile(file: File, type: string, { kind, isVoice, signal, onprogress }: PostOptions): Promise<PostedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (code: string) => reject(new PostFault(code));
    request.open('POST', '/media');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      const answer = readAnswer(request.status, request.response);
      if ('mediaId' in answer) resolve(answer);
      else fail(answer.code);
    });
    request.addEventListener('error', () => fail('unreachable'));
    request.addEventListener('abort', () => fail('ABORTED'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    const body = new FormData();
    // Before the file: the server reads the form as it comes.
    body.append('kind', kind);
    body.append('isVoice', String(isVoice));
    body.append('file', new File([file], file.name, { type }));
    request.send(body);
  });
}

function readAnswer(status: number, answer: unknown): PostedFile | { code: string } {
  const read = (answer ?? {}) as { media?: { id?: unknown }; error?: { code?: unknown } };
  if (status >= 200 && status < 300 && typeof read.media?.id === 'string') return { mediaId: read.media.id };
  if (typeof read.error?.code === 'string') return { code: read.error.code };
  return { code: status === 413 ? 'MEDIA_TOO_LARGE' : 'unreachable' };
}
