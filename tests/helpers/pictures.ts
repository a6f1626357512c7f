import { crc32, deflateSync } from 'node:zlib';

/** Words that tests hide in files, to find out whether a byte of them is left. */
export const SECRET = 'GPS-52.5200-13.4050';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const le32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

export const pngChunk = (type: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
};

export const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');

/** A PNG header of 8-bit RGB. */
export const pngHeader = (width: number, height: number) =>
  pngChunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])]));

/** The data of a PNG in one colour. */
export const pngData = (width: number, height: number) =>
  pngChunk('IDAT', deflateSync(Buffer.alloc(height * (1 + 3 * width), 0)));

/** A PNG of 3x2 pixels, with `more` before its data and `after` behind its end. */
export const png = (more: Buffer[] = [], after = '') =>
  Buffer.concat([
    PNG_START,
    pngHeader(3, 2),
    ...more,
    pngData(3, 2),
    pngChunk('IEND', Buffer.alloc(0)),
    Buffer.from(after),
  ]);

/** A grey JPEG of one pixel, as libjpeg writes it, without its JFIF segment. */
const JPEG_BODY = Buffer.from(
  'ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432' +
    'ffc0000b080001000101011100' +
    'ffc4001f0000010501010101010100000000000000000102030405060708090a0b' +
    'ffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa' +
    'ffda0008010100003f00fbd5ffd9',
  'hex',
);

export const jpegSegment = (marker: number, data: Buffer | string) => {
  const bytes = Buffer.from(data);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, bytes]);
};

/** A JPEG of one pixel, with `more` segments at its begin and `after` behind its end. */
export const jpeg = (more: Buffer[] = [], after = '') =>
  Buffer.concat([Buffer.from('ffd8', 'hex'), ...more, JPEG_BODY, Buffer.from(after)]);

/** An EXIF segment with an orientation, a maker and a text for the secret. */
export function exif(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(1, 8);
  tiff.writeUInt16LE(0x0112, 10);
  tiff.writeUInt16LE(3, 12);
  tiff.writeUInt32LE(1, 14);
  tiff.writeUInt16LE(orientation, 18);
  return jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(SECRET)]));
}

export const webpChunk = (type: string, data: Buffer) =>
  Buffer.concat([Buffer.from(type, 'latin1'), le32(data.length), data, Buffer.alloc(data.length % 2)]);

/** The coded picture of a lossy WebP of one pixel. */
export const WEBP_PICTURE = Buffer.from('3001009d012a0100010001402625a400037000fefdc08000', 'hex');

/** The coded picture of a lossless WebP of one pixel. */
export const WEBP_LOSSLESS = Buffer.from('2f00000010071011118888fe07', 'hex');

export function webp(chunks: Buffer[], after = ''): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return Buffer.concat([Buffer.from('RIFF'), le32(body.length), body, Buffer.from(after)]);
}
