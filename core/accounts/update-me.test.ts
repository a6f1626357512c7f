import { testWorld } from '#tests/helpers/world.ts';

test('changes the fields that are given, and null removes one', async () => {
  const { register, callerOf, updateMe, getMe, ports } = testWorld();
  const caller = callerOf(await register('ann'));
  await updateMe({ displayName: 'Ann B.', language: 'fr', antiPhishingPhrase: 'blue whale' }, caller);
  expect(await getMe(caller)).toMatchObject({
    displayName: 'Ann B.',
    language: 'fr',
    antiPhishingPhrase: 'blue whale',
  });
  const me = await updateMe({ displayName: null }, caller);
  expect(me).toEqual(await getMe(caller));
  expect(me).not.toHaveProperty('displayName');
  expect(me).toMatchObject({ language: 'fr', antiPhishingPhrase: 'blue whale' });
  expect((await ports.people.getMany([caller.accountId])).get(caller.accountId)).toEqual({
    username: 'ann',
    tradesCompleted: 0,
    since: ports.clock.now(),
  });
});

test.each([
  ['Pupero Support', 'is reserved'],
  ['adm1n', 'is reserved'],
  ['P\u0430ul', 'must be in letters of one script'],
  ['\u0391nn', 'must be in letters of one script'],
])('refuses the display name %j: it %s', async (displayName, message) => {
  const { register, callerOf, updateMe, getMe } = testWorld();
  const caller = callerOf(await register('ann'));
  const refused = await updateMe({ displayName }, caller);
  expect(refused).toEqual({ refused: 'invalid_request', errors: [{ path: 'displayName', message }] });
  expect(await getMe(caller)).not.toHaveProperty('displayName');
});

test.each([
  'Ann',
  '\u041f\u0430\u0432\u0435\u043b',
  '\u5c71\u7530 \u30bf\u30ed\u30a6',
  '\u5c71\u7530 Taro',
  '\u0395\u03bb\u03ad\u03bd\u03b7 7',
])('accepts the display name %s', async (displayName) => {
  const { register, callerOf, updateMe } = testWorld();
  const caller = callerOf(await register('ann'));
  expect(await updateMe({ displayName }, caller)).toMatchObject({ displayName });
});

test('of two changes at once neither is lost', async () => {
  const { register, callerOf, updateMe, getMe, between } = testWorld();
  const caller = callerOf(await register('ann'));
  between('accounts', 'get', async () => {
    await updateMe({ antiPhishingPhrase: 'blue whale' }, caller);
  });
  await updateMe({ displayName: 'Ann B.' }, caller);
  expect(await getMe(caller)).toMatchObject({ displayName: 'Ann B.', antiPhishingPhrase: 'blue whale' });
});
