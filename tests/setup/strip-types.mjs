// Jest's whole transform: Node takes the types out and leaves every line and column where it was.
import { stripTypeScriptTypes } from 'node:module';

export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
