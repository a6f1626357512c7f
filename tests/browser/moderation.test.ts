import { admin } from '#tests/helpers/admin.ts';
import { drawPlayMoney, offerToSell, openOfferOf, signIn, signUp } from './steps.ts';
import { axeViolations, overflowOf, story, visitor } from './visitor.ts';

const STORY_MS = 240_000;

test(
  'a report leads to a suspension, the suspended person appeals, and a moderator lifts it',
  story('moderation', async () => {
    const [owner, reporter, moderator] = await Promise.all([visitor(), visitor(), visitor()]);
    const name = await signUp(owner, 'owner');
    await drawPlayMoney(owner);
    await offerToSell(owner);
    const reporting = await signUp(reporter, 'reporter');
    const moderating = await signUp(moderator, 'mo');
    await admin('grant', moderating, 'admin');

    await openOfferOf(reporter, name);
    await reporter.getByRole('button', { name: 'Report this offer' }).click();
    await reporter.getByLabel('What is wrong?').selectOption('Looks like a scam');
    await reporter.getByLabel('Details (optional)').fill('It asks to pay twice.');
    await reporter.getByRole('button', { name: 'Send', exact: true }).click();
    await reporter.getByText('Thank you. A moderator will look at it.').waitFor();

    await signIn(moderator, moderating);
    await moderator.goto('/account');
    await moderator.getByRole('link', { name: 'Moderation' }).click();
    const report = moderator.getByRole('listitem').filter({ hasText: `${reporting} reports` });
    await report.getByRole('button', { name: 'Take it' }).click();
    await report.getByLabel('Decision').selectOption('Suspend');
    await report.getByLabel('Reason').fill('It asked to pay twice.');
    expect(await axeViolations(moderator)).toEqual([]);
    await report.getByRole('button', { name: 'Decide' }).click();
    await moderator.getByText(`suspended ${name}`).waitFor();

    await reporter.goto('/account');
    await reporter.getByText('Your reports').waitFor();
    await reporter.getByText('Suspended', { exact: true }).waitFor();

    // Health does not hide the suspension.
    await owner.route('**/healthz', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), status: 'degraded' } });
    });
    await signIn(owner, name);
    await owner.getByText('Payouts are delayed').waitFor();
    await owner.getByText('Your account is suspended.').waitFor();
    await owner.getByRole('link', { name: 'See why' }).click();
    await owner.getByText('Reason: It asked to pay twice.').waitFor();
    await owner.getByLabel('Why should the moderators').fill('It was a mistake.');
    expect(await axeViolations(owner)).toEqual([]);
    await owner.getByRole('button', { name: 'Appeal' }).click();
    await owner.getByText('Your appeal is with the moderators.').first().waitFor();
    await owner.setViewportSize({ width: 360, height: 740 });
    expect(await overflowOf(owner)).toBe(0);

    await moderator.reload();
    const appeal = moderator.getByRole('listitem').filter({ hasText: `${name} appeals` });
    await appeal.getByRole('button', { name: 'Take it' }).click();
    await appeal.getByLabel('Decision').selectOption('Lift the suspension');
    await appeal.getByLabel('Reason').fill('A mistake.');
    await appeal.getByRole('button', { name: 'Decide' }).click();
    await moderator.getByText(`lifted the suspension of ${name}`).waitFor();
    await moderator.getByRole('button', { name: 'Français' }).first().click();
    await moderator.getByText('Journal d’audit').waitFor();
    await moderator.setViewportSize({ width: 360, height: 740 });
    expect(await overflowOf(moderator)).toBe(0);

    await signIn(owner, name);
    await owner.getByText('Your account is suspended.').waitFor({ state: 'detached' });
  }),
  STORY_MS,
);
