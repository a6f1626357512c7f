import { admin } from '#tests/helpers/admin.ts';
import { drawPlayMoney, offerToSell, openOfferOf, signIn, signUp, startTrade } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 240_000;

test(
  'a seller opens a dispute, and an arbitrator divides the XMR',
  story('dispute', async () => {
    const [alice, bob, moderator] = await Promise.all([
      visitor(),
      visitor({ viewport: { width: 360, height: 740 } }),
      visitor(),
    ]);
    const seller = await signUp(alice, 'alice');
    const buyer = await signUp(bob, 'bob');
    const moderating = await signUp(moderator, 'mo');
    await admin('grant', moderating, 'moderator');
    await drawPlayMoney(alice);
    await offerToSell(alice);
    await openOfferOf(bob, seller);
    await startTrade(bob, '75');
    await bob.getByRole('button', { name: 'I sent money' }).click();

    await alice.goto('/my/trades');
    await alice.getByRole('link', { name: `Open the trade with ${buyer}` }).click();
    await alice.getByRole('button', { name: 'Open a dispute' }).click();
    await alice.getByRole('button', { name: 'Open the dispute' }).click();
    await alice.getByText('Write a few words.').waitFor();
    await alice.getByLabel('What is wrong?').fill('Nothing has arrived.');
    expect(await axeViolations(alice)).toEqual([]);
    await alice.getByRole('button', { name: 'Open the dispute' }).click();
    await alice.getByText('An arbitrator will decide.').waitFor();

    // The buyer's page updates without a reload.
    await bob.getByText('Nothing has arrived.').waitFor();
    await bob.getByRole('button', { name: 'Ask to end the trade' }).click();
    await bob.getByRole('button', { name: 'Ask', exact: true }).click();
    await bob.getByText('You asked to end this trade.').waitFor();
    await alice.getByText(`${buyer} asks to end this trade.`).waitFor();
    await bob.getByRole('button', { name: 'Take it back' }).click();
    await bob.getByRole('button', { name: 'Ask to end the trade' }).waitFor();
    expect(await axeViolations(bob)).toEqual([]);
    expect(await overflowOf(bob)).toBe(0);

    await signIn(moderator, moderating);
    await moderator.goto('/moderation');
    await moderator.getByRole('link', { name: `${seller} sells to ${buyer}` }).click();
    await moderator
      .getByRole('heading', { name: `Dispute over 0.5 XMR between ${seller} and ${buyer}` })
      .waitFor();
    await moderator.getByText('Nothing has arrived.').waitFor();
    await moderator.getByRole('button', { name: 'All to the seller' }).click();
    await moderator.getByRole('button', { name: 'Half each' }).click();
    await moderator.getByLabel(`For the buyer, ${buyer} (XMR)`).fill('0.2');
    await moderator.getByText('0.3 XMR').waitFor();
    await moderator.getByLabel('Why?').fill('Two fifths were paid.');
    expect(await axeViolations(moderator)).toEqual([]);
    await moderator.getByRole('button', { name: 'Decide', exact: true }).click();
    await moderator.getByRole('button', { name: 'Yes, decide' }).click();
    await moderator
      .getByText(`An arbitrator decided: ${buyer} gets 0.2 XMR, and ${seller} gets 0.3 XMR.`)
      .waitFor();

    await alice
      .getByText(`An arbitrator decided the dispute: you get 0.3 XMR back, and ${buyer} gets 0.2 XMR.`)
      .waitFor();
    await bob.getByText('Two fifths were paid.').waitFor();
    expect(await axeViolations(bob)).toEqual([]);
    expect(await overflowOf(bob)).toBe(0);
    await moderator.setViewportSize({ width: 360, height: 740 });
    expect(await overflowOf(moderator)).toBe(0);
    await moderator.goto('/moderation');
    await moderator.getByRole('button', { name: 'Ended' }).click();
    await moderator.getByRole('link', { name: `${seller} sells to ${buyer}` }).waitFor();
    expect(await overflowOf(moderator)).toBe(0);
  }),
  STORY_MS,
);

test(
  'two people end a paid trade together, one of them in French',
  story('end-together', async () => {
    const [alice, bob] = await Promise.all([visitor(), visitor()]);
    const seller = await signUp(alice, 'alice');
    const buyer = await signUp(bob, 'bob');
    await drawPlayMoney(alice);
    await offerToSell(alice);
    await openOfferOf(bob, seller);
    await startTrade(bob, '75');
    await bob.getByRole('button', { name: 'I sent money' }).click();
    await bob.getByRole('button', { name: 'Open a dispute' }).waitFor();

    await alice.getByRole('button', { name: 'Français' }).click();
    await alice.goto('/my/trades');
    await alice.getByRole('link', { name: `Ouvrir l’échange avec ${buyer}` }).click();
    await alice.getByRole('button', { name: 'Proposer de mettre fin à l’échange' }).click();
    await alice.getByRole('button', { name: 'Proposer', exact: true }).click();
    await alice.getByText('Vous avez proposé de mettre fin à cet échange.').waitFor();

    await bob.getByRole('button', { name: 'Agree to the end' }).click();
    expect(await axeViolations(bob)).toEqual([]);
    await bob.getByRole('button', { name: 'Yes, end the trade' }).click();
    await bob.getByText(`${seller} asked to end this trade, and ${buyer} agreed.`).waitFor();
    await alice
      .getByText(`${seller} a proposé de mettre fin à cet échange, et ${buyer} a accepté.`)
      .waitFor();
    expect(await axeViolations(alice)).toEqual([]);
  }),
  STORY_MS,
);
