// The only transform of Jest: Node removes the types and keeps every line and column.
import { stripTypeScriptTypes } from 'node:module';

export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
