import { PICTURE_MAX_PIXELS, type PictureType } from '#core/talk/limits.ts';
import type { CleanPicture } from '#core/talk/ports.ts';
import { Malformed } from './bytes.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

/** Neither side may be empty, and a decoder needs memory for each pixel. */
const mayHave = (width: number, height: number) =>
  width > 0 && height > 0 && width * height <= PICTURE_MAX_PIXELS;

const CLEANERS: Record<PictureType, typeof cleanPng> = {
  'image/png': cleanPng,
  'image/jpeg': cleanJpeg,
  'image/webp': cleanWebp,
};

/** Removes the metadata of a picture. Its type is decided by its content: a file of another type is refused. */
export const cleanPicture: CleanPicture = (file, type) => {
  try {
    return CLEANERS[type](Buffer.from(file), mayHave);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
};
