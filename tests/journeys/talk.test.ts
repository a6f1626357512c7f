import type { AttachmentId, TradeId } from '#core/ids.ts';
import type { PictureType } from '#core/talk/limits.ts';
import { admin } from '#tests/helpers/admin.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { exif, jpeg, jpegSegment, SECRET } from '#tests/helpers/pictures.ts';
import { rowsOf } from '#tests/helpers/rows.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { aTrade } from '#tests/helpers/trade.ts';

test('the parties talk, and see when the other one has read it', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const tradeId = trade.id;
  const first = await buyer.sendMessage({ tradeId, text: 'I paid.\n👍' }, aKey());
  expect(first).toEqual({ id: first.id, at: first.at, from: 'buyer', text: 'I paid.\n👍' });
  const second = await seller.sendMessage({ tradeId, text: 'I see nothing yet.' }, aKey());

  const { items } = await seller.listMessages({ tradeId });
  expect(items.map(({ from, text }) => [from, text])).toEqual([
    ['seller', 'I see nothing yet.'],
    ['buyer', 'I paid.\n👍'],
    ['system', 'payment_sent'],
    ['system', 'awaiting_payment'],
  ]);
  expect(items.filter((item) => 'readAt' in item)).toEqual([]);

  await seller.markMessagesRead({ tradeId, upTo: first.id });
  const shown = (await buyer.listMessages({ tradeId })).items;
  expect(shown.map(({ id, readAt }) => [id, readAt !== undefined]).slice(0, 2)).toEqual([
    [second.id, false],
    [first.id, true],
  ]);
  await seller.confirmPaymentReceived({ tradeId });
  expect((await buyer.listMessages({ tradeId })).items[0]).toMatchObject({
    from: 'system',
    text: 'completed',
  });
  await buyer.sendMessage({ tradeId, text: 'Thank you!' }, aKey());
});

test('pages go back to the start of the trade', async () => {
  const { buyer, trade } = await aTrade();
  const tradeId = trade.id;
  for (let count = 0; count < 5; count++) await buyer.sendMessage({ tradeId, text: `${count}` }, aKey());
  const texts: (string | undefined)[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await buyer.listMessages({
      tradeId,
      limit: '2',
      ...(cursor && { cursor }),
    });
    texts.push(...items.map(({ text }) => text));
    cursor = nextCursor;
  } while (cursor);
  expect(texts).toEqual(['4', '3', '2', '1', '0', 'awaiting_payment']);
});

test('a key sends one message, of ten at once and again later, and keeps no text', async () => {
  const { buyer, trade } = await aTrade();
  const body = { tradeId: trade.id, text: 'Only once, said the heron' };
  const key = aKey();
  const sent = await Promise.all([...Array(10)].map(() => buyer.sendMessage(body, key)));
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(await buyer.sendMessage(body, key)).toEqual(sent[0]);
  await expectProblem(buyer.sendMessage({ ...body, text: 'Other' }, key), 422, 'idempotency_key_reused');
  const withText = (await rowsOf('TALK_TABLE')).filter((row) => row.includes('the heron'));
  expect(withText).toEqual([expect.stringContaining('MESSAGES#')]);
});

test('strangers and moderators read no talk of a trade without a dispute', async () => {
  const { buyer, trade } = await aTrade();
  const tradeId = trade.id;
  const { id: upTo } = await buyer.sendMessage({ tradeId, text: 'Private' }, aKey());
  const [stranger, moderator] = [await person(), await person()];
  await admin('grant', moderator.username, 'moderator');
  await moderator.logIn({ login: moderator.username, password: moderator.password });
  for (const one of [stranger, moderator]) {
    await expectProblem(one.listMessages({ tradeId }), 404, 'not_found');
    await expectProblem(one.sendMessage({ tradeId, text: 'Hi' }, aKey()), 404, 'not_found');
    await expectProblem(one.markMessagesRead({ tradeId, upTo }), 404, 'not_found');
    await expectProblem(one.createReport({ kind: 'message', id: upTo, reason: 'abuse' }), 404, 'not_found');
  }
  // A dispute lets moderators in, and its end lets them out.
  await buyer.confirmPaymentSent({ tradeId });
  await buyer.openDispute({ tradeId, reason: 'No answer' });
  await expectProblem(stranger.listMessages({ tradeId }), 404, 'not_found');
  expect((await moderator.listMessages({ tradeId })).items.map(({ text }) => text)).toContain('Private');
  const asked = await moderator.sendMessage({ tradeId, text: 'What happened?' }, aKey());
  expect(asked).toMatchObject({ from: 'arbitrator' });
  await moderator.markMessagesRead({ tradeId, upTo });
  expect((await buyer.listMessages({ tradeId })).items[0]).toMatchObject({ from: 'arbitrator' });
  await buyer.cancelTrade({ tradeId });
  await expectProblem(moderator.listMessages({ tradeId }), 404, 'not_found');
  const unknown = { tradeId: '01jd0000000000000000000000' as typeof tradeId };
  await expectProblem(buyer.listMessages(unknown), 404, 'not_found');
  await expectProblem(buyer.markMessagesRead({ tradeId, upTo: 'x' as typeof upTo }), 404, 'not_found');
});

