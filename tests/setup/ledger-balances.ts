// After every file of stories, whatever they told: nothing was lost, and nothing made.
import { expectTheLedgerToBalance } from '#tests/helpers/ledger.ts';

afterAll(expectTheLedgerToBalance, 30_000);
