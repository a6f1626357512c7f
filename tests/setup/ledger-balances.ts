// Runs after every file of stories: the ledger must balance.
import { expectTheLedgerToBalance } from '#tests/helpers/ledger.ts';

afterAll(expectTheLedgerToBalance, 30_000);
