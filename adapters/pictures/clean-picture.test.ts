import { inflateSync } from 'node:zlib';
import type { PictureType } from '#core/talk/limits.ts';
import {
  exif,
  jpeg,
  jpegSegment,
  PNG_START,
  png,
  pngChunk,
  pngData,
  pngHeader,
  SECRET,
  WEBP_LOSSLESS,
  WEBP_PICTURE,
  webp,
  webpChunk,
} from '#tests/helpers/pictures.ts';
import { cleanPicture } from './clean-picture.ts';

const clean = (file: Buffer, type: PictureType) => {
  const cleaned = cleanPicture(file, type);
  return cleaned && Buffer.from(cleaned);
};

/** No byte of the secret is left, in no place and no encoding that the file had. */
const expectNoSecret = (cleaned: Buffer | undefined) => {
  expect(cleaned).toBeDefined();
  for (const encoding of ['latin1', 'utf16le'] as const)
    expect(cleaned!.indexOf(Buffer.from(SECRET, encoding))).toBe(-1);
};

const noise = Buffer.from(SECRET);
const plainPng = clean(png(), 'image/png');
const plainJpeg = clean(jpeg(), 'image/jpeg');
const plainWebp = clean(webp([webpChunk('VP8 ', WEBP_PICTURE)]), 'image/webp');

test.each([
  ['a text', png([pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), noise]))])],
  ['a packed text', png([pngChunk('zTXt', noise)])],
  ['an international text, as XMP', png([pngChunk('iTXt', noise)])],
  ['EXIF', png([pngChunk('eXIf', noise)])],
  ['a colour profile', png([pngChunk('iCCP', noise)])],
  ['a time', png([pngChunk('tIME', noise)])],
  ['a private chunk', png([pngChunk('prVt', noise)])],
  [
    'frames of an animation',
    png([pngChunk('acTL', noise), pngChunk('fcTL', noise), pngChunk('fdAT', noise)]),
  ],
  ['a file behind its end', png([], SECRET)],
  ['a second picture behind its end', Buffer.concat([png(), png([pngChunk('tEXt', noise)])])],
])('of a PNG with %s the picture is left and nothing else', (_, file) => {
  expect(clean(file, 'image/png')).toEqual(plainPng);
});