test('refuses texts that are empty, too long or hide characters, and takes every visible one', async () => {
  const { buyer, trade } = await aTrade();
  const send = (text: string) => buyer.sendMessage({ tradeId: trade.id, text }, aKey());
  for (const text of [
    '',
    ' \n\t ',
    'x'.repeat(2_001),
    'x'.repeat(10_000),
    'a\u202eb',
    'a\u200bb',
    'a\u0000b',
  ])
    await expectProblem(send(text), 400, 'invalid_request');
  for (const text of [
    '<img src=x onerror=alert(1)>',
    'مرحبا بالعالم',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    'x'.repeat(2_000),
    '&amp; {{7*7}}',
  ])
    expect((await send(text)).text).toBe(text);
});

test('one party that floods a trade is slowed down, and the other is not', async () => {
  const { seller, buyer, trade } = await aTrade();
  const send = (by: typeof buyer) => by.sendMessage({ tradeId: trade.id, text: 'again' }, aKey());
  const flood = await outcomes([...Array(40)].map(() => send(buyer)));
  expect(flood.codes).toEqual(['too_many_requests']);
  expect(flood.given).toBeGreaterThanOrEqual(30);
  await send(seller);
});

test('a reported message is shown alone to the moderators', async () => {
  const { seller, buyer, trade } = await aTrade();
  const tradeId = trade.id;
  await seller.sendMessage({ tradeId, text: 'Before it' }, aKey());
  const { id } = await seller.sendMessage({ tradeId, text: 'You fool' }, aKey());
  const reported = await buyer.createReport({ kind: 'message', id, reason: 'abuse' });
  expect(reported).toMatchObject({ kind: 'message', messageId: id, username: seller.username });
  await expectProblem(seller.createReport({ kind: 'message', id, reason: 'abuse' }), 403, 'not_allowed');
  const [system] = (await buyer.listMessages({ tradeId })).items.filter(({ from }) => from === 'system');
  const ofSystem = buyer.createReport({ kind: 'message', id: system!.id, reason: 'abuse' });
  await expectProblem(ofSystem, 404, 'not_found');

  const moderator = await person();
  await admin('grant', moderator.username, 'moderator');
  await moderator.logIn({ login: moderator.username, password: moderator.password });
  const queued = (await moderator.listReports()).items.find((one) => one.id === reported.id);
  expect(queued).toMatchObject({ message: { id, from: 'seller', text: 'You fool' } });
  expect(JSON.stringify(queued)).not.toContain('Before it');
  await expectProblem(moderator.listMessages({ tradeId }), 404, 'not_found');
  await moderator.claimReport({ reportId: reported.id });
  const close = { reportId: reported.id, decision: 'warn', note: 'Be kind' } as const;
  expect(await moderator.closeReport(close)).toMatchObject({ message: { text: 'You fool' } });
  expect(await seller.getMe()).toMatchObject({ warning: { reason: 'Be kind' } });
  expect((await buyer.listMyReports()).items[0]).not.toHaveProperty('message');
});

test('an export has the own messages, and a deletion erases their texts', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'cancelled' });
  const tradeId = trade.id;
  const key = aKey();
  const own = { tradeId, text: 'Mine, said the otter' };
  const sent = await buyer.sendMessage(own, key);
  await seller.sendMessage({ tradeId, text: 'Theirs' }, aKey());
  const records = (await buyer.exportMe()).items.filter(({ kind }) => kind === 'message');
  expect(records).toEqual([{ kind: 'message', tradeId, message: sent }]);

  await buyer.deleteMe({ password: buyer.password });
  const { items } = await seller.listMessages({ tradeId });
  expect(items.find(({ from }) => from === 'buyer')).toEqual({ id: sent.id, at: sent.at, from: 'buyer' });
  expect((await rowsOf('TALK_TABLE')).join()).not.toContain('the otter');
});

test('the schedule keeps the talk of a trade that has just ended', async () => {
  const { buyer, trade } = await aTrade({ state: 'cancelled' });
  await buyer.sendMessage({ tradeId: trade.id, text: 'Still here' }, aKey());
  await invoke('eraseTalks');
  expect((await buyer.listMessages({ tradeId: trade.id })).items[0]).toMatchObject({ text: 'Still here' });
});

const FILE = jpeg([exif(6), jpegSegment(0xfe, SECRET)]);

/** Uploads a file as a client does. @returns the id of the attachment, and the answer of the store */
async function upload(by: Person, tradeId: TradeId, file = FILE, contentType: PictureType = 'image/jpeg') {
  const { attachmentId, uploadUrl, headers } = await by.startAttachment({
    tradeId,
    contentType,
    bytes: file.length,
  });
  const { status } = await fetch(uploadUrl, { method: 'PUT', headers, body: new Uint8Array(file) });
  return { attachmentId, uploadUrl, headers, status };
}

