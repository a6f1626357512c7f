import type { AttachmentId, MessageId, TradeId } from '#core/ids.ts';
import { PICTURES_IN_TRADE } from '#core/talk/limits.ts';
import type { Attachment, Message } from '#core/talk/messages.ts';
import type { ReadMark, Talks } from '#core/talk/ports.ts';
import type { Speaker } from '#core/talk/states.ts';
import type { Instant } from '#core/time.ts';
import type { MemoryBooks } from './books.ts';

const byId = (a: Message, b: Message) => (a.id < b.id ? -1 : 1);

export function memoryTalks({ books }: { books: MemoryBooks }): Talks {
  const messages = new Map<MessageId, Message>();
  const marks = new Map<string, ReadMark[]>();
  const checks = new Map<TradeId, Instant>();
  const attachments = new Map<AttachmentId, Attachment>();
  const uploads = new Map<string, number>();
  const all = () => [...messages.values()].sort(byId);
  const marksOf = (tradeId: TradeId, speaker: Speaker) => marks.get(`${tradeId}#${speaker}`) ?? [];
  return {
    async open(tradeId, at) {
      if (!checks.has(tradeId)) checks.set(tradeId, at);
    },
    async add(message, remembered, attachment) {
      const isGone = attachment && attachments.get(attachment.id)?.isSent !== false;
      if (isGone) return (await books.rows.find(remembered)) ? 'idempotency_key_reused' : 'attachment_gone';
      if (books.apply([], [], remembered)) return 'idempotency_key_reused';
      if (attachment) attachments.set(attachment.id, { ...attachment, isSent: true });
      messages.set(message.id, message);
      return undefined;
    },
    get: async (id) => messages.get(id),
    getMany: async (ids) => ids.map((id) => messages.get(id)).filter((message) => message !== undefined),
    async page(tradeId, { after, limit }) {
      const found = all()
        .filter((message) => message.tradeId === tradeId)
        .filter(({ id }) => after === undefined || id < after.before!)
        .reverse();
      const items = found.slice(0, limit);
      return found.length > limit ? { items, next: { before: items.at(-1)!.id } } : { items };
    },
    async mark(tradeId, speaker, mark) {
      const earlier = marksOf(tradeId, speaker);
      if (earlier.some(({ upTo }) => upTo >= mark.upTo)) return 'older';
      marks.set(`${tradeId}#${speaker}`, [...earlier, mark]);
      return undefined;
    },
    marks: async (tradeId, speaker, from, limit) =>
      marksOf(tradeId, speaker)
        .filter(({ upTo }) => upTo >= from)
        .slice(0, limit),
    async ofSender(sender, { after, limit }) {
      const found = all()
        .filter(({ senderId }) => senderId === sender)
        .filter(({ id }) => after === undefined || id > after.after!);
      const items = found.slice(0, limit);
      return found.length > limit ? { items, next: { after: items.at(-1)!.id } } : { items };
    },
    async eraseContent(id) {
      const known = messages.get(id);
      if (!known) return;
      const { text: _text, picture: _picture, ...rest } = known;
      messages.set(id, rest);
    },
    toCheck: async (now, limit) =>
      [...checks]
        .filter(([, at]) => at <= now)
        .map(([tradeId]) => tradeId)
        .slice(0, limit),
    async checkAt(tradeId, at) {
      checks.set(tradeId, at);
    },
    async erase(tradeId) {
      for (const message of all()) if (message.tradeId === tradeId) messages.delete(message.id);
      for (const key of marks.keys()) if (key.startsWith(`${tradeId}#`)) marks.delete(key);
      checks.delete(tradeId);
    },
    async addAttachment(attachment, speaker) {
      const key = `${attachment.tradeId}#${speaker}`;
      const count = uploads.get(key) ?? 0;
      if (count >= PICTURES_IN_TRADE) return 'too_many_open';
      uploads.set(key, count + 1);
      attachments.set(attachment.id, attachment);
      return undefined;
    },
    attachment: async (id) => attachments.get(id),
    expiredAttachments: async (now, limit) =>
      [...attachments.values()].filter(({ expiresAt }) => expiresAt <= now).slice(0, limit),
    async removeAttachment(id) {
      attachments.delete(id);
    },
  };
}
