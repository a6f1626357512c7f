import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Cipher } from '#core/accounts/ports.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const MAC_BYTES = 16;

/**
 * AES-256-GCM. Sealed text is `<key id>.<nonce><mac><ciphertext>`. The key id names the key that sealed the text,
 * because an old key is needed until every row is sealed with the new one.
 * @param key 32 bytes
 */
export function aesGcm(key: Uint8Array): Cipher {
  const keyId = createHash('sha256').update('pupero key id').update(key).digest('hex').slice(0, 8);
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(text, context) {
      const [sealedBy, data = ''] = text.split('.');
      if (sealedBy !== keyId) throw new Error(`sealed with key ${sealedBy}, but this function has ${keyId}`);
      const bytes = Buffer.from(data, 'base64url');
      const mac = bytes.subarray(NONCE_BYTES, NONCE_BYTES + MAC_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: MAC_BYTES,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(mac);
      return (
        decipher.update(bytes.subarray(NONCE_BYTES + MAC_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
  };
}
