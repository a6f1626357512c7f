import type { TradeId } from '#core/ids.ts';
import { PICTURE_TYPES, type PictureType } from '#core/talk/limits.ts';
import { api } from '../api/client.ts';
import { UnreachableError } from '../api/problem.ts';

export const isPicture = (type: string): type is PictureType =>
  (PICTURE_TYPES as readonly string[]).includes(type);

/** Uploads a picture. @returns the id of the attachment, which a message sends */
export async function upload(tradeId: TradeId, file: File & { type: PictureType }): Promise<string> {
  const announced = { tradeId, contentType: file.type, bytes: file.size };
  const { attachmentId, uploadUrl, headers } = await api.startAttachment(announced);
  const { pathname, search } = new URL(uploadUrl);
  const sent = fetch(pathname + search, { method: 'PUT', headers, body: file });
  const answer = await sent.catch((cause: unknown) => {
    throw new UnreachableError('the picture was not uploaded', { cause });
  });
  if (!answer.ok) throw new UnreachableError(`the upload was answered with ${answer.status}`);
  return attachmentId;
}
