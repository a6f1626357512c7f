import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { bytesOf, expectForm, slice } from './bytes.ts';

/** PNG specification, third edition: the signature, and the chunks that make up one still picture. */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_LENGTH = 13;
/** Of uncompressed data. 25 million pixels have 100 MB at four bytes each. */
const MAX_RAW_BYTES = 128 * 1_024 * 1_024;

/** Samples of a pixel by colour type, and the bit depths that the type allows (section 11.2.1). */
const COLOUR_TYPES: Record<number, { samples: number; depths: number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Start and step of the columns and rows of each pass of an interlaced picture (section 8.1). */
const PASSES = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

type Header = { width: number; height: number; bitsPerPixel: number; isInterlaced: boolean };

/**
 * The picture without anything else: its data is unpacked and packed again, palette and transparency are kept, and every
 * other chunk is left out: texts, times, EXIF, colour profiles, further frames, and bytes after the end.
 *
 * @throws Malformed
 */
export function cleanPng(file: Buffer, mayHave: (width: number, height: number) => boolean): Buffer {
  const chunks = chunksOf(file);
  const [first] = chunks;
  expectForm(first?.type === 'IHDR' && first.data.length === HEADER_LENGTH, 'no header');
  const header = headerOf(first.data);
  expectForm(mayHave(header.width, header.height), 'too many pixels');
  const rawBytes = rawBytesOf(header);
  expectForm(rawBytes <= MAX_RAW_BYTES, 'too much data');
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const raw = unpacked(packed, rawBytes);
  const only = (name: string) => chunks.filter(({ type }) => type === name).slice(0, 1);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', first.data),
    ...only('PLTE').map(({ data }) => chunk('PLTE', data.subarray(0, 3 * 256))),
    ...only('tRNS').map(({ data }) => chunk('tRNS', data.subarray(0, 256))),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Chunk = { type: string; data: Buffer };

/** The chunks up to the end of the picture. */
function chunksOf(file: Buffer): Chunk[] {
  expectForm(file.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE), 'no PNG');
  const chunks: Chunk[] = [];
  for (let at = PNG_SIGNATURE.length; ; ) {
    const length = slice(file, at, 4).readUInt32BE();
    const type = slice(file, at + 4, 4).toString('latin1');
    if (type === 'IEND') return chunks;
    chunks.push({ type, data: slice(file, at + 8, length) });
    at += length + 12;
  }
}

function headerOf(data: Buffer): Header {
  const [depth = 0, colourType = 0, compression, filter, interlace = 0] = data.subarray(8);
  const colours = COLOUR_TYPES[colourType];
  expectForm(colours?.depths.includes(depth) === true, 'no colour type');
  expectForm(compression === 0 && filter === 0 && interlace <= 1, 'unknown methods');
  return {
    width: data.readUInt32BE(0),
    height: data.readUInt32BE(4),
    bitsPerPixel: colours.samples * depth,
    isInterlaced: interlace === 1,
  };
}

/** Each row begins with a byte that names its filter. */
function rawBytesOf({ width, height, bitsPerPixel, isInterlaced }: Header): number {
  const ofRows = (columns: number, rows: number) =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  if (!isInterlaced) return ofRows(width, height);
  const count = (size: number, start: number, step: number) => Math.max(0, Math.ceil((size - start) / step));
  return PASSES.reduce(
    (sum, [left, right, top, down]) => sum + ofRows(count(width, left, right), count(height, top, down)),
    0,
  );
}

function unpacked(packed: Buffer, rawBytes: number): Buffer {
  let raw = Buffer.alloc(0);
  try {
    raw = inflateSync(packed, { maxOutputLength: rawBytes });
  } catch {
    // Below, because a shorter one is wrong too.
  }
  expectForm(raw.length === rawBytes, 'the data does not fit the header');
  return raw;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([bytesOf(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