test('packs the data of a PNG again, so that nothing follows it inside', () => {
  const data = pngData(3, 2).subarray(8, -4);
  const file = Buffer.concat([
    PNG_START,
    pngHeader(3, 2),
    pngChunk('IDAT', Buffer.concat([data, noise])),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
  expect(clean(file, 'image/png')).toEqual(plainPng);
  const at = plainPng!.indexOf('IDAT');
  expect(inflateSync(plainPng!.subarray(at + 4))).toHaveLength(2 * 10);
});

test.each([
  ['EXIF with a place', [exif(1)]],
  ['XMP', [jpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0${SECRET}`)]],
  ['a colour profile', [jpegSegment(0xe2, `ICC_PROFILE\0${SECRET}`)]],
  ['a thumbnail', [jpegSegment(0xe0, `JFXX\0${SECRET}`)]],
  ['IPTC', [jpegSegment(0xed, `Photoshop 3.0\0${SECRET}`)]],
  ['a maker’s segment', [jpegSegment(0xef, SECRET)]],
  ['comments', [jpegSegment(0xfe, SECRET), jpegSegment(0xfe, SECRET)]],
])('of a JPEG with %s the picture is left and nothing else', (_, more) => {
  expect(clean(jpeg(more), 'image/jpeg')).toEqual(plainJpeg);
});

test('drops what follows the end of a JPEG, also another picture', () => {
  expect(clean(jpeg([], SECRET), 'image/jpeg')).toEqual(plainJpeg);
  expect(clean(Buffer.concat([jpeg(), jpeg([exif(1)])]), 'image/jpeg')).toEqual(plainJpeg);
});

test.each([2, 3, 4, 5, 6, 7, 8])(
  'keeps the orientation %i of a JPEG, and nothing else of its EXIF',
  (turned) => {
    const cleaned = clean(jpeg([exif(turned)]), 'image/jpeg');
    expectNoSecret(cleaned);
    expect(cleaned!.length - plainJpeg!.length).toBe(36);
    expect(clean(cleaned!, 'image/jpeg')).toEqual(cleaned);
    expect(cleaned!.readUInt16BE(2 + 4 + 6 + 18)).toBe(turned);
  },
);

test('keeps how the colours of a JPEG are coded', () => {
  const adobe = (transform: number, more = '') =>
    jpegSegment(
      0xee,
      Buffer.concat([Buffer.from('Adobe\0d\0\0\0\0'), Buffer.from([transform]), Buffer.from(more)]),
    );
  const cleaned = clean(jpeg([adobe(1, SECRET)]), 'image/jpeg');
  expectNoSecret(cleaned);
  expect(cleaned!.subarray(2, 18)).toEqual(adobe(1));
  expect(clean(jpeg([adobe(9)]), 'image/jpeg')).toEqual(plainJpeg);
});

test.each([
  ['EXIF', [webpChunk('VP8 ', WEBP_PICTURE), webpChunk('EXIF', noise)], ''],
  ['XMP', [webpChunk('VP8 ', WEBP_PICTURE), webpChunk('XMP ', noise)], ''],
  ['a colour profile', [webpChunk('ICCP', noise), webpChunk('VP8 ', WEBP_PICTURE)], ''],
  ['a private chunk', [webpChunk('prVt', noise), webpChunk('VP8 ', WEBP_PICTURE)], ''],
  ['an extended header', [webpChunk('VP8X', noise), webpChunk('VP8 ', WEBP_PICTURE)], ''],
  ['a file behind its end', [webpChunk('VP8 ', WEBP_PICTURE)], SECRET],
])('of a WebP with %s the picture is left and nothing else', (_, chunks, after) => {
  expect(clean(webp(chunks, after), 'image/webp')).toEqual(plainWebp);
});

test('keeps the transparency of a WebP, and a lossless picture', () => {
  const alpha = webpChunk('ALPH', Buffer.from([0, 1]));
  const cleaned = clean(
    webp([alpha, webpChunk('VP8 ', WEBP_PICTURE), webpChunk('EXIF', noise)]),
    'image/webp',
  );
  expectNoSecret(cleaned);
  expect(cleaned!.subarray(12, 30).toString('hex')).toBe('565038580a00000010000000000000000000');
  expect(cleaned!.includes(alpha)).toBe(true);
  const lossless = webp([webpChunk('VP8L', WEBP_LOSSLESS)]);
  expect(clean(webp([webpChunk('VP8L', WEBP_LOSSLESS), webpChunk('EXIF', noise)]), 'image/webp')).toEqual(
    lossless,
  );
});

test.each([
  ['an animated WebP', 'image/webp', webp([webpChunk('ANIM', noise), webpChunk('ANMF', WEBP_PICTURE)])],
  ['a WebP without a picture', 'image/webp', webp([webpChunk('EXIF', noise)])],
  ['a WebP that is cut off', 'image/webp', webp([webpChunk('VP8 ', WEBP_PICTURE)]).subarray(0, -4)],
  [
    'a PNG of 50,000 x 50,000 pixels',
    'image/png',
    Buffer.concat([PNG_START, pngHeader(50_000, 50_000), pngData(3, 2), pngChunk('IEND', noise)]),
  ],
  [
    'a PNG of no width',
    'image/png',
    Buffer.concat([PNG_START, pngHeader(0, 2), pngData(3, 2), pngChunk('IEND', noise)]),
  ],
  [
    'a PNG whose data is larger than its header says',
    'image/png',
    Buffer.concat([PNG_START, pngHeader(3, 2), pngData(300, 200), pngChunk('IEND', noise)]),
  ],
  [
    'a PNG whose data is smaller than its header says',
    'image/png',
    Buffer.concat([PNG_START, pngHeader(300, 200), pngData(3, 2), pngChunk('IEND', noise)]),
  ],
  ['a PNG that is cut off', 'image/png', png().subarray(0, -20)],
  ['a PNG without data', 'image/png', Buffer.concat([PNG_START, pngHeader(3, 2), pngChunk('IEND', noise)])],
  ['a JPEG that is cut off', 'image/jpeg', jpeg().subarray(0, -2)],
  ['a JPEG without a picture', 'image/jpeg', Buffer.from('ffd8ffd9', 'hex')],
  [
    'a JPEG of 50,000 x 50,000 pixels',
    'image/jpeg',
    Buffer.from(jpeg().toString('hex').replace('080001000101', '08c350c35001'), 'hex'),
  ],
  ['a PNG that is called a JPEG', 'image/jpeg', png()],
  ['a JPEG that is called a PNG', 'image/png', jpeg()],
  ['a JPEG that is called a WebP', 'image/webp', jpeg()],
  ['a page', 'image/png', Buffer.from('<!doctype html><script>alert(1)</script>')],
  [
    'a drawing with a script',
    'image/png',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
  ],
  ['an empty file', 'image/jpeg', Buffer.alloc(0)],
] as const)('refuses %s', (_, type, file) => {
  expect(clean(file, type)).toBeUndefined();
});

test('every prefix of a picture is refused or without the secret, and none breaks the process', () => {
  const files = [
    ['image/png', png([pngChunk('tEXt', noise)])],
    ['image/jpeg', jpeg([exif(6)])],
    ['image/webp', webp([webpChunk('EXIF', noise), webpChunk('VP8 ', WEBP_PICTURE)])],
  ] as const;
  for (const [type, file] of files)
    for (let length = 0; length <= file.length; length++) {
      const cleaned = clean(file.subarray(0, length), type);
      if (cleaned) expectNoSecret(cleaned);
    }
});
