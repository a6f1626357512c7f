import { admin } from '#tests/helpers/admin.ts';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { signIn, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 240_000;

/** Ends the halt if the story fails, because every other story trades, too. */
afterEach(async () => {
  const operator = await person();
  await admin('grant', operator.username, 'admin');
  await operator.logIn({ login: operator.username, password: operator.password });
  await operator.updateHalts({ takes: { on: false } });
});

test(
  'an admin halts trades with a reason, everybody reads it, and trades start again afterwards',
  story('halts', async () => {
    const seller = await person().then((one) => one.withFunds('1'));
    const offer = await anOffer(seller, { price: { kind: 'market', marginBp: 0 } });
    const [boss, taker, reader] = await Promise.all([
      visitor(),
      visitor(),
      visitor({ locale: 'fr-FR', viewport: { width: 360, height: 740 } }),
    ]);
    const halting = await signUp(boss, 'haltboss');
    await admin('grant', halting, 'admin');
    await signIn(boss, halting);
    await signUp(taker, 'halted');
    await taker.goto(`/offers/${offer.id}`);
    await taker.getByLabel('You pay (EUR)').fill('10');

    await boss.goto('/moderation');
    await boss.getByLabel('Reason (new trades)').fill('We look into a bug.');
    await boss.getByRole('button', { name: 'Halt new trades' }).click();
    await boss.getByText('New trades are halted.').waitFor();
    await boss.getByText(`${halting} halted: New trades`).waitFor();
    expect(await axeViolations(boss)).toEqual([]);

    const why = 'No trade can start for now. Open trades go on. Reason: We look into a bug.';
    await taker.getByRole('button', { name: 'Start trade' }).click();
    await taker.getByRole('main').getByText(why).waitFor();
    expect(await taker.getByLabel('You pay (EUR)').inputValue()).toBe('10');
    await reader.goto('/');
    await reader.getByText('Aucun échange ne peut commencer pour l’instant.').waitFor();
    expect(await axeViolations(reader)).toEqual([]);
    expect(await overflowOf(reader)).toBe(0);

    await boss.getByRole('button', { name: 'Resume new trades' }).click();
    await boss.getByText('Trades can start again.').waitFor();
    await taker.getByRole('button', { name: 'Start trade' }).click();
    await taker.getByRole('button', { name: 'I sent money' }).waitFor();
  }),
  STORY_MS,
);