test('a picture loses its metadata before anybody sees it, and only its readers get its address', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const tradeId = trade.id;
  const { attachmentId, uploadUrl, status } = await upload(buyer, tradeId);
  expect(status).toBe(200);
  expect(uploadUrl).toMatch(new RegExp(`^${theSandbox().siteUrl}/uploads/originals/`));
  const key = aKey();
  const body = { tradeId, text: 'The receipt', attachmentId };
  const sent = await buyer.sendMessage(body, key);
  expect(sent).toMatchObject({ text: 'The receipt', attachment: { contentType: 'image/jpeg' } });
  expect(await buyer.sendMessage(body, key)).toEqual(sent);

  const { attachment } = (await seller.listMessages({ tradeId })).items[0]!;
  const shown = await fetch(attachment!.url);
  expect(shown.status).toBe(200);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  });
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(bytes).toHaveLength(attachment!.bytes);
  expect(bytes.includes(SECRET)).toBe(false);

  // The original is deleted, and nobody can read it, also not by the address of its upload.
  expect((await fetch(uploadUrl)).status).toBe(403);
  expect((await fetch(attachment!.url.replace('pictures', 'originals'))).status).toBe(403);
  expect((await fetch(attachment!.url.split('?')[0]!)).status).toBe(403);
  // S3 refuses the signature of another method, and the sandbox's site server the method.
  expect([403, 405]).toContain((await fetch(attachment!.url, { method: 'DELETE' })).status);
  await expectProblem(buyer.sendMessage({ ...body, text: 'Again' }, aKey()), 422, 'invalid_attachment');
});

test('an upload has the type and the length that were announced', async () => {
  const { buyer, trade } = await aTrade();
  const start = (bytes: number, contentType = 'image/png') =>
    buyer.startAttachment({ tradeId: trade.id, contentType: contentType as 'image/png', bytes });
  await expectProblem(start(5 * 1024 * 1024 + 1), 400, 'invalid_request');
  await expectProblem(start(0), 400, 'invalid_request');
  await expectProblem(start(10, 'image/svg+xml'), 400, 'invalid_request');
  const { uploadUrl, headers } = await start(FILE.length);
  const put = async (body: Buffer, more = {}) => {
    const request = { method: 'PUT', headers: { ...headers, ...more }, body: new Uint8Array(body) };
    return (await fetch(uploadUrl, request)).status;
  };
  expect(await put(FILE.subarray(1))).toBe(403);
  expect(await put(Buffer.concat([FILE, FILE]))).toBe(403);
  expect(await put(FILE, { 'content-type': 'text/html' })).toBe(403);
  expect(await put(FILE)).toBe(200);
});

test('refuses a picture of another content, of another person or that was not uploaded', async () => {
  const { seller, buyer, trade } = await aTrade();
  const tradeId = trade.id;
  const send = (by: Person, attachmentId: AttachmentId) =>
    by.sendMessage({ tradeId, text: '', attachmentId }, aKey());
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  const disguised = await upload(buyer, tradeId, page);
  await expectProblem(send(buyer, disguised.attachmentId), 422, 'invalid_attachment');
  const asPng = await upload(buyer, tradeId, FILE, 'image/png');
  await expectProblem(send(buyer, asPng.attachmentId), 422, 'invalid_attachment');
  const missing = await buyer.startAttachment({ tradeId, contentType: 'image/png', bytes: 9 });
  await expectProblem(send(buyer, missing.attachmentId), 422, 'invalid_attachment');
  const { attachmentId } = await upload(buyer, tradeId);
  await expectProblem(send(seller, attachmentId), 422, 'invalid_attachment');
  const stranger = await person();
  const asked = stranger.startAttachment({ tradeId, contentType: 'image/png', bytes: 9 });
  await expectProblem(asked, 404, 'not_found');
  await send(buyer, attachmentId);
});

test('one side uploads twenty pictures in a trade, and a deletion removes those that it sent', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'cancelled' });
  const tradeId = trade.id;
  const { attachmentId } = await upload(buyer, tradeId);
  await buyer.sendMessage({ tradeId, text: '', attachmentId }, aKey());
  const announce = () => buyer.startAttachment({ tradeId, contentType: 'image/png', bytes: 9 });
  expect(await outcomes([...Array(22)].map(announce))).toEqual({ given: 19, codes: ['too_many_open'] });
  const records = (await buyer.exportMe()).items.filter(({ kind }) => kind === 'message');
  expect(records).toMatchObject([{ message: { attachment: { contentType: 'image/jpeg' } } }]);

  const address = (await seller.listMessages({ tradeId })).items.find(({ from }) => from === 'buyer')!;
  await buyer.deleteMe({ password: buyer.password });
  // S3 tells nobody who may not list the bucket that an object is missing.
  expect([403, 404]).toContain((await fetch(address.attachment!.url)).status);
  const left = (await seller.listMessages({ tradeId })).items.find(({ from }) => from === 'buyer');
  expect(left).not.toHaveProperty('attachment');
});
