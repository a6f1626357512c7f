import type { AttachmentId } from '#core/ids.ts';
import type { Pictures } from '#core/talk/ports.ts';

/** `put` is the upload of a client. */
export type MemoryPictures = Pictures & {
  put(id: AttachmentId, file: Uint8Array): void;
  /** The kept picture. */
  kept(id: AttachmentId): Uint8Array | undefined;
};

export function memoryPictures(): MemoryPictures {
  const originals = new Map<AttachmentId, Uint8Array>();
  const pictures = new Map<AttachmentId, Uint8Array>();
  return {
    put: (id, file) => void originals.set(id, file),
    kept: (id) => pictures.get(id),
    upload: async ({ id, contentType }) => ({
      uploadUrl: `https://pupero.example/uploads/originals/${id}`,
      headers: { 'content-type': contentType },
    }),
    addresses: async () => (id) => `https://pupero.example/uploads/pictures/${id}`,
    original: async (id) => originals.get(id),
    keep: async (id, picture) => void pictures.set(id, picture),
    removeOriginal: async (id) => void originals.delete(id),
    remove: async (id) => void pictures.delete(id),
  };
}
