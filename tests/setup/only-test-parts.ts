// Runs before every suite on a running sandbox: refuses tables and chains that do not belong to a test.
import { theSandbox } from '#tests/helpers/sandbox.ts';

theSandbox();
