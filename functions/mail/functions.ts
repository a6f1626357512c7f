import type { FunctionDeclaration } from '../declaration.ts';

/** Makes and sends the mails that other functions ask for. Only this function reaches the mail server. */
export const sendMails: FunctionDeclaration = {
  handler: 'functions/mail/send.handler',
  runsOn: 'MailQueue',
  may: {
    AccountsTable: ['GetItem'],
    SessionsTable: ['GetItem', 'PutItem'],
    NoticesTable: ['GetItem'],
    MailQueue: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  },
  sendsMail: true,
};
