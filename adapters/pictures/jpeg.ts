import { bytesOf, expectForm, slice } from './bytes.ts';

/** Markers of ITU-T T.81, table B.1. */
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const QUANTIZATION = 0xdb;
const RESTART_INTERVAL = 0xdd;
const HUFFMAN = 0xc4;
/** Baseline, extended and progressive pictures, which browsers show. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const APP1 = 0xe1;
const APP14 = 0xee;

/** A progressive picture has about ten scans. Many more only slow its readers down. */
const MAX_SCANS = 64;

/**
 * The picture without its metadata. Only the segments that a decoder needs are kept. EXIF, XMP, IPTC, colour profiles,
 * thumbnails, comments and bytes after the end are left out. Two facts are written again, because the picture would look
 * wrong without them: the orientation, and how the colours are coded.
 *
 * @throws Malformed
 */
export function cleanJpeg(file: Buffer, mayHave: (width: number, height: number) => boolean): Buffer {
  expectForm(file[0] === 0xff && file[1] === START, 'no JPEG');
  const kept: Buffer[] = [];
  let orientation = 1;
  let transform: number | undefined;
  let frames = 0;
  let scans = 0;
  for (let at = 2; ; ) {
    const { marker, start } = markerAt(file, at);
    if (marker === END) break;
    const length = slice(file, start, 2).readUInt16BE();
    expectForm(length >= 2, 'a segment without a length');
    const data = slice(file, start + 2, length - 2);
    at = start + length;
    if (marker === APP1) orientation = orientationIn(data) ?? orientation;
    if (marker === APP14) transform = transformIn(data) ?? transform;
    if (FRAMES.includes(marker)) {
      frames += 1;
      expectForm(data.length >= 6 && mayHave(data.readUInt16BE(3), data.readUInt16BE(1)), 'too many pixels');
    }
    if (marker === SCAN) {
      scans += 1;
      const end = endOfScan(file, at);
      kept.push(segment(marker, data), file.subarray(at, end));
      at = end;
    } else if ([...FRAMES, QUANTIZATION, RESTART_INTERVAL, HUFFMAN].includes(marker)) {
      kept.push(segment(marker, data));
    } else expectForm((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe, 'an unknown segment');
  }
  expectForm(frames === 1 && scans > 0 && scans <= MAX_SCANS, 'no picture');
  return Buffer.concat([
    Buffer.from([0xff, START]),
    ...(orientation > 1 ? [segment(APP1, orientationOnly(orientation))] : []),
    ...(transform === undefined ? [] : [segment(APP14, transformOnly(transform))]),
    ...kept,
    Buffer.from([0xff, END]),
  ]);
}

/** The next marker, and where its segment begins. Any number of 0xff may come before a marker. */
function markerAt(file: Buffer, from: number): { marker: number; start: number } {
  expectForm(file[from] === 0xff, 'no marker');
  let at = from;
  while (file[at] === 0xff) at += 1;
  const marker = file[at];
  expectForm(marker !== undefined && marker !== 0, 'no marker');
  return { marker, start: at + 1 };
}

/** The coded data of a scan ends at a marker other than a restart. In the data 0xff is followed by 0. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1];
    const isData = next === 0 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return file.length;
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

const EXIF = bytesOf('Exif\0\0');
const ORIENTATION_TAG = 0x0112;

/** The orientation in an EXIF segment, 1 to 8 (EXIF 2.32, section 4.6.4); `undefined` if it has none. */
function orientationIn(data: Buffer): number | undefined {
  if (!data.subarray(0, EXIF.length).equals(EXIF)) return undefined;
  const tiff = data.subarray(EXIF.length);
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  try {
    const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
    for (let entry = 0; entry < short(directory); entry++) {
      const at = directory + 2 + 12 * entry;
      const value = short(at) === ORIENTATION_TAG ? short(at + 8) : 0;
      if (value >= 1 && value <= 8) return value;
    }
  } catch {
    // An EXIF segment that cannot be read has no orientation.
  }
  return undefined;
}

/** An EXIF segment with the orientation and nothing else. */
function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION_TAG, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return Buffer.concat([EXIF, tiff]);
}

const ADOBE = bytesOf('Adobe');

/** How the colours are coded, in a segment of Adobe's; `undefined` in another segment. */
function transformIn(data: Buffer): number | undefined {
  const value = data[11];
  const isAdobe = data.subarray(0, ADOBE.length).equals(ADOBE);
  return isAdobe && value !== undefined && value <= 2 ? value : undefined;
}

const transformOnly = (transform: number) =>
  Buffer.concat([ADOBE, Buffer.from([0, 100, 0, 0, 0, 0, transform])]);
