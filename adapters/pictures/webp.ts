import { bytesOf, expectForm, slice } from './bytes.ts';

/**
 * The picture without its metadata (RFC 9649): the coded picture and its transparency are kept. EXIF, XMP, colour
 * profiles, unknown chunks and bytes after the end are left out. An animated file is refused.
 *
 * @throws Malformed
 */
export function cleanWebp(file: Buffer, mayHave: (width: number, height: number) => boolean): Buffer {
  const chunks = chunksOf(file);
  expectForm(!chunks.some(({ type }) => type === 'ANIM' || type === 'ANMF'), 'it is animated');
  const pictures = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
  const [picture] = pictures;
  expectForm(picture !== undefined && pictures.length === 1, 'no picture');
  const { width, height } = picture.type === 'VP8L' ? losslessSize(picture.data) : lossySize(picture.data);
  expectForm(mayHave(width, height), 'too many pixels');
  const coded = chunk(picture.type, picture.data);
  const alpha = chunks.find(({ type }) => type === 'ALPH');
  const isExtended = picture.type === 'VP8 ' && alpha !== undefined;
  const body = isExtended ? [extension(width, height), chunk('ALPH', alpha.data), coded] : [coded];
  const size = Buffer.alloc(4);
  size.writeUInt32LE(4 + body.reduce((sum, { length }) => sum + length, 0));
  return Buffer.concat([bytesOf('RIFF'), size, bytesOf('WEBP'), ...body]);
}

type Chunk = { type: string; data: Buffer };

function chunksOf(file: Buffer): Chunk[] {
  const isWebp = file.subarray(0, 4).equals(bytesOf('RIFF')) && file.subarray(8, 12).equals(bytesOf('WEBP'));
  expectForm(isWebp, 'no WebP');
  const end = 8 + slice(file, 4, 4).readUInt32LE();
  expectForm(end <= file.length, 'the file is cut off');
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const length = file.readUInt32LE(at + 4);
    expectForm(at + 8 + length <= end, 'the file is cut off');
    chunks.push({ type: file.toString('latin1', at, at + 4), data: slice(file, at + 8, length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** Section 2.5 of RFC 9649, and section 9.1 of RFC 6386. */
function lossySize(data: Buffer) {
  const isKeyFrame = data.length >= 10 && data.subarray(3, 6).equals(Buffer.from([0x9d, 0x01, 0x2a]));
  expectForm(isKeyFrame, 'no key frame');
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

/** Section 3.4 of RFC 9649. */
function losslessSize(data: Buffer) {
  expectForm(data.length >= 5 && data[0] === 0x2f, 'no lossless picture');
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** The header of a picture with transparency, without any other flag. */
function extension(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = 0x10;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return chunk('VP8X', data);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([bytesOf(type), length, data, Buffer.alloc(data.length % 2)]);
}
