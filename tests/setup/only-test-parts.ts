// Runs before every suite that talks to a running sandbox: refuses to touch anything that is not a test's own.
import { theSandbox } from '#tests/helpers/sandbox.ts';

theSandbox();
