import { rmSync } from 'node:fs';

export default function unpackaged() {
  rmSync(process.env.PUPERO_TEST_PACKAGE!, { recursive: true, force: true });
}
