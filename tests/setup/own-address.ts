// Runs before every file of stories: resets what this machine's one address has used up of its limits.
import { forgetOwnAddress } from '#tests/helpers/own-address.ts';

beforeAll(forgetOwnAddress);
