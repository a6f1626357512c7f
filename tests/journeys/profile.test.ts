import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

test('others see the display name beside the username', async () => {
  const seller = await (await person()).withFunds('1');
  const stranger = await person();
  await seller.updateMe({ displayName: 'Ann B.', language: 'fr', antiPhishingPhrase: 'blue whale' });
  const offer = await anOffer(seller);
  expect((await stranger.getOffer({ offerId: offer.id })).owner).toEqual({
    username: seller.username,
    displayName: 'Ann B.',
    tradesCompleted: 0,
  });
  expect(await seller.getMe()).toMatchObject({ language: 'fr', antiPhishingPhrase: 'blue whale' });

  await seller.updateMe({ displayName: null });
  expect(await seller.getMe()).not.toHaveProperty('displayName');
});

test.each([['Pupero Support'], ['P\u0430ul'], ['Ann\u202eB'], ['A\u00adnn'], [''], ['x'.repeat(41)]])(
  'refuses the display name %j, with the path of the field',
  async (displayName) => {
    const { updateMe } = await person();
    const problem = await expectProblem(updateMe({ displayName }), 400, 'invalid_request');
    expect(pathsOf(problem)).toEqual(['displayName']);
  },
);
